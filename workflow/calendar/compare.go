package calendar

import (
	"slices"
	"strings"
	"time"

	"jianbao/fault"
)

// A Difference is a day of which two tables of a year do not say the same. What
// has no special day is nil: it is as its weekday says.
type Difference struct {
	Day           Day
	Before, After *Special
}

var (
	changedDay = fault.Say("calendar.difference", "%s：原为%s，改为%s", "%s: was %s, becomes %s")
	dayOffSay  = fault.Say("calendar.off", "休（%s）", "off (%s)")
	dayWorkSay = fault.Say("calendar.worked", "上班（%s调休）", "worked (for %s)")
	usualWork  = fault.Say("calendar.usual-work", "上班", "a working day")
	usualOff   = fault.Say("calendar.usual-off", "周末", "a weekend")
)

// Compare returns the days of which two tables differ, the earliest first.
func Compare(before, after Year) []Difference {
	var all []Difference
	for _, s := range before.Days {
		if now := after.special(s.Day); now == nil || *now != s {
			all = append(all, Difference{Day: s.Day, Before: &s, After: now})
		}
	}
	for _, s := range after.Days {
		if before.special(s.Day) == nil {
			all = append(all, Difference{Day: s.Day, After: &s})
		}
	}
	slices.SortStableFunc(all, func(a, b Difference) int { return strings.Compare(a.Day.String(), b.Day.String()) })
	return all
}

func (y Year) special(day Day) *Special {
	for _, s := range y.Days {
		if s.Day == day {
			return &s
		}
	}
	return nil
}

// Said says what a day is: off, worked, or as its weekday has it.
func Said(day Day, s *Special) fault.Reason {
	switch {
	case s == nil && weekend(day.Weekday()):
		return usualOff.With()
	case s == nil:
		return usualWork.With()
	case s.Off:
		return dayOffSay.With(s.Name)
	}
	return dayWorkSay.With(s.Name)
}

// Say says the difference in one line.
func (d Difference) Say() fault.Reason {
	return changedDay.With(d.Day.String(), Said(d.Day, d.Before), Said(d.Day, d.After))
}

// With returns the table with one day as it is said to be; nil makes it what
// its weekday says. The table itself is not changed.
func (y Year) With(day Day, s *Special) Year {
	y.Days = slices.DeleteFunc(slices.Clone(y.Days), func(old Special) bool { return old.Day == day })
	if s != nil {
		y.Days = append(y.Days, *s)
	}
	slices.SortFunc(y.Days, func(a, b Special) int { return strings.Compare(a.Day.String(), b.Day.String()) })
	return y
}

// YearOf returns the table of a year among several; without one, an empty
// table and false.
func YearOf(all []Year, year int) (Year, bool) {
	if i := slices.IndexFunc(all, func(y Year) bool { return y.Year == year }); i >= 0 {
		return all[i], true
	}
	return Year{Year: year}, false
}

// Awaited returns the year whose table should be there at a moment and is not:
// this year, or from the first of December on the next, which the General
// Office of the State Council announces in October or November. It is 0 where
// nothing is awaited.
func (c Calendar) Awaited(now time.Time) int {
	now = now.In(c.zone())
	for _, year := range []int{now.Year(), now.Year() + 1} {
		if _, known := YearOf(c.Years, year); !known && (year == now.Year() || now.Month() == time.December) {
			return year
		}
	}
	return 0
}
