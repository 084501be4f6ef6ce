package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"golang.org/x/text/language"

	"jianbao/bulletin/intake"
	"jianbao/fault"
	"jianbao/web/api/op"
)

const (
	// maxBody is the largest request that is read, in bytes: a file of the size
	// that is taken, in base64, and a text beside it.
	maxBody = intake.MaxFile/3*4 + 2<<20
	// small is what every request may send at any time; of larger ones, maxLarge
	// are read at once and the others wait, which bounds the memory.
	small    = 1 << 20
	maxLarge = 4
	// sendTime is how long somebody may take to send a large body.
	sendTime = 3 * time.Minute
)

// caught turns a panic into an internal fault.
func (s *server) caught(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch p := recover(); p {
			case nil:
			case http.ErrAbortHandler:
				panic(p)
			default:
				s.kit.Refuse(w, r, fmt.Errorf("api: panic: %v", p))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		h.Set("Vary", "Authorization, Accept-Language")
		next.ServeHTTP(w, r)
	})
}

// languages are those of the product, the first for whoever asks for none.
var languages = language.NewMatcher([]language.Tag{language.Chinese, language.English})

// spoken finds the language of a request (RFC 9110 section 12.5.4).
func spoken(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lang := fault.ZH
		if _, n := language.MatchStrings(languages, r.Header.Get("Accept-Language")); n == 1 {
			lang = fault.EN
		}
		next.ServeHTTP(w, r.WithContext(op.Spoken(r.Context(), lang)))
	})
}

type bodyKey struct{}

// read reads the whole body of a change.
func (s *server) read(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		if r.ContentLength < 0 || r.ContentLength > small {
			select {
			case s.large <- struct{}{}:
				defer func() { <-s.large }()
			case <-r.Context().Done():
				return
			}
			// Where the server's own limit cannot be moved, it stays.
			_ = http.NewResponseController(w).SetReadDeadline(s.Now().Add(sendTime))
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			s.kit.Refuse(w, r, unreadable(err))
			return
		}
		r = r.WithContext(context.WithValue(r.Context(), bodyKey{}, body))
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		next.ServeHTTP(w, r)
	})
}

// bodyOf returns what read has read.
func bodyOf(r *http.Request) []byte {
	body, _ := r.Context().Value(bodyKey{}).([]byte)
	return body
}

func unreadable(err error) error {
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		return op.WithStatus(fault.New(fault.Invalid, tooLarge.With(int(big.Limit>>20))), http.StatusRequestEntityTooLarge)
	}
	return op.Unreadable(err)
}
