package store

import (
	"testing"

	"github.com/google/uuid"

	"jianbao/workflow"
)

// The next issue is made after the last one that came out: not after one that
// was withdrawn, whose number is void.
func TestAVoidNumberIsNotTheLastIssue(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		var ids []uuid.UUID
		for range 2 {
			issue := openedIssue(t, s, series)
			_, err := s.Change(t.Context(), issue.ID, true, register)
			must(t, err)
			ids = append(ids, issue.ID)
		}
		last := func() (id uuid.UUID) {
			_, err := s.Fire(t.Context(), workflow.Fire{Series: series.ID, Schedule: workflow.Opening, Local: uuid.NewString(), At: now}, func(v workflow.FireView) (workflow.FireResult, error) {
				id = v.Last.ID
				return workflow.FireResult{Outcome: workflow.AllWell}, nil
			})
			must(t, err)
			return id
		}
		if got := last(); got != ids[1] {
			t.Errorf("the last is %s of %v", got, ids)
		}
		_, err := s.Change(t.Context(), ids[1], true, func(c workflow.Case) (workflow.Change, error) {
			change := next(c)
			change.Issue.State, change.Void = workflow.Withdrawn, "有误"
			return change, nil
		})
		must(t, err)
		if got := last(); got != ids[0] {
			t.Errorf("after a withdrawal the last is %s of %v", got, ids)
		}
	})
}

// An issue is looked at once for each time that it wakes, by whichever process
// comes first.
func TestAnIssueThatSleepsIsNotLookedAt(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue := inReview(plant(t, s))
		must(t, s.Open(t.Context(), issue))
		looks := 0
		for range 2 {
			_, err := s.Tell(t.Context(), issue.Issue.ID, now, func(v workflow.Sight) workflow.Telling {
				looks++
				return telling(v)
			})
			must(t, err)
		}
		if looks != 1 {
			t.Errorf("looked at %d times", looks)
		}
	})
}
