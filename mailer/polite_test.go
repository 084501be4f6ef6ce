package mailer_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/mailer/sink"
)

// A purse is a budget in memory. It fails as long as broken is set.
type purse struct {
	mu     sync.Mutex
	at     map[string]time.Time
	broken bool
}

var errPurse = errors.New("the database fails")

func (p *purse) Take(_ context.Context, now time.Time, wants []mailer.Want) (all []mailer.Grant, _ error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.broken {
		return nil, errPurse
	}
	for _, w := range wants {
		g, at := mailer.Spend(p.at[w.Key], now, w)
		p.at[w.Key] = at
		all = append(all, g)
	}
	return all, nil
}

func (p *purse) Hold(_ context.Context, key string, until time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.at[key].Before(until) {
		p.at[key] = until
	}
	return nil
}

func (p *purse) mend() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.broken = false
}

// next is when the next letter of a key may go.
func (p *purse) next(key string) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at[key]
}

// sharing makes another engine on the queue, the clock and the budget of a desk.
func (d *desk) sharing(t *testing.T, relay mailer.Relay) *desk {
	t.Helper()
	other := newDesk(t, relay, 1)
	other.queue, other.engine.Queue, other.engine.Parts = d.queue, d.queue, d.queue
	other.clock, other.engine.Clock = d.clock, d.clock.read
	other.engine.Pace, other.engine.Profile = d.engine.Pace, d.engine.Profile
	return other
}

// waitingUntilLater reports whether no letter is due or on its way.
func (d *desk) waitingUntilLater() bool {
	now := d.clock.read()
	for _, row := range d.queue.All() {
		if !row.State.Final() && (row.State != mailer.Queued && row.State != mailer.Deferred || !row.NextAt.After(now)) {
			return false
		}
	}
	return true
}

// passes puts the clock forward and has engines look at it: a claimer that knows
// when its budget has more sleeps until then.
func passes(length time.Duration, desks ...*desk) {
	desks[0].clock.forward(length)
	for _, d := range desks {
		d.engine.Wake()
	}
}

// TestEnginesShareTheBudgets of the relay and of each domain of recipients: what
// there is none for waits until there is, and every letter goes once.
func TestEnginesShareTheBudgets(t *testing.T) {
	for _, c := range []struct {
		name    string
		profile mailer.Profile
		taken   [2]int // at once, and after half a minute
	}{
		{"of the relay", mailer.Profile{Relay: mailer.Rate{PerMinute: 4, Burst: 2}}, [2]int{2, 4}},
		{"of a domain", mailer.Profile{Domain: mailer.Rate{PerMinute: 2}}, [2]int{3, 5}}, // two with many letters, one with one
		{"of both", mailer.Profile{Relay: mailer.Rate{PerMinute: 2}, Domain: mailer.Rate{PerMinute: 2}}, [2]int{1, 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := startSink(t, sink.Config{})
			d := newDesk(t, relayTo(s), 1)
			d.engine.Pace, d.engine.Profile = &purse{at: map[string]time.Time{}}, c.profile
			ids := d.add(9, func(_ *mailer.Content, all []mailer.Delivery) {
				for i := range all {
					all[i].Address = fmt.Sprintf("office%d@%s.example", i, []string{"a", "A", "b"}[i%3])
				}
				all[8].Address = "office8@c.example"
			})
			second := d.sharing(t, relayTo(s))
			d.start()
			second.start()
			for n, want := range c.taken {
				d.until("what the budget has", func() bool { return s.Count() >= want && d.waitingUntilLater() })
				if got := s.Count(); got != want {
					t.Errorf("%d letters after %d s, want %d", got, 30*n, want)
				}
				passes(30*time.Second, d, second)
			}
			d.until("all", func() bool {
				if d.waitingUntilLater() {
					passes(30*time.Second, d, second)
				}
				return d.states()[mailer.Accepted] == len(ids)
			})
			each(t, s, ids, 1)
			for _, id := range ids {
				if _, attempts := d.get(id); len(attempts) != 1 {
					t.Errorf("%d attempts: what waits for its turn was not tried", len(attempts))
				}
			}
		})
	}
}

// TestARelayThatAsksForARestGetsIt: what is said about us as a sender holds for
// all letters and all engines, and for as long as the relay said.
func TestARelayThatAsksForARestGetsIt(t *testing.T) {
	s := startSink(t, sink.Config{Script: times(1, sink.Rcpt, sink.Act{Code: 451, Words: "MI:SFQ 163 smtp9 too many in a short time"})})
	d := newDesk(t, relayTo(s), 1)
	budget := &purse{at: map[string]time.Time{}}
	d.engine.Pace, d.engine.Profile = budget, mailer.Profile{Relay: mailer.Rate{PerMinute: 600, Burst: 100}}
	began := d.clock.read()
	ids := d.add(5, nil)
	d.start()
	d.until("the rest", d.waitingUntilLater)
	if n := s.Count(); n != 0 {
		t.Errorf("%d letters went after the relay had asked for a rest", n)
	}
	if at := budget.next("relay " + s.Addr()); at.Sub(began) < 15*time.Minute {
		t.Errorf("the other engines may send after %s", at.Sub(began))
	}
	passes(14*time.Minute, d)
	other := d.sharing(t, relayTo(s)) // its own gate is open
	other.start()
	late := d.add(1, nil)
	other.until("the rest, still", func() bool {
		other.engine.Wake() // for those that it has not looked at
		return d.waitingUntilLater()
	})
	if n := s.Count(); n != 0 {
		t.Errorf("%d letters went before the rest was over", n)
	}
	d.until("the end of the rest", func() bool {
		if d.waitingUntilLater() {
			passes(2*time.Minute, d, other)
		}
		return d.states()[mailer.Accepted] == 6
	})
	each(t, s, append(ids, late...), 1)
}

// TestNothingGoesWithoutABudget: better late than too fast.
func TestNothingGoesWithoutABudget(t *testing.T) {
	some := mailer.Rate{PerMinute: 60, Burst: 10}
	for name, profile := range map[string]mailer.Profile{
		"of a stranger": mailer.Slow, "of letters": {Relay: some}, "of a domain": {Domain: some}, "of connections": {Dials: some}, "of a domain's connections": {DomainDials: some},
	} {
		t.Run(name, func(t *testing.T) {
			s := startSink(t, sink.Config{})
			d := newDesk(t, relayTo(s), 1)
			budget := &purse{at: map[string]time.Time{}, broken: true}
			d.engine.Pace, d.engine.Profile = budget, profile
			ids := d.add(2, nil)
			d.start()
			d.until("their turn", d.waitingUntilLater)
			if s.Count() != 0 || d.states()[mailer.Queued] != 2 {
				t.Errorf("%d letters went; %v", s.Count(), d.states())
			}
			budget.mend()
			passes(time.Minute, d)
			d.untilAll(mailer.Accepted)
			each(t, s, ids, 1)
		})
	}
}

// TestLettersThatWereRefusedTogetherDoNotComeBackTogether.
func TestLettersThatWereRefusedTogetherDoNotComeBackTogether(t *testing.T) {
	s := startSink(t, sink.Config{Script: times(8, sink.Rcpt, sink.Act{Code: 451, Words: "busy"})})
	d := newDesk(t, relayTo(s), 1)
	ids := d.add(8, nil)
	d.start()
	d.untilAll(mailer.Deferred)
	waits := map[time.Duration]uuid.UUID{}
	for _, id := range ids {
		row, _ := d.get(id)
		wait := row.NextAt.Sub(d.clock.read())
		if waits[wait] = id; wait < 2*time.Minute || wait > 3*time.Minute {
			t.Errorf("it waits %s", wait)
		}
	}
	if len(waits) < 2 {
		t.Errorf("all of them wait %v", waits)
	}
}

// TestAProfileBoundsConnections, and how many letters go over each.
func TestAProfileBoundsConnections(t *testing.T) {
	open, most := 0, 0
	var mu sync.Mutex
	s := startSink(t, sink.Config{Script: func(at sink.Point, _ sink.Message) sink.Act {
		mu.Lock()
		defer mu.Unlock()
		switch at {
		case sink.Mail:
			open++
			most = max(most, open)
		case sink.Kept:
			open--
		}
		return sink.Act{}
	}})
	d := newDesk(t, relayTo(s), 8)
	d.engine.Profile = mailer.Profile{Connections: 1, PerConnection: 5}
	ids := d.add(20, nil)
	d.start()
	d.untilAll(mailer.Accepted)
	each(t, s, ids, 1)
	if n := d.engine.Counters.Opened.Load(); n != 4 || most > 1 {
		t.Errorf("%d connections for 20 letters, %d letters at once", n, most)
	}
}
