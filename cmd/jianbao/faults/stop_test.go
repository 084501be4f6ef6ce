package faults

import (
	"math/rand/v2"
	"testing"
	"time"

	"jianbao/mailer"
)

// TestToldToStop sends SIGTERM at random moments of the letters: the program ends
// within the grace for letters behind their dots, and leaves none in a state that
// is not known.
func TestToldToStop(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(*testing.T) string) {
		for _, s := range []setting{{1, mailer.Ask}, {16, mailer.Ask}} {
			t.Run(s.String(), func(t *testing.T) {
				beside(t)
				b := plant(t, fresh(t), min(*letters, 10_000))
				relay := startWitness(t, time.Millisecond)
				for n := range *kills {
					e := startEngine(t, b.address, relay.Addr(), s)
					part := b.total / (*kills + 1)
					relay.wait(t, n*part+1+rand.IntN(part), e)
					if took := e.stop(t); took > mailer.DefaultGrace {
						t.Errorf("it took %s to stop", took)
					}
					if left := b.rows(t, mailer.Claimed, mailer.Data, mailer.Uncertain); len(left) > 0 {
						t.Errorf("%d letters were left in the middle, such as %+v", len(left), left[0])
					}
					if accepted := len(b.rows(t, mailer.Accepted)); accepted != relay.count() {
						t.Errorf("%d are called accepted, %d were taken", accepted, relay.count())
					}
				}
				last := startEngine(t, b.address, relay.Addr(), s)
				b.finish(t, last)
				last.stop(t)
				b.settled(t, relay.ended(), nil, s.policy)
			})
		}
	})
}
