package mailer

import (
	"time"

	"github.com/google/uuid"
)

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
