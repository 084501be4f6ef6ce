package mailer

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Parts is where the engine reads what it sends.
type Parts interface {
	// Content returns the frozen content of a dispatch. It never changes for
	// one id and may be kept. It fails with fault.NotFound if there is no such
	// dispatch.
	Content(ctx context.Context, dispatch uuid.UUID) (Content, error)
}

// Queue is what the engine needs of storage. Every method is one transaction.
// Deliveries are fenced: an act under a token that is no longer the
// delivery's is left out of the result and changes nothing.
type Queue interface {
	// Claim takes up to limit deliveries that are queued or deferred and due at
	// now, urgent dispatches first, then fairly between dispatches, then in the
	// order they became due. They become claimed under one new token and a
	// lease that ends at until. No two engines ever claim the same one.
	Claim(ctx context.Context, limit int, now, until time.Time) ([]Delivery, error)

	// Record writes, in one transaction, the outcomes of letters that are
	// settled (each with its attempt row) and the data marks of letters whose
	// final dot is about to be sent. It returns the ids of the marks that hold;
	// a letter whose mark is not among them must not be sent. A failed outcome
	// of a delivery with Alternates queues the delivery to the next address in
	// the same transaction.
	Record(ctx context.Context, outcomes []Outcome, marks []Mark) ([]uuid.UUID, error)

	// Renew moves the leases of claimed and marked deliveries to until and
	// returns the ids that are still held.
	Renew(ctx context.Context, held []Mark, until time.Time) ([]uuid.UUID, error)

	// Reap takes back what a dead engine held at now: claimed deliveries are
	// queued again; those in data become uncertain, or, under Resend, are
	// queued again with the same Message-ID. Each gets an attempt row.
	Reap(ctx context.Context, now time.Time, policy Policy) (Reaped, error)
}

// A Policy says what is done with a letter that may or may not have gone.
type Policy string

// The policies. Ask is the default: a person, a receipt or a bounce decides.
const (
	Ask    Policy = "ask"
	Resend Policy = "resend"
)

// A Mark names a delivery and the token under which it is held.
type Mark struct {
	ID    uuid.UUID
	Token uuid.UUID
	At    time.Time
}

// Reaped is what Reap did.
type Reaped struct {
	Requeued  []uuid.UUID
	Uncertain []uuid.UUID
	// Issues has what the uncertain ones are about, for the log alone; a queue
	// need not know.
	Issues map[uuid.UUID]uuid.UUID
}
