package mailer_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
)

// A witness is a queue that remembers what was handed in.
type witness struct {
	mailer.Queue
	mu       sync.Mutex
	outcomes []mailer.Outcome
	renewals atomic.Int32
}

func (w *witness) Renew(ctx context.Context, held []mailer.Mark, until time.Time) ([]uuid.UUID, error) {
	w.renewals.Add(1)
	return w.Queue.Renew(ctx, held, until)
}

func (w *witness) Record(ctx context.Context, outcomes []mailer.Outcome, marks []mailer.Mark) ([]uuid.UUID, error) {
	w.mu.Lock()
	w.outcomes = append(w.outcomes, outcomes...)
	w.mu.Unlock()
	return w.Queue.Record(ctx, outcomes, marks)
}

// TestOfALetterThatWasTakenAwayNothingIsSaid: whose claim is not held any more is
// not handed over and not settled.
func TestOfALetterThatWasTakenAwayNothingIsSaid(t *testing.T) {
	first, going := make(chan struct{}), make(chan struct{})
	var once sync.Once
	var mu sync.Mutex
	var taken int
	relay := relayWith(t, func(_ int, c *talk) {
		c.greets()
		for {
			if _, ok := c.envelope(); !ok {
				return
			}
			once.Do(func() { close(first); <-going })
			c.say("250 ok\n250 ok\n354 go")
			if !c.hears(".\r\n") {
				return
			}
			mu.Lock()
			taken++
			mu.Unlock()
			c.say("250 ok")
		}
	})
	d := newDesk(t, relay, 1)
	ids := d.add(6, nil)
	w := &witness{Queue: d.queue}
	d.engine.Queue = w
	d.start()
	<-first // the engine holds them all: they are taken from it, as by an engine after its lease
	later := d.clock.read().Add(time.Hour)
	for _, step := range []func() error{
		func() error { _, err := d.queue.Reap(t.Context(), later, mailer.Ask); return err },
		func() error { _, err := d.queue.Claim(t.Context(), 10, later, later.Add(time.Hour)); return err },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	close(going)
	d.until("the fences", func() bool { return d.engine.Counters.Fenced.Load()+d.engine.Counters.Accepted.Load() > 0 })
	d.until("a look at what else was taken", func() bool { return w.renewals.Load() > 0 }) // leases are renewed after minutes
	after := d.add(1, nil)                                                                 // the engine goes on with what it holds
	d.until("another letter", func() bool { row, _ := d.get(after[0]); return row.State == mailer.Accepted })
	d.stop()
	if len(w.outcomes) != 1 || w.outcomes[0].Delivery != after[0] {
		t.Errorf("settled: %+v", w.outcomes)
	}
	if mu.Lock(); taken != 1 {
		t.Errorf("%d letters went", taken)
	}
	mu.Unlock()
	for _, id := range ids {
		if row, attempts := d.get(id); row.State != mailer.Claimed || len(attempts) != 1 {
			t.Errorf("%s after %d attempts; the other engine holds it", row.State, len(attempts))
		}
	}
}

// TestTheRelayIsToldTheDeliverysId, and a notice that repeats it is about that
// letter, whatever else it leaves out (RFC 3461 4.4, RFC 3464 2.2.1).
func TestTheRelayIsToldTheDeliverysId(t *testing.T) {
	said := make(chan []string, 1)
	relay := relayWith(t, func(_ int, c *talk) {
		c.greets()
		said <- c.lines("DATA")
		c.say("250 ok\n250 ok\n354 go")
		c.hears(".\r\n")
		c.say("250 ok")
		c.hears("QUIT")
	})
	d := newDesk(t, relay, 1)
	ids := d.add(1, nil)
	d.start()
	d.untilAll(mailer.Accepted)
	d.stop()
	_, envid, _ := strings.Cut((<-said)[0], "ENVID=")
	notice := "From: MAILER-DAEMON@relay.example\r\nSubject: x\r\nContent-Type: multipart/report; boundary=B\r\n\r\n" +
		"--B\r\nContent-Type: message/delivery-status\r\n\r\nOriginal-Envelope-Id: " + envid + "\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n--B--\r\n"
	in, err := mailer.ReadIncoming([]byte(notice))
	if err != nil || in.Class != mailer.BounceMail || len(in.Deliveries) != 1 || in.Deliveries[0] != ids[0] {
		t.Errorf("%q: %s about %v, %v", envid, in.Class, in.Deliveries, err)
	}
}
