package workflow

import (
	"time"

	"jianbao/workflow/calendar"
)

// A Climb is where a ladder stands: its deadline, the rung reached last (-1
// before the first) and when the next comes (the zero time after the last).
type Climb struct {
	Deadline time.Time
	Rung     int
	Next     time.Time
}

// ClimbTo returns where the ladder of a step stands at now. The step has hours
// of working time since the issue came to it; without hours there is no
// deadline and no rung.
//
// Rungs that passed together, because the program was down, are one: only the
// last of them is reached, so that nobody is told three times of one delay.
func ClimbTo(c calendar.Calendar, reached time.Time, hours int, ladder []Rung, now time.Time) Climb {
	climb := Climb{Rung: -1}
	if hours <= 0 {
		return climb
	}
	after := func(h int) time.Time { return c.AddWorkingHours(reached, time.Duration(max(h, 0))*time.Hour) }
	climb.Deadline = after(hours)
	for n, rung := range ladder {
		at := after(hours + rung.Hours)
		if at.IsZero() { // the tables leave no working time
			return climb
		}
		if at.After(now) {
			climb.Next = at
			return climb
		}
		climb.Rung = n
	}
	return climb
}
