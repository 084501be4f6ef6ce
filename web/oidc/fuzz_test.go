package oidc

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"jianbao/fault"
)

// FuzzFinish: whatever somebody comes back with, nobody is let in by it unless
// the provider vouches for the code, and every refusal is one for people.
func FuzzFinish(f *testing.F) {
	// A provider that knows no code.
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	f.Cleanup(server.Close)
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"issuer":"` + server.URL + `","authorization_endpoint":"` + server.URL + `/a","token_endpoint":"` + server.URL + `/t","jwks_uri":"` + server.URL + `/k"}`))
	})
	mux.HandleFunc("/t", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"access_token":"x","token_type":"Bearer","id_token":"e30.e30.e30"}`))
	})
	a := &takes{}
	p := &Provider{Issuer: server.URL, Client: "jianbao", Secret: "geheim", Back: "https://jianbao.example" + BackPath, Admits: a, Now: func() time.Time { return noon }}
	const kept = `{"State":"s","Nonce":"n","Verifier":"v"}`
	for _, seed := range []string{"state=s&code=c", "state=s", "state=&code=c", "state=s&error=access_denied", "state=s&error=%00%0d%0aSet-Cookie:x", "state=x&state=s&code=c", "%zz"} {
		f.Add(kept, seed)
	}
	f.Add(`{}`, "state=&code=c")
	f.Add(`null`, "code=c")
	f.Fuzz(func(t *testing.T, kept, query string) {
		back, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		_, err = p.Finish(t.Context(), []byte(kept), back)
		if !fault.Is(err, fault.Unauthenticated) && !fault.Is(err, fault.Unavailable) || len(a.claims) != 0 {
			t.Fatalf("%q with %q: %v, and %d were let in", query, kept, err, len(a.claims))
		}
		for _, r := range fault.As(err).Message.In(fault.EN) {
			if r < ' ' {
				t.Fatalf("%q: a control character is shown", query)
			}
		}
	})
}
