// Keeps what is typed: in this browser at once, and with the server as the next
// version when nothing was typed for a while. A save that is refused changes
// nothing and says so; the text stays where it is. Whoever was signed out
// meanwhile signs in again, finds what they typed, and it is saved. Without this
// script the button saves.
"use strict";
{
	const form = document.getElementById("editor"), text = document.getElementById("text"), said = document.getElementById("saved");
	const quiet = 20000, week = 7 * 24 * 3600 * 1000, prefix = "jianbao:text:", key = prefix + form.dataset.keep;
	const proof = document.getElementById("proof"), query = new URLSearchParams(location.search);
	let kept = "unsaved" in form.dataset ? null : text.value, timer = 0, stopped = text.readOnly, saving = null;
	let refused = false; // a classified text is not kept here either

	const version = () => form.elements.version.value;
	const clock = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
	const say = (words, more, link, address) => {
		said.textContent = words + (more ? " " + more : "");
		if (!link) return;
		const a = document.createElement("a");
		a.textContent = link;
		a.href = address;
		said.append(" ", a);
	};

	// This browser's own copy of what is not saved yet: per person and issue.
	const store = () => {
		if (text.readOnly) return;
		try {
			if (text.value === kept || refused) localStorage.removeItem(key);
			else localStorage.setItem(key, JSON.stringify({ version: version(), text: text.value, at: Date.now() }));
		} catch { /* no room, or none allowed: the server's copy remains */ }
	};
	const stored = name => {
		try {
			return JSON.parse(localStorage.getItem(name));
		} catch {
			return null;
		}
	};
	for (const name of Object.keys(localStorage)) {
		if (name.startsWith(prefix) && !((stored(name) || {}).at > Date.now() - week)) localStorage.removeItem(name);
	}

	const took = (now, next) => {
		for (const field of document.querySelectorAll("input[name=version]")) field.value = next.trim();
		kept = now;
		store();
		say(said.dataset.saved, clock());
	};

	async function saveNow() {
		const now = text.value;
		if (stopped || now === kept) return now === kept;
		const body = new URLSearchParams(new FormData(form));
		try {
			const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", headers: { "X-Autosave": "1" } });
			if (answer.status === 200) {
				took(now, await answer.text());
				return true;
			}
			if (answer.type === "opaqueredirect") say(said.dataset.out, said.dataset.kept, said.dataset.again, said.dataset.door);
			else if (answer.status === 409) {
				stopped = true; // a person chooses
				say(said.dataset.overtaken, said.dataset.kept, said.dataset.both, "#editor");
				said.querySelector("a").addEventListener("click", e => { e.preventDefault(); form.requestSubmit(); });
			} else say(said.dataset.lost, await answer.text());
		} catch {
			say(said.dataset.lost, said.dataset.kept);
		}
		return false;
	}
	const save = () => saving || (saving = saveNow().finally(() => { saving = null; }));

	text.addEventListener("input", () => {
		store();
		say(said.dataset.unsaved);
		clearTimeout(timer);
		timer = setTimeout(save, quiet);
	});
	// The server settles a place in the text as it stands: what is sent counts.
	form.addEventListener("submit", () => {
		clearTimeout(timer);
		store();
		stopped = true;
	});
	// Other forms of the page work on what is saved.
	document.addEventListener("submit", async e => {
		if (e.target === form || text.value === kept || stopped || e.target.method !== "post") return;
		e.preventDefault();
		if (await save()) e.target.requestSubmit(e.submitter);
	});
	addEventListener("online", save);

	// Whoever was signed out gets no proof, and is told why.
	proof.addEventListener("proof", e => {
		if (e.detail.out) {
			save();
			return;
		}
		refused = Boolean(proof.querySelector("[data-refused]"));
		store();
	});

	let copy = stored(key);
	if (copy && ("refused" in form.dataset || Number(copy.version) < Number(query.get("saved")))) {
		localStorage.removeItem(key); // it was saved, or must not be kept
		copy = null;
	}
	if (query.has("saved")) history.replaceState(null, "", location.pathname + location.hash);
	if (copy && !text.readOnly && copy.text !== text.value) {
		text.value = copy.text;
		text.dispatchEvent(new Event("input", { bubbles: true }));
		say(said.dataset.restored);
		clearTimeout(timer);
		if (copy.version === version()) save();
		else { // somebody saved meanwhile: both texts are shown
			form.elements.version.value = copy.version;
			form.requestSubmit();
		}
	} else if (copy) store();
}
