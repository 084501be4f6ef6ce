package metrics

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// routes is a mux within a mux, as the pages have them.
func routes() *http.ServeMux {
	inner := http.NewServeMux()
	inner.HandleFunc("GET /issues/{id}", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok")) })
	inner.HandleFunc("POST /issues/{id}", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusConflict) })
	inner.HandleFunc("GET /live", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		if err := http.NewResponseController(w).Flush(); err != nil {
			panic(err)
		}
	})
	outer := http.NewServeMux()
	outer.HandleFunc("GET /livez", func(http.ResponseWriter, *http.Request) {})
	outer.Handle("/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Named(inner).ServeHTTP(w, r.WithContext(r.Context())) // a copy, as middleware makes it
	}))
	return outer
}

func get(h http.Handler, method, target string) int {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, target, nil))
	return w.Code
}

func TestRequestsAreCountedByTheirPattern(t *testing.T) {
	at := now
	q := &Requests{Now: func() time.Time { at = at.Add(30 * time.Millisecond); return at }}
	h := q.Count(Named(routes()))
	for _, asked := range []string{"GET /issues/1", "GET /issues/2", "POST /issues/3", "GET /livez", "GET /live", "GET /nothing", "BREW /issues/4"} {
		method, target, _ := strings.Cut(asked, " ")
		get(h, method, target)
	}
	all := q.Families(t.Context())
	has(t, all,
		`jianbao_http_requests_total{route="/issues/{id}",method="GET",code="200"} 2`, `jianbao_http_requests_total{route="/issues/{id}",method="POST",code="409"} 1`,
		`jianbao_http_requests_total{route="/livez",method="GET",code="200"} 1`, `jianbao_http_requests_total{route="/live",method="GET",code="200"} 1`,
		`jianbao_http_request_duration_seconds_bucket{route="/issues/{id}",method="GET",le="0.025"} 0`,
		`jianbao_http_request_duration_seconds_bucket{route="/issues/{id}",method="GET",le="0.05"} 2`,
		`jianbao_http_request_duration_seconds_bucket{route="/issues/{id}",method="GET",le="+Inf"} 2`,
		`jianbao_http_request_duration_seconds_count{route="/issues/{id}",method="GET"} 2`)
	for _, f := range all {
		for _, s := range f.Samples {
			if said := strings.Join(s.Labels, " "); strings.Contains(said, "/issues/1") || strings.Contains(said, "nothing") || strings.Contains(said, "BREW") {
				t.Errorf("%s has what somebody asked for as a label: %s", f.Name, said)
			}
			if f.Kind == Histogram && s.Labels[1] == "/live" {
				t.Error("a stream counts as a slow page")
			}
		}
	}
}

// A page that breaks is counted too.
func TestAPanicIsCounted(t *testing.T) {
	q, mux := &Requests{}, http.NewServeMux()
	mux.HandleFunc("GET /bad", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	func() {
		defer func() { _ = recover() }()
		get(q.Count(Named(mux)), "GET", "/bad")
	}()
	has(t, q.Families(t.Context()), `jianbao_http_requests_total{route="/bad",method="GET",code="200"} 1`)
}
