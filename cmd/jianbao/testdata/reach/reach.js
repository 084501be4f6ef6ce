// What axe-core does not look at: where the focus goes, whether it is seen there,
// and whether anything is lost when letters are larger or wider apart.
//
// Each function returns an array of sentences, none if all is well. The numbers are
// those of the success criteria of WCAG 2.2.
const reach = (() => {
	const able = 'a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [contenteditable], [tabindex]'

	// seen reports whether somebody sees an element, and not only hears it.
	const seen = e => {
		const box = e.getBoundingClientRect()
		return e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && box.width > 1 && box.height > 1
	}

	// called is how a sentence names an element.
	const called = e => e.outerHTML.replace(/\s+/g, ' ').slice(0, 90) + ' “' + (e.textContent || e.value || '').trim().replace(/\s+/g, ' ').slice(0, 20) + '”'

	// stops are what Tab comes to, in its order: of a group of radio buttons one.
	const stops = () => [...document.querySelectorAll(able)].filter(e => {
		if (e.disabled || e.tabIndex < 0 || !e.checkVisibility({visibilityProperty: true})) return false
		if (e.type !== 'radio' || !e.name) return true
		const group = [...(e.form || document).querySelectorAll('input[type=radio]')].filter(o => o.name === e.name && o.form === e.form)
		return e === (group.find(o => o.checked) || group[0])
	})

	// shown is the first line of an element as far as the boxes that it is scrolled in
	// show it.
	const shown = e => {
		const b = [...e.getClientRects()].find(b => b.width > 0 && b.height > 0) || e.getBoundingClientRect()
		let {left, right, top, bottom} = b
		for (let o = e.parentElement; o && o !== document.body; o = o.parentElement) {
			if (getComputedStyle(o).overflow === 'visible') continue
			const c = o.getBoundingClientRect()
			left = Math.max(left, c.left), right = Math.min(right, c.right), top = Math.max(top, c.top), bottom = Math.min(bottom, c.bottom)
		}
		return {left, right, top, bottom}
	}

	// ring reports whether the focus is seen on the element that has it (2.4.7): by an
	// outline, or by the edge of what it lies in.
	const ring = e => {
		const s = getComputedStyle(e), edge = getComputedStyle(e.parentElement)
		const drawn = (style, width, colour) => style !== 'none' && parseFloat(width) >= 2 && !/, 0\)$|transparent/.test(colour)
		return drawn(s.outlineStyle, s.outlineWidth, s.outlineColor) ||
			e.parentElement.matches(':focus-within') && drawn(edge.borderLeftStyle, edge.borderLeftWidth, edge.borderLeftColor) && edge.borderLeftColor === link()
	}
	const link = () => { const a = document.createElement('a'); a.href = '#'; document.querySelector('main').append(a); const c = getComputedStyle(a).color; a.remove(); return c }

	// covered names what lies over an element that has the focus (2.4.11), or says
	// that it is out of the window.
	const covered = e => {
		const b = shown(e)
		const left = Math.max(b.left, 0), right = Math.min(b.right, innerWidth), top = Math.max(b.top, 0), bottom = Math.min(b.bottom, innerHeight)
		if (right - left < 2 || bottom - top < 2) return 'the edge of the window'
		for (const [x, y] of [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]]) {
			const over = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y)
			if (over && !over.contains(e) && !e.contains(over)) return called(over)
		}
		return ''
	}

	// focus goes over everything that Tab comes to, there and back.
	const focus = () => {
		const found = [], all = stops()
		for (const e of all) if (e.tabIndex > 0) found.push('2.4.3 has a place of its own in the order of Tab: ' + called(e))
		for (const way of [all, [...all].reverse()]) for (const e of way) {
			e.focus()
			if (document.activeElement !== e) { found.push('2.1.1 does not take the focus: ' + called(e)); continue }
			if (!ring(e)) found.push('2.4.7 shows no focus: ' + called(e))
			const by = covered(e)
			if (by) found.push('2.4.11 is covered by ' + by + ': ' + called(e))
			for (const shiftKey of [false, true])
				if (!e.dispatchEvent(new KeyboardEvent('keydown', {key: 'Tab', code: 'Tab', shiftKey, bubbles: true, cancelable: true}))) found.push('2.1.2 keeps the focus: ' + called(e))
		}
		return [...new Set(found)]
	}

	// order compares the order of Tab with that of the eye: nothing lies wholly above
	// what came before it, or before it in the same line, unless in a column further on.
	const order = () => {
		document.activeElement.blur()
		const found = [], all = stops().filter(seen)
		for (let n = 1; n < all.length; n++) {
			const a = shown(all[n - 1]), b = shown(all[n])
			if (a.bottom <= a.top || b.bottom <= b.top) continue // scrolled away
			if (b.bottom <= a.top + 2 && b.left < a.right) found.push('2.4.3 lies above the one before it: ' + called(all[n]))
			if (b.right <= a.left + 2 && b.top < a.bottom - 4 && b.bottom > a.top + 4 ) found.push('2.4.3 lies left of the one before it: ' + called(all[n]))
		}
		return found
	}

	// lost are texts that are cut off, controls that lie over each other, and what lies
	// beside the window.
	const lost = () => {
		const found = []
		document.activeElement.blur()
		if (document.documentElement.scrollWidth > innerWidth) found.push('1.4.10 is wider than the window')
		for (const e of document.body.querySelectorAll('*')) {
			if (e.closest('svg, .unseen') || !seen(e)) continue // a drawing is scaled as a whole, and has its table
			const s = getComputedStyle(e)
			const cuts = o => o === 'hidden' || o === 'clip'
			if (cuts(s.overflowX) && e.scrollWidth > e.clientWidth + 1 || cuts(s.overflowY) && e.scrollHeight > e.clientHeight + 2) found.push('1.4.4 is cut off: ' + called(e))
			if (e.matches('button, .button') && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 2)) found.push('1.4.4 does not hold its words: ' + called(e))
		}
		const all = stops().filter(seen), boxes = all.map(e => e.closest('svg') ? null : shown(e))
		all.forEach((e, n) => {
			for (let m = n + 1; m < all.length; m++) {
				const a = boxes[n], b = boxes[m]
				if (!a || !b || e.contains(all[m]) || all[m].contains(e)) continue
				if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4) found.push('1.4.4 lies over the next: ' + called(e) + ' / ' + called(all[m]))
			}
		})
		return found
	}

	// words are what there is to be lost: the controls, as they are called.
	const words = () => stops().map(e => e.tagName + ' ' + (e.getAttribute('href') || e.name || '') + ' ' + (e.textContent || '').trim())

	// spaced sets letters apart as a reader may (1.4.12), or back. The rules join the
	// page's own sheet: a style in the page is what its policy refuses.
	const apart = ['* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }', 'p { margin-bottom: 2em !important }']
	let added = 0
	const spaced = on => {
		const sheet = document.styleSheets[0]
		for (; !on && added > 0; added--) sheet.deleteRule(sheet.cssRules.length - 1)
		for (; on && added < apart.length; added++) sheet.insertRule(apart[added], sheet.cssRules.length)
	}

	// unfold opens what is folded, which has its controls too; it says what was.
	const unfold = () => { const shut = [...document.querySelectorAll('details:not([open])')]; shut.forEach(d => { d.open = true }); return shut }
	let shut = []
	return {focus, order, lost, words, spaced, unfold: () => { shut = unfold() }, fold: () => { shut.forEach(d => { d.open = false }); document.activeElement.blur(); scrollTo(0, 0) }, stops}
})()
