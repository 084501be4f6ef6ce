// Keeps the board of an issue's letters fresh while letters are under way: its
// head and the rows that changed, and the whole where other rows belong there. The
// page works without it: it is then asked for again every few seconds.
"use strict";
{
	const board = document.getElementById("board");
	const address = board && board.dataset.live;
	// What somebody is pressing is not taken from under their finger.
	let waiting = null;
	const released = () => setTimeout(() => {
		const all = waiting || [];
		waiting = null;
		for (const change of all) change();
	});
	// Whoever stands on a link that is made anew stands on the new one.
	const kept = change => {
		if (waiting) {
			waiting.push(() => kept(change));
			return;
		}
		const at = document.activeElement, href = at && board.contains(at) && at.getAttribute("href");
		change();
		if (href && !board.contains(at)) [...board.querySelectorAll("a")].find(a => a.getAttribute("href") === href)?.focus();
	};
	if (address) {
		const stream = new EventSource(address);
		board.addEventListener("pointerdown", () => { waiting ||= []; });
		for (const end of ["pointerup", "pointercancel"]) addEventListener(end, released);
		const whole = e => kept(() => { board.innerHTML = e.data; });
		stream.addEventListener("board", whole);
		stream.addEventListener("head", e => kept(() => { document.getElementById("board-head").innerHTML = e.data; }));
		stream.addEventListener("rows", e => kept(() => {
			const rows = document.createElement("template");
			rows.innerHTML = e.data;
			for (const row of [...rows.content.children]) document.getElementById(row.id)?.replaceWith(row);
		}));
		stream.addEventListener("last", e => { whole(e); stream.close(); });
	}
}
