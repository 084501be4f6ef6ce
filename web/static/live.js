// Keeps the board of an issue's letters fresh while letters are under way. The
// page works without it: it is then asked for again every few seconds.
"use strict";
{
	const board = document.getElementById("board");
	const address = board && board.dataset.live;
	if (address) {
		const stream = new EventSource(address);
		stream.addEventListener("board", e => { board.innerHTML = e.data; });
		stream.addEventListener("last", e => { board.innerHTML = e.data; stream.close(); });
	}
}
