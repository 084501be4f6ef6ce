package store

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/figures"
)

func TestWhatIsUnderWayIsSeenWithItsHours(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		hours := calendar.Hours{Work: []calendar.Span{{From: 600, To: 720}}}
		must(t, s.SaveTimetable(t.Context(), workflow.Timetable{Series: series.ID, Hours: hours}))
		review := inReview(series)
		review.Issue.Assigned = []workflow.Assignment{{Step: 0, Name: "甲"}, {Step: 1, Name: "乙"}}
		archived := inReview(series)
		archived.Issue.State = workflow.Archived
		scheduled := inReview(series)
		scheduled.Issue.State, scheduled.Issue.Step, scheduled.Issue.ReleaseAt = workflow.Scheduled, 2, now.Add(time.Hour)
		for _, change := range []workflow.Change{review, archived, scheduled} {
			must(t, s.Open(t.Context(), change))
		}
		for _, of := range [][]uuid.UUID{nil, {series.ID}} {
			sight := must1(s.Underway(t.Context(), of))(t)
			want := []figures.Open{
				{ID: review.Issue.ID, Series: series.ID, Masthead: series.Masthead, State: workflow.Review, Step: series.Route[1], Assigned: []string{"乙"}, Round: 1, Reached: now},
				{ID: scheduled.Issue.ID, Series: series.ID, Masthead: series.Masthead, State: workflow.Scheduled, Round: 1, Reached: now, ReleaseAt: now.Add(time.Hour)},
			}
			if sight.Open[0].ID != want[0].ID {
				want[0], want[1] = want[1], want[0]
			}
			if !reflect.DeepEqual(sight.Open, want) {
				t.Errorf("%+v\nwant %+v", sight.Open, want)
			}
			if c := sight.Calendar(series.ID); !reflect.DeepEqual(c.Hours, hours) || c.Zone == nil || len(c.Years) == 0 {
				t.Errorf("its office works by %+v", c.Hours)
			}
		}
		if none := must1(s.Underway(t.Context(), []uuid.UUID{newID()}))(t); len(none.Open) != 0 {
			t.Errorf("of another series: %+v", none.Open)
		}
	})
}

func TestWhatIsArchivedIsNotReadForWhatIsUnderWay(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		for _, statement := range []string{openIssues, openIssues + " WHERE series IN ('" + uuid.Nil.String() + "')"} {
			plan := planOf(t, s, statement)
			if !strings.Contains(plan, "issue_open") && !strings.Contains(plan, "issue_due") {
				t.Errorf("%s\n%s", statement, plan)
			}
		}
	})
}
