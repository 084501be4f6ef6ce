package mailer

import (
	"context"
	"sync"
	"time"
)

// A halt does to a session what the cancelling of a context asks for, by how far
// its letter is. It watches a context as long as letters come with that one: to
// begin anew for each of them would cost as much as composing it.
type halt struct {
	timed   *timedConn
	done    <-chan struct{} // of the context that is watched
	release func() bool     // ends watching it; nil: there is none

	mu        sync.Mutex
	reach     reach
	grace     time.Duration
	cancelled bool
	turn      int // tells a context from the one before
}

// A reach is how far a letter is, when it comes to stopping.
type reach int

const (
	between    reach = iota // there is no letter: a cancelled context does nothing
	beforeDot               // the connection is dropped
	writingDot              // nothing more is written, and what was may be answered
	behindDot               // the reply has the grace and no longer
)

// watch makes it heed a context from now on.
func (h *halt) watch(ctx context.Context, timed *timedConn) {
	if h.release != nil && h.done == ctx.Done() {
		return
	}
	h.leave()
	h.timed, h.done = timed, ctx.Done()
	h.mu.Lock()
	h.cancelled = false
	h.turn++
	turn := h.turn
	h.mu.Unlock()
	h.release = context.AfterFunc(ctx, func() { h.strike(turn) })
}

// leave stops watching.
func (h *halt) leave() {
	if h.release != nil {
		h.release()
		h.release = nil
	}
}

// at says how far the letter is now, and reports whether the context is not
// cancelled. If it is, what that means here is done before at returns.
func (h *halt) at(r reach, grace time.Duration) (going bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.reach, h.grace = r, grace
	if h.cancelled {
		h.act()
	}
	return !h.cancelled
}

// strike is called when a context is cancelled.
func (h *halt) strike(turn int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if turn == h.turn {
		h.cancelled = true
		h.act()
	}
}

func (h *halt) act() {
	switch h.reach {
	case between:
	case beforeDot:
		_ = h.timed.Conn.Close() // a closed connection stays one
	case writingDot:
		h.timed.silence()
	case behindDot:
		h.timed.finishBy(time.Now().Add(h.grace))
	}
}
