package mailer

import (
	"context"
	"time"
)

// tend keeps our leases alive and takes back what other engines let lapse.
func (r *run) tend(ctx context.Context) {
	ticker := time.NewTicker(r.lease / 3)
	defer ticker.Stop()
	w := watch{lease: r.lease}
	w.stepped(r.now(), time.Now())
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.lost:
			r.renew(ctx, r.now())
		case <-ticker.C:
			// What was renewed as of now has not lapsed as of now, however long
			// the renewal took.
			now := r.now()
			stepped := w.stepped(now, time.Now())
			if r.renew(ctx, now) && !stepped {
				r.reap(ctx, now)
			}
		}
	}
}

// A watch notices that the clock was put forward. Then the leases of all engines
// on that clock look lapsed, until each has renewed its own.
type watch struct {
	lease time.Duration
	wall  time.Time // by the clock, when it was looked at last
	run   time.Time // by what no clock that is set moves
	until time.Time // leases are not trusted before, by the same
}

// stepped reports whether the clock was put forward within the last lease. now is
// the clock's time, and run bears a monotonic reading.
func (w *watch) stepped(now, run time.Time) bool {
	now = now.Round(0) // without the monotonic reading, which does not see it
	if ahead := now.Sub(w.wall) - run.Sub(w.run); !w.wall.IsZero() && ahead > w.lease/3 {
		w.until = run.Add(w.lease)
	}
	w.wall, w.run = now, run
	return run.Before(w.until)
}

// renew moves our leases, as of now, and reports whether it could: an engine that
// cannot renew its own has no business reaping.
func (r *run) renew(ctx context.Context, now time.Time) bool {
	held := r.held.marks(now)
	if len(held) == 0 {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, storePatience)
	defer cancel()
	renewed, err := r.Queue.Renew(ctx, held, now.Add(r.lease))
	if err != nil {
		if ctx.Err() == nil {
			r.log.Error("renew", "held", len(held), "err", err)
		}
		return false
	}
	if lost := r.held.keep(held, renewed); lost > 0 {
		r.log.Warn("leases lost", "count", lost)
	}
	return true
}

// reap takes back what has lapsed by now.
func (r *run) reap(ctx context.Context, now time.Time) {
	ctx, cancel := context.WithTimeout(ctx, storePatience)
	defer cancel()
	reaped, err := r.Queue.Reap(ctx, now, r.policy)
	if err != nil {
		if ctx.Err() == nil {
			r.log.Error("reap", "err", err)
		}
		return
	}
	for _, id := range reaped.Uncertain {
		r.log.Warn("letter is uncertain: its engine died behind the mark", "delivery", id, "issue", reaped.Issues[id])
	}
	if n := len(reaped.Requeued); n > 0 {
		r.log.Warn("deliveries taken back from a dead engine", "count", n)
	}
}
