package throttle

import (
	"context"
	"log/slog"
	"time"
)

// A Tally counts tries by key in this process, and tells all others of them
// afterwards, a lot at a time. Nothing that is asked waits for a database before
// it is answered; so each process lets a lot through that no other knows of yet.
type Tally struct {
	name  string
	local *Throttle
	all   Counts
	lot   int
	log   *slog.Logger
}

// Tell has a throttle tally with all processes under a name, lot tries at a
// time. Without counts it counts for itself.
func Tell(name string, local *Throttle, all Counts, lot int, log *slog.Logger) *Tally {
	return &Tally{name, local, all, lot, log}
}

// Take takes a try of a key, and asks this process alone. It returns how long the
// try is too soon, and has taken nothing then; 0 is that it was taken. What was
// taken is to be counted, or returned.
func (t *Tally) Take(now time.Time, key string) time.Duration { return t.local.Take(now, key) }

// Return gives back a try that was taken.
func (t *Tally) Return(key string) { t.local.Return(key) }

// Count counts a try that was taken, and tells the others where that makes a lot.
// While the database does not count, this process alone does.
func (t *Tally) Count(ctx context.Context, now time.Time, key string) {
	if t.all == nil {
		return
	}
	n := t.local.count(key, t.lot)
	if n == 0 {
		return
	}
	during, stop := context.WithTimeout(context.WithoutCancel(ctx), countTime)
	defer stop()
	free, err := t.all.CountTries(during, hidden(t.name, key), now, n, t.local.burst, t.local.every)
	if err != nil {
		t.log.WarnContext(ctx, "tries are counted here alone", "of", t.name, "error", err)
		return
	}
	t.local.learn(key, free)
}
