// Text that is pasted out of Word, WPS or a mail keeps its numbers, tables and
// bold leads: the browser has it as HTML, which the server turns into text.
// Without this script it is pasted as plain text.
"use strict";
{
	const put = (box, text) => {
		box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
		box.dispatchEvent(new Event("input", { bubbles: true }));
	};

	document.addEventListener("paste", async e => {
		const box = e.target.closest && e.target.closest("textarea[data-paste]");
		if (!box || box.readOnly) return;
		const html = e.clipboardData.getData("text/html"), words = e.clipboardData.getData("text/plain");
		if (!html) return;
		e.preventDefault();
		const said = document.getElementById(box.dataset.paste);
		const form = new FormData();
		form.append("file", new Blob([html], { type: "text/html" }), "paste.html");
		try {
			const answer = await fetch("/paste", { method: "POST", body: form });
			if (answer.ok) {
				const { text, notes } = await answer.json();
				put(box, text);
				said.textContent = (notes || []).join(" ");
			} else {
				said.textContent = await answer.text(); // refused: nothing is pasted
			}
		} catch {
			put(box, words);
		}
	});

	// A file that is dropped beside the field for files is chosen in it.
	const field = document.querySelector("input[type=file][data-drop]");
	if (field) {
		document.addEventListener("dragover", e => { if (e.dataTransfer.types.includes("Files")) e.preventDefault(); });
		document.addEventListener("drop", e => {
			if (!e.dataTransfer.files.length || e.target === field) return;
			e.preventDefault();
			field.files = e.dataTransfer.files;
			const folded = field.closest("details");
			if (folded) folded.open = true;
			field.scrollIntoView({ block: "center" });
			field.focus();
		});
	}
}
