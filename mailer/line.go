package mailer

import "time"

// A line is one of the relays, the breaker before it included. Letters go by
// the first line; by the second one while the first is shut.
type line struct {
	relay Relay
	gate  *gate
}

// pass returns what the best of the lines lets through.
func (r *run) pass(now time.Time) passage {
	best := closed
	for _, l := range r.lines {
		best = max(best, l.gate.pass(now))
	}
	return best
}

// line returns the line for the next letter: the first that is open, unless one
// before it may be tried again and nobody does.
func (r *run) line(now time.Time) *line {
	if len(r.lines) == 1 {
		return r.lines[0]
	}
	for _, l := range r.lines {
		switch l.gate.pass(now) {
		case open:
			return l
		case single:
			if l.gate.try() {
				return l
			}
		}
	}
	return r.lines[0]
}

// stays reports whether the connection's line is the one for the next letter
// too, as far as can be told without asking.
func (c *connection) stays(now time.Time) bool {
	if c.line == nil || c.line.gate.pass(now) != open {
		return false
	}
	for _, l := range c.lines {
		if l == c.line {
			return true
		}
		if l.gate.pass(now) != closed {
			return false
		}
	}
	return false
}

// board makes the connection's line the one for the next letter. A session on
// another one is ended.
func (c *connection) board() {
	now := c.now()
	if c.session != nil && (c.session.announced != nil || c.stays(now)) {
		return
	}
	next := c.run.line(now)
	if c.line != next {
		c.hangUp()
	}
	c.line = next
}
