package mailer

import (
	"time"

	"github.com/google/uuid"
)

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
	Dispatch uuid.UUID // of the delivery, for whoever watches its progress
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
