// Package logs writes what the program has to say about itself: one line for
// each event, as text or as JSON, with the same keys everywhere.
//
//	log, err := logs.New(os.Stderr, logs.JSON)
//	handler = logs.HTTP(handler, log, route)        // a line for each request
//	log.InfoContext(r.Context(), "kept", …)         // has the request's id and issue
//
// # Keys
//
//	request   id of the request that something happened in, also in the header
//	          X-Request-Id of its answer; made here, never taken from a client
//	issue     id of the issue that a line is about: of a request under
//	          …/issues/ID, of a letter, of what the scheduler did
//	route     pattern of the route. Addresses are not logged: they hold tokens
//	status, took, delivery, dispatch, state, error (or err)
//
// # What is never there
//
// Passwords, tokens, cookies, what an issue says, names and addresses of people
// (a mail address is shortened to its first letter and its domain where a relay
// quotes it). A test runs the program with secrets and looks for them.
package logs

import (
	"context"
	"io"
	"log/slog"
)

// A Form is how lines are written.
type Form string

const (
	Text Form = "text" // key=value, for people and journald
	JSON Form = "json" // an object for each line, for collectors
)

// New returns a logger that writes lines to w, with what is known of the request
// that they are about.
func New(w io.Writer, form Form) *slog.Logger {
	var lines slog.Handler = slog.NewTextHandler(w, nil)
	if form == JSON {
		lines = slog.NewJSONHandler(w, nil)
	}
	return slog.New(handler{lines})
}

// A handler adds what the context knows.
type handler struct{ slog.Handler }

// aboutKey is where a context keeps the attributes of its lines.
type aboutKey struct{}

// about returns a context whose lines have these attributes.
func about(ctx context.Context, attrs []slog.Attr) context.Context {
	return context.WithValue(ctx, aboutKey{}, attrs)
}

// Handle implements slog.Handler. What a line says of itself goes before what its
// context says.
func (h handler) Handle(ctx context.Context, r slog.Record) error {
	attrs, _ := ctx.Value(aboutKey{}).([]slog.Attr)
	if len(attrs) == 0 {
		return h.Handler.Handle(ctx, r)
	}
	said := map[string]bool{}
	r.Attrs(func(a slog.Attr) bool {
		said[a.Key] = true
		return true
	})
	r = r.Clone()
	for _, a := range attrs {
		if !said[a.Key] {
			r.AddAttrs(a)
		}
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return handler{h.Handler.WithAttrs(attrs)}
}

// WithGroup implements slog.Handler.
func (h handler) WithGroup(name string) slog.Handler { return handler{h.Handler.WithGroup(name)} }
