package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"

	"jianbao/web/page"
)

// visitBook is Visits in memory.
type visitBook struct {
	mutex sync.Mutex
	all   []entry.Visit
}

func (b *visitBook) BeginVisit(_ context.Context, v entry.Visit) error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.all = append(b.all, v)
	return nil
}

func (b *visitBook) change(id uuid.UUID, change func(*entry.Visit)) (entry.Visit, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for n := range b.all {
		if b.all[n].ID == id {
			change(&b.all[n])
			return b.all[n], nil
		}
	}
	return entry.Visit{}, page.NotHere()
}

func (b *visitBook) Visit(_ context.Context, id uuid.UUID) (entry.Visit, error) {
	return b.change(id, func(*entry.Visit) {})
}

func (b *visitBook) SawVisit(_ context.Context, id uuid.UUID, at time.Time) error {
	_, err := b.change(id, func(v *entry.Visit) { v.Seen = at })
	return err
}

func (b *visitBook) EndVisit(_ context.Context, _, id uuid.UUID, at time.Time, by string) error {
	_, err := b.change(id, func(v *entry.Visit) { v.Ended, v.EndedBy = at, by })
	return err
}

// gate is a Second: whoever has no code is asked for "good".
type gate struct{ code, setUp bool }

func (g *gate) Wants(context.Context, accounts.Person) (bool, bool, error) {
	return g.code, g.setUp, nil
}

func (g *gate) Check(_ context.Context, _ accounts.Person, code string) error {
	if code == "good" {
		return nil
	}
	return fault.New(fault.Unauthenticated, page.BadForm.With())
}

func leads(t *testing.T, w interface {
	Header() http.Header
}, to string) {
	t.Helper()
	if got := w.Header().Get("Location"); got != to {
		t.Errorf("it leads to %q, not to %q", got, to)
	}
}

func TestAVisitThatWasEndedOpensNothing(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	is(t, v.get(here), http.StatusOK)
	if len(o.visits.all) != 1 || o.visits.all[0].Way != entry.ByPassword {
		t.Fatalf("%+v", o.visits.all)
	}
	_ = o.visits.EndVisit(t.Context(), uuid.Nil, o.visits.all[0].ID, noon, "管理员")
	if w := v.get(here); w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/sign-in") {
		t.Errorf("%d to %s", w.Code, w.Header().Get("Location"))
	}
	other := inOffice(t, o)
	is(t, other.post("/sign-out"), http.StatusSeeOther)
	if o.visits.all[1].Ended.IsZero() {
		t.Error("signing out did not end the visit")
	}
}

func TestACodeIsAskedForBehindThePassword(t *testing.T) {
	o := newOffice()
	o.second = &gate{code: true}
	v := visit(t, o)
	leads(t, v.get("/sign-in/code"), "/sign-in")
	leads(t, v.post("/sign-in/code", "code", "good"), "/sign-in")
	leads(t, v.post("/sign-in", "login", "bianji", "password", "good", "next", here), "/sign-in/code")
	if w := v.get(here); w.Code != http.StatusSeeOther {
		t.Error("a password alone opens a page")
	}
	is(t, v.get("/sign-in/code"), http.StatusOK)
	is(t, v.post("/sign-in/code", "code", "bad"), http.StatusUnauthorized)
	leads(t, v.post("/sign-in/code", "code", "good"), here)
	is(t, v.get(here), http.StatusOK)
}

func TestCodesAreTriedSlowly(t *testing.T) {
	o := newOffice()
	o.second = &gate{code: true}
	v := visit(t, o)
	v.post("/sign-in", "login", "bianji", "password", "good")
	for range loginTries {
		is(t, v.post("/sign-in/code", "code", "bad"), http.StatusUnauthorized)
	}
	w := v.post("/sign-in/code", "code", "good")
	is(t, w, http.StatusTooManyRequests)
	if w.Header().Get("Retry-After") != "60" {
		t.Errorf("to wait: %s", w.Header().Get("Retry-After"))
	}
}

func TestWhoNeedsACodeSetsItUpFirst(t *testing.T) {
	o := newOffice()
	second := &gate{setUp: true}
	o.second = second
	v := inOffice(t, o)
	leads(t, v.get(here), SetUpPage+"?must=1")
	leads(t, v.post(here+"/acts", "act", "submit"), SetUpPage+"?must=1")
	is(t, v.get(SetUpPage), http.StatusNotFound) // the room is not here
	second.setUp = false
	leads(t, v.get(here), here)
	is(t, v.get(here), http.StatusOK)
}

func TestTryingALoginElsewhereKeepsNobodyOut(t *testing.T) {
	o := newOffice()
	owner := inOffice(t, o)
	owner.post("/sign-out")
	stranger := &visitor{t: t, handler: owner.handler, cookies: map[string]string{}}
	o.signIn = func() (accounts.Person, error) {
		return accounts.Person{}, fault.New(fault.Unauthenticated, page.BadForm.With())
	}
	for range loginTries {
		is(t, stranger.post("/sign-in", "login", "bianji", "password", "bad"), http.StatusUnauthorized)
	}
	is(t, stranger.post("/sign-in", "login", "bianji", "password", "bad"), http.StatusTooManyRequests)
	for range loginTries {
		is(t, owner.post("/sign-in", "login", "bianji", "password", "bad"), http.StatusUnauthorized)
	}
	is(t, owner.post("/sign-in", "login", "bianji", "password", "bad"), http.StatusTooManyRequests)
	// The device of one is nothing for the login of another.
	owner.cookies[knownCookie] = uuid.NewString()
	is(t, owner.post("/sign-in", "login", "bianji", "password", "bad"), http.StatusTooManyRequests)
}

// house is a Provider of one person.
type house struct{ person accounts.Person }

func (house) Title() string { return "统一认证" }

func (house) Begin(context.Context) (string, []byte, error) {
	return "https://sso.example/authorize", []byte("kept"), nil
}

func (h house) Finish(_ context.Context, kept []byte, query url.Values) (accounts.Person, error) {
	if string(kept) != "kept" || query.Get("code") != "good" {
		return accounts.Person{}, fault.New(fault.Unauthenticated, page.BadForm.With())
	}
	return h.person, nil
}

func TestSingleSignOnLetsIn(t *testing.T) {
	o := newOffice()
	o.provider = house{o.person}
	v := visit(t, o)
	is(t, v.get("/sign-in?next="+here), http.StatusOK, "统一认证", "/sign-in/provider?next=")
	leads(t, v.get("/sign-in/back?code=good"), "/sign-in") // nothing was begun
	leads(t, v.get("/sign-in/provider?next="+here), "https://sso.example/authorize")
	is(t, v.get("/sign-in/back?code=bad"), http.StatusUnauthorized)
	leads(t, v.get("/sign-in/back?code=good"), "/sign-in") // what was kept is used up
	v.get("/sign-in/provider?next=" + here)
	leads(t, v.get("/sign-in/back?code=good"), here)
	is(t, v.get(here), http.StatusOK)
	if o.visits.all[0].Way != entry.ByProvider {
		t.Errorf("%+v", o.visits.all[0])
	}
}

func TestAnEmptyOfficeLeadsToItsStart(t *testing.T) {
	o := newOffice()
	o.empty = func(context.Context) (bool, error) { return true, nil }
	leads(t, visit(t, o).get("/sign-in"), "/start")
	leads(t, visit(t, o).get("/sign-in?set=1"), "/start")
}

// TestWhoSetAPasswordIsToldSoAtTheDoor: they are about to type it once more.
func TestWhoSetAPasswordIsToldSoAtTheDoor(t *testing.T) {
	v := visit(t, newOffice())
	is(t, v.get("/sign-in?set=1"), http.StatusOK, "密码已设好，请登录")
	lacks(t, v.get("/sign-in"), "密码已设好")
}

// TestPagesAreShownOnceItIsNotedThatSomebodyLooks: the door tells who opens which
// page, of forms nothing, and what cannot be noted is not shown.
func TestPagesAreShownOnceItIsNotedThatSomebodyLooks(t *testing.T) {
	o := newOffice()
	var seen []string
	var broken error
	o.looked = func(_ context.Context, who accounts.Person, path string) error {
		seen = append(seen, who.Login+" "+path)
		return broken
	}
	v := inOffice(t, o)
	seen = nil
	is(t, v.get(here), http.StatusOK)
	v.post(here+"/comments", "words", "x")
	if len(seen) != 1 || seen[0] != "bianji "+here {
		t.Errorf("%q", seen)
	}
	broken = fault.New(fault.Unavailable, page.BadForm.With())
	is(t, v.get(here), http.StatusServiceUnavailable)
}

// TestWhoTakesTooLongForACodeBeginsAnew: a password that was proved opens nothing
// at a desk that was left.
func TestWhoTakesTooLongForACodeBeginsAnew(t *testing.T) {
	o := newOffice()
	o.second = &gate{code: true}
	v := visit(t, o)
	leads(t, v.post("/sign-in", "login", "bianji", "password", "good", "next", here), "/sign-in/code")
	o.late = halfLife
	is(t, v.get("/sign-in/code"), http.StatusOK)
	o.late += time.Second
	leads(t, v.get("/sign-in/code"), "/sign-in")
	leads(t, v.post("/sign-in/code", "code", "good"), "/sign-in")
}

// A page for everybody has the rooms above it for whoever is in, and asks nobody
// to sign in.
func TestAPublicPageKnowsWhoIsIn(t *testing.T) {
	o := newOffice()
	v := visit(t, o)
	lacks(t, v.get("/public"), `class="rooms"`, "乔栋")
	v.post("/sign-in", "login", "bianji", "password", "good")
	is(t, v.get("/public"), http.StatusNotFound, `class="rooms"`, "乔栋")
	o.person.Active = false
	lacks(t, v.get("/public"), `class="rooms"`)
}
