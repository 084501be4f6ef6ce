package store

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"jianbao/mailer"
	"jianbao/mailer/queuetest"
	"jianbao/mailer/sink"
)

// TestTwoEnginesHaveOneBudget in one database, of letters and of connections, for
// the relay and for each domain of recipients: together they send what one would.
func TestTwoEnginesHaveOneBudget(t *testing.T) {
	two, one := mailer.Rate{PerMinute: 2, Burst: 2}, mailer.Rate{PerMinute: 1}
	for _, c := range []struct {
		name    string
		profile mailer.Profile
		once    int // letters at once
		later   int // and after a minute
	}{
		{"letters to the relay", mailer.Profile{Relay: two}, 2, 4},
		{"letters to a domain", mailer.Profile{Domain: one}, 2, 4}, // of two
		{"connections to the relay", mailer.Profile{PerConnection: 1, Dials: two}, 2, 4},
		{"connections for a domain", mailer.Profile{PerConnection: 1, DomainDials: one}, 2, 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			onBothStores(t, func(t *testing.T, s *Store) {
				box, err := sink.Start("127.0.0.1:0")
				must(t, err)
				defer box.Close()
				content := queuetest.Dispatch()
				all := queuetest.Deliveries(content.Dispatch, 6, now)
				for n := range all {
					all[n].Address = fmt.Sprintf("office%d@%s.example", n, []string{"a", "b"}[n/3])
				}
				must(t, s.PostLetters(t.Context(), content, slices.Values(all)))
				clock := &ticking{at: now.Add(time.Second)}
				wake, stop := twoEngines(t, s, box.Addr(), c.profile, clock)
				defer stop()
				for _, want := range []int{c.once, c.later} {
					waitFor(t, func() bool { return box.Count() >= want })
					looked := clock.looks.Load()
					waitFor(t, func() bool { return clock.looks.Load() > looked+100 || nothingIsDue(t, s, clock.read()) })
					if got := box.Count(); got != want {
						t.Errorf("%d letters went, want %d", got, want)
					}
					clock.forward(time.Minute)
					wake() // who knows when his budget has more sleeps until then
				}
			})
		})
	}
}

// A ticking clock is put forward by a test, and counts who looks at it.
type ticking struct {
	at    time.Time
	ahead atomic.Int64
	looks atomic.Int64
}

func (c *ticking) read() time.Time {
	c.looks.Add(1)
	return c.at.Add(time.Duration(c.ahead.Load()))
}

func (c *ticking) forward(d time.Duration) { c.ahead.Add(int64(d)) }

// nothingIsDue reports whether all letters have gone, or wait for a time to come.
func nothingIsDue(t *testing.T, s *Store, at time.Time) bool {
	t.Helper()
	b, err := s.Backlog(t.Context(), at)
	must(t, err)
	return b.Due+b.Letters[mailer.Claimed]+b.Letters[mailer.Data] == 0
}

// twoEngines runs two of them, and returns what has them look and what ends them.
func twoEngines(t *testing.T, s *Store, relay string, profile mailer.Profile, clock *ticking) (wake, stop func()) {
	var all []*mailer.Engine
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 2)
	for range 2 {
		e := &mailer.Engine{
			Queue: s, Parts: s, Pace: s, Profile: profile, Relay: mailer.Relay{Addr: relay, Security: mailer.Plain},
			Connections: 3, Poll: 5 * time.Millisecond, Clock: clock.read, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		}
		all = append(all, e)
		go func() { ended <- e.Run(ctx) }()
	}
	wake = func() {
		for _, e := range all {
			e.Wake()
		}
	}
	return wake, func() {
		cancel()
		for range 2 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	}
}
