package main

import (
	"fmt"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/accounts"
)

// openedByLink are the beginnings of all addresses that open by themselves.
var openedByLink = []string{"/pass/", "/calendar/", "/receipt/", "/answer/", "/own/"}

// FuzzLinks: whatever stands where a link has its secret opens nothing, unless it
// is one that was given out, and breaks nothing.
func FuzzLinks(f *testing.F) {
	must := func(err error) {
		if err != nil {
			f.Fatal(err)
		}
	}
	o, err := open(f.Context(), filepath.Join(f.TempDir(), databaseFile), slog.New(slog.DiscardHandler))
	must(err)
	f.Cleanup(func() { _ = o.close() })
	o.receive(machine{tickets: make([]byte, 32)}, "http://jianbao.example")
	site, err := o.everything(false)
	must(err)
	admin := accounts.Person{ID: o.desk.NewID(), Login: "admin", Name: "admin", Active: true, Grants: []accounts.Grant{{Role: accounts.Admin}}}
	guest := accounts.Person{ID: o.desk.NewID(), Login: "guest", Name: "guest", Active: true}
	must(o.store.SavePerson(f.Context(), admin))
	must(o.store.SavePerson(f.Context(), guest))
	given, err := o.entryDesk().Invite(f.Context(), admin, guest.ID)
	must(err)
	feed, err := o.ownPages().Feeds.Make(f.Context(), guest.ID)
	must(err)
	right := map[string]bool{"/pass/" + given.Token: true, "/calendar/" + feed + ".ics": true}
	for kind := range openedByLink {
		for _, text := range []string{"", given.Token, feed + ".ics", feed, given.Token[:42], given.Token + "A", strings.Repeat("A", 43), o.receiving.Key.Token(admin.ID), accounts.NewToken(), "\x00", "..", "%2e%2e", "' OR 1=1 --", "\xff", strings.Repeat("长", 5000)} {
			f.Add(uint(kind), text)
		}
	}
	asked := 0
	f.Fuzz(func(t *testing.T, kind uint, text string) {
		path := openedByLink[kind%uint(len(openedByLink))] + text
		if strings.Contains(text, "/") || text == "" || text == "." || text == ".." { // other addresses
			return
		}
		asked++
		for _, method := range []string{"GET", "POST"} {
			r := httptest.NewRequestWithContext(t.Context(), method, "http://jianbao.example/", nil)
			r.URL, r.RequestURI = &url.URL{Path: path}, (&url.URL{Path: path}).EscapedPath()
			r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:9", asked>>16&255, asked>>8&255, asked&255) // nobody waits
			w := httptest.NewRecorder()
			site.Handler.ServeHTTP(w, r)
			if w.Code >= 500 || w.Code < 300 && !right[path] || method == "GET" && right[path] && w.Code != 200 {
				t.Fatalf("%s %q is answered %d: %.300s", method, path, w.Code, w.Body)
			}
		}
	})
}
