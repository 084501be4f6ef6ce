// Whoever marks words of the text is offered to comment on them: the form takes the
// words, and the server finds where they stand. Without this script the form has a
// list of places.
"use strict";
{
	const paper = document.querySelector(".paper"), box = document.getElementById("comments"), quote = document.getElementById("comment-quote");
	if (paper && quote && box.dataset.mark) {
		const offer = document.createElement("button");
		offer.type = "button";
		offer.className = "small main offer";
		offer.textContent = box.dataset.mark;
		offer.hidden = true;
		document.body.append(offer);
		let words = "";

		document.addEventListener("selectionchange", () => {
			const marked = document.getSelection();
			const inside = marked.rangeCount > 0 && paper.contains(marked.anchorNode) && paper.contains(marked.focusNode);
			const said = inside ? marked.toString().split("\n")[0].trim() : "";
			offer.hidden = !said;
			if (!said) return;
			words = said;
			const at = marked.getRangeAt(0).getBoundingClientRect();
			offer.style.top = at.bottom + scrollY + 6 + "px";
			offer.style.left = Math.min(at.left, innerWidth - 160) + scrollX + "px";
		});
		offer.addEventListener("mousedown", e => e.preventDefault()); // the marking stays
		offer.addEventListener("click", () => {
			quote.value = words;
			document.getElementById("comment-line").value = "";
			quote.closest("details").open = true;
			document.getSelection().removeAllRanges();
			document.getElementById("comment-words").focus();
			box.scrollIntoView({ block: "nearest" });
		});
	}
}
