package audit

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
	"jianbao/workflow/history"
	"jianbao/workflow/trail"
)

var (
	noon   = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
	shenji = accounts.Person{ID: uuid.New(), Login: "shenji", Name: "审计员", Active: true, Grants: []accounts.Grant{{Role: accounts.Auditor}}}
)

// desk answers with lines, as many as are asked for, and keeps the question.
type desk struct {
	lines int
	q     trail.Question
	found []history.Finding
}

func (d *desk) MayLook(_ context.Context, who accounts.Person) error {
	if who.ID != shenji.ID {
		return page.NotHere()
	}
	return nil
}

func (d *desk) Who(_ context.Context, text string) (accounts.Person, error) {
	if text != "" && text != "cheng" {
		return accounts.Person{}, fault.New(fault.Invalid, page.BadTime.With(text))
	}
	return accounts.Person{Login: text}, nil
}

func (d *desk) Search(_ context.Context, _ accounts.Person, q trail.Question) (all []trail.Deed, more bool, err error) {
	d.q = q
	for n := range min(d.lines, q.Limit) {
		all = append(all, trail.Deed{
			Spot: trail.Spot{At: noon.Add(-time.Duration(n) * time.Minute), Book: trail.Issues, Key: uuid.NewString()},
			Name: "<b>程</b>", Act: workflow.Approve.Title(), What: "鄂尔多斯科技简报第32期", Note: "=1+1",
		})
	}
	return all, d.lines > q.Limit, nil
}

func (d *desk) Export(ctx context.Context, who accounts.Person, q trail.Question) ([]trail.Deed, bool, error) {
	q.Limit = 60
	return d.Search(ctx, who, q)
}

func (d *desk) State(context.Context, accounts.Person) (trail.State, error) {
	return trail.State{Checks: []history.Checked{{At: noon, Issues: 3, Events: 41, Roots: 2, Findings: d.found}, {At: noon}}, Roots: []history.Root{{Seq: 2, At: noon}}, Hashes: []string{"abcdef"}}, nil
}

func has(t *testing.T, a pagetest.Answer, status int, words ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("status %d, want %d: %s", a.Status, status, a.Body)
	}
	for _, w := range words {
		if !strings.Contains(a.Body, w) {
			t.Errorf("%q is not on the page:\n%s", w, a.Body)
		}
	}
}

func TestTheTrailIsForAuditors(t *testing.T) {
	d := &desk{lines: 3}
	v := pagetest.Visit(t, Room(Config{Desk: d}), accounts.Person{ID: uuid.New(), Active: true}, noon)
	for _, address := range []string{"/audit", "/audit.csv", "/audit.xlsx"} {
		has(t, v.Get(address), http.StatusNotFound)
	}
	v.Person = shenji
	has(t, v.Get("/audit"), 200, "&lt;b&gt;程&lt;/b&gt;", "第32期", "同意", "3期共41条", "abcdef", `value="2026-10-24"`)
	d.found = []history.Finding{{Name: "第3期", Reason: page.NotFound.With()}}
	has(t, v.Get("/audit"), 200, "发现1处", "第3期：")
}

func TestWhatIsAskedIsKeptInTheForm(t *testing.T) {
	d := &desk{lines: 120}
	v := pagetest.Visit(t, Room(Config{Desk: d}), shenji, noon)
	a := v.Get("/audit?what=issue.approve&who=cheng&object=32&from=2026-11-01&until=2026-11-23")
	has(t, a, 200, `value="issue.approve" selected`, `value="cheng"`, `value="32"`, `value="2026-11-01"`, "rel=\"next\"")
	if d.q.Act != workflow.Approve || d.q.Person.Login != "cheng" || !d.q.From.Equal(time.Date(2026, 10, 31, 16, 0, 0, 0, time.UTC)) || !d.q.Until.Equal(time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", d.q)
	}
	next := a.Body[strings.Index(a.Body, `class="button" href="`)+len(`class="button" href="`):]
	next = strings.ReplaceAll(next[:strings.Index(next, `"`)], "&amp;", "&")
	has(t, v.Get(next), 200, "回到最新")
	if d.q.After.IsZero() || d.q.Act != workflow.Approve {
		t.Errorf("the next piece is asked as %+v", d.q)
	}
	for _, wrong := range []string{"what=x", "who=nobody&object=甲乙", "from=x", "until=9", "after=x", "after=1.issue.<"} {
		has(t, v.Get("/audit?"+wrong), http.StatusUnprocessableEntity, `name="what"`)
	}
	has(t, v.Get("/audit?who=nobody&object=甲乙"), http.StatusUnprocessableEntity, "甲乙")
}

func TestTheTrailIsExported(t *testing.T) {
	v := pagetest.Visit(t, Room(Config{Desk: &desk{lines: 120}}), shenji, noon)
	a := v.Get("/audit.csv?from=2026-11-01")
	has(t, a, 200, "第32期", "'=1+1", "只导出最近60条")
	if !strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment") || strings.Count(a.Body, "第32期") != 60 {
		t.Errorf("%v", a.Header)
	}
	if a := v.Get("/audit.xlsx"); a.Status != 200 || !strings.HasPrefix(a.Body, "PK") {
		t.Error(a.Status)
	}
	has(t, v.Get("/audit.csv?from=x"), http.StatusUnprocessableEntity)
}
