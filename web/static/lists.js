// Moves the rows of lists without asking the server: by their buttons, by
// dragging, and with Alt and the arrow keys. The page works without it: each
// button then sends the form, which comes back with the row moved.
"use strict";
{
	const form = document.getElementById("lists");
	const bodies = form ? [...form.querySelectorAll("tbody[data-list]")] : [];

	// Where a row stands is what its fields are named by.
	const settle = () => {
		bodies.forEach((body, n) => {
			let text = "";
			for (const row of body.querySelectorAll("tr[data-row]")) {
				const before = row.querySelector("[name^=before-]"), printed = row.querySelector("[name^=printed-]");
				before.name = "before-" + n;
				printed.name = "printed-" + n;
				const words = printed.value.trim();
				if (words) text += (text ? before.value || "、" : "") + words;
			}
			const shown = form.querySelector(`[data-printed="${n}"]`);
			if (shown) shown.textContent = text;
		});
	};

	const move = (row, way, focus) => {
		const body = row.parentElement, n = bodies.indexOf(body);
		if (way === "up" && row.previousElementSibling) row.previousElementSibling.before(row);
		else if (way === "up" && n > 0) bodies[n - 1].append(row);
		else if (way === "down" && row.nextElementSibling) row.nextElementSibling.after(row);
		else if (way === "down" && n < bodies.length - 1) bodies[n + 1].prepend(row);
		else if (way === "off") row.remove();
		settle();
		if (way !== "off") focus.focus();
	};

	if (form) {
		form.addEventListener("click", e => {
			const button = e.target.closest("button[data-move]");
			if (!button) return;
			e.preventDefault();
			move(button.closest("tr"), button.dataset.move, button);
		});
		form.addEventListener("keydown", e => {
			const row = e.target.closest("tr[data-row]");
			if (!row || !e.altKey || (e.key !== "ArrowUp" && e.key !== "ArrowDown")) return;
			e.preventDefault();
			move(row, e.key === "ArrowUp" ? "up" : "down", e.target);
		});
		form.addEventListener("input", settle);
		let dragged = null;
		for (const row of form.querySelectorAll("tr[data-row]")) {
			// A name must stay one that can be marked with the mouse.
			row.addEventListener("pointerdown", e => { row.draggable = !e.target.closest("button, input"); });
			row.addEventListener("dragstart", () => { dragged = row; });
			row.addEventListener("dragend", () => { row.draggable = false; dragged = null; });
		}
		for (const body of bodies) {
			body.addEventListener("dragover", e => {
				const over = e.target.closest("tr[data-row]");
				if (!dragged || !over || over === dragged) return;
				e.preventDefault();
				const box = over.getBoundingClientRect();
				if (e.clientY < box.top + box.height / 2) over.before(dragged);
				else over.after(dragged);
				settle();
			});
			body.addEventListener("drop", e => e.preventDefault());
		}
		form.dataset.moves = "here"; // until now, buttons asked the server
	}
}
