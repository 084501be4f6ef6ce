package mailer

import (
	"context"
	"time"
)

// claim feeds the connections until the context is cancelled.
func (r *run) claim(ctx context.Context, letters chan<- Delivery) {
	failures := 0
	for ctx.Err() == nil {
		n, err := r.claimSome(ctx, letters)
		switch {
		case err != nil:
			r.log.Error("claim", "err", err)
			failures = min(failures+1, 5)
			r.rest(ctx, r.poll<<failures)
		case n == 0:
			failures = 0
			r.rest(ctx, r.poll)
		}
	}
}

// claimSome claims as many as the gate lets through and hands them on.
func (r *run) claimSome(ctx context.Context, letters chan<- Delivery) (int, error) {
	limit := claimSize
	switch r.gate.pass(r.now()) {
	case closed:
		return 0, nil
	case single:
		if r.held.count() > 0 {
			return 0, nil
		}
		limit = 1
	}
	// A claim that was begun is finished: one that is cancelled halfway may be
	// committed and unknown to us, and would wait for its lease to run out.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storePatience)
	defer cancel()
	now := r.now()
	claimed, err := r.Queue.Claim(ctx, limit, now, now.Add(r.lease))
	if err != nil {
		return 0, err
	}
	r.Counters.Claimed.Add(int64(len(claimed)))
	r.held.add(claimed)
	for _, d := range claimed {
		letters <- d // connections take or give back whatever is handed to them
	}
	return len(claimed), nil
}

// rest waits, or until somebody says that there is work.
func (r *run) rest(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-r.hints():
	}
}

// tend keeps our leases alive and takes back what other engines let lapse.
func (r *run) tend(ctx context.Context) {
	ticker := time.NewTicker(r.lease / 3)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if r.renew(ctx) {
				r.reap(ctx)
			}
		}
	}
}

// renew reports whether the leases were renewed: an engine that cannot renew
// its own has no business reaping.
func (r *run) renew(ctx context.Context) bool {
	now := r.now()
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

func (r *run) reap(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, storePatience)
	defer cancel()
	reaped, err := r.Queue.Reap(ctx, r.now(), r.policy)
	if err != nil {
		if ctx.Err() == nil {
			r.log.Error("reap", "err", err)
		}
		return
	}
	for _, id := range reaped.Uncertain {
		r.log.Warn("letter is uncertain: its engine died behind the mark", "delivery", id)
	}
	if n := len(reaped.Requeued); n > 0 {
		r.log.Warn("deliveries taken back from a dead engine", "count", n)
	}
}
