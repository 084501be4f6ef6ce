package mailer_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"jianbao/mailer"
	"jianbao/mailer/sink"
)

func TestASlowRelayDoesNotCostTheLease(t *testing.T) {
	const lease = 600 * time.Millisecond
	s := startSink(t, sink.Config{Script: func(p sink.Point, _ sink.Message) sink.Act {
		if p == sink.Rcpt {
			time.Sleep(2 * lease)
		}
		return sink.Act{}
	}})
	first, second := newDesk(t, relayTo(s), 2), newDesk(t, relayTo(s), 1)
	second.queue, second.engine.Queue, second.engine.Parts = first.queue, first.queue, first.queue
	ids := first.add(2, func(_ *mailer.Content, all []mailer.Delivery) {
		for i := range all {
			all[i].Created, all[i].NextAt = time.Now(), time.Time{}
		}
	})
	for _, d := range []*desk{first, second} {
		d.engine.Clock, d.engine.Lease = time.Now, lease
		d.start()
	}
	first.untilAll(mailer.Accepted)
	each(t, s, ids, 1)
	for _, id := range ids {
		if _, attempts := first.get(id); len(attempts) != 1 {
			t.Errorf("%d attempts: %+v", len(attempts), attempts)
		}
	}
}

func TestADeadEnginesLettersAreTakenOver(t *testing.T) {
	s := startSink(t, sink.Config{})
	d := newDesk(t, relayTo(s), 2)
	ids := d.add(3, nil)
	now := d.clock.read()
	held, err := d.queue.Claim(context.Background(), 2, now, now.Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	mark := mailer.Mark{ID: held[0].ID, Token: held[0].Token, At: now}
	if _, err := d.queue.Record(context.Background(), nil, []mailer.Mark{mark}); err != nil {
		t.Fatal(err)
	}
	d.clock.forward(time.Minute)
	d.start()
	d.until("the rest", func() bool { n := d.states(); return n[mailer.Accepted] == 2 && n[mailer.Uncertain] == 1 })
	d.stop()
	if row, _ := d.get(held[0].ID); row.State != mailer.Uncertain {
		t.Errorf("the marked one is %s", row.State)
	}
	if s.Count() != len(ids)-1 {
		t.Errorf("%d taken", s.Count())
	}
}

// TestWhoCannotRenewDoesNotReap: an engine that has lost its database for a while
// does not know which leases have lapsed, its own included.
func TestWhoCannotRenewDoesNotReap(t *testing.T) {
	behind, reply := make(chan struct{}), make(chan struct{})
	s := startSink(t, sink.Config{Script: func(p sink.Point, _ sink.Message) sink.Act {
		if p == sink.Kept {
			close(behind)
			<-reply
		}
		return sink.Act{}
	}})
	d := newDesk(t, relayTo(s), 1)
	d.engine.Lease = 30 * time.Millisecond
	var down, failed, reaps atomic.Int32
	renewals := make(chan struct{}, 1000)
	d.queue.Before = func(method string) error {
		switch {
		case method == "Reap" && failed.Load() == 1:
			reaps.Add(1)
		case method == "Renew" && down.Load() == 1:
			failed.Store(1)
			renewals <- struct{}{}
			return errors.New("no database")
		}
		return nil
	}
	ids := d.add(1, nil)
	d.start()
	<-behind
	down.Store(1)
	for range 4 {
		<-renewals
	}
	if n := reaps.Load(); n > 0 {
		t.Errorf("it reaped %d times", n)
	}
	failed.Store(0)
	down.Store(0)
	close(reply)
	d.untilAll(mailer.Accepted)
	each(t, s, ids, 1)
}
