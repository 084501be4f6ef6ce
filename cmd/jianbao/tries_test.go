package main

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"jianbao/accounts"
)

// TestAllServersCountTriesTogether: whoever asks two servers over one database
// in turn has the tries of one.
func TestAllServersCountTriesTogether(t *testing.T) {
	servers := twoServers(t)
	try := func(server http.Handler, login string) int {
		form := url.Values{"login": {login}, "password": {"wrong"}}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/sign-in", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		return w.Code
	}
	const tries = 5 // of package web
	for n := range tries {
		if code := try(servers[n%2], "bianji"); code != http.StatusUnauthorized {
			t.Fatalf("try %d was answered %d", n+1, code)
		}
	}
	for n, server := range servers {
		if code := try(server, "bianji"); code != http.StatusTooManyRequests {
			t.Errorf("server %d lets more tries through than one alone: %d", n+1, code)
		}
	}
	if code := try(servers[1], "shenhe"); code != http.StatusUnauthorized {
		t.Errorf("another login waits for it: %d", code)
	}
}

// twoServers are two processes over one database.
func twoServers(t *testing.T) (servers []http.Handler) {
	t.Helper()
	address := filepath.Join(t.TempDir(), databaseFile)
	for range 2 {
		o, err := open(t.Context(), address, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = o.close() })
		o.receive(machine{tickets: make([]byte, 32)}, "http://jianbao.example")
		site, err := o.everything(false)
		if err != nil {
			t.Fatal(err)
		}
		servers = append(servers, site)
	}
	return servers
}

// TestAllServersCountGuessesTogether: whoever guesses tokens and links on two
// servers in turn has hardly more guesses than on one.
func TestAllServersCountGuessesTogether(t *testing.T) {
	servers := twoServers(t)
	const guesses = 30 // of packages web, api and metrics
	for _, path := range []string{"/receipt/", "/own/", "/answer/", "/pass/", "/calendar/", "/api/v1/me?", "/metrics?"} {
		let := 0
		for n := range 2 * guesses {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path+rand.Text(), nil)
			r.Header.Set("Authorization", "Bearer "+accounts.NewToken())
			r.RemoteAddr = "192.0.2." + strconv.Itoa(len(path)) + ":99"
			w := httptest.NewRecorder()
			servers[n%2].ServeHTTP(w, r)
			if w.Code != http.StatusTooManyRequests {
				let++
			}
		}
		if let < guesses || let > guesses+2 {
			t.Errorf("%s: two servers let %d guesses through, one alone %d", path, let, guesses)
		}
	}
}
