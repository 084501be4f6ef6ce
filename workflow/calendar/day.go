package calendar

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// A Day is a day of the calendar, in no zone.
type Day struct {
	Year  int        `json:"year"`
	Month time.Month `json:"month"`
	Day   int        `json:"day"`
}

// DayOf returns the day of a time in its own zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day{y, m, d}
}

// Add returns the day n days later, or earlier where n is negative.
func (d Day) Add(n int) Day { return DayOf(d.at(n*24*60, time.UTC)) }

// Before reports whether d is an earlier day than e.
func (d Day) Before(e Day) bool { return d.at(0, time.UTC).Before(e.at(0, time.UTC)) }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.at(0, time.UTC).Weekday() }

// Real reports whether there is such a day: February 30 is none.
func (d Day) Real() bool { return d == d.Add(0) }

// String returns the day as 2006-01-02.
func (d Day) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

// at returns the moment at which clocks of a zone show so many minutes after
// the midnight that the day begins with.
func (d Day) at(minutes int, zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, minutes, 0, 0, zone)
}

// written are the ways in which people write days.
var written = regexp.MustCompile(`^(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?$`)

// ParseDay reads 2026-10-01, 2026/10/1, 2026.10.1 and 2026年10月1日. It reports
// false for everything else and for days that there are not.
func ParseDay(text string) (Day, bool) {
	m := written.FindStringSubmatch(text)
	if m == nil {
		return Day{}, false
	}
	y, _ := strconv.Atoi(m[1]) // digits alone, by the pattern
	month, _ := strconv.Atoi(m[2])
	day, _ := strconv.Atoi(m[3])
	d := Day{y, time.Month(month), day}
	return d, d.Real()
}
