package traces

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"jianbao/fault"
)

// past makes the span of something that is over, with how many things it was
// about and what more is to be told of them.
func (t *Tracer) past(ctx context.Context, name string, began time.Time, n int, err error, tell func(trace.Span)) {
	_, span := t.of().Start(ctx, name, trace.WithTimestamp(began))
	span.SetAttributes(attribute.Int("jianbao.count", n))
	tell(span)
	if err != nil {
		span.SetStatus(codes.Error, string(fault.CodeOf(err)))
	}
	span.End()
}
