// Package hints says sooner than one would look that there is something to see:
// that letters of an issue moved, that there are letters to send, that an issue
// was changed.
//
//	hub := hints.New(carry)
//	go hub.Run(ctx)                            // carries on what is given, here and to other processes
//	hub.Give(hints.Hint{Topic: hints.Sent, About: issue})
//	moved, end := hub.Hear(func(h hints.Hint) bool { return h.About == issue })
//	defer end()
//	hub.Last(ctx)                              // what was given where nothing ran, before the process ends
//
// A hint is no more than that. Nothing is decided by one, none is kept, and any
// may be lost or come twice: who hears it looks into the database, and who hears
// nothing for a while looks as well. So a hint costs no transaction, and where
// none can be carried (see [Hub.Heard]) things take as long as the next look.
//
// Hints about the same thing are carried on at once and then once in [Gap] at
// most, however many were given: a thousand letters a second are one hint a
// second.
//
// The package knows no database. Package store carries hints by PostgreSQL's
// NOTIFY, and within one process where the database is SQLite.
package hints

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// A Topic is what sort of thing happened.
type Topic string

const (
	Changed Topic = "changed" // the history of an issue grew, or a mail came in
	Sent    Topic = "sent"    // letters of an issue have an outcome
	Queued  Topic = "queued"  // there are letters to send
)

// A Hint says that something happened; About is the id of what it happened to,
// the nil id where that does not matter.
type Hint struct {
	Topic Topic
	About uuid.UUID
}

// Gap is the time between two hints of the same thing that one process carries.
const Gap = time.Second

// A Carry takes hints to other processes, and returns them as they are to be
// heard here. It may fail: what it was given is lost then.
type Carry func(ctx context.Context, given []Hint) ([]Hint, error)

// A Hub is where hints are given and heard. It may be used by several
// goroutines. The nil Hub takes nothing and is never heard.
type Hub struct {
	carry   Carry
	gap     time.Duration
	running atomic.Bool
	heard   atomic.Bool
	kick    chan struct{} // holds a token when something was given

	mu   sync.Mutex
	ears map[chan struct{}]func(Hint) bool
	next plan
}

// New returns a hub that carries by a function, which has no more than one call
// at a time.
func New(carry Carry) *Hub {
	return &Hub{carry: carry, gap: Gap, kick: make(chan struct{}, 1), ears: map[chan struct{}]func(Hint) bool{}, next: newPlan()}
}

// Kept is how many hints wait where nothing runs that could carry them, as in a
// command that ends in a moment; more are dropped.
const Kept = 100

// Give hands hints in. It never waits. Where nothing runs that could carry them
// a few are kept for [Hub.Last].
func (h *Hub) Give(all ...Hint) {
	if h == nil || len(all) == 0 {
		return
	}
	h.mu.Lock()
	for _, hint := range all {
		if h.running.Load() || len(h.next.waits) < Kept {
			h.next.waits[hint] = true
		}
	}
	h.mu.Unlock()
	knock(h.kick)
}

// Hear returns a channel that holds a token once a hint came that is wanted,
// until end is called.
func (h *Hub) Hear(wants func(Hint) bool) (came <-chan struct{}, end func()) {
	if h == nil {
		return nil, func() {}
	}
	ear := make(chan struct{}, 1)
	h.mu.Lock()
	h.ears[ear] = wants
	h.mu.Unlock()
	return ear, func() {
		h.mu.Lock()
		delete(h.ears, ear)
		h.mu.Unlock()
	}
}

// Heard reports whether hints of other processes come in, so that whoever waits
// for them may look seldom.
func (h *Hub) Heard() bool { return h != nil && h.heard.Load() }

// Listens says whether hints of other processes come in from now on. Where that
// changes everybody is told to look: something may have happened unheard.
func (h *Hub) Listens(heard bool) {
	if h.heard.Swap(heard) != heard {
		h.everybody()
	}
}

// Tell passes hints on to those who want them here.
func (h *Hub) Tell(all ...Hint) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ear, wants := range h.ears {
		for _, hint := range all {
			if wants(hint) {
				knock(ear)
				break
			}
		}
	}
}

func (h *Hub) everybody() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ear := range h.ears {
		knock(ear)
	}
}

// Run carries hints until the context ends; failed is told what could not be
// carried.
func (h *Hub) Run(ctx context.Context, failed func(error)) {
	h.running.Store(true)
	defer h.running.Store(false)
	for ctx.Err() == nil {
		h.mu.Lock()
		due, wait := h.next.take(time.Now(), h.gap)
		h.mu.Unlock()
		if len(due) == 0 {
			h.rest(ctx, wait)
			continue
		}
		here, err := h.carry(ctx, due)
		if err != nil && ctx.Err() == nil {
			failed(err)
		}
		h.Tell(here...)
	}
}

// Last carries at once what waits still, when nothing runs, or nothing any more.
func (h *Hub) Last(ctx context.Context) error {
	h.mu.Lock()
	due, _ := h.next.take(time.Now(), 0)
	h.mu.Unlock()
	if len(due) == 0 {
		return nil
	}
	here, err := h.carry(ctx, due)
	h.Tell(here...)
	return err
}

// rest waits for something to be given, or, if wait is not zero, until what was
// given may go.
func (h *Hub) rest(ctx context.Context, wait time.Duration) {
	var again <-chan time.Time
	if wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		again = timer.C
	}
	select {
	case <-ctx.Done():
	case <-h.kick:
	case <-again:
	}
}

// knock puts a token into a channel that holds one.
func knock(door chan<- struct{}) {
	select {
	case door <- struct{}{}:
	default:
	}
}
