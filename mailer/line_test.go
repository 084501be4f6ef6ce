package mailer_test

import (
	"net"
	"sync/atomic"
	"testing"
	"time"

	"jianbao/mailer"
	"jianbao/mailer/drain"
	"jianbao/mailer/sink"
)

func TestTheSecondRelayTakesOverAndGivesBack(t *testing.T) {
	var broken atomic.Bool
	broken.Store(true)
	first := startSink(t, sink.Config{Script: func(p sink.Point, _ sink.Message) sink.Act {
		return sink.Act{Drop: broken.Load() && p == sink.Hello}
	}})
	second := startSink(t, sink.Config{})
	d := newDesk(t, relayTo(first), 4)
	d.engine.Second = relayTo(second)
	ids := d.add(100, nil)
	d.start()
	d.until("the second to take over", func() bool {
		n := d.states()
		return n[mailer.Accepted] >= 80 && n[mailer.Accepted]+n[mailer.Deferred] == 100
	})
	if first.Count() != 0 || second.Count() < 80 {
		t.Errorf("%d by the first, %d by the second", first.Count(), second.Count())
	}
	row, attempts := d.get(ids[99])
	if row.State == mailer.Accepted && attempts[len(attempts)-1].Relay != second.Addr() {
		t.Errorf("the book says %s", attempts[len(attempts)-1].Relay)
	}
	broken.Store(false)
	d.clock.forward(10 * time.Minute)
	more := d.add(100, nil)
	d.untilAll(mailer.Accepted)
	// Connections to the second that were open are used up first.
	for tries, taken := 0, -1; second.Count() != taken; tries++ {
		if tries == 20 {
			t.Fatalf("back again, the first took %d, the second %d", first.Count(), second.Count())
		}
		taken = second.Count()
		d.clock.forward(time.Minute)
		more = append(more, d.add(20, nil)...)
		d.untilAll(mailer.Accepted)
	}
	times := map[string]int{}
	for _, m := range append(first.Messages(), second.Messages()...) {
		times[m.MessageID()]++
	}
	for _, id := range append(ids, more...) {
		if n := times[id.String()+"@kjj.example"]; n != 1 {
			t.Errorf("%s was taken %d times", id, n)
		}
	}
}

func TestNeitherRelayIsThere(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nowhere := mailer.Relay{Addr: l.Addr().String(), Security: mailer.Plain, Timeout: time.Second}
	l.Close()
	d := newDesk(t, nowhere, 2)
	d.engine.Second = nowhere
	d.add(12, nil)
	d.start()
	d.untilAll(mailer.Deferred)
	d.stop()
	relay, err := drain.Start("127.0.0.1:0", drain.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer relay.Close()
	d.engine.Second = mailer.Relay{Addr: relay.Addr(), Security: mailer.Plain}
	d.clock.forward(10 * time.Minute)
	d.start()
	d.until("most of them", func() bool { return d.states()[mailer.Accepted] >= 6 })
}
