package mailer_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"jianbao/mailer"
	"jianbao/mailer/sink"
)

// A purse is a budget in memory.
type purse struct {
	mu sync.Mutex
	at map[string]time.Time
}

func (p *purse) Take(_ context.Context, now time.Time, wants []mailer.Want) (all []mailer.Grant, _ error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range wants {
		g, at := mailer.Spend(p.at[w.Key], now, w)
		p.at[w.Key] = at
		all = append(all, g)
	}
	return all, nil
}

func (p *purse) Hold(context.Context, string, time.Time) error { return nil }

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
