package mailer

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
)

// TestAConnectionStaysOnItsLine only as long as that is open, and no better one is.
func TestAConnectionStaysOnItsLine(t *testing.T) {
	const shut, trying, fine = 0, 1, 2 // of a gate, at noon
	gateAt := func(state int) *gate {
		g := newGate()
		switch state {
		case shut:
			g.rest(noon.Add(time.Minute), Answer{})
		case trying:
			g.rest(noon, Answer{})
		}
		return g
	}
	for _, c := range []struct {
		first, second int
		at            int // the line of the connection
		want          bool
	}{
		{fine, fine, 0, true}, {shut, fine, 0, false}, {trying, fine, 0, false},
		{shut, fine, 1, true}, {trying, fine, 1, false}, {fine, fine, 1, false}, {shut, trying, 1, false}, {shut, shut, 1, false},
	} {
		r := bareRun()
		r.lines = []*line{{gate: gateAt(c.first)}, {gate: gateAt(c.second)}}
		if got := (&connection{run: r, line: r.lines[c.at]}).stays(noon); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
	if (&connection{run: bareRun()}).stays(noon) {
		t.Error("it stays on no line")
	}
}

// TestALetterThatWasTakenIsNotWaitedWith for a turn to connect.
func TestALetterThatWasTakenIsNotWaitedWith(t *testing.T) {
	mine := Delivery{ID: uuid.New(), Token: uuid.New(), Address: "a@b.example"}
	for name, held := range map[string]bool{"held": true, "taken": false} {
		r := bareRun()
		r.poll = time.Millisecond
		r.Pace, r.Profile = &scantPace{}, Profile{Dials: Rate{PerMinute: 1}}
		if held {
			r.held.add([]Delivery{mine})
		}
		c := &connection{run: r, line: &line{relay: Relay{Addr: "relay.example:25"}}}
		if err := c.turn(t.Context(), &letter{Delivery: mine}); held && err != nil || !held && err != errFenced {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A scantPace has something again when it is asked for the third time.
type scantPace struct {
	Pace
	asked int
}

// Take implements Pace.
func (s *scantPace) Take(_ context.Context, now time.Time, _ []Want) ([]Grant, error) {
	if s.asked++; s.asked < 3 {
		return []Grant{{Next: now.Add(time.Minute)}}, nil
	}
	return []Grant{{N: 1, Next: now}}, nil
}
