// Text that is pasted out of Word, WPS or a mail keeps its numbers, tables and
// bold leads: the browser has it as HTML, which the server turns into text.
// Without this script it is pasted as plain text.
"use strict";
for (const box of document.querySelectorAll("textarea[data-paste]")) {
	const said = document.getElementById(box.dataset.paste);

	const put = text => {
		box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
		box.dispatchEvent(new Event("input", { bubbles: true }));
	};

	box.addEventListener("paste", async e => {
		const html = e.clipboardData.getData("text/html"), words = e.clipboardData.getData("text/plain");
		if (!html || box.readOnly) return;
		e.preventDefault();
		const form = new FormData();
		form.append("file", new Blob([html], { type: "text/html" }), "paste.html");
		try {
			const answer = await fetch("/paste", { method: "POST", body: form });
			if (answer.ok) {
				const { text, notes } = await answer.json();
				put(text);
				said.textContent = (notes || []).join(" ");
			} else {
				said.textContent = await answer.text(); // refused: nothing is pasted
			}
		} catch {
			put(words);
		}
	});
}
