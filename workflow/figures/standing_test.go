package figures

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// 2026-07-15 is a Wednesday.
func beijing(day, hour int) time.Time { return time.Date(2026, 7, day, hour-8, 30, 0, 0, time.UTC) }

func TestWhatLiesUndecidedAndHowLong(t *testing.T) {
	review := workflow.Step{Kind: workflow.ReviewStep, Role: accounts.Reviewer, Hours: 8}
	ids := []uuid.UUID{{1}, {2}, {3}, {4}, {5}}
	now := beijing(20, 9) // the Monday after
	s := Sight{Open: []Open{
		{ID: ids[0], State: workflow.Review, Step: review, Reached: beijing(16, 9)},                                          // 13 working hours, 5 late
		{ID: ids[1], State: workflow.Review, Step: review, Reached: beijing(17, 15)},                                         // Friday: 3 working hours
		{ID: ids[2], State: workflow.Draft, Step: workflow.Step{Kind: workflow.EditStep}, Round: 2, Reached: beijing(15, 8)}, // no deadline
		{ID: ids[3], State: workflow.Approved, Reached: beijing(1, 9)},                                                       // decided
		{ID: ids[4], State: workflow.Scheduled, ReleaseAt: beijing(17, 9)},
	}}
	all := Undecided(s, now)
	h := time.Hour
	want := []Standing{
		{Open: s.Open[0], Age: 13 * h, Deadline: time.Date(2026, 7, 17, 3, 0, 0, 0, time.UTC), Late: 5 * h, Overdue: true},
		{Open: s.Open[2], Age: 20*h + h/2},
		{Open: s.Open[1], Age: 3 * h, Deadline: time.Date(2026, 7, 20, 9, 0, 0, 0, time.UTC)},
	}
	for n := range all {
		if n >= len(want) || all[n].ID != want[n].ID {
			t.Fatalf("%+v", all)
		}
		all[n].Deadline = all[n].Deadline.UTC()
	}
	if !reflect.DeepEqual(all, want) {
		t.Errorf("%+v\nwant %+v", all, want)
	}
	loads := Loads(all)
	if len(loads) != len(workflow.StepKinds()) {
		t.Fatalf("a kind of step has no line: %+v", loads)
	}
	if got := (Load{workflow.ReviewStep, 2, 1, 0, 13 * h, 5 * h}); loads[1] != got {
		t.Errorf("review: %+v", loads[1])
	}
	if got := (Load{workflow.EditStep, 1, 0, 1, 20*h + h/2, 0}); loads[0] != got {
		t.Errorf("edit: %+v", loads[0])
	}
	if n, since := Belated(s.Open, now); n != 1 || !since.Equal(beijing(17, 9)) {
		t.Errorf("late releases: %d since %v", n, since)
	}
	if n, _ := Belated(s.Open, beijing(17, 8)); n != 0 {
		t.Errorf("late before its time: %d", n)
	}
}

// On a day off nothing grows later, but what is overdue stays so.
func TestADeadlineThatPassedOnAFridayEveningIsOverdueOnSaturday(t *testing.T) {
	s := Sight{Open: []Open{{State: workflow.Review, Step: workflow.Step{Kind: workflow.ReviewStep, Hours: 1}, Reached: time.Date(2026, 7, 17, 16-8, 30, 0, 0, time.UTC)}}}
	all := Undecided(s, beijing(18, 12))
	if len(all) != 1 || !all[0].Overdue || all[0].Late != 0 || all[0].Age != time.Hour {
		t.Errorf("%+v", all)
	}
}

func TestEachSeriesHasItsOwnHours(t *testing.T) {
	night := uuid.UUID{9}
	s := Sight{Calendars: map[uuid.UUID]calendar.Calendar{night: {Hours: calendar.Hours{Work: []calendar.Span{{From: 18 * 60, To: 22 * 60}}}}}}
	p := Passage{Came: beijing(15, 8), Left: beijing(15, 19)}
	if got := s.Lasted(p); got != 6*time.Hour+30*time.Minute {
		t.Errorf("by day %v", got)
	}
	p.Series = night
	if got := s.Lasted(p); got != 90*time.Minute {
		t.Errorf("by night %v", got)
	}
}

func TestWhomAnIssueWaitsFor(t *testing.T) {
	named := workflow.Step{People: []workflow.Named{{Name: "甲"}}, Units: []workflow.Named{{Name: "财政局"}}}
	for want, o := range map[string]Open{
		"丙": {Step: named, Assigned: []string{"丙"}}, "甲、财政局": {Step: named},
		"reviewer": {Step: workflow.Step{Role: accounts.Reviewer}}, "": {},
	} {
		if got := o.With(fault.EN); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Whatever passed, a median lies between the shortest and the longest, and the
// sums by step and by person are of the same passages.
func TestPacesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []Passage
		for range rapid.IntRange(0, 20).Draw(t, "passages") {
			p := Passage{Step: rapid.SampledFrom(workflow.StepKinds()).Draw(t, "step"), By: uuid.UUID{byte(rapid.IntRange(1, 3).Draw(t, "by"))}, Came: beijing(1, 9), Act: rapid.SampledFrom(Acts()).Draw(t, "act")}
			p.Left = p.Came.Add(time.Duration(rapid.IntRange(0, 1000).Draw(t, "minutes")) * time.Minute)
			all = append(all, p)
		}
		steps, people := Paces(all, func(p Passage) time.Duration { return p.Left.Sub(p.Came) })
		for _, group := range [][]Pace{steps, people} {
			count, returned := 0, 0
			for _, p := range group {
				count, returned = count+p.Count, returned+p.Returned
				if p.Median > p.Longest || p.Mean > p.Longest || p.Count == 1 && p.Median != p.Mean {
					t.Errorf("%+v", p)
				}
			}
			if count != len(all) || returned != len(ReturnsOf(all)) {
				t.Errorf("%d of %d passages, %d of %d returns", count, len(all), returned, len(ReturnsOf(all)))
			}
		}
	})
}
