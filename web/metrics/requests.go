package metrics

import (
	"context"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
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

// Requests counts what is asked over HTTP. The zero Requests is ready.
type Requests struct {
	Now func() time.Time // nil is time.Now

	mu     sync.Mutex
	counts map[asked]int
	times  map[place]*spread
}

type place struct{ route, method string }

type asked struct {
	place
	code int
}

// A spread is a histogram: how many lay in each bucket, the last one without an
// end.
type spread struct {
	in  [12]int // one more than there are bounds
	sum float64
}

// Count counts what next answers.
func (q *Requests) Count(next http.Handler) http.Handler {
	now := q.Now
	if now == nil {
		now = time.Now
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		note, out, began := &routeNote{}, &answered{ResponseWriter: w, code: http.StatusOK}, now()
		defer func() { q.add(where(note.pattern, r.Method), out, now().Sub(began)) }()
		next.ServeHTTP(out, r.WithContext(context.WithValue(r.Context(), noteKey{}, note)))
	})
}

// where names a request by things of which there are few: whatever strangers
// ask for, no label grows.
func where(pattern, method string) place {
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
	return place{route, method}
}

func (q *Requests) add(at place, out *answered, took time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.counts == nil {
		q.counts, q.times = map[asked]int{}, map[place]*spread{}
	}
	q.counts[asked{at, out.code}]++
	if out.streams() { // it lasts as long as somebody looks
		return
	}
	if q.times[at] == nil {
		q.times[at] = &spread{}
	}
	n, _ := slices.BinarySearch(bounds, took.Seconds())
	q.times[at].in[n]++
	q.times[at].sum += took.Seconds()
}

// Families returns the counts, in the order of their labels.
func (q *Requests) Families(context.Context) []Family {
	q.mu.Lock()
	defer q.mu.Unlock()
	requests := counter("jianbao_http_requests_total", "Requests over HTTP, by the pattern of the route.")
	for key, n := range q.counts {
		requests.Samples = append(requests.Samples, is(n, "route", key.route, "method", key.method, "code", strconv.Itoa(key.code)))
	}
	slices.SortFunc(requests.Samples, byLabels)
	times := Family{Name: "jianbao_http_request_duration_seconds", Help: "How long they took; streams are not among them.", Kind: Histogram}
	for key, s := range q.times {
		times.Samples = append(times.Samples, s.samples("route", key.route, "method", key.method)...)
	}
	slices.SortStableFunc(times.Samples, byRoute)
	return []Family{requests, times}
}

func byLabels(a, b Sample) int { return slices.Compare(a.Labels, b.Labels) }

// byRoute keeps the samples of one histogram together and in their order.
func byRoute(a, b Sample) int { return slices.Compare(a.Labels[:4], b.Labels[:4]) }

func (s *spread) samples(labels ...string) (all []Sample) {
	sum := 0
	for n, in := range s.in {
		sum += in
		bound := math.Inf(1)
		if n < len(bounds) {
			bound = bounds[n]
		}
		all = append(all, Sample{Suffix: "_bucket", Labels: append(slices.Clone(labels), "le", number(bound)), Value: float64(sum)})
	}
	return append(all, Sample{Suffix: "_sum", Labels: labels, Value: s.sum}, Sample{Suffix: "_count", Labels: labels, Value: float64(sum)})
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
