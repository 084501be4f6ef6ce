package people

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
)

var (
	noon   = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
	boss   = accounts.Person{ID: uuid.New(), Login: "boss", Name: "管理员", Password: "x", Active: true, Grants: []accounts.Grant{{Role: accounts.Admin}}}
	cheng  = accounts.Person{ID: uuid.New(), Login: "cheng", Name: "<b>程</b>继东", Active: true, Version: 3, Grants: []accounts.Grant{{Series: series.ID, Role: accounts.Editor}}}
	series = workflow.Series{ID: uuid.New(), Masthead: "科技简报"}
)

// books are the neighbours of the room. asked is what was asked of them.
type books struct {
	asked []string
	n     entry.Newcomer
	house entry.House
	err   error
	mails bool
	split accounts.Separation
	ask   accounts.Ask
}

func (b *books) did(what string, args ...any) error {
	b.asked = append(b.asked, strings.TrimSpace(fmt.Sprintln(append([]any{what}, args...)...)))
	return b.err
}

func (b *books) given() entry.Given {
	g := entry.Given{Person: cheng, Pass: entry.Pass{Expires: noon.Add(time.Hour)}, Token: "secret-token"}
	if b.mails {
		g.Token = ""
	}
	return g
}

func (b *books) Add(_ context.Context, _ accounts.Person, n entry.Newcomer) (entry.Given, error) {
	b.n = n
	return b.given(), b.did("add")
}

func (b *books) Alter(_ context.Context, _ accounts.Person, _ uuid.UUID, version int, n entry.Newcomer) error {
	b.n = n
	return b.did("alter", version)
}

func (b *books) Suspend(_ context.Context, _ accounts.Person, _ uuid.UUID, version int) error {
	return b.did("suspend", version)
}

func (b *books) Resume(_ context.Context, _ accounts.Person, _ uuid.UUID, version int) error {
	return b.did("resume", version)
}

func (b *books) Invite(context.Context, accounts.Person, uuid.UUID) (entry.Given, error) {
	return b.given(), b.did("invite")
}

func (b *books) EndVisits(context.Context, accounts.Person, uuid.UUID) error {
	return b.did("end-visits")
}

func (b *books) ResetFactor(_ context.Context, _ accounts.Person, _ uuid.UUID, reason string) error {
	return b.did("reset-factor", reason)
}

func (b *books) Ask(_ context.Context, token string) (entry.Asked, error) {
	if token != "good" {
		return entry.Asked{}, fault.New(fault.NotFound, page.NotFound.With())
	}
	return entry.Asked{Person: cheng, Pass: entry.Pass{Kind: entry.Invitation}}, nil
}

func (b *books) Settle(_ context.Context, _, password, again string) (accounts.Person, error) {
	return cheng, b.did("settle", password, again)
}

func (b *books) Forgotten(_ context.Context, login string) error { return b.did("forgotten", login) }

func (b *books) Link(_ context.Context, _ accounts.Person, _ uuid.UUID, subject, mail string) error {
	return b.did("link", subject+"|"+mail)
}

func (b *books) Unlink(context.Context, accounts.Person, uuid.UUID, uuid.UUID) error {
	return b.did("unlink")
}

func (b *books) People(context.Context) ([]accounts.Person, error) {
	return []accounts.Person{boss, cheng}, nil
}

func (b *books) SeriesAll(context.Context) ([]workflow.Series, error) {
	return []workflow.Series{series}, nil
}
func (b *books) House(context.Context) (entry.House, error) { return b.house, nil }

func (b *books) SaveHouse(_ context.Context, h entry.House, _ ...entry.Line) error {
	b.house = h
	return b.did("house")
}

func (b *books) Tokens(context.Context) ([]accounts.Token, error) {
	return []accounts.Token{{ID: uuid.New(), Person: cheng.ID, Name: "数据平台", Prefix: "jianbao_abc", Kind: accounts.Service, Expires: noon.Add(time.Hour)}}, nil
}

func (b *books) RevokeToken(context.Context, uuid.UUID, time.Time) error { return b.did("revoke") }

func (b *books) Separation(context.Context) (accounts.Separation, error) {
	return accounts.Separation{}, nil
}

func (b *books) PersonByID(_ context.Context, id uuid.UUID) (accounts.Person, error) {
	if id != cheng.ID {
		return accounts.Person{}, fault.New(fault.NotFound, page.NotFound.With())
	}
	return cheng, nil
}

func (b *books) MailOf(context.Context, uuid.UUID) (string, error) { return "cheng@kjj.example", nil }

func (b *books) VisitsOf(context.Context, uuid.UUID, int) ([]entry.Visit, error) {
	return []entry.Visit{{Device: "Chrome · Windows", Seen: noon, Expires: noon.Add(time.Hour)}, {Device: "gone", Seen: noon.Add(-9 * time.Hour), Expires: noon.Add(time.Hour)}}, nil
}

func (b *books) Factor(context.Context, uuid.UUID) (entry.Factor, error) {
	return entry.Factor{Confirmed: noon}, nil
}

func (b *books) Identities(context.Context, uuid.UUID) ([]entry.Identity, error) {
	return []entry.Identity{{ID: uuid.New(), Mail: "cheng@sso.example"}}, nil
}

func (b *books) PassOf(context.Context, uuid.UUID) (entry.Pass, error) {
	return entry.Pass{Expires: noon.Add(time.Hour)}, nil
}

func (b *books) LinesOf(context.Context, uuid.UUID, int) ([]accounts.Line, error) {
	return []accounts.Line{{By: accounts.Author{Name: "管理员"}, At: noon, What: []fault.Reason{page.NotFound.With()}}}, nil
}

func (b *books) config() Config {
	return Config{Desk: b, Door: b, SSO: b, Switch: b, Reads: b, Records: b, Site: "https://jianbao.example", Later: func(do func()) { do() }}
}

func office(t *testing.T) (*books, *pagetest.Visitor) {
	b := &books{}
	return b, pagetest.Visit(t, Room(b.config()), boss, noon)
}

func has(t *testing.T, a pagetest.Answer, status int, words ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("status %d, want %d: %s", a.Status, status, a.Body)
	}
	for _, w := range words {
		if !strings.Contains(a.Body, w) {
			t.Errorf("%q is not on the page", w)
		}
	}
}

func TestOnlyAdministratorsSeeAccounts(t *testing.T) {
	_, v := office(t)
	v.Person = cheng
	for _, address := range []string{"/people", "/people/house", "/people/tokens", "/people/" + cheng.ID.String()} {
		has(t, v.Get(address), http.StatusNotFound)
		has(t, v.Post(address, "act", "suspend"), http.StatusNotFound)
	}
}

func TestAnAccountIsOpenedAndItsLinkShownOnce(t *testing.T) {
	b, v := office(t)
	has(t, v.Get("/people"), 200, "&lt;b&gt;程&lt;/b&gt;继东", "科技简报")
	a := v.Post("/people", "login", " cheng ", "name", "程继东", "grant", "editor@"+series.ID.String(), "grant", "admin@"+uuid.Nil.String())
	has(t, a, 200, "https://jianbao.example/pass/secret-token")
	if a.Header.Get("Cache-Control") != "no-store" || len(b.n.Grants) != 2 || b.n.Login != "cheng" {
		t.Errorf("%+v %v", b.n, a.Header)
	}
	if strings.Contains(v.Get("/people").Body, "secret-token") {
		t.Error("the link is shown again")
	}
	b.mails = true
	a = v.Post("/people/"+cheng.ID.String()+"/acts", "act", "invite")
	if has(t, a, 200); strings.Contains(a.Body, "/pass/") {
		t.Error("a link that was mailed is shown")
	}
}

func TestWhatIsRefusedIsShownOnceMore(t *testing.T) {
	b, v := office(t)
	b.err = fault.New(fault.Invalid, page.BadTime.With("甲"), page.BadTime.With("乙"))
	has(t, v.Post("/people", "login", "liu", "name", "刘某人", "address", "liu@kjj.example", "grant", "clerk@"+series.ID.String()), http.StatusUnprocessableEntity,
		"刘某人", "liu@kjj.example", `value="clerk@`+series.ID.String()+`" checked`)
	has(t, v.Post("/people/"+cheng.ID.String(), "version", "3", "name", "程某某"), http.StatusUnprocessableEntity, "程某某")
	has(t, v.Post("/people", "grant", "clerk@x"), http.StatusUnprocessableEntity)
}

func TestEveryActIsDone(t *testing.T) {
	b, v := office(t)
	at := "/people/" + cheng.ID.String()
	has(t, v.Get(at), 200, "cheng@kjj.example", "Chrome · Windows", "cheng@sso.example", page.NotFound.ZH)
	if strings.Contains(v.Get(at).Body, "gone") {
		t.Error("a sign-in that has ended is shown")
	}
	has(t, v.Post(at, "version", "3", "name", "程继东"), http.StatusSeeOther)
	for _, form := range [][]string{
		{"act", "suspend", "version", "3"}, {"act", "resume", "version", "4"}, {"act", "end-visits"}, {"act", "reset-factor", "reason", "手机丢失"},
		{"act", "link", "who", "a@b.example"}, {"act", "link", "who", "u-1"}, {"act", "unlink", "identity", uuid.NewString()},
	} {
		has(t, v.Post(at+"/acts", form...), http.StatusSeeOther)
	}
	want := []string{"alter 3", "suspend 3", "resume 4", "end-visits", "reset-factor 手机丢失", "link |a@b.example", "link u-1|", "unlink"}
	if strings.Join(b.asked, ";") != strings.Join(want, ";") {
		t.Errorf("%q", b.asked)
	}
	for _, form := range [][]string{{"act", "suspend"}, {"act", "unlink"}, {"act", "x"}, {}} {
		has(t, v.Post(at+"/acts", form...), http.StatusUnprocessableEntity)
	}
	has(t, v.Post("/people/"+uuid.NewString()+"/acts", "act", "end-visits"), http.StatusNotFound)
	has(t, v.Post("/people/x/acts", "act", "end-visits"), http.StatusNotFound)
}

func TestTheOfficeIsSet(t *testing.T) {
	b, v := office(t)
	has(t, v.Post("/people/house", "version", "0", "name", "市科技局", "strict", "admin"), http.StatusSeeOther)
	if b.house.Name != "市科技局" || len(b.house.Strict) != 1 {
		t.Errorf("%+v", b.house)
	}
	has(t, v.Get("/people/house"), 200, "市科技局", `value="admin" checked`)
	has(t, v.Get("/people/tokens"), 200, "数据平台", "jianbao_abc")
	has(t, v.Post("/people/tokens", "token", uuid.NewString()), http.StatusSeeOther)
	has(t, v.Post("/people/tokens", "token", "x"), http.StatusUnprocessableEntity)
}

func TestALinkSetsAPassword(t *testing.T) {
	b := &books{}
	v := pagetest.Visit(t, Outside(b.config()), accounts.Person{}, noon)
	has(t, v.Get("/pass/bad"), http.StatusNotFound, "/forgotten")
	has(t, v.Get("/pass/good"), 200, "cheng")
	if a := v.Post("/pass/good", "password", "p", "again", "q"); a.Location != "/sign-in?set=1" || b.asked[0] != "settle p q" {
		t.Errorf("%+v %q", a, b.asked)
	}
	b.err = fault.New(fault.Invalid, page.BadTime.With("甲"))
	a := v.Post("/pass/good", "password", "geheim", "again", "geheim")
	if has(t, a, http.StatusUnprocessableEntity); strings.Contains(a.Body, "geheim") {
		t.Error("a password is on a page")
	}
}

func TestNobodyLearnsWhoForgot(t *testing.T) {
	b := &books{}
	v := pagetest.Visit(t, Outside(b.config()), accounts.Person{}, noon)
	known := v.Post("/forgotten", "login", "cheng")
	b.err = fault.New(fault.Unavailable, page.NotFound.With())
	unknown := v.Post("/forgotten", "login", "nobody")
	if known.Status != unknown.Status || known.Location != unknown.Location || known.Body != unknown.Body || len(b.asked) != 2 {
		t.Errorf("%+v\n%+v\n%q", known, unknown, b.asked)
	}
	has(t, v.Get("/forgotten?asked=1"), 200)
	for range askedAtOnce {
		v.Post("/forgotten", "login", "cheng")
	}
	has(t, v.Post("/forgotten", "login", "cheng"), http.StatusTooManyRequests)
}
