package logs

import (
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"
)

// RequestID is the header of an answer that names its request in the log.
const RequestID = "X-Request-Id"

// issuePath finds the issue in the address of a page or of the API.
var issuePath = regexp.MustCompile(`/issues/([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})(?:/|$)`)

// quiet are routes that are asked for all the time and say nothing: probes,
// monitoring, what pages are made of.
var quiet = []string{"/livez", "/readyz", "/metrics", "/static/"}

// HTTP gives every request an id, and writes a line when it was answered. route
// tells by then which pattern served it.
func HTTP(next http.Handler, log *slog.Logger, route func(*http.Request) (*http.Request, func() string)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := uuid.NewString()
		attrs := []slog.Attr{slog.String("request", id)}
		if m := issuePath.FindStringSubmatch(r.URL.Path); m != nil {
			attrs = append(attrs, slog.String("issue", strings.ToLower(m[1])))
		}
		ctx := about(r.Context(), attrs)
		r, pattern := route(r.WithContext(ctx))
		w.Header().Set(RequestID, id)
		out, began := &answer{ResponseWriter: w, status: http.StatusOK}, time.Now()
		defer func() {
			if name := pathOf(pattern()); !isQuiet(name) {
				log.InfoContext(ctx, "request", "method", methodOf(r), "route", name, "status", out.status, "took", time.Since(began).Round(time.Microsecond).String())
			}
		}()
		next.ServeHTTP(out, r)
	})
}

// methodOf keeps what strangers make up short.
func methodOf(r *http.Request) string { return r.Method[:min(len(r.Method), 10)] }

// pathOf is a pattern without its method.
func pathOf(pattern string) string {
	if _, path, found := strings.Cut(pattern, " "); found {
		return path
	}
	return pattern
}

// isQuiet reports whether a route is quiet.
func isQuiet(route string) bool {
	for _, q := range quiet {
		if route == q || strings.HasSuffix(q, "/") && strings.HasPrefix(route, q) {
			return true
		}
	}
	return false
}

// An answer remembers its status.
type answer struct {
	http.ResponseWriter
	status int
	wrote  bool
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	if !a.wrote && status >= http.StatusOK { // 1xx come before the answer
		a.status, a.wrote = status, true
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (a *answer) Write(p []byte) (int, error) {
	a.wrote = true
	return a.ResponseWriter.Write(p)
}

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
