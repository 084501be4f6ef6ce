// Package oidc is single sign-on by OpenID Connect (Core 1.0), beside passwords:
// the authorization code flow with a state, a nonce and a code challenge (PKCE,
// RFC 7636).
//
//	p := &oidc.Provider{Issuer: "https://sso.example", Client: "jianbao", …}
//	address, kept, err := p.Begin(ctx)        // the browser goes to address
//	person, err := p.Finish(ctx, kept, query) // and comes back with query
//
// What is kept between the two lies in the session, on our side, so that nobody
// is led into somebody else's account by a link: who comes back must be who went.
// The provider's keys and addresses are asked for when somebody signs in for the
// first time, and again after it was away; while it is away passwords work.
//
// A token is taken if it is signed by the provider for us, is not too old, and
// has the nonce of this sign-in. Whose account it opens is asked of
// [entry.Identities]; this package opens none by itself.
package oidc

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
)

// Admits says whose account a claim opens; [entry.Identities] does.
type Admits interface {
	// Admit returns the person of a claim, or fault.Unauthenticated.
	Admit(ctx context.Context, c entry.Claim) (accounts.Person, error)
}

// A Provider is one provider of single sign-on. Its fields are set before it is
// used and not changed; it may be used by any number of goroutines.
type Provider struct {
	Issuer string // https://sso.example, as it calls itself
	Client string // who we are there
	Secret string
	Name   string // what people call it; "" is a plain word for it
	Back   string // the address to come back to
	Scopes []string
	Admits Admits
	HTTP   *http.Client // nil is one with a time limit
	Now    func() time.Time

	mutex sync.Mutex
	found *oidc.Provider
}

// BackPath is where people come back to, under the address of the pages.
const BackPath = "/sign-in/back"

// patience is how long the provider may take for each answer.
const patience = 10 * time.Second

var (
	title      = fault.Say("oidc.title", "统一登录", "single sign-on")
	away       = fault.Say("oidc.away", "统一登录暂时不可用，请稍后再试，或用密码登录", "single sign-on is not there at the moment; try again later, or sign in by password")
	notProved  = fault.Say("oidc.not-proved", "统一登录的结果无法核实，请重新登录", "what single sign-on said cannot be proved; sign in again")
	refusedFor = fault.Say("oidc.refused", "统一登录没有完成（%s），请重新登录", "single sign-on did not finish (%s); sign in again")
)

// Title is what people call the provider.
func (p *Provider) Title() string { return cmp.Or(p.Name, title.ZH) }

// client returns a context in which the provider is asked.
func (p *Provider) client(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, cmp.Or(p.HTTP, &http.Client{Timeout: patience}))
}

// discover asks the provider for its addresses, once it was there.
func (p *Provider) discover(ctx context.Context) (*oidc.Provider, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	// The provider outlives the request: it fetches keys anew with its context.
	found, err := oidc.NewProvider(p.client(context.WithoutCancel(ctx)), p.Issuer)
	if err != nil {
		return nil, fault.New(fault.Unavailable, away.With()).Because(err)
	}
	p.found = found
	return found, nil
}

func (p *Provider) config(at *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.Client, ClientSecret: p.Secret, Endpoint: at.Endpoint(), RedirectURL: p.Back,
		Scopes: append([]string{oidc.ScopeOpenID, "profile", "email"}, p.Scopes...),
	}
}

// A flow is what has to be kept of a sign-in that was begun.
type flow struct{ State, Nonce, Verifier string }

// Begin returns the address to which a browser is sent, and what has to be kept
// until it comes back. It fails with fault.Unavailable if the provider is away.
func (p *Provider) Begin(ctx context.Context) (address string, kept []byte, err error) {
	at, err := p.discover(ctx)
	if err != nil {
		return "", nil, err
	}
	f := flow{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier()}
	address = p.config(at).AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier))
	kept, err = json.Marshal(f)
	return address, kept, err
}

// Finish returns who came back, by what was kept and the query of the address
// they came back to. It fails with fault.Unauthenticated if that is not proved,
// or nobody entered them here, and with fault.Unavailable if the provider is
// away.
func (p *Provider) Finish(ctx context.Context, kept []byte, query url.Values) (accounts.Person, error) {
	var f flow
	if json.Unmarshal(kept, &f) != nil || f.State == "" || subtle.ConstantTimeCompare([]byte(f.State), []byte(query.Get("state"))) != 1 {
		return accounts.Person{}, fault.New(fault.Unauthenticated, notProved.With())
	}
	if said := query.Get("error"); said != "" {
		return accounts.Person{}, fault.New(fault.Unauthenticated, refusedFor.With(plain(said)))
	}
	claim, err := p.claim(ctx, f, query.Get("code"))
	if err != nil {
		return accounts.Person{}, err
	}
	return p.Admits.Admit(ctx, claim)
}

// claim exchanges a code for a token and proves that.
func (p *Provider) claim(ctx context.Context, f flow, code string) (c entry.Claim, err error) {
	at, err := p.discover(ctx)
	if err != nil {
		return c, err
	}
	token, err := p.config(at).Exchange(p.client(ctx), code, oauth2.VerifierOption(f.Verifier))
	if err != nil {
		return c, fault.New(fault.Unauthenticated, notProved.With()).Because(err)
	}
	raw, _ := token.Extra("id_token").(string)
	proved, err := at.Verifier(&oidc.Config{ClientID: p.Client, Now: p.Now}).Verify(p.client(ctx), raw)
	if err != nil || subtle.ConstantTimeCompare([]byte(proved.Nonce), []byte(f.Nonce)) != 1 {
		return c, fault.New(fault.Unauthenticated, notProved.With()).Because(err)
	}
	var said struct {
		Email    string `json:"email"`
		Verified bool   `json:"email_verified"`
		Login    string `json:"preferred_username"`
		Name     string `json:"name"`
	}
	if err := proved.Claims(&said); err != nil {
		return c, fault.New(fault.Unauthenticated, notProved.With()).Because(err)
	}
	return entry.Claim{Subject: proved.Subject, Mail: said.Email, Verified: said.Verified, Login: said.Login, Name: said.Name}, nil
}

// plain is what a provider called its refusal, of which pages show some ASCII
// (RFC 6749 section 4.1.2.1).
func plain(said string) string {
	var kept []rune
	for _, r := range said {
		if r >= ' ' && r <= '~' && len(kept) < 60 {
			kept = append(kept, r)
		}
	}
	return string(kept)
}
