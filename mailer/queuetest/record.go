package queuetest

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
)

func recordSettles(b *bench) {
	d := b.one(nil)
	first := outcome(d, mailer.Deferred)
	first.Stage, first.Code, first.Enhanced, first.Words, first.QueueID = mailer.Rcpt, 451, "4.7.1", "稍后再试", ""
	b.record([]mailer.Outcome{first})
	again := b.claim(1, start.Add(time.Hour))
	if len(again) != 1 {
		b.Fatalf("%d claimed again", len(again))
	}
	second := outcome(again[0], mailer.Accepted)
	b.record([]mailer.Outcome{second})

	stored, attempts := b.get(d.ID)
	if stored.State != mailer.Accepted || stored.Tries != 2 || stored.Code != 250 ||
		stored.Words != second.Words || stored.QueueID != "4B1F" {
		b.Errorf("the delivery: %+v", stored)
	}
	if len(attempts) != 2 {
		b.Fatalf("%d attempts, want 2", len(attempts))
	}
	for i, want := range []mailer.Outcome{first, second} {
		got := attempts[i]
		if got.N != i+1 || got.Delivery != d.ID || got.ID == uuid.Nil {
			b.Errorf("attempt %d: %+v", i, got)
		}
		if got.State != want.State || got.Stage != want.Stage || got.Relay != want.Relay || got.Code != want.Code ||
			got.Enhanced != want.Enhanced || got.Words != want.Words || got.QueueID != want.QueueID ||
			!got.Began.Equal(want.Began) || !got.Ended.Equal(want.Ended) {
			b.Errorf("attempt %d: %+v, want %+v", i, got.Outcome, want)
		}
	}
}

func recordTogether(b *bench) {
	b.add(Dispatch(), 2, start)
	claimed := b.claim(2, start.Add(time.Second))
	last, next := claimed[0], claimed[1]
	if held := b.record(nil, mark(last)); len(held) != 1 || held[0] != last.ID {
		b.Fatalf("marks that hold: %v", held)
	}
	b.is(last.ID, mailer.Data, 0)
	held := b.record([]mailer.Outcome{outcome(last, mailer.Accepted)}, mark(next))
	if len(held) != 1 || held[0] != next.ID {
		b.Errorf("marks that hold: %v", held)
	}
	b.is(last.ID, mailer.Accepted, 1)
	b.is(next.ID, mailer.Data, 0)
}

func recordOnce(b *bench) {
	d := b.one(func(d *mailer.Delivery) { d.Alternates = []string{"second@unit.example"} })
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if _, err := b.Queue.Record(b.ctx, []mailer.Outcome{outcome(d, mailer.Failed)}, nil); err != nil {
				b.Error(err)
			}
		})
	}
	wg.Wait()
	b.is(d.ID, mailer.Failed, 1)
	if next := b.claim(10, start.Add(time.Hour)); len(next) != 1 {
		b.Errorf("%d next addresses, want 1", len(next))
	}
	if held := b.record(nil, mark(d)); len(held) != 0 {
		b.Error("a mark under a token that is spent holds")
	}
	d = b.one(nil)
	b.record([]mailer.Outcome{outcome(d, mailer.Accepted), outcome(d, mailer.Accepted)})
	b.is(d.ID, mailer.Accepted, 1)
}

func recordIsFenced(b *bench) {
	b.add(Dispatch(), 2, start)
	claimed := b.claim(2, start.Add(time.Second))
	mine, other := claimed[0], claimed[1]
	stale := mine
	stale.Token = uuid.New()
	held := b.record([]mailer.Outcome{outcome(stale, mailer.Accepted), outcome(other, mailer.Accepted)}, mark(stale))
	if len(held) != 0 {
		b.Errorf("marks that hold: %v", held)
	}
	b.is(mine.ID, mailer.Claimed, 0)
	b.is(other.ID, mailer.Accepted, 1) // what is fenced does not stop the rest
	unknown := mailer.Mark{ID: uuid.New(), Token: mine.Token, At: start}
	if held := b.record(nil, unknown, mark(mine)); len(held) != 1 || held[0] != mine.ID {
		b.Errorf("marks that hold: %v", held)
	}
	if held := b.record(nil, mark(mine)); len(held) != 0 {
		b.Error("a letter is marked twice, and may go twice")
	}
}

func givenBack(b *bench) {
	for _, marked := range []bool{false, true} {
		d := b.one(nil)
		if marked {
			b.record(nil, mark(d))
		}
		back := outcome(d, mailer.Queued)
		back.NextAt, back.Stage, back.Code = start.Add(time.Second), mailer.Body, 0
		b.record([]mailer.Outcome{back})
		if stored, _ := b.get(d.ID); stored.State != mailer.Queued || stored.Tries != 0 {
			b.Errorf("marked %v: %s after %d tries, want queued after none", marked, stored.State, stored.Tries)
		}
		again := b.claim(10, start.Add(time.Second))
		if len(again) != 1 || again[0].ID != d.ID || again[0].Token == d.Token {
			b.Errorf("marked %v: claimed again: %+v", marked, again)
		}
	}
}

func cancelledChangesNothing(b *bench) {
	d := b.one(nil)
	ctx, cancel := context.WithCancel(b.ctx)
	cancel()
	if held, err := b.Queue.Record(ctx, []mailer.Outcome{outcome(d, mailer.Accepted)}, nil); err == nil {
		b.Errorf("recorded: %v", held)
	}
	b.is(d.ID, mailer.Claimed, 0)
	if held, err := b.Queue.Record(ctx, nil, []mailer.Mark{mark(d)}); err == nil {
		b.Errorf("marked: %v", held)
	}
	b.is(d.ID, mailer.Claimed, 0)
}

func failureQueuesNext(b *bench) {
	d := b.one(func(d *mailer.Delivery) { d.Alternates = []string{"second@unit.example", "third@unit.example"} })
	for _, address := range []string{"second@unit.example", "third@unit.example"} {
		b.record([]mailer.Outcome{outcome(d, mailer.Failed)})
		next := b.claim(10, start.Add(time.Minute))
		if len(next) != 1 {
			b.Fatalf("%d claimed, want the next address", len(next))
		}
		n := next[0]
		if n.ID == d.ID || n.Address != address || n.Dispatch != d.Dispatch || n.Unit != d.Unit || n.Name != d.Name || n.Tries != 0 {
			b.Errorf("behind %+v came %+v", d, n)
		}
		if n.Created.IsZero() {
			b.Error("the next delivery has no time of creation: its letter would have no Date")
		}
		b.is(d.ID, mailer.Failed, 1)
		d = n
	}
	b.record([]mailer.Outcome{outcome(d, mailer.Failed)})
	if next := b.claim(10, start.Add(time.Hour)); len(next) != 0 {
		b.Errorf("behind the last address came %+v", next)
	}
}

func onlyFailureQueuesNext(b *bench) {
	for _, state := range []mailer.State{mailer.Accepted, mailer.Uncertain} {
		d := b.one(func(d *mailer.Delivery) { d.Alternates = []string{"second@unit.example"} })
		b.record([]mailer.Outcome{outcome(d, state)})
		if next := b.claim(10, start.Add(24*time.Hour)); len(next) != 0 {
			b.Errorf("%s: behind it came %+v", state, next)
		}
	}
}
