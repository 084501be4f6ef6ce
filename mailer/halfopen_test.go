package mailer_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jianbao/mailer"
	"jianbao/mailer/sink"
)

// TestOneLetterTriesWhetherTheRelayIsBack: after the pause a single letter goes, on
// a single connection, however many there are and however many letters wait; the
// others go when it was answered, and wait on when it was not.
func TestOneLetterTriesWhetherTheRelayIsBack(t *testing.T) {
	for _, back := range []bool{true, false} {
		var dials, claims atomic.Int32
		var down atomic.Bool
		down.Store(true)
		tried, answer := make(chan struct{}), make(chan struct{})
		s := startSink(t, sink.Config{Script: func(p sink.Point, _ sink.Message) sink.Act {
			if p != sink.Hello {
				return sink.Act{}
			}
			n := dials.Add(1)
			if !down.Load() {
				if n == 1 {
					close(tried)
					<-answer
				}
				if n == 1 && !back {
					return sink.Act{Code: 421, Words: "not yet"}
				}
				return sink.Act{}
			}
			return sink.Act{Code: 421, Words: "not now"}
		}})
		d := newDesk(t, relayTo(s), 8)
		release := sync.OnceFunc(func() { close(answer) })
		t.Cleanup(release)
		d.add(8, nil)
		d.queue.Before = func(method string) error {
			if method == "Claim" {
				claims.Add(1)
			}
			return nil
		}
		var looks atomic.Int32
		d.engine.Clock = func() time.Time { looks.Add(1); return d.clock.read() }
		looksAround := func() { // times for work
			was := looks.Load()
			d.until("some looks", func() bool { return looks.Load() > was+20 })
		}
		d.start()
		d.until("the pause", func() bool { n := d.states(); return n[mailer.Deferred] == 8 })
		const waiting = 200
		d.add(waiting, nil)
		down.Store(false)
		dials.Store(0)
		d.clock.forward(5 * time.Second) // the pause, and no letter's own wait
		<-tried
		looked, claimed := claims.Load(), d.engine.Counters.Claimed.Load()
		looksAround()
		if n := d.states(); dials.Load() != 1 || n[mailer.Claimed] != 1 || n[mailer.Queued] != waiting-1 || d.engine.Counters.Claimed.Load() != claimed || claims.Load() != looked {
			t.Fatalf("while one letter tries: %d connections, states %v", dials.Load(), n)
		}
		release()
		if back {
			d.until("the rest", func() bool { return d.states()[mailer.Accepted] == waiting })
			continue
		}
		d.until("the pause again", func() bool { n := d.states(); return n[mailer.Claimed] == 0 && n[mailer.Queued] == waiting-1 })
		d.clock.forward(9 * time.Second) // the second pause is of ten
		looksAround()
		if n := d.states(); n[mailer.Queued] != waiting-1 || dials.Load() != 1 {
			t.Errorf("in the second pause: %d connections, %v", dials.Load(), n)
		}
		d.stop()
	}
}
