package web

import (
	"fmt"
	"net/http"

	"jianbao/fault"

	"jianbao/web/gzipped"
	"jianbao/web/page"
)

// policy lets a page load this program's style sheet, scripts, fonts and images, talk to it, and nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// guarded puts around the pages what every request passes.
func (s *server) guarded(next http.Handler) http.Handler {
	origins := http.NewCrossOriginProtection()
	origins.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.kit.Fail(w, r, fault.New(fault.Forbidden, foreignOrigin.With()))
	}))
	return s.caught(headers(gzipped.Handler(page.Spoken(origins.Handler(page.Limited(next))), gzipped.OwnSite(s.Secure))))
}

// caught turns a panic into an internal fault, so that one broken page does not
// cut off its connection without a word.
func (s *server) caught(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch p := recover(); p {
			case nil:
			case http.ErrAbortHandler:
				panic(p)
			default:
				s.kit.Fail(w, r, fmt.Errorf("web: panic: %v", p))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
