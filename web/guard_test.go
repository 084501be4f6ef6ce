package web

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jianbao/fault"

	"jianbao/web/page"
)

const theirs = "/issues/00000000-0000-4000-8000-000000000004"

var pagesInside = []string{"/", "/desk", here + "/sign", "/issues", "/issues/new", here, here + "/dispatch", "/nothing"}

func TestNobodyGetsInWithoutSigningIn(t *testing.T) {
	o := newOffice()
	v := visit(t, o)
	for _, address := range pagesInside {
		w := v.get(address)
		if is(t, w, http.StatusSeeOther); !strings.HasPrefix(w.Header().Get("Location"), "/sign-in?next=") {
			t.Errorf("%s leads to %s", address, w.Header().Get("Location"))
		}
	}
	for _, address := range []string{"/issues", here + "/text", here + "/problems", here + "/acts", here + "/names"} {
		is(t, v.post(address, "version", "3"), http.StatusSeeOther)
	}
	if o.changes != 0 {
		t.Error("something was done")
	}
}

func TestProbesAndFilesNeedNobody(t *testing.T) {
	o := newOffice()
	v := visit(t, o)
	is(t, v.get("/livez"), 200, "ok")
	is(t, v.get("/readyz"), 200, "ok")
	is(t, v.get("/static/style.css"), 200, ":root")
	is(t, v.get("/static/icon.svg"), 200, "<svg")
	is(t, v.get("/static/"), 404)
	is(t, v.get("/static/nothing"), 404)
	o.ready = errors.New("the database is away")
	w := v.get("/readyz")
	is(t, w, 503)
	lacks(t, w, "database")
	if len(v.cookies) != 0 {
		t.Errorf("cookies: %v", v.cookies)
	}
}

func TestForeignOriginsChangeNothing(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	for name, value := range map[string]string{"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"} {
		v.headers = map[string]string{name: value}
		is(t, v.post(here+"/acts", "version", "3", "act", "submit"), http.StatusForbidden, foreignOrigin.ZH)
		is(t, v.post("/sign-in", "login", "bianji", "password", "good"), http.StatusForbidden)
		is(t, v.get(here), http.StatusOK)
	}
	if o.changes != 0 {
		t.Error("something was done")
	}
}

func TestIssuesOfOtherSeriesDoNotExist(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	for _, address := range []string{theirs, theirs + "/dispatch", "/issues/x", "/nothing"} {
		w := v.get(address)
		is(t, w, http.StatusNotFound, page.NotFound.ZH)
		lacks(t, w, "别人")
	}
	for _, address := range []string{"/text", "/problems", "/acts", "/names"} {
		is(t, v.post(theirs+address, "version", "3", "line", "1"), http.StatusNotFound)
	}
	is(t, v.post("/issues", "series", theirSeries.String(), "text", "x"), http.StatusUnprocessableEntity, chooseSeries.ZH)
	lacks(t, v.get("/issues"), "别人", theirIssue.String())
	lacks(t, v.get("/issues/new"), "别人")
	if o.changes != 0 {
		t.Error("something was done")
	}
}

func TestReadersOpenNothing(t *testing.T) {
	o := newOffice()
	o.person.Grants[0].Role = "reader"
	v := inOffice(t, o)
	lacks(t, v.get("/issues"), "/issues/new")
	is(t, v.get("/issues/new"), http.StatusForbidden)
	is(t, v.post("/issues", "series", ourSeries.String(), "text", "x"), http.StatusForbidden)
}

func TestSessions(t *testing.T) {
	o := newOffice()
	v := visit(t, o)
	w := v.post("/sign-in", "login", "bianji", "password", "wrong", "next", here)
	is(t, w, http.StatusUnauthorized, `value="bianji"`, `value="`+here+`"`)
	lacks(t, w, "wrong")
	v.cookies["jianbao"] = "chosen-by-somebody-else"
	w = v.post("/sign-in", "login", "bianji", "password", "good", "next", here)
	if w.Header().Get("Location") != here {
		t.Errorf("leads to %s", w.Header().Get("Location"))
	}
	cookie := w.Header().Get("Set-Cookie")
	if !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") || v.cookies["jianbao"] == "chosen-by-somebody-else" {
		t.Errorf("cookie %s", cookie)
	}
	before := v.cookies["jianbao"]
	v.post("/sign-in", "login", "bianji", "password", "good")
	if v.cookies["jianbao"] == before {
		t.Error("the token was not renewed")
	}
	is(t, v.get("/issues"), 200, "乔栋")
	o.person.Active = false
	is(t, v.get("/issues"), http.StatusSeeOther)
	o.person.Active = true
	v.post("/sign-out")
	is(t, v.get("/issues"), http.StatusSeeOther)
}

func TestNobodyIsLedElsewhere(t *testing.T) {
	for address, want := range map[string]string{
		here: here, "": "/desk", "//evil.example": "/desk", "https://evil.example/": "/desk", `/\evil.example`: "/desk",
		"javascript:alert(1)": "/desk", "/%2f/evil": "/desk", "/a\tb": "/desk", "issues": "/desk",
	} {
		if got := inside(address); got != want {
			t.Errorf("inside(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestSecureCookies(t *testing.T) {
	if m := newSessions(nil, true); !m.Cookie.Secure || m.Cookie.Name != "__Host-jianbao" {
		t.Errorf("got %+v", m.Cookie)
	}
}

func TestTooMuchIsRefused(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	is(t, v.post(here+"/text", "version", "3", "text", strings.Repeat("a", page.MaxBody)), fault.Status(fault.Invalid), "2 MB")
	is(t, v.post("/issues", "series", ourSeries.String(), "text", strings.Repeat("a", page.MaxBody)), fault.Status(fault.Invalid), "2 MB")
	if o.changes != 0 {
		t.Error("something was done")
	}
}

func TestPanicsAndFaultsShowNothingOfTheInside(t *testing.T) {
	o := newOffice()
	s := inOffice(t, o)
	o.err = errors.New("secret")
	w := s.post(here+"/acts", "version", "3", "act", "submit", "note", "留下")
	is(t, w, http.StatusInternalServerError, "留下")
	lacks(t, w, "secret")

	kit, err := page.New(time.Now, quiet())
	if err != nil {
		t.Fatal(err)
	}
	srv := &server{kit: kit}
	rec := httptest.NewRecorder()
	srv.guarded(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret") })).ServeHTTP(rec, httptest.NewRequest("GET", "/", nil))
	is(t, rec, http.StatusInternalServerError)
	lacks(t, rec, "secret")
}

// TestThePolicyAdmitsNothingOfOthers: no page runs what is inline or comes from
// elsewhere, lies in a frame, sends a form away, or is read as another kind of
// file. The words are written out, so that a weaker policy is noticed.
func TestThePolicyAdmitsNothingOfOthers(t *testing.T) {
	h := inOffice(t, newOffice()).get(here).Header()
	said := map[string]string{}
	for _, part := range strings.Split(h.Get("Content-Security-Policy"), ";") {
		name, values, _ := strings.Cut(strings.TrimSpace(part), " ")
		said[name] = values
	}
	for name, want := range map[string]string{
		"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "connect-src": "'self'", "img-src": "'self'",
		"form-action": "'self'", "frame-ancestors": "'none'", "base-uri": "'none'",
	} {
		if said[name] != want {
			t.Errorf("%s is %q, not %q", name, said[name], want)
		}
	}
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"} {
		if got := h.Get(name); got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
}
