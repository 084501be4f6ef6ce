package mailer

import (
	"context"
	"slices"
	"time"
)

// How many deliveries are claimed at once, at least and at most.
const (
	fewestClaimed = 4
	mostClaimed   = 128
)

// A claimer feeds the connections. It claims when what it claimed before is
// nearly used up, and as many as go in a short while: letters that lie claimed
// before a slow relay keep urgent ones waiting.
type claimer struct {
	*run
	letters chan<- []Delivery
	limit   int
	last    time.Time // of the claim before
	free    time.Time // when the relay's budget has more; zero: it has
}

func (r *run) claim(ctx context.Context, letters chan []Delivery) {
	c := &claimer{run: r, letters: letters, limit: r.atLeast(), last: r.now()}
	failures := 0
	for ctx.Err() == nil {
		for len(letters)*r.portion() > c.limit && ctx.Err() == nil {
			select {
			case <-ctx.Done():
			case <-r.took:
			}
		}
		n, err := c.some(ctx)
		switch {
		case err != nil:
			r.log.Error("claim", "err", err)
			failures = min(failures+1, 5)
			r.rest(ctx, r.poll<<failures)
		case n == 0:
			failures = 0
			r.rest(ctx, r.poll)
		case !c.free.IsZero():
			r.rest(ctx, max(c.free.Sub(r.now()), 0))
		}
	}
}

// atLeast is enough for every connection to have something to do.
func (r *run) atLeast() int { return min(max(r.connections*r.portion(), fewestClaimed), mostClaimed) }

// adapt claims more of what goes fast and less of what goes slowly.
func (c *claimer) adapt(now time.Time) {
	const soon, late = 100 * time.Millisecond, time.Second
	switch since := now.Sub(c.last); {
	case since < soon:
		c.limit = min(2*c.limit, mostClaimed)
	case since > late:
		c.limit = max(c.limit/2, c.atLeast())
	}
	c.last = now
}

// some claims as many as the gate lets through and hands them on.
func (c *claimer) some(ctx context.Context) (int, error) {
	limit := c.limit
	switch c.pass(c.now()) {
	case closed:
		return 0, nil
	case single:
		if c.held.count() > 0 {
			return 0, nil
		}
		limit = 1
	}
	// A claim that was begun is finished: one that is cancelled halfway may be
	// committed and unknown to us, and would wait for its lease to run out.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storePatience)
	defer cancel()
	now := c.now()
	claimed, err := c.Queue.Claim(ctx, limit, now, now.Add(c.lease))
	if err != nil {
		return 0, err
	}
	c.adapt(now)
	c.Counters.Claimed.Add(int64(len(claimed)))
	c.held.add(claimed)
	going, relayAt := c.polite(ctx, claimed)
	c.free = relayAt
	for portion := range slices.Chunk(going, c.portion()) {
		c.letters <- portion // connections take or give back whatever is handed to them
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
