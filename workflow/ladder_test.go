package workflow

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"jianbao/fault"
	"jianbao/workflow/calendar"
)

// Eight hours from Friday 10:00 are due on Monday 11:30: 8:30 to 12:00 and
// 14:30 to 17:30 are worked.
func TestClimbing(t *testing.T) {
	c := Timetable{}.Calendar(Series{}, nil)
	reached := in(t, "Asia/Shanghai", "2021-07-16T10:00")
	for _, s := range []struct {
		now  string
		rung int
		next string
	}{
		{"2021-07-16T10:00", -1, "2021-07-16T16:30"},
		{"2021-07-16T16:30", 0, "2021-07-19T11:30"},
		{"2021-07-18T12:00", 0, "2021-07-19T11:30"},
		{"2021-07-19T11:30", 1, "2021-07-20T15:30"},
		{"2021-07-20T15:30", 2, "2021-07-23T09:30"},
		{"2021-07-30T09:00", 3, ""},
	} {
		climb := ClimbTo(c, reached, 8, DefaultLadder(), in(t, "Asia/Shanghai", s.now))
		next := ""
		if !climb.Next.IsZero() {
			next = climb.Next.In(c.Zone).Format(localTime)
		}
		if climb.Rung != s.rung || next != s.next {
			t.Errorf("at %s: rung %d, next %s, want %d, %s", s.now, climb.Rung, next, s.rung, s.next)
		}
	}
	if climb := ClimbTo(c, reached, 0, DefaultLadder(), reached.AddDate(1, 0, 0)); climb != (Climb{Rung: -1}) {
		t.Errorf("without a deadline: %+v", climb)
	}
}

// Rungs are reached in order, none before its time, and there is always a next
// one until the last.
func TestLaddersOnlyGoUp(t *testing.T) {
	c := Timetable{}.Calendar(Series{}, nil)
	start := time.Date(2021, 2, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		reached := start.Add(time.Duration(rapid.IntRange(0, 60*24*60).Draw(t, "minutes")) * time.Minute)
		hours := rapid.IntRange(1, 40).Draw(t, "hours")
		before, at := -1, reached
		for range 20 {
			at = at.Add(time.Duration(rapid.IntRange(1, 72*60).Draw(t, "on")) * time.Minute)
			climb := ClimbTo(c, reached, hours, DefaultLadder(), at)
			if climb.Rung < before {
				t.Fatalf("fell from rung %d to %d", before, climb.Rung)
			}
			if last := climb.Rung == len(DefaultLadder())-1; climb.Next.IsZero() != last || !last && !climb.Next.After(at) {
				t.Fatalf("at %s on rung %d the next is at %s", at, climb.Rung, climb.Next)
			}
			before = climb.Rung
		}
	})
}

func TestTimetablesThatCannotBeUsed(t *testing.T) {
	bad := Timetable{
		Ladder: []Rung{{Hours: 4}, {Hours: 4}, {Hours: 900}}, CatchUp: "some", Appears: "@daily", Ahead: -1,
		Hours: calendar.Hours{Work: []calendar.Span{{From: 600, To: 500}}},
	}
	if err := fault.As(bad.Validate()); err == nil || len(err.Reasons) != 6 {
		t.Errorf("%v", err)
	}
	for _, good := range []Timetable{{}, {Ladder: DefaultLadder(), CatchUp: CatchAll, Appears: "0 18 15,31 * *"}, {Ladder: []Rung{}}} {
		if err := good.Validate(); err != nil {
			t.Error(err)
		}
	}
}
