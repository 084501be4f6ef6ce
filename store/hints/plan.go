package hints

import "time"

// A plan is which hints wait, and when each was carried last.
type plan struct {
	waits map[Hint]bool
	last  map[Hint]time.Time
}

func newPlan() plan { return plan{waits: map[Hint]bool{}, last: map[Hint]time.Time{}} }

// take returns the hints that may go now, each a gap after it went before, and
// how long the next of those that may not has to wait; zero if none waits.
func (p *plan) take(now time.Time, gap time.Duration) (due []Hint, wait time.Duration) {
	for hint, at := range p.last {
		// A clock that was put back does not silence anything.
		if since := now.Sub(at); since >= gap || since < 0 {
			delete(p.last, hint)
		}
	}
	for hint := range p.waits {
		at, lately := p.last[hint]
		if !lately {
			due = append(due, hint)
			p.last[hint] = now
			delete(p.waits, hint)
			continue
		}
		if left := at.Add(gap).Sub(now); wait == 0 || left < wait {
			wait = left
		}
	}
	return due, wait
}
