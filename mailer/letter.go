package mailer

import (
	"context"
	"log/slog"
	"strings"

	"github.com/google/uuid"
)

// A letter is a delivery on its way through a connection.
type letter struct {
	Delivery
	issue  uuid.UUID // what it is about; nil where it was not composed
	parcel *Parcel   // nil if it cannot be sent
	unfit  Answer    // then: why
	// marked answers whether the delivery's mark is committed; nil before it was
	// asked for.
	marked   chan error
	answered bool
	verdict  error
}

// leave waits for the mark, which must have been asked for.
func (l *letter) leave() error {
	if !l.answered {
		l.verdict, l.answered = <-l.marked, true
	}
	return l.verdict
}

// compose makes the parcel of a letter, or the answer that says why not.
func (r *run) compose(ctx context.Context, l *letter) {
	shared, err := r.shelf.letter(ctx, l.Dispatch)
	if err == nil {
		l.issue = shared.content.Issue
		l.parcel, err = shared.Parcel(l.Delivery)
	}
	if err == nil && r.ReturnPath != "" {
		l.parcel.From = strings.Replace(r.ReturnPath, "*", l.ID.String(), 1)
	}
	if err != nil {
		l.unfit = unsent(ctx, err)
	}
}

// A redacted address is shortened when it is logged, and only then.
type redacted string

// LogValue implements slog.LogValuer.
func (a redacted) LogValue() slog.Value { return slog.StringValue(Redact(string(a))) }

// redactedWords are a relay's, in which addresses are shortened when they are
// logged.
type redactedWords string

// LogValue implements slog.LogValuer.
func (w redactedWords) LogValue() slog.Value { return slog.StringValue(redactWords(string(w))) }
