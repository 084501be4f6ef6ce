package traces

import (
	"context"
	"time"

	"github.com/google/uuid"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"jianbao/mailer"
)

// mostLetters is how many letters of a group a span names; of a larger group the
// others are counted only. A span of the SDK holds 128 events.
const mostLetters = 100

// Letters is a queue whose groups have spans: what is claimed together, and what
// is settled together. No letter has one of its own; each is an event of its
// groups, so that its way from the queue to the relay's answer can be found by the
// id that the log and jianbao issue show have too.
func (t *Tracer) Letters(q mailer.Queue) mailer.Queue {
	if t == nil {
		return q
	}
	return queue{q, t}
}

type queue struct {
	mailer.Queue
	t *Tracer
}

// Claim implements mailer.Queue. That nothing waits makes no span.
func (q queue) Claim(ctx context.Context, limit int, now, until time.Time) ([]mailer.Delivery, error) {
	began := time.Now()
	all, err := q.Queue.Claim(ctx, limit, now, until)
	if len(all) > 0 || err != nil {
		q.t.past(ctx, "mail claim", began, len(all), err, func(span trace.Span) {
			for _, d := range all[:min(len(all), mostLetters)] {
				letter(span, "claimed", d.ID, d.Dispatch)
			}
		})
	}
	return all, err
}

// Record implements mailer.Queue.
func (q queue) Record(ctx context.Context, outcomes []mailer.Outcome, marks []mailer.Mark) ([]uuid.UUID, error) {
	began := time.Now()
	held, err := q.Queue.Record(ctx, outcomes, marks)
	q.t.past(ctx, "mail settle", began, len(outcomes)+len(marks), err, func(span trace.Span) {
		for _, o := range outcomes[:min(len(outcomes), mostLetters)] {
			letter(span, string(o.State), o.Delivery, o.Dispatch, attribute.Int("smtp.code", o.Code), attribute.String("jianbao.stage", string(o.Stage)))
		}
	})
	return held, err
}

// letter says in a span what became of a letter: ids and numbers, no words.
func letter(span trace.Span, became string, id, dispatch uuid.UUID, more ...attribute.KeyValue) {
	about := []attribute.KeyValue{attribute.String("jianbao.delivery", id.String()), attribute.String("jianbao.dispatch", dispatch.String())}
	span.AddEvent("letter "+became, trace.WithAttributes(append(about, more...)...))
}
