package metrics

import (
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// desk has one token.
type desk struct {
	token  accounts.Token
	person accounts.Person
	used   int
	fails  error
}

var absent = fault.New(fault.NotFound, fault.Reason{})

func (d *desk) TokenByHash(_ context.Context, hash string) (accounts.Token, error) {
	if d.fails != nil {
		return accounts.Token{}, d.fails
	}
	if hash != d.token.Hash {
		return accounts.Token{}, absent
	}
	return d.token, nil
}

func (d *desk) TokenUsed(context.Context, accounts.Token, time.Time) error { d.used++; return nil }

func (d *desk) PersonByID(context.Context, uuid.UUID) (accounts.Person, error) { return d.person, nil }

func TestWhoMayRead(t *testing.T) {
	secret := accounts.NewToken()
	good := accounts.Token{Kind: accounts.Monitor, Hash: accounts.TokenHash(secret), Expires: now.Add(time.Hour)}
	with := func(change func(*accounts.Token)) accounts.Token { token := good; change(&token); return token }
	bearer := "Authorization: Bearer " + secret
	for name, c := range map[string]struct {
		from    string
		headers []string
		token   accounts.Token
		gone    bool
		proxied bool
		want    int
	}{
		"this machine":                  {from: "127.0.0.1:1", want: 200},
		"this machine, IPv6":            {from: "[::1]:1", want: 200},
		"mapped":                        {from: "[::ffff:127.0.0.1]:1", want: 200},
		"another machine":               {from: "10.0.0.1:1", want: 401},
		"through a proxy here":          {from: "127.0.0.1:1", headers: []string{"X-Forwarded-For: 10.0.0.1"}, want: 401},
		"through another proxy":         {from: "127.0.0.1:1", headers: []string{"Forwarded: for=10.0.0.1"}, want: 401},
		"where a proxy stands":          {from: "127.0.0.1:1", proxied: true, want: 401},
		"with a token":                  {from: "10.0.0.1:1", headers: []string{bearer}, token: good, want: 200},
		"with a token, by a proxy":      {from: "127.0.0.1:1", headers: []string{bearer, "Via: 1.1 proxy"}, token: good, proxied: true, want: 200},
		"with another token":            {from: "10.0.0.1:1", headers: []string{"Authorization: Bearer " + accounts.NewToken()}, token: good, want: 401},
		"with what is none":             {from: "10.0.0.1:1", headers: []string{"Authorization: Bearer x"}, token: good, want: 401},
		"as Basic":                      {from: "10.0.0.1:1", headers: []string{"Authorization: Basic " + secret}, token: good, want: 401},
		"with a personal token":         {from: "10.0.0.1:1", headers: []string{bearer}, token: with(func(t *accounts.Token) { t.Kind = accounts.Personal }), want: 401},
		"with a service's":              {from: "10.0.0.1:1", headers: []string{bearer}, token: with(func(t *accounts.Token) { t.Kind = accounts.Service }), want: 401},
		"with one that expired":         {from: "10.0.0.1:1", headers: []string{bearer}, token: with(func(t *accounts.Token) { t.Expires = now }), want: 401},
		"with one that was revoked":     {from: "10.0.0.1:1", headers: []string{bearer}, token: with(func(t *accounts.Token) { t.Revoked = now }), want: 401},
		"with that of a closed account": {from: "10.0.0.1:1", headers: []string{bearer}, token: good, gone: true, want: 401},
	} {
		d := &desk{token: c.token, person: accounts.Person{Active: !c.gone}}
		r := httptest.NewRequest("GET", Path, nil)
		r.RemoteAddr = c.from
		for _, h := range c.headers {
			key, value, _ := strings.Cut(h, ": ")
			r.Header.Set(key, value)
		}
		w := httptest.NewRecorder()
		gate(d, c.proxied).Handler(NewRegistry(fullProcess())).ServeHTTP(w, r)
		if w.Code != c.want || strings.Contains(w.Body.String(), "jianbao_") != (c.want == 200) {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
		if c.want == 401 && w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s: nobody says how to ask", name)
		}
		if by := c.want == 200 && c.token.Hash != ""; by != (d.used == 1) {
			t.Errorf("%s: used %d times", name, d.used)
		}
	}
}

func gate(d *desk, proxied bool) Gate {
	return Gate{Tokens: d, Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler), Proxied: proxied}
}

func TestTokensCannotBeTriedFast(t *testing.T) {
	h := gate(&desk{}, false).Handler(NewRegistry())
	codes := map[int]int{}
	for range 2 * wrongTries {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", Path, nil) // from 192.0.2.1
		r.Header.Set("Authorization", "Bearer "+accounts.NewToken())
		h.ServeHTTP(w, r)
		codes[w.Code]++
	}
	if codes[401] != wrongTries || codes[429] != wrongTries {
		t.Errorf("%v", codes)
	}
}

func TestWhatIsNotARead(t *testing.T) {
	if code := get(gate(&desk{}, false).Handler(NewRegistry()), "POST", Path); code != 405 {
		t.Errorf("a POST: %d", code)
	}
	d := &desk{fails: errors.New("down")}
	w, r := httptest.NewRecorder(), httptest.NewRequest("GET", Path, nil)
	r.Header.Set("Authorization", "Bearer "+accounts.NewToken())
	gate(d, false).Handler(NewRegistry()).ServeHTTP(w, r)
	if w.Code != 503 {
		t.Errorf("while the database is down: %d", w.Code)
	}
}
