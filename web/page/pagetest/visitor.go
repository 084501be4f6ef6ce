// Package pagetest visits a room of pages in its tests, as somebody who has
// signed in and without a server: what the door, the headers and the limits do
// is tested once, in web.
package pagetest

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"jianbao/accounts"
	"jianbao/web/page"
)

// A Visitor asks for pages of one room. Person may be changed between requests.
type Visitor struct {
	Person  accounts.Person
	t       *testing.T
	handler http.Handler
}

// Visit opens a room for a person; its clock stands still at now.
func Visit(t *testing.T, room page.Room, who accounts.Person, now time.Time) *Visitor {
	t.Helper()
	kit, err := page.New(func() time.Time { return now }, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	routes, err := page.Open(kit, room)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	for pattern, page := range routes {
		mux.HandleFunc(pattern, page)
	}
	mux.HandleFunc("/", kit.Nothing)
	return &Visitor{Person: who, t: t, handler: page.Spoken(page.Limited(mux))}
}

// An Answer is what a page answered.
type Answer struct {
	Status   int
	Body     string
	Location string // where a change leads to
	Header   http.Header
}

// Get asks for a page.
func (v *Visitor) Get(address string) Answer {
	return v.Do(httptest.NewRequestWithContext(v.t.Context(), http.MethodGet, address, nil))
}

// Post sends a form: names and values in turn.
func (v *Visitor) Post(address string, fields ...string) Answer {
	form := url.Values{}
	for n := 0; n+1 < len(fields); n += 2 {
		form.Add(fields[n], fields[n+1])
	}
	r := httptest.NewRequestWithContext(v.t.Context(), http.MethodPost, address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.Do(r)
}

// Do sends any request.
func (v *Visitor) Do(r *http.Request) Answer {
	w := httptest.NewRecorder()
	v.handler.ServeHTTP(w, page.WithPerson(r, v.Person))
	body, err := io.ReadAll(w.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return Answer{Status: w.Code, Body: string(body), Location: w.Header().Get("Location"), Header: w.Header()}
}
