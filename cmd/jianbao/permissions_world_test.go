package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"modernc.org/sqlite"

	"jianbao/accounts"
	"jianbao/accounts/vault"
	"jianbao/mailer"
	"jianbao/mailer/sink"
	"jianbao/seeds"
)

// A world is an office with somebody of every sort and one of everything.
type world struct {
	t         *testing.T
	dir       string
	key       []byte
	here      *office
	site      http.Handler
	routes    []string
	people    []string // who asks for pages, in the order of the table
	programs  []string // who asks by token
	cookies   map[string]string
	tokens    map[string]string
	things    map[string]string // what stands for a place in an address
	other     uuid.UUID         // the other series
	draft     string            // an issue that is a draft still
	ring      *vault.Ring
	raw       *sql.DB
	described described
	asked     int
}

// oneRole are those with one role in the series that everything lies in.
var oneRole = map[string]accounts.Role{
	"reader": accounts.Reader, "editor": accounts.Editor, "reviewer": accounts.Reviewer, "signatory": accounts.Signatory,
	"clerk": accounts.Clerk, "admin1": accounts.Admin,
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{
		t: t, dir: t.TempDir(), key: bytes.Repeat([]byte{7}, 32), cookies: map[string]string{}, tokens: map[string]string{}, things: map[string]string{}, other: uuid.New(), ring: vault.New(),
		people:   []string{"nobody", "none", "stranger", "reader", "editor", "reviewer", "signatory", "clerk", "admin1", "admin", "security", "auditor"},
		programs: []string{"nobody", "none", "stranger", "reader", "editor", "reviewer", "signatory", "clerk", "admin", "security", "auditor", "service", "looks", "elsewhere", "monitor"},
	}
	w.open()
	w.t.Cleanup(func() { _ = w.here.close() })
	w.plants()
	for _, name := range w.people[1:] {
		w.hires(name)
	}
	for _, name := range w.programs[1:] {
		w.token(name)
	}
	w.readsDescription()
	w.makes()
	w.keep()
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) database() string { return filepath.Join(w.dir, databaseFile) }

// open opens the office as it is in its file.
func (w *world) open() {
	w.t.Helper()
	var err error
	w.here, err = open(w.t.Context(), w.database(), slog.New(slog.DiscardHandler))
	w.must(err)
	w.here.receive(machine{tickets: w.key}, "http://jianbao.example")
	w.here.hookKey, w.here.keys = w.key, &keyFile{ring: w.ring}
	site, err := w.here.everything(false)
	w.must(err)
	w.site, w.routes = site, nil
	for _, route := range slices.Compact(slices.SortedFunc(slices.Values(site.Routes), byAddress)) {
		if route == "/" { // what nothing else takes
			route = "GET /{other...}"
		}
		w.routes = append(w.routes, route)
	}
}

// byAddress orders routes by their address and then by method.
func byAddress(a, b string) int {
	_, pathA, _ := strings.Cut(a, " ")
	_, pathB, _ := strings.Cut(b, " ")
	return strings.Compare(pathA+" "+a, pathB+" "+b)
}

func (w *world) plants() {
	w.t.Helper()
	w.must(seeds.Plant(w.t.Context(), w.here.store, w.here.hasher, testPassword, time.Now()))
	other, err := w.here.store.Series(w.t.Context(), seeds.SeriesID)
	w.must(err)
	other.ID, other.Masthead = w.other, "别的简报"
	w.must(w.here.store.AddSeries(w.t.Context(), other))
}

// grants are what a name of the table stands for.
func (w *world) grants(name string) []accounts.Grant {
	switch name {
	case "none", "monitor":
		return nil
	case "stranger":
		var all []accounts.Grant
		for _, r := range []accounts.Role{accounts.Editor, accounts.Reviewer, accounts.Signatory, accounts.Clerk, accounts.Reader, accounts.Admin} {
			all = append(all, accounts.Grant{Series: w.other, Role: r})
		}
		return all
	case "admin", "elsewhere":
		return []accounts.Grant{{Role: accounts.Admin}}
	case "security":
		return []accounts.Grant{{Role: accounts.Security}}
	case "auditor":
		return []accounts.Grant{{Role: accounts.Auditor}}
	case "service", "looks":
		return []accounts.Grant{{Series: seeds.SeriesID, Role: accounts.Clerk}}
	}
	return []accounts.Grant{{Series: seeds.SeriesID, Role: oneRole[name]}}
}

// hires gives somebody an account and signs them in.
func (w *world) hires(name string) {
	w.t.Helper()
	cheap := accounts.NewHasher(accounts.Cost{Memory: 64, Time: 1, Threads: 1}, 1)
	hash, err := cheap.Hash(w.t.Context(), testPassword)
	w.must(err)
	w.must(w.here.store.SavePerson(w.t.Context(), accounts.Person{ID: uuid.New(), Login: "p-" + name, Name: name, Password: hash, Active: true, Grants: w.grants(name)}))
	form := url.Values{"login": {"p-" + name}, "password": {testPassword}}
	r := httptest.NewRequest("POST", "/sign-in", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer := httptest.NewRecorder()
	w.site.ServeHTTP(answer, r)
	for _, c := range answer.Result().Cookies() {
		w.cookies[name] = c.Name + "=" + c.Value
	}
	if answer.Code != http.StatusSeeOther || w.cookies[name] == "" {
		w.t.Fatalf("%s does not get in: %d", name, answer.Code)
	}
}

// token gives a program its token.
func (w *world) token(name string) {
	w.t.Helper()
	person, err := w.here.store.ByLogin(w.t.Context(), "p-"+name)
	if err != nil { // a program, which signs in nowhere
		person = accounts.Person{ID: uuid.New(), Login: "s-" + name, Name: name, Active: true, Grants: w.grants(name)}
		w.must(w.here.store.SavePerson(w.t.Context(), person))
	}
	text, now := accounts.NewToken(), time.Now()
	t := accounts.Token{ID: uuid.New(), Person: person.ID, Kind: accounts.Personal, Name: name, Prefix: accounts.TokenPrefix(text), Hash: accounts.TokenHash(text),
		Acts: name != "looks", Made: now, Expires: now.AddDate(0, 1, 0)}
	switch name {
	case "service", "looks":
		t.Kind = accounts.Service
	case "monitor":
		t.Kind, t.Acts = accounts.Monitor, false
	case "elsewhere":
		t.Series = []uuid.UUID{w.other}
	}
	w.must(w.here.store.AddToken(w.t.Context(), t))
	w.tokens[name] = text
}

// keep puts the database away as it is.
func (w *world) keep() {
	w.t.Helper()
	w.must(w.here.close())
	raw, err := os.ReadFile(w.database())
	w.must(err)
	w.must(os.WriteFile(w.database()+".kept", raw, 0o600))
	w.open()
	w.raw, err = sql.Open("sqlite", w.database())
	w.must(err)
	w.t.Cleanup(func() { _ = w.raw.Close() })
}

// back makes the database as it was kept, under the feet of the office.
func (w *world) back() {
	w.t.Helper()
	conn, err := w.raw.Conn(w.t.Context())
	w.must(err)
	defer conn.Close()
	w.must(conn.Raw(func(driver any) error {
		restore, err := driver.(interface {
			NewRestore(from string) (*sqlite.Backup, error)
		}).NewRestore(w.database() + ".kept")
		if err != nil {
			return err
		}
		if _, err := restore.Step(-1); err != nil {
			return err
		}
		return restore.Finish()
	}))
}

// ask asks for an address as somebody and returns the verdict: of a page that only
// leads to another, that of the other. What was changed is undone.
func (w *world) ask(name, method, path, address string) string {
	w.t.Helper()
	answer := w.answer(name, method, path, address)
	to := answer.Header().Get("Location")
	if method == http.MethodGet && answer.Code == http.StatusSeeOther && !strings.HasPrefix(to, "/sign-in?") {
		next := w.answer(name, method, path, to)
		return verdict(next.Code, next.Header().Get("Location"))
	}
	if method != http.MethodGet && answer.Code < 400 && !strings.HasPrefix(to, "/sign-in?") {
		w.back()
	}
	return verdict(answer.Code, to)
}

func (w *world) answer(name, method, path, address string) *httptest.ResponseRecorder {
	w.t.Helper()
	w.asked++
	form, given := formOf[method+" "+path]
	if !given && forPrograms(path) {
		form = w.least(method, path)
		address += w.query(method, path)
	}
	r := httptest.NewRequest(method, address, strings.NewReader(w.filled(form)))
	r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:999", w.asked>>16, w.asked>>8&255, w.asked&255) // nobody waits at the door
	if forPrograms(path) {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("If-Match", `"`+w.versionFor(path)+`"`)
		if token := w.tokens[name]; token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
	} else {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Cookie", w.cookies[name])
	}
	answer := httptest.NewRecorder()
	w.site.ServeHTTP(answer, r)
	broken := answer.Code >= 500 || answer.Code == http.StatusMethodNotAllowed || answer.Code == http.StatusTooManyRequests && path != "/sign-in"
	if broken {
		said := answer.Body.String()
		w.t.Errorf("%s %s as %s: %d %s", method, path, name, answer.Code, said[:min(len(said), 300)])
	}
	if testing.Verbose() {
		w.t.Logf("%-9s %s %s: %d %s", name, method, path, answer.Code, answer.Header().Get("Location"))
	}
	return answer
}

var places = regexp.MustCompile(`\{[^}]+\}`)

// address fills the places of a route with what there is in the world.
func (w *world) address(route string) (string, bool) {
	w.t.Helper()
	_, path, _ := strings.Cut(route, " ")
	known, filled, from := true, "", 0
	for _, at := range places.FindAllStringIndex(path, -1) {
		thing, there := w.things[path[:at[1]]]
		if thing == w.things["/issues/{id}"] && onDraft(path) {
			thing = w.draft
		}
		if !there {
			w.t.Errorf("%s: say in permissions_things_test.go (makes) what stands for %s, so that it can be asked for", route, path[:at[1]])
			known = false
		}
		filled, from = filled+path[from:at[0]]+thing, at[1]
	}
	return filled + path[from:], known
}

// onDraft reports whether a route is asked for about a draft; the others are about
// an issue that was sent.
func onDraft(path string) bool {
	_, end, is := strings.Cut(path, "/issues/{id}/")
	if !is {
		_, end, is = strings.Cut(path, "/issues/{issue}/")
	}
	return is && slices.Contains(onDrafts, end)
}

// filled puts what there is in the world into a form.
func (w *world) filled(form string) string {
	for place, thing := range w.things {
		if strings.HasPrefix(place, "{") {
			form = strings.ReplaceAll(form, place, thing)
		}
	}
	return form
}

// send releases an issue and sends its letters to a box in this process.
func (w *world) send(id uuid.UUID) {
	w.t.Helper()
	box, err := sink.Start("127.0.0.1:0")
	w.must(err)
	defer box.Close()
	w.here.sendThrough(mailer.Relay{Addr: box.Addr(), Security: mailer.Plain}, 1)
	w.here.scheduler.Every = 20 * time.Millisecond
	w.must(w.here.send(w.t.Context(), id))
}
