package traces_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	wire "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"jianbao/cmd/jianbao/traces"
	"jianbao/fault"
)

// A receiver is a collector of OTLP over HTTP, as its specification has it
// (OTLP 1.x, "OTLP/HTTP").
type receiver struct {
	*httptest.Server
	mu    sync.Mutex
	spans []*wire.Span
	raw   string
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, in *http.Request) {
		body, err := io.ReadAll(in.Body)
		var sent collector.ExportTraceServiceRequest
		if err != nil || in.Method != http.MethodPost || in.URL.Path != "/v1/traces" || in.Header.Get("Content-Type") != "application/x-protobuf" || proto.Unmarshal(body, &sent) != nil {
			http.Error(w, "no traces", http.StatusBadRequest)
			return
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.raw += string(body)
		for _, of := range sent.ResourceSpans {
			for _, scope := range of.ScopeSpans {
				r.spans = append(r.spans, scope.Spans...)
			}
		}
		w.Header().Set("Content-Type", "application/x-protobuf")
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) names() (names []string) {
	for _, s := range r.spans {
		names = append(names, s.Name)
	}
	return names
}

// patterned serves by a pattern that it tells.
func patterned(r *http.Request) (*http.Request, func() string) {
	return r, func() string { return "GET /issues/{id}" }
}

func TestTracesArriveAndSayNothingOfAnybody(t *testing.T) {
	r := newReceiver(t)
	tracer, err := traces.Start(t.Context(), traces.Config{Endpoint: r.URL + "/", Version: "v1"})
	if err != nil {
		t.Fatal(err)
	}
	handler := tracer.HTTP(http.HandlerFunc(func(w http.ResponseWriter, in *http.Request) {
		inner, done := tracer.Span(in.Context(), "look")
		_, failed := tracer.Within(inner, "db select issue")
		failed(context.Canceled)
		_, alone := tracer.Within(context.Background(), "db select nobody's")
		alone(nil)
		done(fault.New(fault.Conflict, fault.Reason{Key: "张三"}))
		w.WriteHeader(http.StatusBadGateway)
	}), patterned)
	in := httptest.NewRequest("GET", "/issues/0199-secret-id?q=secret-words", nil)
	in.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	handler.ServeHTTP(httptest.NewRecorder(), in)
	if err := tracer.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
	names := r.names()
	slices.Sort(names)
	if strings.Join(names, ", ") != "GET /issues/{id}, db select issue, look" {
		t.Fatalf("spans: %v", names)
	}
	for _, s := range r.spans {
		if s.Status.Code != wire.Status_STATUS_CODE_ERROR {
			t.Errorf("%s failed, and its span says nothing of it", s.Name)
		}
		if got := s.TraceId; len(got) != 16 || got[0] != 0x0a {
			t.Errorf("%s is not in the trace of whoever asked: %x", s.Name, got)
		}
	}
	silent(t, r, "secret", "张三")
}

// silent fails if a word was sent.
func silent(t *testing.T, r *receiver, words ...string) {
	t.Helper()
	for _, word := range words {
		if strings.Contains(r.raw, word) {
			t.Errorf("%q left the program", word)
		}
	}
}

func TestWithoutAnEndpointNothingIsMade(t *testing.T) {
	tracer, err := traces.Start(t.Context(), traces.Config{})
	if tracer != nil || err != nil {
		t.Fatalf("%v, %v", tracer, err)
	}
	next := http.NewServeMux()
	if got := tracer.HTTP(next, patterned); got != http.Handler(next) {
		t.Error("a handler is wrapped for nothing")
	}
	_, done := tracer.Span(t.Context(), "look")
	done(nil)
	if err := tracer.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := traces.Start(t.Context(), traces.Config{Endpoint: "collector:4318"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("no address: %v", err)
	}
}
