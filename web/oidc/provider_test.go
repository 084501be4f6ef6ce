package oidc

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
)

// A house is a little provider of single sign-on: whoever comes is somebody. Its
// tokens are signed with a real key.
type house struct {
	*httptest.Server
	t      *testing.T
	key    *rsa.PrivateKey
	codes  map[string]url.Values // what was asked for, by code
	claims func(claims map[string]any)
	sign   *rsa.PrivateKey // with another key than it publishes, where set
}

func newHouse(t *testing.T) *house {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, key: key, codes: map[string]url.Values{}, claims: func(map[string]any) {}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", h.discovery)
	mux.HandleFunc("GET /keys", h.keys)
	mux.HandleFunc("GET /authorize", h.authorize)
	mux.HandleFunc("POST /token", h.token)
	h.Server = httptest.NewServer(mux)
	t.Cleanup(h.Close)
	return h
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

func (h *house) discovery(w http.ResponseWriter, _ *http.Request) {
	answer(w, map[string]any{
		"issuer": h.URL, "authorization_endpoint": h.URL + "/authorize", "token_endpoint": h.URL + "/token", "jwks_uri": h.URL + "/keys",
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"}, "id_token_signing_alg_values_supported": []string{"RS256"},
	})
}

var text = base64.RawURLEncoding.EncodeToString

func (h *house) keys(w http.ResponseWriter, _ *http.Request) {
	answer(w, map[string]any{"keys": []map[string]any{{
		"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "k1", "n": text(h.key.N.Bytes()), "e": text(big.NewInt(int64(h.key.E)).Bytes()),
	}}})
}

// authorize sends whoever comes back at once.
func (h *house) authorize(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query()
	code := rand.Text()
	h.codes[code] = asked
	http.Redirect(w, r, asked.Get("redirect_uri")+"?"+url.Values{"code": {code}, "state": {asked.Get("state")}}.Encode(), http.StatusFound)
}

// token exchanges a code, once, for whom the verifier belongs to.
func (h *house) token(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	asked, known := h.codes[r.PostForm.Get("code")]
	delete(h.codes, r.PostForm.Get("code"))
	sum := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	client, secret, _ := r.BasicAuth()
	if !known || asked.Get("code_challenge") != text(sum[:]) || asked.Get("code_challenge_method") != "S256" || client != "jianbao" || secret != "geheim" {
		w.WriteHeader(http.StatusBadRequest)
		answer(w, map[string]any{"error": "invalid_grant"})
		return
	}
	answer(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": h.idToken(asked.Get("nonce"))})
}

func (h *house) idToken(nonce string) string {
	claims := map[string]any{
		"iss": h.URL, "aud": "jianbao", "sub": "u-1", "nonce": nonce, "iat": noon.Unix(), "exp": noon.Unix() + 300,
		"email": "cheng@kjj.example", "email_verified": true, "preferred_username": "cheng", "name": "程继东",
	}
	h.claims(claims)
	head, _ := json.Marshal(map[string]any{"alg": "RS256", "kid": "k1", "typ": "JWT"})
	body, _ := json.Marshal(claims)
	signed := text(head) + "." + text(body)
	sum, key := sha256.Sum256([]byte(signed)), h.key
	if h.sign != nil {
		key = h.sign
	}
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		h.t.Error(err)
	}
	return signed + "." + text(signature)
}

func flowOf(t *testing.T, kept []byte) (f flow) {
	t.Helper()
	if err := json.Unmarshal(kept, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f flow) kept(t *testing.T) []byte {
	t.Helper()
	kept, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}
