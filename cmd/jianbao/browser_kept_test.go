package main

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"jianbao/accounts"
	"jianbao/seeds"
	"jianbao/web/oidc"
)

// TestNothingTypedIsLostWithoutAScriptOnThePages saves a text after somebody ended
// the session, in a browser without scripts: it comes back behind the door, and is
// saved from there.
func TestNothingTypedIsLostWithoutAScriptOnThePages(t *testing.T) {
	t.Parallel()
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
	x.endsVisits(t, editor)
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
	do(chromedp.Navigate(x.base+of(x.draft.ID, "/edit")), chromedp.SetValue(`#text`, strings.Replace(issue.Text, "高层之声", "高层的声音", 1), chromedp.ByQuery))
	x.endsVisits(t, editor)
	do(follow(`#editor button.main`))
	beside(t, l)
	do(follow(`button[formaction]`), chromedp.Value(`textarea[name=text]`, &back, chromedp.ByQuery), follow(`form.card button.main`))
	issue, err = x.store.Issue(t.Context(), x.draft.ID)
	if err != nil || issue.Version != x.draft.Version+2 || !strings.Contains(issue.Text, "高层的声音") || !strings.Contains(back, "高层的声音") {
		t.Errorf("by single sign-on version %d was saved: %v", issue.Version, err)
	}
}

// endsVisits ends every session of a person, as an administrator does.
func (x exhibition) endsVisits(t *testing.T, who accounts.Person) {
	t.Helper()
	visits, err := x.store.VisitsOf(t.Context(), who.ID, 10)
	if err != nil || len(visits) == 0 {
		t.Fatalf("%d visits, %v", len(visits), err)
	}
	for _, v := range visits {
		if err := x.store.EndVisit(t.Context(), who.ID, v.ID, time.Now(), "管理员"); err != nil {
			t.Fatal(err)
		}
	}
}

// beside signs in at the provider in a window beside the form, which ends where it
// is said what to do.
func beside(t *testing.T, l looker) {
	t.Helper()
	opened := chromedp.WaitNewTarget(l.ctx, func(*target.Info) bool { return true })
	l.do(chromedp.Click(`a[target=_blank]`, chromedp.ByQuery))
	other, done := chromedp.NewContext(l.ctx, chromedp.WithTargetID(<-opened))
	defer done()
	var told string
	if err := chromedp.Run(other, chromedp.WaitVisible(`a[href="/desk"].target`, chromedp.ByQuery), chromedp.Text("main", &told, chromedp.ByQuery)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(told, "回到刚才的登录页") {
		t.Errorf("beside the form stands %q", told)
	}
}

// A house of single sign-on knows one person of the office, and asks nothing.
type house struct{ *office }

func (house) Title() string { return "市政务统一认证" }

func (house) Begin(context.Context) (string, []byte, error) {
	return oidc.BackPath + "?code=good", []byte("kept"), nil
}

func (h house) Finish(ctx context.Context, _ []byte, _ url.Values) (accounts.Person, error) {
	return h.store.ByLogin(ctx, seeds.EditorLogin)
}
