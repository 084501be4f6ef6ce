package faults

import (
	"math/rand/v2"
	"testing"
	"time"

	"jianbao/mailer"
)

var settings = []setting{{1, mailer.Ask}, {16, mailer.Ask}, {1, mailer.Resend}, {16, mailer.Resend}}

// TestKilledAtRandom kills the program with signal 9 at random moments while it
// sends, starts it anew each time, and compares in the end.
func TestKilledAtRandom(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(*testing.T) string) {
		for _, s := range settings {
			t.Run(s.String(), func(t *testing.T) {
				beside(t)
				killedAtRandom(t, plant(t, fresh(t), *letters), s)
			})
		}
	})
}

func killedAtRandom(t *testing.T, b *book, s setting) {
	relay := startWitness(t, 0)
	behind := witnessed{doubts: doubts{}, claims: map[string]bool{}}
	var from time.Time
	for n := range *kills {
		e := startEngine(t, b.address, relay.Addr(), s)
		if n == 0 {
			from = time.Now()
		}
		// Anywhere in its part of the letters, and of the moment of a letter.
		part := b.total / (*kills + 1)
		relay.wait(t, max(relay.count()+1, n*part+rand.IntN(part)), e)
		time.Sleep(rand.N(3 * time.Millisecond))
		e.kill(t)
		b.alone(t)
		if fresh := behind.look(b.rows(t, mailer.Data)); fresh > s.window*connections {
			t.Errorf("kill %d left %d letters behind their mark, %d connections have a window of %d", n+1, fresh, connections, s.window)
		}
	}
	last := startEngine(t, b.address, relay.Addr(), s)
	b.finish(t, last)
	last.stop(t)
	t.Logf("%d kills in %s", *kills, time.Since(from).Round(time.Millisecond))
	b.settled(t, relay.ended(), behind.doubts, s.policy)
}

// witnessed collects what was behind its mark when something died.
type witnessed struct {
	doubts doubts
	claims map[string]bool // ids and tokens that were seen
}

// look takes in the letters that are behind their mark now, and returns how many
// were not before: those of an earlier death may not have been taken back yet.
func (w witnessed) look(now []row) (fresh int) {
	for _, r := range now {
		if claim := r.id + " " + r.token; !w.claims[claim] {
			w.claims[claim] = true
			w.doubts[r.id]++
			fresh++
		}
	}
	return fresh
}
