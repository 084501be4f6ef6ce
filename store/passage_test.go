package store

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/workflow"
	"jianbao/workflow/figures"
)

func TestHowLongThingsLayAtTheirSteps(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		issue := openedIssue(t, s, series)
		var want []figures.Passage
		for n, act := range []workflow.Act{workflow.Submit, workflow.Save, workflow.Return, workflow.Submit} {
			at := now.Add(time.Duration(n+1) * time.Hour)
			_, err := s.Change(t.Context(), issue.ID, false, func(c workflow.Case) (workflow.Change, error) {
				change := next(c)
				change.Event.Act, change.Event.At, change.Event.Step, change.Event.Reached = act, at, workflow.ReviewStep, now
				if act != workflow.Save {
					want = append(want, figures.Passage{Issue: issue.ID, Series: series.ID, Step: workflow.ReviewStep, By: change.Event.By, Name: "甲", Came: now, Left: at, Act: act})
				}
				return change, nil
			})
			must(t, err)
		}
		ask := func(series []uuid.UUID, hours int) []figures.Passage {
			t.Helper()
			return must1(s.Passages(t.Context(), series, now, now.Add(time.Duration(hours)*time.Hour)))(t)
		}
		if got := ask(nil, 9); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v\nwant %+v", got, want)
		}
		if got := ask([]uuid.UUID{series.ID}, 4); !reflect.DeepEqual(got, want[:2]) {
			t.Errorf("until the last one: %+v", got)
		}
		if got := ask([]uuid.UUID{newID()}, 9); len(got) != 0 {
			t.Errorf("of another series: %+v", got)
		}
	})
}

func TestTheStatementHasTheActsOfPassages(t *testing.T) {
	var quoted []string
	for _, act := range figures.Acts() {
		quoted = append(quoted, "'"+string(act)+"'")
	}
	if want := "act IN (" + strings.Join(quoted, ", ") + ")"; !strings.HasPrefix(passed, want) {
		t.Errorf("%s does not begin with %s", passed, want)
	}
}

// What years have piled up is not read for a month's figures.
func TestPassagesAreFoundByTheirTime(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		plan := planOf(t, s, "SELECT event.*, issue.series FROM event JOIN issue ON issue.id = event.issue WHERE "+passed+" ORDER BY at, event.id", 1, 2)
		if !strings.Contains(plan, "event_decided") {
			t.Errorf("the index is not used:\n%s", plan)
		}
	})
}
