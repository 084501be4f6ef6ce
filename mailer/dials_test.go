package mailer_test

import (
	"testing"
	"time"

	"jianbao/mailer"
	"jianbao/mailer/sink"
)

// TestConnectionsAreOpenedSlowly: a relay that grants two connections a minute
// and one letter to each is asked for no third one before its time has come.
func TestConnectionsAreOpenedSlowly(t *testing.T) {
	s := startSink(t, sink.Config{})
	relay := relayTo(s)
	relay.PerConnection = 1
	d := newDesk(t, relay, 4)
	d.engine.Pace = &purse{at: map[string]time.Time{}}
	d.engine.Profile = mailer.Profile{Dials: mailer.Rate{PerMinute: 2, Burst: 2}}
	ids := d.add(4, nil)
	d.start()
	accepted := func(n int) func() bool { return func() bool { return d.states()[mailer.Accepted] == n } }
	d.until("two letters", accepted(2))
	d.clock.forward(30 * time.Second)
	d.until("a third", accepted(3))
	if n := d.engine.Counters.Opened.Load(); n != 3 {
		t.Errorf("%d connections, want 3", n)
	}
	d.clock.forward(30 * time.Second)
	d.until("all", accepted(len(ids)))
}
