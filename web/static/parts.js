// Shows the text of the editor in its parts: sections and items fold, and move
// by dragging, by buttons, and with Alt and the arrow keys. #text stays the text:
// what is typed into a part is written there at once, and the server says, with
// every proof, where the parts of it begin. Without this script the text is one
// field, and the list below it moves the parts.
"use strict";
{
	const text = document.getElementById("text"), box = document.getElementById("parts"), proof = document.getElementById("proof");
	const words = box.dataset, ways = document.getElementById("ways"), way = document.getElementById("way"), foldAll = document.getElementById("fold-all");
	const choice = "jianbao:editor";
	let pieces = [], composing = false, dragged = null, stale = false;
	const found = new Map(), mostFound = 50; // the parts of texts that were cut before
	let whole = localStorage.getItem(choice) === "whole";

	const value = p => p.area.value + p.blank;
	const joined = () => pieces.map(value).join("\n");
	const movable = p => p.kind === "section" || p.kind === "item";
	// The line of the text at which a piece begins.
	const lineOf = p => pieces.slice(0, pieces.indexOf(p)).reduce((n, q) => n + value(q).split("\n").length, 1);
	const offsetOf = p => pieces.slice(0, pieces.indexOf(p)).reduce((n, q) => n + value(q).length + 1, 0);
	const pieceOf = element => pieces.find(p => p.element === element.closest(".part"));

	const grows = CSS.supports("field-sizing", "content");
	const fit = area => {
		if (grows) return;
		area.style.height = "auto";
		area.style.height = area.scrollHeight + 2 + "px";
	};

	const tell = () => text.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "parts" }));
	const typed = p => {
		fit(p.area);
		text.value = joined();
		tell();
	};

	const button = (label, name, more) => {
		const b = document.createElement("button");
		b.type = "button";
		b.textContent = label;
		b.setAttribute("aria-label", name);
		b.title = name;
		Object.assign(b.dataset, more);
		return b;
	};

	// A piece keeps the blank lines behind it to itself, unless the caret is there.
	const pieceFor = (part, lines, caret) => {
		const all = lines.join("\n"), shown = all.replace(/\n+$/, "");
		const inside = caret > shown.length && caret <= all.length;
		const p = { kind: part.kind, title: part.title, blank: inside ? "" : all.slice(shown.length), folded: false };
		p.element = document.createElement("div");
		p.element.className = "part " + part.kind;
		p.fold = button("", "", { fold: "" });
		p.area = document.createElement("textarea");
		p.area.rows = 1;
		p.area.spellcheck = false;
		p.area.readOnly = text.readOnly;
		p.area.dataset.paste = text.dataset.paste;
		p.area.value = inside ? all : shown;
		p.short = document.createElement("span");
		p.short.className = "short";
		p.element.append(p.fold, p.area, p.short);
		if (movable(p) && !text.readOnly) {
			const ends = document.createElement("span");
			ends.className = "moves";
			p.grip = document.createElement("span");
			p.grip.className = "grip";
			p.grip.textContent = "⠿";
			p.grip.setAttribute("aria-hidden", "true");
			p.up = button("↑", "", { way: "up" });
			p.down = button("↓", "", { way: "down" });
			ends.append(p.grip, p.up, p.down);
			p.element.append(ends);
		}
		name(p, part);
		return p;
	};

	const name = (p, part) => {
		p.title = part.title;
		const called = words[part.kind] + (part.title ? " " + part.title : "");
		p.area.setAttribute("aria-label", called);
		p.fold.setAttribute("aria-label", words.fold + " " + called);
		if (p.up) {
			p.up.setAttribute("aria-label", words.up + " " + called);
			p.down.setAttribute("aria-label", words.down + " " + called);
		}
	};

	const draw = () => {
		let under = false; // a section that is folded
		for (const p of pieces) {
			if (p.kind !== "item") under = p.kind === "section" && p.folded;
			p.element.hidden = p.kind === "item" && under;
			p.element.classList.toggle("folded", p.folded);
			p.fold.setAttribute("aria-expanded", String(!p.folded));
			p.fold.textContent = p.folded ? "▸" : "▾";
			const lines = p.area.value.split("\n").filter(line => line.trim());
			p.short.textContent = p.folded ? (lines[0] || words[p.kind]) : "";
		}
		foldAll.textContent = pieces.some(p => p.folded) ? foldAll.dataset.open : foldAll.dataset.close;
	};

	const caretOf = () => {
		const p = pieces.find(p => p.area === document.activeElement);
		return p ? [offsetOf(p) + p.area.selectionStart, offsetOf(p) + p.area.selectionEnd] : null;
	};

	const putCaret = ([from, to]) => {
		for (const p of pieces) {
			const start = offsetOf(p);
			if (from > start + value(p).length) continue;
			open(p);
			p.area.focus({ preventScroll: true });
			p.area.setSelectionRange(from - start, Math.max(from, to) - start);
			return p;
		}
	};

	const open = p => {
		p.folded = false;
		const n = pieces.indexOf(p);
		const above = pieces.slice(0, n).findLast(q => q.kind === "section");
		if (p.kind === "item" && above) above.folded = false;
		draw();
	};

	// cut shows the text as parts that the server found in it. Where the same
	// pieces stand there already, nothing is touched: somebody may be typing.
	const cut = parts => {
		const lines = text.value.split("\n");
		if (!parts || !parts.length || parts.at(-1).to !== lines.length) return false;
		found.set(text.value, parts);
		if (found.size > mostFound) found.delete(found.keys().next().value);
		const ranges = parts.map(part => lines.slice(part.from - 1, part.to));
		if (pieces.length === parts.length && parts.every((part, n) => part.kind === pieces[n].kind && ranges[n].join("\n") === value(pieces[n]))) {
			parts.forEach((part, n) => name(pieces[n], part));
			return true;
		}
		if (composing) return true; // the next proof comes when the word is written
		const caret = caretOf(), top = box.scrollTop;
		const folded = new Set(pieces.filter(p => p.folded).map(p => p.kind + p.title));
		let start = 0;
		pieces = parts.map((part, n) => {
			const p = pieceFor(part, ranges[n], caret ? caret[0] - start : -1);
			p.folded = folded.has(part.kind + part.title);
			start += ranges[n].join("\n").length + 1;
			return p;
		});
		box.replaceChildren(...pieces.map(p => p.element));
		pieces.forEach(p => fit(p.area));
		draw();
		if (caret) putCaret(caret);
		box.scrollTop = top;
		stale = false;
		return true;
	};

	// within puts a text into the pieces that differs from theirs in one alone.
	const within = now => {
		let first = 0, last = pieces.length - 1;
		for (; first < last && now.startsWith(value(pieces[first]) + "\n"); first++) now = now.slice(value(pieces[first]).length + 1);
		for (; last > first && now.endsWith("\n" + value(pieces[last])); last--) now = now.slice(0, -value(pieces[last]).length - 1);
		if (first !== last) return false;
		pieces[first].area.value = now.replace(/\n+$/, "");
		pieces[first].blank = now.slice(pieces[first].area.value.length);
		fit(pieces[first].area);
		return true;
	};

	// back shows a text that was there before, with what came back marked.
	const back = place => {
		if (whole || stale || !(found.has(text.value) ? cut(found.get(text.value)) : within(text.value))) return false;
		draw();
		const p = putCaret(place);
		if (p) p.element.scrollIntoView({ block: "nearest" });
		return true;
	};

	const show = () => {
		const parted = !whole && pieces.length > 0 && !stale;
		box.hidden = !parted;
		text.hidden = parted;
		foldAll.hidden = !parted;
		way.textContent = parted ? way.dataset.whole : way.dataset.parts;
		pieces.forEach(p => fit(p.area));
	};

	const move = async (p, to) => {
		const before = text.value;
		const answer = await fetch(words.moved, { method: "POST", body: new URLSearchParams({ text: before, move: lineOf(p) + ":" + to }) }).catch(() => null);
		const said = document.getElementById("pasted");
		if (!answer || !answer.ok || answer.redirected || text.value !== before) {
			said.textContent = answer && !answer.ok ? await answer.text() : words.lost;
			return;
		}
		const m = await answer.json();
		const wasFolded = p.folded, key = p.kind + p.title;
		text.value = m.text;
		document.activeElement.blur();
		cut(m.parts);
		const now = pieces[m.at];
		if (now && now.kind + now.title === key) now.folded = wasFolded;
		draw();
		if (now) {
			(now.folded ? now.fold : now.area).focus({ preventScroll: true });
			now.element.scrollIntoView({ block: "nearest" });
		}
		said.textContent = words.done;
		tell();
	};

	// join puts a piece onto the one before it, with the caret between.
	const join = (before, p) => {
		const at = before.area.value.length;
		before.area.value += p.area.value;
		before.blank = p.blank;
		pieces.splice(pieces.indexOf(p), 1);
		p.element.remove();
		open(before);
		before.area.focus();
		before.area.setSelectionRange(at, at);
		typed(before);
	};

	const step = (p, way, at) => {
		for (let n = pieces.indexOf(p) + way; pieces[n]; n += way) {
			if (pieces[n].element.hidden || pieces[n].folded) continue;
			const to = at === "end" ? pieces[n].area.value.length : 0;
			pieces[n].area.focus();
			pieces[n].area.setSelectionRange(to, to);
			return true;
		}
		return false;
	};

	box.addEventListener("input", e => {
		e.stopPropagation();
		const p = pieceOf(e.target);
		if (composing) fit(p.area); // half a word of an input method
		else typed(p);
	});
	box.addEventListener("compositionstart", () => { composing = true; });
	box.addEventListener("compositionend", e => { composing = false; typed(pieceOf(e.target)); });
	box.addEventListener("keydown", e => {
		const p = pieceOf(e.target);
		if (!p || e.isComposing) return;
		const area = p.area, alone = area.selectionStart === area.selectionEnd, n = pieces.indexOf(p);
		if (e.altKey && (e.key === "ArrowUp" || e.key === "ArrowDown") && movable(p) && !text.readOnly) {
			e.preventDefault();
			move(p, e.key === "ArrowUp" ? "up" : "down");
		} else if (e.target !== area || !alone || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey) {
			return;
		} else if (e.key === "Backspace" && area.selectionStart === 0 && n > 0 && !area.readOnly) {
			e.preventDefault();
			join(pieces[n - 1], p);
		} else if (e.key === "Delete" && area.selectionStart === area.value.length && pieces[n + 1] && !area.readOnly) {
			e.preventDefault();
			join(p, pieces[n + 1]);
		} else if (e.key === "ArrowUp" && area.selectionStart === 0 && step(p, -1, "end")) {
			e.preventDefault();
		} else if (e.key === "ArrowDown" && area.selectionStart === area.value.length && step(p, 1, "start")) {
			e.preventDefault();
		}
	});
	box.addEventListener("click", e => {
		const pressed = e.target.closest("button"), p = pressed && pieceOf(pressed);
		if (!p) return;
		if (pressed.dataset.way) {
			move(p, pressed.dataset.way);
			return;
		}
		p.folded = !p.folded;
		draw();
		fit(p.area);
	});

	// A part is taken by its grip, so that its words can still be marked.
	box.addEventListener("pointerdown", e => {
		const p = e.target.closest(".part") && pieceOf(e.target);
		if (p) p.element.draggable = e.target === p.grip;
	});
	box.addEventListener("dragstart", e => {
		dragged = pieceOf(e.target);
		e.dataTransfer.effectAllowed = "move";
		e.dataTransfer.setData("text/plain", dragged.title);
	});
	const unmark = () => box.querySelectorAll(".here, .behind").forEach(el => el.classList.remove("here", "behind"));
	const target = e => {
		const over = e.target.closest(".part") && pieceOf(e.target);
		if (!over || !dragged) return null;
		const r = over.element.getBoundingClientRect();
		return { over, behind: e.clientY > r.top + r.height / 2 };
	};
	box.addEventListener("dragover", e => {
		const t = target(e);
		if (!t) return;
		e.preventDefault();
		unmark();
		t.over.element.classList.add(t.behind ? "behind" : "here");
	});
	box.addEventListener("drop", e => {
		const t = target(e);
		if (!t) return;
		e.preventDefault();
		unmark();
		const n = pieces.indexOf(t.over) + (t.behind ? 1 : 0), before = pieces[n];
		move(dragged, before && before.kind !== "tail" ? lineOf(before) : "end");
	});
	box.addEventListener("dragend", () => { unmark(); dragged = null; });

	way.addEventListener("click", () => {
		whole = !box.hidden;
		localStorage.setItem(choice, whole ? "whole" : "parts");
		show();
		(whole ? text : way).focus();
	});
	foldAll.addEventListener("click", () => {
		const fold = !pieces.some(p => p.folded);
		pieces.forEach(p => { p.folded = fold && p.kind !== "section"; });
		draw();
	});

	// What changed the text but not the pieces waits for the server to cut it.
	text.addEventListener("input", e => {
		if (e.detail === "parts" || !pieces.length || joined() === text.value) return;
		if (e.detail && e.detail.place && back(e.detail.place)) return;
		stale = true;
		show();
	});
	// An answer to an older text says nothing of where the parts of this one begin.
	proof.addEventListener("proof", e => {
		const sheets = proof.querySelector("[data-parts]");
		if (sheets && e.detail.asked === text.value && cut(JSON.parse(sheets.dataset.parts)) && document.activeElement !== text) {
			stale = false;
			show();
		}
	});

	// A doubt leads to its line.
	document.addEventListener("click", e => {
		const line = e.target.dataset && Number(e.target.dataset.line);
		if (!line) return;
		const lines = text.value.split("\n"), from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0), to = from + lines[line - 1].length;
		if (!box.hidden) {
			const p = putCaret([from, to]);
			if (p) p.area.scrollIntoView({ block: "center" });
			return;
		}
		text.focus();
		text.setSelectionRange(from, to);
		text.scrollTop = (line - 3) * text.scrollHeight / lines.length;
	});

	ways.hidden = false;
	const outline = document.getElementById("outline");
	if (outline) outline.hidden = true;
	cut(JSON.parse(text.dataset.parts || "null"));
	show();
}
