// Takes back what changed the text and does it again, whatever changed it: keys, a
// paste, a part that was moved or joined. A browser forgets what was typed as soon
// as a script touches the field; so the whole texts are kept here, until the page
// is left. Without this script the browser's own Ctrl+Z works in the one field.
"use strict";
{
	const text = document.getElementById("text"), box = document.getElementById("parts");
	const back = document.getElementById("undo"), again = document.getElementById("redo");
	const most = 200, pause = 1000; // texts; a pause begins a new one
	const past = [], future = [];
	let now = text.value, typed = 0, going = false;

	const draw = () => {
		back.disabled = !past.length;
		again.disabled = !future.length;
	};

	// Where a text is another than the one before: from its first character to its
	// last that is new.
	const changed = (was, is) => {
		let from = 0, end = 0;
		const most = Math.min(was.length, is.length);
		while (from < most && was[from] === is[from]) from++;
		while (end < most - from && was[was.length - 1 - end] === is[is.length - 1 - end]) end++;
		return [from, is.length - end];
	};

	text.addEventListener("input", () => {
		if (going || text.value === now) return;
		const [from, to] = changed(now, text.value), few = to - from <= 2 && Math.abs(text.value.length - now.length) <= 2;
		if (!few || !typed || Date.now() - typed > pause) past.push(now);
		if (past.length > most) past.shift();
		typed = few ? Date.now() : 0;
		future.length = 0;
		now = text.value;
		draw();
	});

	const go = (from, to) => {
		if (!from.length || text.readOnly) return;
		to.push(now);
		const is = from.pop(), place = changed(now, is);
		now = text.value = is;
		typed = 0;
		going = true;
		text.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: { place } }));
		going = false;
		if (!text.hidden) {
			text.focus();
			text.setSelectionRange(...place);
		}
		draw();
	};
	back.addEventListener("click", () => go(past, future));
	again.addEventListener("click", () => go(future, past));
	document.addEventListener("keydown", e => {
		if (!(e.ctrlKey || e.metaKey) || e.altKey || e.isComposing) return;
		const key = e.key.toLowerCase(), within = e.target === text || e.target === document.body || box.contains(e.target);
		if (!within || key !== "z" && key !== "y") return;
		e.preventDefault();
		if (key === "z" && !e.shiftKey) go(past, future);
		else go(future, past);
	});
	draw();
}
