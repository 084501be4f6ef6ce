// Package housekeeping deletes what has served its purpose, long after it did:
// once a day, in small batches, by spans that are written here and nowhere else.
//
// What it may touch is the list [Sorts], and nothing of an issue's history is on
// it: events, texts, decisions, letters, attempts, receipts, copies and files
// are never deleted by the program itself. Of what it deletes it keeps whatever
// is still needed:
//
//   - a notice that nobody has read, that still asks for something, or whose
//     issue is still under way, however old it is;
//   - a ticket that could still be used;
//   - the last fire of every schedule, from which the scheduler goes on.
//
// Any number of processes may keep house over one database: what one has deleted
// the others do not find.
package housekeeping

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// A Sort is one sort of rows that age.
type Sort string

// The sorts.
const (
	Notices  Sort = "notices"  // said, and read or settled
	Fires    Sort = "fires"    // ticks of schedules, made or let go
	Tickets  Sort = "tickets"  // one-time answers by link
	Answers  Sort = "answers"  // what was answered under an Idempotency-Key
	Sessions Sort = "sessions" // of people who signed in
	Tries    Sort = "tries"    // of passwords and codes, as they were counted
)

const day = 24 * time.Hour

// Span is how long rows of a sort are kept after they ceased to matter. Notices
// and fires are records of who was told what and of what the scheduler did: they
// are kept for thirteen months, so that a year can be looked back upon when it is
// over. An expired ticket is kept for a quarter, so that whoever follows an old
// link is told that it expired. The others are of no use once they are over; a
// day lies between for clocks that differ.
func (s Sort) Span() time.Duration {
	switch s {
	case Notices, Fires:
		return 13 * 31 * day
	case Tickets:
		return 90 * day
	case Answers:
		return 7 * day
	}
	return day
}

// Sorts lists every sort.
func Sorts() []Sort { return []Sort{Notices, Fires, Tickets, Answers, Sessions, Tries} }

// Books is what this room needs of storage.
type Books interface {
	// Prune deletes up to limit rows of a sort that have not mattered since
	// before, the oldest first, in one transaction, and returns how many.
	Prune(ctx context.Context, sort Sort, before time.Time, limit int) (int, error)
}

// The bounds of one day's work: what is beyond waits for the next day.
const (
	batch   = 500
	batches = 200 // of each sort
)

// A Keeper keeps house. Books, Now and Log are required.
type Keeper struct {
	Books Books
	Now   func() time.Time
	Log   *slog.Logger
	// Deleted is told how many rows of a sort were deleted; may be nil.
	Deleted func(sort Sort, n int)
	// Every is the time between two rounds of Run; 0 is a day.
	Every time.Duration
}

// Round deletes what is old enough now. It does all it can and returns what
// failed, joined.
func (k Keeper) Round(ctx context.Context) (err error) {
	for _, sort := range Sorts() {
		n, failed := k.clear(ctx, sort)
		if n > 0 {
			k.Log.Info("housekeeping", "sort", string(sort), "deleted", n)
		}
		if n > 0 && k.Deleted != nil {
			k.Deleted(sort, n)
		}
		err = errors.Join(err, failed)
	}
	return err
}

func (k Keeper) clear(ctx context.Context, sort Sort) (deleted int, err error) {
	before := k.Now().Add(-sort.Span())
	for range batches {
		n, err := k.Books.Prune(ctx, sort, before, batch)
		deleted += n
		if err != nil || n < batch {
			return deleted, err
		}
	}
	return deleted, nil
}

// Run does a round now and then once a day, until ctx ends, and returns nil
// then. What fails is logged and tried again in the next round.
func (k Keeper) Run(ctx context.Context) error {
	every := k.Every
	if every == 0 {
		every = day
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := k.Round(ctx); err != nil && ctx.Err() == nil {
			k.Log.Error("housekeeping", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
