package oidc

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// takes lets everybody in and remembers who it was.
type takes struct{ claims []entry.Claim }

func (a *takes) Admit(_ context.Context, c entry.Claim) (accounts.Person, error) {
	a.claims = append(a.claims, c)
	return accounts.Person{Name: c.Name}, nil
}

func providerAt(h *house) (*Provider, *takes) {
	a := &takes{}
	return &Provider{Issuer: h.URL, Client: "jianbao", Secret: "geheim", Back: "https://jianbao.example" + BackPath, Admits: a, Now: func() time.Time { return noon }}, a
}

// goThere follows a browser to the provider, and returns what it comes back
// with.
func goThere(t *testing.T, address string) url.Values {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	back, err := r.Location()
	if err != nil || back.Path != BackPath {
		t.Fatalf("back to %v, %v", back, err)
	}
	return back.Query()
}

func TestSomebodyComesBackAndIsKnown(t *testing.T) {
	h := newHouse(t)
	p, a := providerAt(h)
	address, kept, err := p.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	asked, _ := url.Parse(address)
	for _, name := range []string{"state", "nonce", "code_challenge"} {
		if len(asked.Query().Get(name)) < 20 {
			t.Errorf("%s is %q", name, asked.Query().Get(name))
		}
	}
	if strings.Contains(address, "geheim") {
		t.Error("the secret is in the address")
	}
	who, err := p.Finish(t.Context(), kept, goThere(t, address))
	if err != nil || who.Name != "程继东" {
		t.Fatalf("%v %v", who, err)
	}
	if want := (entry.Claim{Subject: "u-1", Mail: "cheng@kjj.example", Verified: true, Login: "cheng", Name: "程继东"}); a.claims[0] != want {
		t.Errorf("%+v", a.claims)
	}
}

func TestWhatIsNotProvedLetsNobodyIn(t *testing.T) {
	h := newHouse(t)
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	claim := func(name string, value any) func(*flow, url.Values) {
		return func(*flow, url.Values) { h.claims = func(all map[string]any) { all[name] = value } }
	}
	for name, spoil := range map[string]func(f *flow, back url.Values){
		"another state":    func(_ *flow, back url.Values) { back.Set("state", "x") },
		"no state":         func(f *flow, back url.Values) { f.State = ""; back.Del("state") },
		"another verifier": func(f *flow, _ url.Values) { f.Verifier = strings.Repeat("v", 43) },
		"another nonce":    func(f *flow, _ url.Values) { f.Nonce = "x" },
		"another code":     func(_ *flow, back url.Values) { back.Set("code", "x") },
		"an error":         func(_ *flow, back url.Values) { back.Set("error", "access_denied") },
		"another key":      func(*flow, url.Values) { h.sign = other },
		"another issuer":   claim("iss", "https://elsewhere.example"),
		"another audience": claim("aud", "other"),
		"too old":          claim("exp", noon.Unix()-1),
		"no nonce":         claim("nonce", ""),
	} {
		t.Run(name, func(t *testing.T) {
			h.claims, h.sign = func(map[string]any) {}, nil
			p, a := providerAt(h)
			address, kept, err := p.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			back, f := goThere(t, address), flowOf(t, kept)
			spoil(&f, back)
			if _, err := p.Finish(t.Context(), f.kept(t), back); !fault.Is(err, fault.Unauthenticated) || len(a.claims) != 0 {
				t.Errorf("%v, and %d were let in", err, len(a.claims))
			}
		})
	}
}

func TestACodeIsUsedOnce(t *testing.T) {
	p, _ := providerAt(newHouse(t))
	address, kept, err := p.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	back := goThere(t, address)
	if _, err := p.Finish(t.Context(), kept, back); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Finish(t.Context(), kept, back); !fault.Is(err, fault.Unauthenticated) {
		t.Errorf("used twice: %v", err)
	}
}

func TestAProviderThatIsAwayComesBack(t *testing.T) {
	h := newHouse(t)
	p, _ := providerAt(h)
	p.Issuer = "http://127.0.0.1:1"
	if _, _, err := p.Begin(t.Context()); !fault.Is(err, fault.Unavailable) {
		t.Errorf("away: %v", err)
	}
	p.Issuer = h.URL
	if _, _, err := p.Begin(t.Context()); err != nil {
		t.Errorf("back: %v", err)
	}
}
