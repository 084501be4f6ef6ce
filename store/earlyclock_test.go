package store

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
)

// TestAReleaseByAnEarlyClock is written into the history of the issue once, told
// to the clerks, and found though the clock was set back by a day.
func TestAReleaseByAnEarlyClock(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		clerk := hired(t, s, "clerk", accounts.Clerk, workflow.Reach{})
		out := opening(series)
		out.Issue.State, out.Issue.Recall, out.Issue.Emergency = workflow.Dispatched, nil, nil
		out.Issue.ReleaseAt, out.Issue.Released = now.Add(23*time.Hour), now.Add(24*time.Hour)
		out.Event = eventOf(out.Issue)
		out.Event.Act, out.Event.At = workflow.Release, now.Add(24*time.Hour)
		must(t, s.Open(t.Context(), out))
		c := &clock{at: now}
		for range 3 {
			scheduler := schedulerOver(s, c)
			scheduler.Chores = append(scheduler.Chores, workflow.ClockWatch{Desk: scheduler.Desk, Releases: s}.Look)
			for range 2 { // what is written at one look is told at the next
				must(t, scheduler.Look(t.Context()))
			}
		}
		events, err := s.Events(t.Context(), out.Issue.ID)
		if err != nil || len(events) != 2 || events[1].Act != workflow.Misdate || len(events[1].Facts) != 2 || !strings.Contains(events[1].Facts[0].In(fault.EN), "24h0m0s ahead") {
			t.Errorf("%+v, %v", events, err)
		}
		told, err := s.Notices(t.Context(), clerk.ID, 10)
		if err != nil || len(told) != 1 || told[0].Kind != workflow.EarlyClock {
			t.Errorf("%+v, %v", told, err)
		}
		c.set(now.Add(25 * time.Hour))
		if late, err := s.ReleasedAhead(t.Context(), c.now(), 9); err != nil || len(late) != 0 {
			t.Errorf("%v %v", late, err)
		}
	})
}

// TestAClockThatWasSetBack leaves no issue alone until it is where it was.
func TestAClockThatWasSetBack(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		hired(t, s, "reviewer", accounts.Reviewer, workflow.Reach{})
		waits := inReview(series)
		waits.Issue.Route = slices.Clone(waits.Issue.Route)
		waits.Issue.Route[1].Hours = 8
		must(t, s.Open(t.Context(), waits))
		c := &clock{at: now.Add(24 * time.Hour)}
		must(t, schedulerOver(s, c).Look(t.Context())) // looked at a day ahead
		c.set(now)
		if n, err := s.Sweep(t.Context(), now); err != nil || n != 1 {
			t.Errorf("%d found, %v", n, err)
		}
		if ids, err := s.Waking(t.Context(), now, 9); err != nil || len(ids) != 1 {
			t.Errorf("%v, %v", ids, err)
		}
	})
}
