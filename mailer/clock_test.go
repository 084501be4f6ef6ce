package mailer_test

import (
	"sync/atomic"
	"testing"
	"time"

	"jianbao/mailer"
	"jianbao/mailer/drain"
	"jianbao/mailer/sink"
)

// held has the relay stop at a point of every letter until it is told to go on.
func held(at sink.Point) (script func(sink.Point, sink.Message) sink.Act, in chan struct{}, release chan struct{}) {
	in, release = make(chan struct{}, 100), make(chan struct{})
	return func(p sink.Point, _ sink.Message) sink.Act {
		if p == at {
			in <- struct{}{}
			<-release
		}
		return sink.Act{}
	}, in, release
}

// An engine whose renewal takes longer than its lease does not take its own
// letters for a dead engine's.
func TestASlowRenewalCostsNoLetter(t *testing.T) {
	script, in, release := held(sink.Kept)
	s := startSink(t, sink.Config{Script: script})
	d := newDesk(t, relayTo(s), 1)
	ids := d.add(1, nil)
	d.engine.Lease = 30 * time.Millisecond
	var renewals, reaps atomic.Int32
	d.queue.Before = func(method string) error {
		switch method {
		case "Renew":
			renewals.Add(1)
			d.clock.forward(2 * d.engine.Lease)
		case "Reap":
			reaps.Add(1)
		}
		return nil
	}
	d.start()
	<-in
	d.until("five renewals", func() bool { return renewals.Load() >= 5 })
	close(release)
	d.untilAll(mailer.Accepted)
	d.stop()
	each(t, s, ids, 1)
}

// A clock that is put on makes every lease look lapsed until it is renewed: here
// it is, by a day, at every renewal of the engine that has a letter behind its
// dot. The other engine leaves that letter alone.
func TestAClockThatIsPutOnCostsNoLetter(t *testing.T) {
	script, in, release := held(sink.Kept)
	s := startSink(t, sink.Config{Script: script})
	first, second := newDesk(t, relayTo(s), 1), newDesk(t, relayTo(s), 1)
	second.queue, second.engine.Queue, second.engine.Parts = first.queue, first.queue, first.queue
	var renewals atomic.Int32
	first.queue.Before = func(method string) error {
		if method == "Renew" {
			first.clock.forward(24 * time.Hour)
			renewals.Add(1)
		}
		return nil
	}
	ids := first.add(1, nil)
	for _, d := range []*desk{first, second} {
		d.engine.Clock, d.engine.Lease = first.clock.read, 1200*time.Millisecond // a loaded machine takes its time
	}
	first.start()
	<-in
	second.start()
	first.until("three renewals", func() bool { return renewals.Load() >= 3 })
	close(release)
	first.untilAll(mailer.Accepted)
	first.stop()
	second.stop()
	each(t, s, ids, 1)
}

// The clock is put a day on or a day back while two engines send: nothing is
// lost, nothing is sent twice, nothing becomes uncertain.
func TestAClockThatIsSetWhileLettersGo(t *testing.T) {
	for _, step := range []time.Duration{24 * time.Hour, -24 * time.Hour} {
		for _, window := range []int{1, 16} {
			clockSet(t, step, window)
		}
	}
}

func clockSet(t *testing.T, step time.Duration, window int) {
	t.Helper()
	const letters = 300
	var off atomic.Int64
	clock := func() time.Time { return time.Now().Round(0).Add(time.Duration(off.Load())) }
	w := &tally{times: map[string]int{}}
	relay, err := drain.Start("127.0.0.1:0", drain.Config{Took: func(to, id string) {
		w.took(to, id)
		if w.count() >= letters/3 {
			off.Store(int64(step))
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer relay.Close()
	to := mailer.Relay{Addr: relay.Addr(), Security: mailer.Plain}
	first, second := newDesk(t, to, 3), newDesk(t, to, 3)
	second.queue, second.engine.Queue, second.engine.Parts = first.queue, first.queue, first.queue
	ids := first.add(letters, func(_ *mailer.Content, all []mailer.Delivery) {
		for i := range all {
			all[i].Created, all[i].NextAt = clock(), time.Time{} // due whatever the clock says
		}
	})
	for _, d := range []*desk{first, second} {
		d.engine.Clock, d.engine.Window = clock, window
		d.start()
	}
	first.untilAll(mailer.Accepted)
	first.stop()
	second.stop()
	w.each(t, ids, 1)
}
