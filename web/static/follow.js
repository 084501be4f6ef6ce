// Has the typeset pages follow the text while somebody types: they are asked for
// as soon as a key rests, one answer at a time, so that a server that is slow is
// not asked for what nobody will see. The doubts beside them are looked for when
// the hands rest. Of the pages only those that changed are drawn anew, and where
// the text changed is brought into view. Without this script the print proofs show
// the pages.
"use strict";
{
	const text = document.getElementById("text"), proof = document.getElementById("proof");
	const soon = 40, rest = 600;
	// What is wanted of the server: nothing, the pages, the doubts as well.
	const nothing = 0, pages = 1, doubts = 2;
	let wanted = nothing, asking = false, timer = 0, resting = 0;

	// The margin stays as its reader left it: folded or not, and scrolled.
	const drawMargin = (was, now) => {
		const before = was.querySelector("details"), after = now.querySelector("details");
		if (before && after) after.open = before.open;
		if (was.isEqualNode(now)) return;
		const top = before ? before.scrollTop : 0, held = was.contains(document.activeElement);
		was.replaceWith(now);
		if (after) after.scrollTop = top;
		if (held) now.querySelector("summary, button")?.focus({ preventScroll: true });
	};

	// Where the words of two drawings of a page part, if they do.
	const differs = (was, now) => {
		const a = was.querySelectorAll("text"), b = now.querySelectorAll("text");
		for (let n = 0; n < b.length; n++) if (!a[n] || a[n].textContent !== b[n].textContent) return b[n];
		return a.length > b.length ? b[b.length - 1] : null;
	};

	// Brings a place on the pages into view without moving the page around them.
	const bring = (sheets, place) => {
		const frame = sheets.getBoundingClientRect(), at = place.getBoundingClientRect();
		if (at.top < frame.top || at.bottom > frame.bottom) sheets.scrollTop += at.top - frame.top - frame.height / 3;
	};

	const drawPages = (was, now) => {
		const all = [...now.children];
		let first = null;
		all.forEach((page, n) => {
			const old = was.children[n];
			if (!old) was.append(page);
			else if (!old.isEqualNode(page)) {
				first ||= differs(old, page);
				old.replaceWith(page);
			}
		});
		while (was.children.length > all.length) was.lastElementChild.remove();
		for (const { name, value } of now.attributes) was.setAttribute(name, value);
		if (first) bring(was, first);
	};

	const draw = html => {
		const made = document.createElement("template");
		made.innerHTML = html;
		const [sheets, now] = [proof, made.content].map(of => of.querySelector(".sheets"));
		const [margin, said] = [proof, made.content].map(of => of.querySelector(".margin"));
		if (!sheets || !now) { // the first, or there is nothing to show and why
			proof.replaceChildren(made.content);
			return;
		}
		if (said && margin) drawMargin(margin, said);
		else if (said) proof.prepend(said);
		drawPages(sheets, now);
	};

	async function ask() {
		if (asking || wanted === nothing) return;
		const body = new URLSearchParams({ text: text.value });
		if (wanted === pages) body.set("only", "pages");
		const asked = text.value, of = wanted;
		wanted = nothing;
		asking = true;
		let out = false, failed = false;
		try {
			const answer = await fetch(proof.dataset.from, { method: "POST", body });
			out = answer.redirected; // to the door
			if (answer.ok && !out) draw(await answer.text());
		} catch {
			failed = true;
			wanted = Math.max(wanted, of); // it is asked for again with the next key
		}
		asking = false;
		proof.removeAttribute("aria-busy");
		proof.dispatchEvent(new CustomEvent("proof", { detail: { asked, out } }));
		if (!failed) ask(); // for what was wanted meanwhile
	}
	const want = what => {
		wanted = Math.max(wanted, what);
		ask();
	};

	text.addEventListener("input", e => {
		if (e.isComposing) return; // half a word of an input method
		clearTimeout(timer);
		clearTimeout(resting);
		wanted = Math.max(wanted, pages);
		timer = setTimeout(ask, soon);
		resting = setTimeout(want, rest, doubts);
	});
	text.addEventListener("compositionend", () => text.dispatchEvent(new Event("input", { bubbles: true })));
	want(doubts);
}
