// Package traces sends what the program does as OpenTelemetry traces, by OTLP over
// HTTP, to whoever collects them; where no endpoint is configured nothing is made
// and nothing leaves.
//
//	t, err := traces.Start(ctx, traces.Config{Endpoint: "http://collector:4318", Version: version})
//	defer t.Stop(ctx)
//	handler = t.HTTP(handler, route)         // a span for each request
//	ctx, done := t.Span(ctx, "scheduler look")
//	defer func() { done(err) }()
//
// A span says what was done, how long it took and whether it failed, and nothing
// about whom: requests are named by the pattern of their route, without ids,
// addresses and queries; letters have no spans of their own, but are events, by
// their ids, of the groups in which they are claimed and settled; calls to the database are named by
// what they do to which table. Errors are told by their code.
//
// No room of the domain imports this package, nor OpenTelemetry: cmd puts spans
// around what it wires.
package traces

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"jianbao/fault"
)

// Config says where traces go.
type Config struct {
	// Endpoint is the base address of a collector, as OTEL_EXPORTER_OTLP_ENDPOINT
	// has it: http://127.0.0.1:4318; "" sends none.
	Endpoint string
	Version  string // of the program
}

// A Tracer makes spans. The nil Tracer makes none.
type Tracer struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// Start returns a tracer that sends what it makes in the background; nil where
// there is no endpoint. It fails with fault.Invalid if that is no address.
func Start(ctx context.Context, c Config) (*Tracer, error) {
	if c.Endpoint == "" {
		return nil, nil
	}
	if !strings.HasPrefix(c.Endpoint, "http://") && !strings.HasPrefix(c.Endpoint, "https://") {
		return nil, fault.New(fault.Invalid, badEndpoint.With(c.Endpoint))
	}
	out, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(strings.TrimSuffix(c.Endpoint, "/")+"/v1/traces"))
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	about := resource.NewSchemaless(attribute.String("service.name", "jianbao"), attribute.String("service.version", c.Version))
	provider := sdk.NewTracerProvider(sdk.WithBatcher(out), sdk.WithResource(about))
	return &Tracer{provider, provider.Tracer("jianbao")}, nil
}

var badEndpoint = fault.Say("cmd.traces.bad-endpoint", "追踪的接收地址应以 http:// 或 https:// 开头：%q", "the endpoint for traces begins with http:// or https://: %q")

// Stop sends what is left.
func (t *Tracer) Stop(ctx context.Context) error {
	if t == nil {
		return nil
	}
	return t.provider.Shutdown(ctx)
}

func (t *Tracer) of() trace.Tracer {
	if t == nil {
		return noop.Tracer{}
	}
	return t.tracer
}

// Span begins something; done ends it and says how.
func (t *Tracer) Span(ctx context.Context, name string) (inner context.Context, done func(error)) {
	inner, span := t.of().Start(ctx, name)
	return inner, func(err error) {
		if err != nil {
			// The code says enough; words may name people.
			span.SetStatus(codes.Error, string(fault.CodeOf(err)))
		}
		span.End()
	}
}

// Within is Span inside of another one; where there is none it makes none, so
// that calls to the database are seen as parts of what they were made for.
func (t *Tracer) Within(ctx context.Context, name string) (inner context.Context, done func(error)) {
	if !trace.SpanFromContext(ctx).IsRecording() {
		return ctx, func(error) {}
	}
	return t.Span(ctx, name)
}

// HTTP puts a span around each request, within the trace of whoever asks (W3C
// Trace Context). route tells, when the request was served, by which pattern.
func (t *Tracer) HTTP(next http.Handler, route func(*http.Request) (*http.Request, func() string)) http.Handler {
	if t == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := propagation.TraceContext{}.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
		ctx, span := t.tracer.Start(ctx, r.Method, trace.WithSpanKind(trace.SpanKindServer))
		defer span.End()
		r, pattern := route(r.WithContext(ctx))
		out := &answer{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(out, r)
		name := pattern()
		if _, path, named := strings.Cut(name, " "); named {
			name = path
		}
		span.SetName(r.Method + " " + name)
		span.SetAttributes(attribute.String("http.request.method", r.Method), attribute.String("http.route", name), attribute.Int("http.response.status_code", out.status))
		if out.status >= http.StatusInternalServerError {
			span.SetStatus(codes.Error, http.StatusText(out.status))
		}
	})
}

// An answer remembers its status.
type answer struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
