package mailer

import (
	"testing"
	"time"
)

func TestAClockThatIsPutForwardIsNoticed(t *testing.T) {
	const lease = time.Minute
	start := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name    string
		steps   []time.Duration // of the clock beyond the time that went by, every 20 s
		stepped []bool
	}{
		{"it goes", []time.Duration{0, 0, 0}, []bool{false, false, false}},
		{"it is slewed", []time.Duration{time.Second, -time.Second, time.Second}, []bool{false, false, false}},
		{"a day on", []time.Duration{24 * time.Hour, 0, 0, 0}, []bool{true, true, true, false}},
		{"a day on, twice", []time.Duration{24 * time.Hour, 24 * time.Hour, 0, 0, 0}, []bool{true, true, true, true, false}},
		{"a day back: leases only last longer", []time.Duration{-24 * time.Hour, 0}, []bool{false, false}},
	} {
		w := watch{lease: lease}
		wall, run := start, start
		w.stepped(wall, run)
		for i, step := range c.steps {
			run = run.Add(lease / 3)
			wall = wall.Add(lease/3 + step)
			if got := w.stepped(wall, run); got != c.stepped[i] {
				t.Errorf("%s, look %d: %v", c.name, i+1, got)
			}
		}
	}
}
