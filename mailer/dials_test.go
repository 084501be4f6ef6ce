package mailer_test

import (
	"testing"
	"time"

	"jianbao/mailer"
	"jianbao/mailer/sink"
)

// TestConnectionsAreOpenedSlowly: a relay that grants two connections a minute
// and one letter to each is asked for no third one before its time has come; and
// so it is where letters to one domain have no more than that, whatever the relay
// grants.
func TestConnectionsAreOpenedSlowly(t *testing.T) {
	two := mailer.Rate{PerMinute: 2, Burst: 2}
	for name, c := range map[string]struct {
		profile mailer.Profile
		domain  string // of all recipients; "" is one for each
	}{
		"to the relay": {mailer.Profile{Dials: two}, ""},
		"for a domain": {mailer.Profile{DomainDials: two}, "@Unit.example"},
		"for both":     {mailer.Profile{Dials: mailer.Rate{PerMinute: 60, Burst: 9}, DomainDials: two}, "@unit.example"},
	} {
		t.Run(name, func(t *testing.T) {
			s := startSink(t, sink.Config{})
			relay := relayTo(s)
			relay.PerConnection = 1
			d := newDesk(t, relay, 4)
			d.engine.Pace, d.engine.Profile = &purse{at: map[string]time.Time{}}, c.profile
			ids := d.add(4, func(_ *mailer.Content, all []mailer.Delivery) {
				for i := range all {
					if c.domain != "" {
						all[i].Address = string(rune('a'+i)) + c.domain
					}
				}
			})
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
		})
	}
}
