package traces

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
)

// Letters is a queue whose groups have spans: what is claimed together, and what
// is settled together. No letter has one of its own.
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
		q.t.past(ctx, "mail claim", began, len(all), err)
	}
	return all, err
}

// Record implements mailer.Queue.
func (q queue) Record(ctx context.Context, outcomes []mailer.Outcome, marks []mailer.Mark) ([]uuid.UUID, error) {
	began := time.Now()
	held, err := q.Queue.Record(ctx, outcomes, marks)
	q.t.past(ctx, "mail settle", began, len(outcomes)+len(marks), err)
	return held, err
}
