package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"jianbao/seeds"
)

// inEditor opens the draft of an exhibition in the editor.
func inEditor(t *testing.T) (exhibition, func(...chromedp.Action)) {
	t.Helper()
	x := exhibit(t)
	ctx := browser(t)
	do := func(actions ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	do(chromedp.EmulateViewport(1440, 900), signIn(x.base, seeds.EditorLogin), chromedp.Navigate(x.base+"/issues/"+x.draft.ID.String()+"/edit"),
		chromedp.WaitVisible(`.sheets svg`, chromedp.ByQuery))
	return x, do
}

// retype replaces words in the part that has them, as somebody who types does.
func retype(old, now string) chromedp.Action {
	return chromedp.Evaluate(fmt.Sprintf(`{ const a = [...document.querySelectorAll("#parts textarea")].find(a => a.value.includes(%[1]q));
		a.focus(); a.setRangeText(%[2]q, a.value.indexOf(%[1]q), a.value.indexOf(%[1]q) + %[1]q.length, "end"); a.dispatchEvent(new Event("input", {bubbles: true})) }`, old, now), nil)
}

// until waits for what a script says is so.
func until(script string) chromedp.Action {
	return chromedp.Poll(script, nil, chromedp.WithPollingInterval(5*time.Millisecond), chromedp.WithPollingTimeout(30*time.Second))
}

// follows is how soon the pages should follow what is typed, on a machine that
// does nothing else: then, with -year, the test holds it.
const follows = 300 * time.Millisecond

// TestThePagesFollowTheTextOnThePages types into the editor and sees the pages
// change, clicks a doubt away, and finds what was typed saved.
func TestThePagesFollowTheTextOnThePages(t *testing.T) {
	x, do := inEditor(t)
	var page string
	do(chromedp.Text(".sheets", &page, chromedp.ByQuery))
	if !strings.Contains(page, "高层声音") {
		t.Errorf("the pages are %q", page)
	}
	was, now := "高层声音", "高层的声音"
	var took []time.Duration
	for range 5 {
		began := time.Now()
		do(retype(was, now), until(fmt.Sprintf(`document.querySelector(".sheets").textContent.includes("【%s】")`, now)))
		took = append(took, time.Since(began).Round(time.Millisecond))
		was, now = now, was
	}
	slices.Sort(took)
	t.Logf("the pages followed after %v, 40 ms of each waiting for the next key", took)
	if *year > 0 && took[len(took)-1] > follows {
		t.Errorf("the slowest took %s", took[len(took)-1])
	}
	staysInPlace(t, do)
	do(follow(`#proof button[name=settle]`))
	issue, err := x.store.Issue(t.Context(), x.draft.ID)
	if err != nil {
		t.Fatal(err)
	}
	if issue.Version != x.draft.Version+1 || !strings.Contains(issue.Text, "高层的声音") || len(issue.Problems) >= len(x.draft.Problems) {
		t.Errorf("version %d with %d problems was saved", issue.Version, len(issue.Problems))
	}
}

// staysInPlace types at the end of the text: only the pages that change are drawn
// anew, the first that does is brought into view, a margin that was folded stays
// folded, and half a word of an input method is not set.
func staysInPlace(t *testing.T, do func(...chromedp.Action)) {
	t.Helper()
	var half, moved, same, folded bool
	do(chromedp.Evaluate(`document.querySelector(".margin summary").click(); window.sheets = document.querySelector(".sheets"); window.front = sheets.firstElementChild; window.answers = 0;
		document.getElementById("proof").addEventListener("proof", () => { window.answers++ });
		{ const a = [...document.querySelectorAll("#parts textarea")].find(a => a.value.includes("共印"));
		a.focus(); a.setSelectionRange(0, 0) }`, nil),
		input.ImeSetComposition("gong", 4, 4), chromedp.Evaluate(`document.activeElement.value.includes("gong") && !document.getElementById("text").value.includes("gong")`, &half),
		input.InsertText("公"), until(`window.answers > 0 && window.sheets.textContent.includes("公")`),
		chromedp.Evaluate(`window.sheets.scrollTop > 0`, &moved), chromedp.Evaluate(`window.sheets.isConnected && window.front === window.sheets.firstElementChild`, &same),
		until(`window.answers > 1`), chromedp.Evaluate(`!document.querySelector(".margin details").open`, &folded))
	if !half || !moved || !same || !folded {
		t.Errorf("half a word was not taken: %t; brought into view: %t, the first page left alone: %t, the margin stayed folded: %t", half, moved, same, folded)
	}
	do(chromedp.Evaluate(`document.querySelector(".margin summary").click()`, nil))
}

// titles are the sections and items of the editor in their order.
const titles = `[...document.querySelectorAll("#parts .section textarea, #parts .item textarea")].map(a => a.value.slice(0, 6)).join(" ")`

// TestItemsMoveOnThePages moves items by keys, by buttons and by dragging, folds
// and unfolds them, and moves one without a script.
func TestItemsMoveOnThePages(t *testing.T) {
	t.Parallel()
	x, do := inEditor(t)
	first := `#parts .item:not([hidden]) textarea`
	var before, down, back, dragged string
	var folded int
	const kept = `window.was = ` + titles
	const moved = titles + ` !== window.was`
	do(chromedp.Evaluate(kept, &before), chromedp.Focus(`#parts .item ~ .item textarea`, chromedp.ByQuery),
		chromedp.KeyEvent(kb.ArrowDown, chromedp.KeyModifiers(input.ModifierAlt)), until(moved), chromedp.Evaluate(kept, &down),
		chromedp.KeyEvent(kb.ArrowUp, chromedp.KeyModifiers(input.ModifierAlt)), until(moved), chromedp.Evaluate(kept, &back))
	if before == down || before != back {
		t.Errorf("the parts were %s, then %s, then %s", before, down, back)
	}
	do(chromedp.Click(`#fold-all`, chromedp.ByQuery), chromedp.Evaluate(`document.querySelectorAll("#parts .folded").length`, &folded), chromedp.Click(`#fold-all`, chromedp.ByQuery))
	if folded < 5 {
		t.Errorf("%d parts are folded", folded)
	}
	do(chromedp.Evaluate(`{ const items = [...document.querySelectorAll("#parts .item")], data = new DataTransfer(), grip = items[0].querySelector(".grip");
		const fire = (type, at, y) => at.dispatchEvent(new DragEvent(type, {bubbles: true, cancelable: true, dataTransfer: data, clientY: y}));
		grip.dispatchEvent(new PointerEvent("pointerdown", {bubbles: true}));
		const low = items[2].getBoundingClientRect().bottom - 2;
		fire("dragstart", items[0], 0); fire("dragover", items[2], low); fire("drop", items[2], low); fire("dragend", items[0], 0) }`, nil),
		until(moved), chromedp.Evaluate(titles, &dragged), chromedp.WaitVisible(first, chromedp.ByQuery))
	if names := strings.Fields(dragged); len(names) != len(strings.Fields(before)) || dragged == before {
		t.Errorf("the parts were %s and are %s", before, dragged)
	}
	takesBack(t, do, before, dragged)
	v := visit(t, x.base, seeds.EditorLogin, testPassword)
	page := v.get("/issues/" + x.draft.ID.String() + "/edit").page
	order := regexp.MustCompile(`name="move" value="(\d+:down)"`).FindStringSubmatch(page)
	if order == nil {
		t.Fatal("without a script nothing can be moved")
	}
	v.post("/issues/"+x.draft.ID.String()+"/text", "version", strconv.Itoa(x.draft.Version), "from", "edit", "text", x.draft.Text, "move", order[1])
	issue, err := x.store.Issue(t.Context(), x.draft.ID)
	if err != nil || issue.Version != x.draft.Version+1 || issue.Text == x.draft.Text {
		t.Errorf("without a script nothing was moved: version %d, %v", issue.Version, err)
	}
}

// takesBack types words, and takes them and the move before them back by the keys
// of Word: the browser itself forgets both when the parts are drawn anew.
func takesBack(t *testing.T, do func(...chromedp.Action), before, moved string) {
	t.Helper()
	type seen struct {
		Titles, Marked string
		Typed, InParts bool
	}
	const saw = `({Titles: ` + titles + `, Typed: document.getElementById("text").value.includes("高层之声"), InParts: document.activeElement.closest("#parts") !== null,
		Marked: (a => a.value ? a.value.slice(a.selectionStart, a.selectionEnd) : "")(document.activeElement)})`
	press := func(key string) (now seen) {
		t.Helper()
		do(chromedp.KeyEvent(key, chromedp.KeyModifiers(input.ModifierCtrl)), chromedp.Evaluate(saw, &now))
		return now
	}
	do(retype("高层声音", "高层之声"))
	if now := press("z"); now.Typed || now.Titles != moved || !now.InParts {
		t.Errorf("what was typed was taken back: %+v", now)
	}
	if now := press("z"); now.Titles != before || !now.InParts {
		t.Errorf("the move was taken back: %+v", now)
	}
	if now := press("y"); now.Titles != moved || now.Typed {
		t.Errorf("the move was done again: %+v", now)
	}
	if now := press("y"); !now.Typed || now.Marked != "之声" {
		t.Errorf("what was typed was done again: %+v", now)
	}
	do(chromedp.Click("#undo", chromedp.ByQuery))
	if now := press("z"); now.Typed || now.Titles != before {
		t.Errorf("by the button and by the keys: %+v", now)
	}
	do(chromedp.Click("#redo", chromedp.ByQuery))
}

// TestNothingTypedIsLostOnThePages types while the session ends: the text stays
// in the browser, and is saved after signing in again.
func TestNothingTypedIsLostOnThePages(t *testing.T) {
	t.Parallel()
	x, do := inEditor(t)
	do(chromedp.Evaluate(`fetch("/sign-out", {method: "POST"}).then(() => { window.out = true })`, nil), until(`window.out === true`),
		retype("高层声音", "高层之声"), until(`document.querySelector("#saved a") !== null`))
	if issue, err := x.store.Issue(t.Context(), x.draft.ID); err != nil || issue.Version != x.draft.Version {
		t.Fatalf("version %d was saved, %v", issue.Version, err)
	}
	do(follow(`#saved a`), chromedp.SendKeys(`#login`, seeds.EditorLogin, chromedp.ByQuery), chromedp.SendKeys(`#password`, testPassword, chromedp.ByQuery),
		follow(`form.door button`), until(`document.getElementById("text") && document.getElementById("text").value.includes("高层之声")`),
		until(`document.querySelector("#editor input[name=version]").value === "`+strconv.Itoa(x.draft.Version+1)+`"`))
	issue, err := x.store.Issue(t.Context(), x.draft.ID)
	if err != nil || !strings.Contains(issue.Text, "高层之声") {
		t.Errorf("version %d was saved without what was typed, %v", issue.Version, err)
	}
	var left int
	do(until(`Object.keys(localStorage).filter(k => k.startsWith("jianbao:text:")).length === 0`),
		chromedp.Evaluate(`Object.keys(localStorage).filter(k => k.startsWith("jianbao:text:")).length`, &left))
	if left != 0 {
		t.Error("the browser keeps what is saved")
	}
}

// TestTwoEditorsChooseOnThePages types while somebody else saves the same place,
// sees both texts and keeps both.
func TestTwoEditorsChooseOnThePages(t *testing.T) {
	t.Parallel()
	x, do := inEditor(t)
	w := &walk{office: x.office}
	theirs := strings.Replace(x.draft.Text, "高层声音", "他的声音", 1)
	if _, err := x.desk.Save(t.Context(), w.as(t.Context(), seeds.EditorLogin), x.draft.ID, x.draft.Version, theirs); err != nil {
		t.Fatal(err)
	}
	do(retype("高层声音", "我的声音"), follow(`#editor button.main`))
	shoot(t, do, "merge.png")
	do(chromedp.Click(`fieldset.open input[value=both]`, chromedp.ByQuery), follow(`form.merge button.main`), chromedp.WaitVisible(`.sheets svg`, chromedp.ByQuery))
	issue, err := x.store.Issue(t.Context(), x.draft.ID)
	if err != nil || !strings.Contains(issue.Text, "我的声音") || !strings.Contains(issue.Text, "他的声音") {
		t.Errorf("version %d was saved: %v", issue.Version, err)
	}
}

// TestAPasteKeepsItsBoldLeadOnThePages pastes as a browser does what was copied
// out of Word.
func TestAPasteKeepsItsBoldLeadOnThePages(t *testing.T) {
	t.Parallel()
	x := exhibit(t)
	ctx := browser(t)
	err := chromedp.Run(ctx, signIn(x.base, seeds.EditorLogin), chromedp.Navigate(x.base+"/issues/new"),
		chromedp.WaitVisible(`#text`, chromedp.ByQuery),
		chromedp.Evaluate(`{ const d = new DataTransfer(); d.setData("text/html", "<p><b>会议召开。</b>七月二日</p>"); d.setData("text/plain", "会议");
			document.getElementById("text").dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true})) }`, nil),
		chromedp.Poll(`document.getElementById("text").value.includes("**会议召开。**七月二日")`, nil, chromedp.WithPollingTimeout(10*time.Second)))
	if err != nil {
		t.Fatal(err)
	}
}
