package main

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"jianbao/seeds"
)

// TestNothingTypedIsLostWithoutAScriptOnThePages saves a text after somebody ended
// the session, in a browser without scripts: it comes back behind the door, and is
// saved from there.
func TestNothingTypedIsLostWithoutAScriptOnThePages(t *testing.T) {
	x := exhibit(t)
	l := looking(t, browser(t))
	do := l.do
	noScripts, scripts := emulation.SetScriptExecutionDisabled(true), emulation.SetScriptExecutionDisabled(false)
	do(noScripts, chromedp.EmulateViewport(390, 844), signIn(x.base, seeds.EditorLogin),
		chromedp.Navigate(x.base+of(x.draft.ID, "/edit")))
	typed := strings.Replace(x.draft.Text, "高层声音", "高层之声", 1)
	do(chromedp.SetValue(`#text`, typed, chromedp.ByQuery))
	editor, err := x.store.ByLogin(t.Context(), seeds.EditorLogin)
	if err != nil {
		t.Fatal(err)
	}
	visits, err := x.store.VisitsOf(t.Context(), editor.ID, 10)
	if err != nil || len(visits) == 0 {
		t.Fatalf("%d visits, %v", len(visits), err)
	}
	for _, v := range visits {
		if err := x.store.EndVisit(t.Context(), editor.ID, v.ID, time.Now(), "管理员"); err != nil {
			t.Fatal(err)
		}
	}
	var said, back string
	do(follow(`#editor button.main`), chromedp.Text("#fault", &said, chromedp.ByQuery))
	do(scripts)
	l.look("kept-door")
	do(noScripts)
	do(set("#login", seeds.EditorLogin, "#password", testPassword), follow(`form.door button`), chromedp.Value(`textarea[name=text]`, &back, chromedp.ByQuery))
	do(scripts)
	l.look("kept-back")
	do(noScripts)
	if !strings.Contains(said, "内容会带回来") || strings.TrimSpace(back) != strings.TrimSpace(typed) {
		t.Errorf("it says %q and brings back %d of %d characters", said, len(back), len(typed))
	}
	do(follow(`form.card button.main`))
	issue, err := x.store.Issue(t.Context(), x.draft.ID)
	if err != nil || issue.Version != x.draft.Version+1 || !strings.Contains(issue.Text, "高层之声") {
		t.Errorf("version %d was saved: %v", issue.Version, err)
	}
}
