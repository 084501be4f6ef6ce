package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/seeds"
	"jianbao/workflow"
)

// adminLogin is that of the admin of all series, whom the sample does not have.
const adminLogin = "guanli"

// withAdmin adds an admin of all series.
func (o *office) withAdmin(t *testing.T) {
	t.Helper()
	hash, err := o.hasher.Hash(t.Context(), testPassword)
	if err != nil {
		t.Fatal(err)
	}
	admin := accounts.Person{ID: uuid.New(), Login: adminLogin, Name: "管理员", Password: hash, Active: true, Grants: []accounts.Grant{{Role: accounts.Admin}}}
	if err := o.store.SavePerson(t.Context(), admin); err != nil {
		t.Fatal(err)
	}
}

// The route of a series is changed on its page. An issue that is under way goes
// the way it began on, and the next one the new way.
func TestARouteIsChangedOnThePages(t *testing.T) {
	t.Parallel()
	here := running(t)
	here.withAdmin(t)
	w := &walk{office: here.office}
	opened := func(number string) workflow.Issue {
		t.Helper()
		issue, err := w.desk.Open(t.Context(), w.as(t.Context(), seeds.EditorLogin), seeds.SeriesID, strings.Replace(seeds.Issue8, "第 8 期", number, 1))
		for err == nil && issue.State == workflow.Draft {
			issue, err = w.step(t.Context(), issue)
		}
		if err != nil {
			t.Fatal(err)
		}
		return issue
	}
	under := opened("第 8 期")
	ctx := browser(t)
	do := func(actions ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	var moved, drawn, past, left string
	do(signIn(here.base, adminLogin), follow(`.rooms a[href="/settings"]`), follow(`table a`),
		follow(`button[value="add"]`), chromedp.Text("#route [role=status]", &moved, chromedp.ByQuery),
		chromedp.SetValue("#kind-2", "recheck", chromedp.ByQuery), chromedp.SetValue("#role-2", "clerk", chromedp.ByQuery),
		chromedp.SetValue("#hours-2", "8", chromedp.ByQuery), follow(`#route button.main`),
		chromedp.Text("#history", &past, chromedp.ByQuery), chromedp.TextContent("#drawing-text", &drawn, chromedp.ByQuery))
	shoot(t, do, "settings.png")
	if !strings.Contains(moved, "还没有保存") || !strings.Contains(past, "流程新增第3步：复核，本刊收发办理，限8个工作小时") || !strings.Contains(drawn, "3. 复核") {
		t.Errorf("it said %q and %q, and drew %q", moved, past, drawn)
	}
	next := opened("第9期")
	for issue, want := range map[*workflow.Issue]workflow.State{&under: workflow.Approved, &next: workflow.Review} {
		after, err := w.step(t.Context(), *issue)
		if err != nil || after.State != want {
			t.Errorf("approved by the reviewer, no. %s is %s, not %s: %v", issue.Document.Number, after.State, want, err)
		}
	}
	do(signOut(), signIn(here.base, seeds.ClerkLogin), chromedp.Navigate(here.base+"/issues/"+next.ID.String()),
		press("approve"), chromedp.Navigate(here.base+"/desk"), chromedp.Text("main", &left, chromedp.ByQuery))
	if after, err := here.store.Issue(t.Context(), next.ID); err != nil || after.State != workflow.Approved {
		t.Errorf("rechecked by the clerk it is %s: %v\n%s", after.State, err, left)
	}
}
