package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/seeds"
)

// written returns everything about issues that the database has, to see that a
// refusal left nothing behind.
func (o *office) written(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	list, err := o.store.Summaries(t.Context(), []uuid.UUID{seeds.SeriesID}, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		issue, err := o.store.Issue(t.Context(), s.ID)
		if err != nil {
			t.Fatal(err)
		}
		events, err := o.store.Events(t.Context(), s.ID)
		if err != nil {
			t.Fatal(err)
		}
		letters, err := o.store.Deliveries(t.Context(), s.ID)
		if err != nil {
			t.Fatal(err)
		}
		entries, err := o.store.CopyEntries(t.Context(), s.ID)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := json.Marshal([]any{issue, events, letters, entries})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(kept)
	}
	return b.String()
}

// people are the three of the sample, at the pages.
type people struct{ editor, reviewer, clerk *visitor }

func gathered(t *testing.T, base, password string) people {
	t.Helper()
	return people{visit(t, base, seeds.EditorLogin, password), visit(t, base, seeds.ReviewerLogin, password), visit(t, base, seeds.ClerkLogin, password)}
}

// approved opens a text and takes it to its registration.
func (p people) approved(text string) string {
	issue := p.editor.open(text)
	p.editor.does(issue, "submit")
	p.reviewer.does(issue, "approve")
	return issue
}

// TestRefusalsOnThePages is what bad input gets: the status that says so, every
// reason in words, and nothing written.
func TestRefusalsOnThePages(t *testing.T) {
	t.Parallel()
	here := running(t)
	p := gathered(t, here.base, testPassword)
	open := func(text string) func() answer {
		return func() answer { return p.editor.post("/issues", "series", seeds.SeriesID.String(), "text", text) }
	}
	draft := p.editor.open(settledText(t))
	listless := p.editor.open(listless(t))
	reviewed := p.editor.open(settledText(t))
	p.editor.does(reviewed, "submit")
	stranger := p.approved(instead(t, "市能源局", "市飞碟局"))
	miscounted := p.approved(instead(t, "共印 20 份", "共印 25 份"))
	cases := []struct {
		name   string
		ask    func() answer
		status int
		says   []string
	}{
		{"no bulletin", open("各位同事：明天下午三点开会，请准时参加。"), 422, []string{"这不是一份简报", "至少要有两样"}},
		{"nothing", open(" \n"), 422, []string{"文本是空的"}},
		{"classified", open("机密★1年\n" + settledText(t)), 422, []string{"本系统为非涉密系统"}},
		{"no series", func() answer { return p.editor.post("/issues", "series", "x", "text", settledText(t)) }, 422, []string{"请选择刊物"}},
		{"text saved as no bulletin", func() answer { return p.editor.post(draft+"/text", "version", "1", "text", "明天开会") }, 422, []string{"这不是一份简报", "明天开会"}},
		{"missing list", func() answer { return p.editor.act(listless, "submit") }, 422, []string{"没有“报”“送”“发”名单"}},
		{"unknown unit", func() answer { return p.clerk.act(stranger, "register", "keep-date", "yes") }, 422, []string{"市飞碟局"}},
		{"print run", func() answer { return p.clerk.act(miscounted, "register", "keep-date", "yes") }, 422, []string{"25", "20"}},
		{"stale version", func() answer { return p.editor.post(draft+"/acts", "act", "submit", "version", "7") }, 409, []string{"请重新打开后再办"}},
		{"stale text", func() answer { return p.editor.post(draft+"/text", "version", "7", "text", settledText(t)) }, 409, []string{"合并两份正文"}},
		{"no version", func() answer { return p.editor.post(draft+"/acts", "act", "submit") }, 422, []string{"表单不完整"}},
		{"own text", func() answer { return p.editor.act(reviewed, "approve") }, 403, []string{"程继东"}},
		{"clerk reviews", func() answer { return p.clerk.act(reviewed, "approve") }, 403, []string{"收发员", "审核"}},
		{"clerk opens", func() answer {
			return p.clerk.post("/issues", "series", seeds.SeriesID.String(), "text", settledText(t))
		}, 403, []string{"收发员不是任何刊物的编辑"}},
		{"reviewer registers", func() answer { return p.reviewer.act(stranger, "register") }, 403, []string{"收发"}},
		{"out of turn", func() answer { return p.clerk.act(draft, "register") }, 422, []string{"不能登记"}},
		{"a robot's act", func() answer { return p.clerk.act(draft, "release") }, 422, []string{"不能发出"}},
		{"no such act", func() answer { return p.clerk.act(draft, "burn") }, 422, []string{"burn"}},
		{"no such issue", func() answer { return p.clerk.act("/issues/"+uuid.NewString(), "register") }, 404, []string{"没有这一条记录"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			before := here.written(t)
			got := c.ask()
			if got.status != c.status {
				t.Errorf("status %d, want %d: %s", got.status, c.status, got.refusal())
			}
			for _, words := range c.says {
				if !strings.Contains(got.text, words) {
					t.Errorf("%q is not said: %s", words, got.refusal())
				}
			}
			if after := here.written(t); after != before {
				t.Error("something was written all the same")
			}
		})
	}
	if here.box.Count() > 0 {
		t.Errorf("%d letters went out", here.box.Count())
	}
}

// listless is the real text without its lists.
func listless(t *testing.T) string {
	t.Helper()
	text := settledText(t)
	from, to := strings.Index(text, "报："), strings.Index(text, "编辑：")
	if from < 0 || to < from {
		t.Fatal("the text has no lists")
	}
	return text[:from] + text[to:]
}

// A stranger at the door learns nothing and leaves nothing.
func TestNobodyActsWithoutSigningIn(t *testing.T) {
	here := running(t)
	v := &visitor{t: t, base: here.base, client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if a := v.post("/sign-in", "login", seeds.EditorLogin, "password", "guess"); a.status != http.StatusUnauthorized || a.text == "" {
		t.Errorf("%d %s", a.status, a.text)
	}
	if a := v.post("/issues", "series", seeds.SeriesID.String(), "text", settledText(t)); a.status != http.StatusSeeOther || !strings.HasPrefix(a.to, "/sign-in") {
		t.Errorf("%d %s", a.status, a.to)
	}
	if here.office.written(t) != "" {
		t.Error("something was written")
	}
}
