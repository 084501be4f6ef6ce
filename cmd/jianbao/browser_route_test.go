package main

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"math"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/seeds"
	"jianbao/workflow"
)

// The people that the full route needs beside those of the sample.
const (
	headLogin   = "tongji"
	leaderLogin = "biandong"
	otherLogin  = "chenyubao"
)

// onFullRoute adds a series on 编辑→审核→会签→签发→复核, where one unit
// countersigns, and its people. It returns the id of the series.
func (o *office) onFullRoute(t *testing.T) uuid.UUID {
	t.Helper()
	series, err := o.store.Series(t.Context(), seeds.SeriesID)
	if err != nil {
		t.Fatal(err)
	}
	units, err := o.store.Units(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	unit := units[0]
	series.ID, series.Masthead, series.Version = uuid.New(), "鄂尔多斯科技要情", 0
	series.Route = workflow.FullRoute(workflow.Named{ID: unit.ID, Name: unit.Name})
	if err := o.store.AddSeries(t.Context(), series); err != nil {
		t.Fatal(err)
	}
	hash, err := o.hasher.Hash(t.Context(), testPassword)
	if err != nil {
		t.Fatal(err)
	}
	save := func(p accounts.Person) {
		t.Helper()
		if err := o.store.SavePerson(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	for login, role := range map[string]accounts.Role{seeds.EditorLogin: accounts.Editor, seeds.ReviewerLogin: accounts.Reviewer, seeds.ClerkLogin: accounts.Clerk} {
		p, err := o.store.ByLogin(t.Context(), login)
		if err != nil {
			t.Fatal(err)
		}
		p.Grants = append(p.Grants, accounts.Grant{Series: series.ID, Role: role})
		save(p)
	}
	in := func(role accounts.Role) []accounts.Grant { return []accounts.Grant{{Series: series.ID, Role: role}} }
	save(accounts.Person{ID: uuid.New(), Login: headLogin, Name: "刘局长", Password: hash, Active: true, Heads: []uuid.UUID{unit.ID}})
	save(accounts.Person{ID: uuid.New(), Login: leaderLogin, Name: "边东", Password: hash, Active: true, Grants: in(accounts.Signatory)})
	save(accounts.Person{ID: uuid.New(), Login: otherLogin, Name: "陈玉宝", Password: hash, Active: true, Grants: in(accounts.Editor)})
	return series.ID
}

// typeIn fills a field of an act's form, which it opens if it must.
func typeIn(act, field, words string) chromedp.Tasks {
	form := "#acts form." + act
	return chromedp.Tasks{unfold(form), chromedp.SetValue(form+" [name="+field+"]", words, chromedp.ByQuery)}
}

// unfold opens what is folded around an element.
func unfold(selector string) chromedp.Action {
	return chromedp.Evaluate("(e => { const d = e.closest('details'); if (d) d.open = true; return true })(document.querySelector(`"+selector+"`))", nil)
}

// TestTheFullRouteOnThePages walks an issue over 编辑→审核→会签→签发→复核 as its
// people do, each on their own pages: it is returned and sent again, the unit
// that countersigns objects and is answered, the leader signs on a telephone,
// a slip is put right after the sign-off and rechecked, and it goes out.
func TestTheFullRouteOnThePages(t *testing.T) {
	t.Parallel()
	here := running(t)
	base, series := here.base, here.onFullRoute(t)
	ctx := browser(t)
	do := func(actions ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	var issue string
	at := func(login string, actions ...chromedp.Action) { // does things on the issue's page, as somebody
		t.Helper()
		do(signIn(base, login), chromedp.Navigate(issue))
		do(actions...)
		do(chromedp.Navigate(base+"/desk"), signOut())
	}
	stands := func(state workflow.State, step int) workflow.Issue {
		t.Helper()
		got, err := here.store.Issue(t.Context(), issueOf(t, issue))
		if err != nil || got.State != state || got.Step != step {
			t.Fatalf("the issue is %s at step %d, want %s at %d, %v", got.State, got.Step, state, step, err)
		}
		return got
	}
	text := strings.Replace(settledText(t), "鄂尔多斯科技简报", "鄂尔多斯科技要情", 1)
	do(signIn(base, seeds.EditorLogin), chromedp.Navigate(base+"/issues/new"),
		chromedp.SetValue(`select[name=series]`, series.String(), chromedp.ByQuery),
		chromedp.SetValue(`textarea[name=text]`, text, chromedp.ByQuery), follow("form.card button.main"), chromedp.Location(&issue),
		press("submit"), chromedp.Navigate(base+"/desk"), signOut())
	stands(workflow.Review, 1)
	at(seeds.ReviewerLogin, typeIn("return", "note", "第3条请核对数字"), press("return"))
	stands(workflow.Draft, 0)
	at(seeds.EditorLogin, chromedp.SetValue("#text", strings.Replace(text, "鄂尔多斯市科学技术局", "鄂尔多斯市科技局", 1), chromedp.ByQuery),
		follow("#text-section form button"), press("submit"))
	var changes string
	at(seeds.ReviewerLogin, chromedp.Text("#changes", &changes, chromedp.ByQuery), picture(t, "route-changes.png"), press("approve"))
	if !strings.Contains(changes, "学技术") && !strings.Contains(changes, "学") {
		t.Errorf("what changed since the reviewer saw it: %s", changes)
	}
	stands(workflow.Review, 2)
	// Somebody with no role in the series, who heads the unit that countersigns.
	at(headLogin, typeIn("object", "note", "我局数字有出入"), picture(t, "route-object.png"), press("object"))
	stands(workflow.Review, 2)
	at(headLogin, unfold("#acts form.take-back"), press("take-back"), press("approve"))
	stands(workflow.Review, 3)
	var wide int
	do(chromedp.EmulateViewport(390, 844), signIn(base, leaderLogin), chromedp.Navigate(issue+"/sign"), picture(t, "route-sign-phone.png"),
		chromedp.Evaluate(`document.documentElement.scrollWidth - innerWidth`, &wide),
		chromedp.SetValue("#note", "同意印发", chromedp.ByQuery), follow(".verdict button[value=approve]"), signOut(), chromedp.EmulateViewport(1180, 900))
	if wide > 0 {
		t.Errorf("the page to sign is %d pixels too wide for a telephone", wide)
	}
	stands(workflow.Review, 4)
	at(seeds.ClerkLogin, press("approve"))
	stands(workflow.Approved, 5)
	at(otherLogin, chromedp.Navigate(issue+"/amend"), picture(t, "route-amend.png"),
		chromedp.Evaluate("document.querySelector('#text').value = document.querySelector('#text').value.replace('科技局', '科学技术局')", nil),
		chromedp.SetUploadFiles("#add", []string{fileOf(t, "附表.txt", "figures")}, chromedp.ByQuery), follow("#amend button.main"))
	if got := stands(workflow.Review, 3); len(got.Attachments) != 1 {
		t.Errorf("%d files go out", len(got.Attachments))
	}
	at(seeds.ReviewerLogin, chromedp.Click("#acts input[value=slip]", chromedp.ByQuery), picture(t, "route-classify.png"), press("classify"))
	stands(workflow.Review, 4)
	at(seeds.ClerkLogin, press("approve"), chromedp.Click("#acts input[name=keep-date]", chromedp.ByQuery), press("register"), press("schedule"))
	here.untilDispatched(t, issueOf(t, issue))
	at(seeds.EditorLogin, picture(t, "route-history.png"))
}

// TestASignOffOnPaperOnThePages enters what a leader circled on paper, with its
// scan, which the issue then shows.
func TestASignOffOnPaperOnThePages(t *testing.T) {
	t.Parallel()
	here := running(t)
	w := &walk{office: here.office}
	issue, err := here.desk.Open(t.Context(), w.as(t.Context(), seeds.EditorLogin), seeds.SeriesID, settledText(t))
	if err != nil {
		t.Fatal(err)
	}
	if issue, err = w.step(t.Context(), issue); err != nil {
		t.Fatal(err)
	}
	ctx := browser(t)
	do := func(actions ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	address := here.base + "/issues/" + issue.ID.String()
	var decisions string
	do(signIn(here.base, seeds.ClerkLogin), chromedp.Navigate(address), unfold(`#acts a[href$="/record"]`), follow(`#acts a[href$="/record"]`),
		chromedp.Click("input[value=circled]", chromedp.ByQuery), chromedp.SetUploadFiles("#scan", []string{scanOf(t)}, chromedp.ByQuery),
		picture(t, "record.png"), follow("form.card button.main"), chromedp.Text("#decisions", &decisions, chromedp.ByQuery),
		chromedp.ScrollIntoView("#decisions img", chromedp.ByQuery), chromedp.Poll(`document.querySelector("#decisions img").naturalWidth > 0`, nil),
		picture(t, "record-shown.png"))
	if !strings.Contains(decisions, "圈阅") || !strings.Contains(decisions, "乔栋") || !strings.Contains(decisions, "收发员") {
		t.Errorf("the decisions say %s", decisions)
	}
	if got, err := here.store.Issue(t.Context(), issue.ID); err != nil || got.State != workflow.Approved {
		t.Errorf("%s, %v", got.State, err)
	}
}

// scanOf is a picture of a name with a ring around it.
func scanOf(t *testing.T) string {
	t.Helper()
	paper := image.NewGray(image.Rect(0, 0, 320, 140))
	for i := range paper.Pix {
		x, y := float64(i%320-160)/130, float64(i/320-70)/50
		paper.Pix[i] = 0xff
		if d := x*x + y*y; d > 0.9 && d < 1.05 || math.Abs(y) < 0.08 && math.Abs(x) < 0.4 {
			paper.Pix[i] = 0x20
		}
	}
	var data bytes.Buffer
	if err := png.Encode(&data, paper); err != nil {
		t.Fatal(err)
	}
	return fileOf(t, "签批.png", data.String())
}

// picture is shoot as a step of a walk.
func picture(t *testing.T, name string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) (err error) {
		shoot(t, func(actions ...chromedp.Action) { err = chromedp.Tasks(actions).Do(ctx) }, name)
		return err
	})
}
