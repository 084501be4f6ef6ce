package start

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/mailer/relays"
	"jianbao/recipients"
	"jianbao/web/page"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

var (
	noon  = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
	boss  = accounts.Person{ID: uuid.New(), Login: "boss", Name: "刘科", Active: true, Grants: []accounts.Grant{{Role: accounts.Admin}}}
	clerk = accounts.Person{ID: uuid.New(), Login: "shoufa", Name: "收发员", Active: true, Grants: []accounts.Grant{{Role: accounts.Clerk}}}
)

const code = "ABCD-EFGH-JKLM-NPQR"

// An office is the neighbours of the room; err is what those answer that change
// something.
type office struct {
	all     []accounts.Person
	series  []workflow.Series
	set     []relays.Setting
	house   entry.House
	found   entry.Newcomer
	added   entry.Newcomer
	made    setup.Settings
	mailed  bool
	planted bool
	err     error
}

func (o *office) Found(_ context.Context, n entry.Newcomer, _, _ string) (accounts.Person, error) {
	o.found = n
	return boss, o.err
}

func (o *office) Add(_ context.Context, _ accounts.Person, n entry.Newcomer) (entry.Given, error) {
	o.added = n
	g := entry.Given{Person: accounts.Person{Name: n.Name}, Token: "geheim"}
	if o.mailed {
		g.Token = ""
	}
	return g, o.err
}

func (o *office) People(context.Context) ([]accounts.Person, error)    { return o.all, nil }
func (o *office) SeriesAll(context.Context) ([]workflow.Series, error) { return o.series, nil }
func (o *office) Units(context.Context) ([]recipients.Unit, error)     { return nil, nil }
func (o *office) Relays(context.Context) ([]relays.Setting, error)     { return o.set, nil }
func (o *office) House(context.Context) (entry.House, error)           { return o.house, nil }
func (o *office) SaveHouse(_ context.Context, h entry.House, _ ...entry.Line) error {
	if o.err == nil {
		o.house = h
	}
	return o.err
}

func (o *office) AddSettings(_ context.Context, all setup.Settings, _ workflow.Named, _ time.Time) error {
	o.made = all
	return o.err
}

func (o *office) config() Config {
	return Config{
		Founder: o, Books: o, NewID: uuid.New,
		Code:  func(context.Context) (string, error) { return code, nil },
		Plant: func(context.Context) error { o.planted = true; return o.err },
	}
}

func is(t *testing.T, a pagetest.Answer, status int, says ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("status %d, want %d: %s", a.Status, status, a.Body)
	}
	for _, words := range says {
		if !strings.Contains(a.Body, words) {
			t.Errorf("%q is not said: %s", words, a.Body)
		}
	}
}

func leads(t *testing.T, a pagetest.Answer, to string) {
	t.Helper()
	if a.Status != http.StatusSeeOther || a.Location != to {
		t.Errorf("%d to %q, want %q: %s", a.Status, a.Location, to, a.Body)
	}
}

var refused = fault.New(fault.Invalid, page.BadTime.With("甲"))

func TestTheFirstAdministratorHasTheCode(t *testing.T) {
	o := &office{}
	v := pagetest.Visit(t, Outside(o.config()), accounts.Person{}, noon)
	is(t, v.Get("/start"), 200, "第一位管理员", `value="admin"`)
	form := []string{"name", "刘科", "login", "boss", "password", "a-long-password", "again", "a-long-password"}
	wrong := v.Post("/start", append(form, "code", "AAAA-AAAA-AAAA-AAAA")...)
	is(t, wrong, 422, "启用码不对", `value="刘科"`, `value="boss"`)
	if strings.Contains(wrong.Body, "a-long-password") || o.found.Login != "" {
		t.Error("a password is shown, or an account opened without the code")
	}
	leads(t, v.Post("/start", append(form, "code", " abcdefgh jklmnpqr ")...), "/sign-in?set=1&next=/start/steps")
	if !(accounts.Person{Active: true, Grants: o.found.Grants}).Has(accounts.Admin, uuid.Nil) || o.found.Name != "刘科" {
		t.Errorf("%+v", o.found)
	}
	o.err = refused
	is(t, v.Post("/start", append(form, "code", code)...), 422, "甲", `value="刘科"`)
}

func TestTheCodeIsNotGuessed(t *testing.T) {
	o := &office{}
	v := pagetest.Visit(t, Outside(o.config()), accounts.Person{}, noon)
	for range triesAtOnce {
		is(t, v.Post("/start", "code", "wrong"), 422)
	}
	is(t, v.Post("/start", "code", code), http.StatusTooManyRequests, "请过半分钟再试")
	if o.found.Login != "" {
		t.Error("the code was taken though it was tried too often")
	}
}

func TestAnOfficeIsFoundedOnce(t *testing.T) {
	o := &office{all: []accounts.Person{boss}}
	v := pagetest.Visit(t, Outside(o.config()), accounts.Person{}, noon)
	leads(t, v.Get("/start"), "/start/steps")
	leads(t, v.Post("/start", "code", code), "/start/steps")
	if o.found.Login != "" {
		t.Error("a second first administrator")
	}
}

func TestTheStepsAreForAdministrators(t *testing.T) {
	o := &office{all: []accounts.Person{boss}}
	v := pagetest.Visit(t, Room(o.config()), clerk, noon)
	for _, address := range []string{"/start/steps", "/start/house", "/start/series", "/start/people", "/start/sample"} {
		is(t, v.Get(address), 404)
		is(t, v.Post(address, "name", "甲"), 404)
	}
	if o.house.Name != "" || o.planted {
		t.Error("something was done")
	}
}

// TestTheStepsSayWhatIsDoneAndWhatToDo counts the steps that are done, from an
// empty office to a whole one.
func TestTheStepsSayWhatIsDoneAndWhatToDo(t *testing.T) {
	o := &office{all: []accounts.Person{boss}}
	v := pagetest.Visit(t, Room(o.config()), boss, noon)
	steps := v.Get("/start/steps")
	is(t, steps, 200, `href="/start/house"`, `href="/start/series"`, `href="/start/people"`, `href="/relays"`, `action="/start/sample"`)
	done := func() int { return strings.Count(v.Get("/start/steps").Body, "已完成") }
	if n := done(); n != 0 {
		t.Errorf("%d steps are done in an empty office", n)
	}
	o.house.Name = "市科技局办公室"
	o.series = []workflow.Series{{ID: uuid.New(), Masthead: "科技简报"}}
	o.all = append(o.all, clerk)
	o.set = []relays.Setting{{Kind: relays.Trial}}
	if n := done(); n != 4 {
		t.Errorf("%d of 4 steps are done", n)
	}
	if strings.Contains(v.Get("/start/steps").Body, `action="/start/sample"`) {
		t.Error("a sample is offered beside a series")
	}
}

func TestTheOfficeIsNamed(t *testing.T) {
	o := &office{all: []accounts.Person{boss}, house: entry.House{Sender: "a@kjj.example", Version: 3}}
	v := pagetest.Visit(t, Room(o.config()), boss, noon)
	leads(t, v.Post("/start/house", "name", " 市科技局办公室 "), "/start/steps")
	if o.house.Name != "市科技局办公室" || o.house.Sender != "a@kjj.example" || o.house.Version != 3 {
		t.Errorf("%+v", o.house)
	}
	o.err = refused
	is(t, v.Post("/start/house", "name", "<b>另名</b>"), 422, "甲", `value="&lt;b&gt;另名&lt;/b&gt;"`)
}

func TestASeriesIsMade(t *testing.T) {
	o := &office{all: []accounts.Person{boss}, house: entry.House{Name: "市科技局办公室"}}
	v := pagetest.Visit(t, Room(o.config()), boss, noon)
	is(t, v.Get("/start/series"), 200, `value="市科技局办公室"`, `type="radio"`)
	route := setup.BuiltinRoutes()[0].Name
	leads(t, v.Post("/start/series", "masthead", "科技简报", "organ", "市科技局", "place", "市", "mailbox", "jianbao@kjj.example", "route", route), "/start/steps")
	if s := o.made.Series; s.Masthead != "科技简报" || s.Created != noon || len(s.Route) == 0 {
		t.Errorf("%+v", s)
	}
	is(t, v.Post("/start/series", "masthead", "", "organ", "市科技局", "mailbox", "不是邮箱", "route", route), 422, `value="市科技局"`, `value="不是邮箱"`, `value="`+route+`" required checked`)
}

func TestPeopleAreInvited(t *testing.T) {
	o := &office{all: []accounts.Person{boss}}
	v := pagetest.Visit(t, Room(o.config()), boss, noon)
	form := []string{"name", "程继东", "login", "cheng", "address", "cheng@kjj.example"}
	is(t, v.Post("/start/people", form...), 422, "表单不完整", `value="程继东"`, `value="cheng"`)
	given := v.Post("/start/people", append(form, "role", "editor")...)
	is(t, given, 200, "http://example.com"+entry.Path("geheim"))
	if given.Header.Get("Cache-Control") != "no-store" || !(accounts.Person{Active: true, Grants: o.added.Grants}).Has(accounts.Editor, uuid.New()) {
		t.Errorf("%+v, %v", o.added, given.Header)
	}
	o.mailed = true
	if mailed := v.Post("/start/people", append(form, "role", "editor")...); strings.Contains(mailed.Body, "geheim") || !strings.Contains(mailed.Body, "程继东") {
		t.Errorf("%s", mailed.Body)
	}
	o.err = refused
	is(t, v.Post("/start/people", append(form, "role", "clerk")...), 422, "甲", `value="程继东"`, `<option value="clerk" selected>`)
}

func TestTheSampleIsPlantedInAnEmptyOffice(t *testing.T) {
	o := &office{all: []accounts.Person{boss}, err: refused}
	v := pagetest.Visit(t, Room(o.config()), boss, noon)
	is(t, v.Post("/start/sample"), 422, "甲")
	o.err, o.planted = nil, false
	leads(t, v.Post("/start/sample"), "/start/steps")
	leads(t, v.Get("/start/sample"), "/start/steps")
	if !o.planted {
		t.Error("nothing was planted")
	}
	o.planted, o.series = false, []workflow.Series{{ID: uuid.New(), Masthead: "科技简报"}}
	is(t, v.Post("/start/sample"), fault.Status(fault.Blocked), "已经有刊物")
	if o.planted {
		t.Error("planted beside a series")
	}
}

func TestALinkBeginsWhereTheOfficeIs(t *testing.T) {
	o := &office{all: []accounts.Person{boss}}
	for site, c := range map[string]Config{"https://jianbao.example": {Site: "https://jianbao.example"}, "https://example.com": {Secure: true}} {
		config := o.config()
		config.Site, config.Secure = c.Site, c.Secure
		v := pagetest.Visit(t, Room(config), boss, noon)
		is(t, v.Post("/start/people", "name", "甲", "login", "jia", "role", "clerk"), 200, site+entry.Path("geheim"))
	}
}
