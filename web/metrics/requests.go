package metrics

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// A routeNote is where the mux that knows a request writes its pattern.
type routeNote struct{ pattern string }

type noteKey struct{}

// Named is a mux whose pattern [Requests] counts a request by. Of muxes inside
// each other the innermost counts.
func Named(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if note, ok := r.Context().Value(noteKey{}).(*routeNote); ok && note.pattern == "" {
				note.pattern = r.Pattern // written by the mux, in this very request
			}
		}()
		mux.ServeHTTP(w, r)
	})
}

// bounds are the upper ends of the buckets of durations, in seconds: what pages
// should take lies in the middle.
var bounds = []float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}

// Requests counts what is asked over HTTP; [NewRequests] makes one.
type Requests struct {
	now    func() time.Time
	counts *prometheus.CounterVec
	times  *prometheus.HistogramVec
}

// NewRequests returns counters that are at zero. now is the clock that requests
// are measured by.
func NewRequests(now func() time.Time) *Requests {
	return &Requests{
		now:    now,
		counts: vector("jianbao_http_requests_total", "Requests over HTTP, by the pattern of the route.", "route", "method", "code"),
		times: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "jianbao_http_request_duration_seconds", Help: "How long they took; streams are not among them.", Buckets: bounds,
		}, []string{"route", "method"}),
	}
}

// Describe implements prometheus.Collector.
func (q *Requests) Describe(ch chan<- *prometheus.Desc) {
	q.counts.Describe(ch)
	q.times.Describe(ch)
}

// Collect implements prometheus.Collector.
func (q *Requests) Collect(ch chan<- prometheus.Metric) {
	q.counts.Collect(ch)
	q.times.Collect(ch)
}

// Count counts what next answers.
func (q *Requests) Count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		note, out, began := &routeNote{}, &answered{ResponseWriter: w, code: http.StatusOK}, q.now()
		defer func() {
			route, method := where(note.pattern, r.Method)
			q.counts.WithLabelValues(route, method, strconv.Itoa(out.code)).Inc()
			if !out.streams() { // that lasts as long as somebody looks
				q.times.WithLabelValues(route, method).Observe(q.now().Sub(began).Seconds())
			}
		}()
		next.ServeHTTP(out, r.WithContext(context.WithValue(r.Context(), noteKey{}, note)))
	})
}

// where names a request by things of which there are few: whatever strangers
// ask for, no label grows.
func where(pattern, method string) (string, string) {
	route := pattern
	if _, path, found := strings.Cut(pattern, " "); found {
		route = path
	}
	if route == "" {
		route = "none"
	}
	if !slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions}, method) {
		method = "other"
	}
	return route, method
}

// An answered remembers the status of an answer.
type answered struct {
	http.ResponseWriter
	code  int
	wrote bool
}

// WriteHeader implements http.ResponseWriter.
func (a *answered) WriteHeader(code int) {
	if !a.wrote && code >= 200 { // 1xx come before the answer
		a.code, a.wrote = code, true
	}
	a.ResponseWriter.WriteHeader(code)
}

// Write implements http.ResponseWriter.
func (a *answered) Write(p []byte) (int, error) {
	a.wrote = true
	return a.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController through, for streams and deadlines.
func (a *answered) Unwrap() http.ResponseWriter { return a.ResponseWriter }

func (a *answered) streams() bool {
	return strings.HasPrefix(a.Header().Get("Content-Type"), "text/event-stream")
}
