package mailer

import (
	"context"
	"net/mail"
	"time"

	"github.com/google/uuid"
)

// A State is where a delivery stands.
//
//	queued → claimed → data → accepted | deferred | failed | uncertain
//
// deferred is queued again when its time comes. accepted may later turn to
// bounced. cancelled ends a delivery that was not claimed; held waits for a
// person.
type State string

// The states of a delivery.
const (
	Queued    State = "queued"
	Claimed   State = "claimed"   // an engine holds it under a lease
	Data      State = "data"      // about to send the final dot
	Accepted  State = "accepted"  // the relay took it
	Deferred  State = "deferred"  // the relay said later (4xx), or was not reached
	Failed    State = "failed"    // the relay said no (5xx), or the time is up
	Uncertain State = "uncertain" // it may have gone, and it may not
	Bounced   State = "bounced"   // it came back after it had been accepted
	Cancelled State = "cancelled"
	Held      State = "held"
)

// Final reports whether the engine is done with a delivery in this state: a
// person, a receipt or a bounce may still change it.
func (s State) Final() bool {
	switch s {
	case Accepted, Failed, Uncertain, Bounced, Cancelled:
		return true
	}
	return false
}

// A Delivery is one letter to one address: one row per (dispatch, unit,
// address), which is at once the queue and the book.
type Delivery struct {
	ID       uuid.UUID
	Dispatch uuid.UUID
	Unit     uuid.UUID
	Name     string // the unit's full name, the display name of To
	Address  string
	// Alternates are the unit's further addresses; the next delivery is made
	// from the first of them when this one has failed.
	Alternates []string
	State      State
	Tries      int       // attempts begun and settled so far
	NextAt     time.Time // not to be claimed before
	Created    time.Time
	// Token fences: whoever settles must hold the token of the last claim.
	Token      uuid.UUID
	LeaseUntil time.Time
	// Code, Words and QueueID are the relay's last answer: 250, "2.0.0 queued
	// as 4B1F", 4B1F.
	Code    int
	Words   string
	QueueID string
	Updated time.Time
}

// MessageID returns the Message-ID of the letter, without angle brackets. It is
// the delivery's, so that it stays the same over retries (RFC 5322 3.6.4).
func (d Delivery) MessageID(domain string) string { return d.ID.String() + "@" + domain }

// Content is what every letter of one dispatch has in common, frozen when the
// dispatch was made.
type Content struct {
	Dispatch    uuid.UUID
	Urgent      bool
	From        mail.Address
	ReplyTo     string // an address, or ""
	ListID      string // RFC 2919, without angle brackets, or ""
	Subject     string
	Text        []byte // UTF-8
	HTML        []byte // UTF-8
	Attachments []Attachment
}

// An Attachment is a file that goes with every letter of a dispatch.
type Attachment struct {
	Name string // 鄂尔多斯科技简报2021年第8期.pdf
	Type string // application/pdf
	Data []byte
}

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
}

// A Stage is how far a letter got in its SMTP transaction.
type Stage string

// The stages.
const (
	Dial  Stage = "dial" // connecting, TLS, greeting, AUTH
	Mail  Stage = "mail"
	Rcpt  Stage = "rcpt"
	Body  Stage = "body" // DATA and the text, before the final dot
	Dot   Stage = "dot"  // the final dot was sent, no answer came
	Reply Stage = "reply"
)

// An Outcome is how one attempt ended and what the delivery becomes: it is
// made by judge and written by Record.
type Outcome struct {
	Delivery uuid.UUID
	Token    uuid.UUID
	State    State // Accepted, Deferred, Failed, Uncertain, or Queued: given back untried
	NextAt   time.Time
	Began    time.Time
	Ended    time.Time
	Stage    Stage
	Relay    string // host:port
	Code     int    // SMTP reply code, 0 if there was none
	Enhanced string // RFC 3463, 5.2.2
	Words    string // the relay's words, or what broke; at most 500 characters
	QueueID  string
}

// An Attempt is the append-only row of one try.
type Attempt struct {
	ID       uuid.UUID
	Delivery uuid.UUID
	N        int // 1-based
	Outcome
}
