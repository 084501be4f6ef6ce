// Keeps what is typed: it is saved as the next version when nothing was typed
// for a while. A save that is refused changes nothing, and says so; the text
// stays where it is. Without this script the button saves.
"use strict";
{
	const form = document.getElementById("editor"), text = document.getElementById("text"), said = document.getElementById("saved");
	const quiet = 20000;
	let kept = text.value, timer = 0, stopped = text.readOnly;

	const say = (words, more) => { said.textContent = words + (more ? " " + more : ""); };
	const clock = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

	async function save() {
		const now = text.value;
		if (stopped || now === kept) return;
		const body = new URLSearchParams(new FormData(form));
		try {
			const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", headers: { "X-Autosave": "1" } });
			if (answer.status === 200) {
				form.elements.version.value = await answer.text();
				kept = now;
				say(said.dataset.saved, clock());
				return;
			}
			// Signed out, overtaken or no bulletin: a person has to look.
			stopped = answer.type === "opaqueredirect" || answer.status === 409;
			say(said.dataset.lost, answer.status === 0 ? "" : await answer.text());
		} catch {
			say(said.dataset.lost);
		}
	}

	text.addEventListener("input", () => {
		say(said.dataset.unsaved);
		clearTimeout(timer);
		timer = setTimeout(save, quiet);
	});
	form.addEventListener("submit", () => { clearTimeout(timer); kept = text.value; });
	addEventListener("beforeunload", e => { if (!text.readOnly && text.value !== kept) e.preventDefault(); });

	// A doubt leads to its line.
	document.addEventListener("click", e => {
		const line = e.target.dataset && Number(e.target.dataset.line);
		if (!line) return;
		const lines = text.value.split("\n"), from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
		text.focus();
		text.setSelectionRange(from, from + lines[line - 1].length);
		text.scrollTop = (line - 3) * text.scrollHeight / lines.length;
	});
}
