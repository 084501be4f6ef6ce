package queuetest

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
)

// Claims last a minute from start.
var (
	inTheLease  = start.Add(59 * time.Second)
	afterLease  = start.Add(time.Minute)
	muchLater   = start.Add(10 * time.Minute)
	afterThatTo = start.Add(20 * time.Minute)
)

func (b *bench) reap(now time.Time, policy mailer.Policy) mailer.Reaped {
	b.Helper()
	reaped, err := b.Queue.Reap(b.ctx, now, policy)
	b.must(err)
	return reaped
}

// twoHeld returns a claimed delivery and one in data, both from start.
func (b *bench) twoHeld() (claimed, data mailer.Delivery) {
	b.Helper()
	c := Dispatch()
	all := Deliveries(c.Dispatch, 2, start.Add(-time.Second))
	b.must(b.Add(b.ctx, c, all))
	held := b.claim(2, start)
	if len(held) != 2 {
		b.Fatalf("%d claimed, want 2", len(held))
	}
	b.record(nil, mark(held[1]))
	return held[0], held[1]
}

func renewMoves(b *bench) {
	claimed, data := b.twoHeld()
	gone := mark(claimed)
	gone.Token = uuid.New()
	renewed, err := b.Queue.Renew(b.ctx, []mailer.Mark{mark(claimed), mark(data), gone}, muchLater)
	b.must(err)
	if len(renewed) != 2 || !slices.Contains(renewed, claimed.ID) || !slices.Contains(renewed, data.ID) {
		b.Errorf("renewed %v", renewed)
	}
	if d := b.is(data.ID, mailer.Data, 0); !d.LeaseUntil.Equal(muchLater) {
		b.Errorf("the lease ends at %s", d.LeaseUntil)
	}
	if r := b.reap(afterLease, mailer.Ask); len(r.Requeued)+len(r.Uncertain) != 0 {
		b.Errorf("reaped in a renewed lease: %+v", r)
	}
	b.record([]mailer.Outcome{outcome(data, mailer.Accepted)})
	renewed, err = b.Queue.Renew(b.ctx, []mailer.Mark{mark(data), gone}, afterThatTo)
	b.must(err)
	if len(renewed) != 0 {
		b.Errorf("renewed what is not held: %v", renewed)
	}
}

func reapWaits(b *bench) {
	claimed, data := b.twoHeld()
	if r := b.reap(inTheLease, mailer.Ask); len(r.Requeued)+len(r.Uncertain) != 0 {
		b.Errorf("reaped in the lease: %+v", r)
	}
	b.is(claimed.ID, mailer.Claimed, 0)
	b.is(data.ID, mailer.Data, 0)
}

func reapAsks(b *bench) {
	claimed, data := b.twoHeld()
	r := b.reap(afterLease, mailer.Ask)
	if !slices.Equal(r.Requeued, []uuid.UUID{claimed.ID}) || !slices.Equal(r.Uncertain, []uuid.UUID{data.ID}) {
		b.Errorf("reaped %+v", r)
	}
	b.is(claimed.ID, mailer.Queued, 1)
	b.is(data.ID, mailer.Uncertain, 1)
	if again := b.claim(10, muchLater); len(again) != 1 || again[0].ID != claimed.ID {
		b.Errorf("claimed behind it: %+v", again)
	}
}

func reapResends(b *bench) {
	claimed, data := b.twoHeld()
	r := b.reap(afterLease, mailer.Resend)
	if len(r.Requeued) != 2 || len(r.Uncertain) != 0 {
		b.Errorf("reaped %+v", r)
	}
	b.is(claimed.ID, mailer.Queued, 1)
	b.is(data.ID, mailer.Queued, 1)
	if again := b.claim(10, muchLater); len(again) != 2 {
		b.Errorf("claimed behind it: %+v", again)
	}
}

func reapFences(b *bench) {
	claimed, data := b.twoHeld()
	b.reap(afterLease, mailer.Ask)
	if held := b.record([]mailer.Outcome{outcome(data, mailer.Accepted)}, mark(claimed)); len(held) != 0 {
		b.Errorf("the dead engine's mark holds: %v", held)
	}
	b.is(claimed.ID, mailer.Queued, 1)
	b.is(data.ID, mailer.Uncertain, 1)
	if r := b.reap(muchLater, mailer.Ask); len(r.Requeued)+len(r.Uncertain) != 0 {
		b.Errorf("reaped twice: %+v", r)
	}
}
