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
	q := NewRequests(func() time.Time { at = at.Add(30 * time.Millisecond); return at })
	h := q.Count(Named(routes()))
	for _, asked := range []string{"GET /issues/1", "GET /issues/2", "POST /issues/3", "GET /livez", "GET /live", "GET /nothing", "BREW /issues/4"} {
		method, target, _ := strings.Cut(asked, " ")
		get(h, method, target)
	}
	has(t, q,
		`jianbao_http_requests_total{code="200",method="GET",route="/issues/{id}"} 2`, `jianbao_http_requests_total{code="409",method="POST",route="/issues/{id}"} 1`,
		`jianbao_http_requests_total{code="200",method="GET",route="/livez"} 1`, `jianbao_http_requests_total{code="200",method="GET",route="/live"} 1`,
		`jianbao_http_request_duration_seconds_bucket{method="GET",route="/issues/{id}",le="0.025"} 0`,
		`jianbao_http_request_duration_seconds_bucket{method="GET",route="/issues/{id}",le="0.05"} 2`,
		`jianbao_http_request_duration_seconds_bucket{method="GET",route="/issues/{id}",le="+Inf"} 2`,
		`jianbao_http_request_duration_seconds_count{method="GET",route="/issues/{id}"} 2`)
	all := of(t, q)
	for _, said := range []string{"/issues/1", "nothing", "BREW"} {
		if strings.Contains(all, said) {
			t.Errorf("what somebody asked for is a label: %s", said)
		}
	}
	if strings.Contains(all, `duration_seconds_count{method="GET",route="/live"}`) {
		t.Error("a stream counts as a slow page")
	}
}

// A page that breaks is counted too.
func TestAPanicIsCounted(t *testing.T) {
	q, mux := NewRequests(time.Now), http.NewServeMux()
	mux.HandleFunc("GET /bad", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	func() {
		defer func() { _ = recover() }()
		get(q.Count(Named(mux)), "GET", "/bad")
	}()
	has(t, q, `jianbao_http_requests_total{code="200",method="GET",route="/bad"} 1`)
}
