package main

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/api"
	"jianbao/workflow/trail"
)

// TestWhoIsNotLetInIsInTheTrail: wrong passwords, tries that came too soon and
// tokens that ended, with whose they were and how often; nothing that was typed.
func TestWhoIsNotLetInIsInTheTrail(t *testing.T) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	o, err := open(t.Context(), filepath.Join(t.TempDir(), databaseFile), slog.New(slog.NewTextHandler(t.Output(), nil)))
	must(err)
	t.Cleanup(func() { _ = o.close() })
	site, err := o.everything(false)
	must(err)
	clerk := accounts.Person{ID: o.desk.NewID(), Login: "p-clerk", Name: "clerk", Active: true, Grants: []accounts.Grant{{Role: accounts.Clerk}}}
	auditor := accounts.Person{ID: o.desk.NewID(), Login: "p-auditor", Name: "auditor", Active: true, Grants: []accounts.Grant{{Role: accounts.Auditor}}}
	for _, p := range []accounts.Person{clerk, auditor} {
		must(o.store.SavePerson(t.Context(), p))
	}
	ask := func(r *http.Request, status int) {
		t.Helper()
		got := httptest.NewRecorder()
		site.Handler.ServeHTTP(got, r)
		if got.Code != status {
			t.Errorf("%s is answered %d, not %d", r.URL.Path, got.Code, status)
		}
	}
	try := func(login string, status int) {
		t.Helper()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/sign-in", strings.NewReader(url.Values{"login": {login}, "password": {"geheim-geheim"}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		ask(r, status)
	}
	for range 5 {
		try("p-Clerk", http.StatusUnauthorized)
	}
	try("p-clerk", http.StatusTooManyRequests)
	try("mein-passwort", http.StatusUnauthorized) // in the wrong field
	secret := accounts.NewToken()
	token := accounts.Token{
		ID: o.desk.NewID(), Person: clerk.ID, Kind: accounts.Personal, Name: "平台", Prefix: accounts.TokenPrefix(secret), Hash: accounts.TokenHash(secret),
		Made: time.Now().Add(-2 * time.Hour), Expires: time.Now().Add(-time.Hour), By: "x",
	}
	must(o.store.AddToken(t.Context(), token))
	for _, text := range []string{secret, accounts.NewToken()} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, api.Prefix+"/me", nil)
		r.Header.Set("Authorization", "Bearer "+text)
		ask(r, http.StatusUnauthorized)
	}
	ask(httptest.NewRequestWithContext(t.Context(), http.MethodGet, api.Prefix+"/me", nil), http.StatusUnauthorized) // it tries nothing
	found, _, err := o.trail().Search(t.Context(), auditor, trail.Question{Book: trail.Refusals, Limit: 100})
	must(err)
	var text strings.Builder
	for _, d := range found {
		text.WriteString(d.What + " " + d.Act.In(fault.ZH))
		for _, f := range d.Facts {
			text.WriteString(" " + f.In(fault.ZH))
		}
		text.WriteString("\n")
	}
	for _, line := range []string{
		"clerk 登录被拒：登录名或密码不对，或账号已停用 一小时内5次",
		"clerk 试得太频繁，暂时不予受理 一小时内1次",
		"clerk 令牌被拒 一小时内1次 令牌" + token.Prefix + "…",
		" 登录被拒：登录名或密码不对，或账号已停用 一小时内1次",
		" 令牌被拒 一小时内1次",
	} {
		if !strings.Contains("\n"+text.String(), "\n"+line+"\n") {
			t.Errorf("no line %q in\n%s", line, text.String())
		}
	}
	if len(found) != 5 || strings.Contains(text.String(), "geheim") || strings.Contains(text.String(), "passwort") {
		t.Errorf("%d lines:\n%s", len(found), text.String())
	}
}
