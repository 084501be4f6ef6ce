package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/bulletin/intake"
	"jianbao/bulletin/typeset/layout"
	"jianbao/seeds"
	"jianbao/store"
	"jianbao/workflow"
	"jianbao/workflow/naming"
	"jianbao/workflow/trail"
)

// An office is the API over a real desk and an SQLite file.
type office struct {
	t       testing.TB
	store   *store.Store
	desk    *workflow.Desk
	handler http.Handler
	now     time.Time
	tokens  map[string]string // by login
	newID   func()            // is called when an id is made
	dir     string            // of the database
}

// noPress stands for the renderer, which is the program's.
type noPress struct{}

func (noPress) Press(_ context.Context, _ workflow.Series, i workflow.Issue, form string, _ bool) (workflow.File, error) {
	return workflow.File{Name: "x." + form, Type: "application/pdf", Data: []byte("%PDF " + i.ID.String())}, nil
}

func (noPress) Pages(context.Context, workflow.Series, workflow.Issue) ([]layout.Page, []bulletin.Problem, error) {
	return nil, nil, nil
}

func newOffice(t testing.TB) *office {
	t.Helper()
	dir := t.TempDir()
	books, err := store.Open(t.Context(), filepath.Join(dir, "jianbao.db"))
	must(t, err)
	t.Cleanup(func() { _ = books.Close() })
	// A Thursday morning on which offices work.
	o := &office{t: t, store: books, now: time.Date(2021, 7, 15, 2, 0, 0, 0, time.UTC), tokens: map[string]string{}, newID: func() {}, dir: dir}
	clock := func() time.Time { return o.now }
	hasher := accounts.NewHasher(accounts.Cost{Memory: 64, Time: 1, Threads: 1}, 1)
	must(t, seeds.Plant(t.Context(), books, hasher, "a good password", o.now))
	o.desk = &workflow.Desk{Books: books, Staff: books, Comments: books, Letters: books, Now: clock, NewID: func() uuid.UUID { o.newID(); return uuid.Must(uuid.NewV7()) }}
	o.handler, err = New(Config{
		Desk: o.desk, Papers: o.desk, Attachments: o.desk, Deputies: o.desk, Reads: books, Letters: books, Pages: books, Agenda: books, Books: books, Names: naming.Desk{Issues: o.desk, Books: books, Now: clock}, Remarks: o.remarks(), RemarkBooks: books,
		Press: noPress{}, People: books, Tokens: books, Answers: books, Intake: intake.Read, Now: clock, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Rooms: o.rooms(), Looked: trail.Desk{Books: books}.Saw,
	})
	must(t, err)
	for _, login := range []string{seeds.EditorLogin, seeds.ReviewerLogin, seeds.ClerkLogin} {
		o.token(login, accounts.Token{Acts: true})
	}
	o.hire("admin", accounts.Grant{Role: accounts.Admin})
	o.token("admin", accounts.Token{})
	return o
}

// hire gives somebody an account.
func (o *office) hire(login string, grants ...accounts.Grant) {
	o.t.Helper()
	must(o.t, o.store.SavePerson(o.t.Context(), accounts.Person{ID: uuid.New(), Login: login, Name: login, Active: true, Grants: grants}))
}

// token makes a token for a login, personal and for 90 days unless t says
// otherwise.
func (o *office) token(login string, t accounts.Token) accounts.Token {
	o.t.Helper()
	p, err := o.store.ByLogin(o.t.Context(), login)
	must(o.t, err)
	text := accounts.NewToken()
	t.ID, t.Person, t.Name, t.Prefix, t.Hash = uuid.New(), p.ID, "test", accounts.TokenPrefix(text), accounts.TokenHash(text)
	t.Made, t.Expires = o.now, o.now.AddDate(0, 0, 90)
	if t.Kind == "" {
		t.Kind = accounts.Personal
	}
	must(o.t, o.store.AddToken(o.t.Context(), t))
	o.tokens[login] = text
	return t
}

// A reply is what the API answers.
type reply struct {
	t      testing.TB
	asked  string
	status int
	header http.Header
	body   []byte
}

// ask asks with the token of a login; head are names and values of headers. A
// body that is no string is sent as JSON.
func (o *office) ask(login, method, path string, body any, head ...string) reply {
	o.t.Helper()
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		in = strings.NewReader(b)
	case io.Reader:
		in = b
	default:
		raw, err := json.Marshal(b)
		must(o.t, err)
		in = bytes.NewReader(raw)
	}
	r := httptest.NewRequestWithContext(o.t.Context(), method, Prefix+path, in)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if token := o.tokens[login]; token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for n := 0; n+1 < len(head); n += 2 {
		r.Header.Set(head[n], head[n+1])
	}
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	return reply{o.t, method + " " + path, w.Code, w.Header(), w.Body.Bytes()}
}

// is fails unless the reply has the status and all of the words.
func (r reply) is(status int, words ...string) reply {
	r.t.Helper()
	if r.status != status {
		r.t.Fatalf("%s: %d, want %d: %.300s", r.asked, r.status, status, r.body)
	}
	for _, w := range words {
		if !strings.Contains(string(r.body), w) {
			r.t.Errorf("%s: no %q in %.300s", r.asked, w, r.body)
		}
	}
	return r
}

// into reads the reply.
func (r reply) into(v any) {
	r.t.Helper()
	if err := json.Unmarshal(r.body, v); err != nil {
		r.t.Fatalf("%v: %s", err, r.body)
	}
}

// settled is the real text with its doubled character settled.
func settled(t *testing.T) string {
	t.Helper()
	text := seeds.Issue8
	for _, p := range bulletin.Parse(text).Blocking() {
		var err error
		text, err = bulletin.Settle(text, p.Code, p.Line, p.Choices[0].Key)
		must(t, err)
	}
	return text
}

// draft opens a draft of a text and returns its path and ETag.
func (o *office) draft(text string) (path, etag string) {
	o.t.Helper()
	r := o.ask(seeds.EditorLogin, "POST", "/issues", map[string]any{"series": seeds.SeriesID, "text": text}).is(201)
	return strings.TrimPrefix(r.header.Get("Location"), Prefix), r.header.Get("ETag")
}

// act does an act at a version and returns the next.
func (o *office) act(login, path, etag string, order map[string]any) string {
	o.t.Helper()
	return o.ask(login, "POST", path+"/acts", order, "If-Match", etag).is(200).header.Get("ETag")
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// files are those of the database.
func (o *office) files() []string {
	o.t.Helper()
	all, err := filepath.Glob(filepath.Join(o.dir, "*"))
	if err != nil || len(all) == 0 {
		o.t.Fatal("the database has no files")
	}
	return all
}
