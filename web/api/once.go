package api

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/web/api/op"
)

const (
	maxKey = 200 // characters of an Idempotency-Key
	// keyLife is how long an answer is kept.
	keyLife = 24 * time.Hour
)

// An answer is what a POST was answered with, as it is kept.
type answer struct {
	Status int               `json:"status"`
	Header map[string]string `json:"header"`
	Body   []byte            `json:"body"`
}

// keptHeaders are those of an answer that are answered again.
var keptHeaders = []string{"Content-Type", "Etag", "Location"}

// once does a POST with an Idempotency-Key once, and answers it the same way
// whenever it is asked again
// (draft-ietf-httpapi-idempotency-key-header-06).
func (s *server) once(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		keys := r.Header.Values("Idempotency-Key")
		if r.Method != http.MethodPost || len(keys) == 0 {
			next.ServeHTTP(w, r)
			return
		}
		key := keys[0]
		if !goodKey(key) {
			s.kit.Refuse(w, r, fault.New(fault.Invalid, badKey.With(maxKey)))
			return
		}
		who := op.CallerOf(r.Context())
		print, now := fingerprint(who.Secret, r), s.Now()
		known, kept, err := s.Answers.BeginAnswer(r.Context(), who.Token.ID, key, print, now, now.Add(-keyLife))
		switch {
		case err != nil:
			s.kit.Refuse(w, r, err)
		case known == "":
			s.first(w, r, key, next)
		case known != print:
			s.kit.Refuse(w, r, fault.New(fault.Invalid, keyTaken.With()))
		case kept == nil:
			s.kit.Refuse(w, r, fault.New(fault.Conflict, keyAtWork.With()))
		default:
			s.again(w, r, kept)
		}
	})
}

// first does a request whose key is new, and keeps what it was answered with if
// it succeeded. What was refused changed nothing, so its key is free again; a
// fault of the program may have changed something, so its key is not.
func (s *server) first(w http.ResponseWriter, r *http.Request, key string, next http.Handler) {
	out := &recorder{header: w.Header(), status: http.StatusOK}
	next.ServeHTTP(out, r)
	id := op.CallerOf(r.Context()).Token.ID
	var err error
	switch {
	case out.status < http.StatusBadRequest:
		a := answer{Status: out.status, Header: map[string]string{}, Body: out.body.Bytes()}
		for _, name := range keptHeaders {
			if v := w.Header().Get(name); v != "" {
				a.Header[name] = v
			}
		}
		var kept []byte
		if kept, err = json.Marshal(a); err == nil {
			err = s.Answers.KeepAnswer(r.Context(), id, key, kept)
		}
	case out.status < http.StatusInternalServerError:
		err = s.Answers.DropAnswer(r.Context(), id, key)
	}
	if err != nil { // what was done is done, and is answered
		s.Log.ErrorContext(r.Context(), "api: answer not kept", "error", err)
	}
	w.WriteHeader(out.status)
	_, _ = out.body.WriteTo(w)
}

// again answers as before.
func (s *server) again(w http.ResponseWriter, r *http.Request, kept []byte) {
	var a answer
	if err := json.Unmarshal(kept, &a); err != nil {
		s.kit.Refuse(w, r, fmt.Errorf("api: kept answer: %w", err))
		return
	}
	for name, value := range a.Header {
		w.Header().Set(name, value)
	}
	w.Header().Set("Idempotency-Replayed", "true")
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body)
}

func goodKey(key string) bool {
	return key != "" && len(key) <= maxKey && !strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' })
}

// fingerprint tells a request from others. It is made under the token, which is
// nowhere kept, so that it tells nobody else what the request held.
func fingerprint(secret string, r *http.Request) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%s\n%s\n%s\n", r.Method, r.URL.RequestURI(), r.Header.Get("If-Match"))
	_, _ = mac.Write(bodyOf(r))
	return hex.EncodeToString(mac.Sum(nil))
}

// A recorder takes an answer down before it is given. It is small: what is
// answered to a POST is never a document.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (r *recorder) Header() http.Header { return r.header }

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) { r.status = status }

// Write implements http.ResponseWriter.
func (r *recorder) Write(p []byte) (int, error) { return r.body.Write(p) }
