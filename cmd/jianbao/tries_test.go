package main

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
)

// TestAllServersCountTriesTogether: whoever asks two servers over one database
// in turn has the tries of one.
func TestAllServersCountTriesTogether(t *testing.T) {
	address := filepath.Join(t.TempDir(), databaseFile)
	var servers []http.Handler
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
