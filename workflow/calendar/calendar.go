package calendar

import (
	"slices"
	"time"

	"jianbao/fault"
)

// A Calendar is when an office works. The zero Calendar is that of an office in
// China with the usual hours that knows of no holidays; [Known] has those.
type Calendar struct {
	Zone  *time.Location // nil is Asia/Shanghai
	Hours Hours
	Years []Year // see Known
}

// patience is how many days on end may be off before a question is given up:
// then the tables cannot be right.
const patience = 1000

// china is China Standard Time, which has had no change of clocks since 1991.
var china = time.FixedZone("CST", 8*60*60)

func (c Calendar) zone() *time.Location {
	if c.Zone == nil {
		return china
	}
	return c.Zone
}

// Special returns what the tables say of a day, and whether they say anything.
// Of two tables that do, that of the later year was announced later and holds.
func (c Calendar) Special(day Day) (Special, bool) {
	var found Special
	year := 0
	for _, y := range c.Years {
		if y.Year != day.Year && y.Year != day.Year+1 || y.Year < year {
			continue
		}
		if i := slices.IndexFunc(y.Days, func(s Special) bool { return s.Day == day }); i >= 0 {
			found, year = y.Days[i], y.Year
		}
	}
	return found, year > 0
}

// Workday reports whether the office works on a day.
func (c Calendar) Workday(day Day) bool {
	if s, special := c.Special(day); special {
		return !s.Off
	}
	return !weekend(day.Weekday())
}

// IsWorkday reports whether t is on a working day in the zone of the calendar.
func (c Calendar) IsWorkday(t time.Time) bool { return c.Workday(DayOf(t.In(c.zone()))) }

// AddWorkingDays returns the n-th working day after a day, which itself is not
// counted; the day itself for n = 0. It returns the zero Day if the tables leave
// no working day for years on end.
func (c Calendar) AddWorkingDays(day Day, n int) Day {
	for ; n > 0; n-- {
		day = c.nextWorkday(day)
		if day == (Day{}) {
			break
		}
	}
	return day
}

func (c Calendar) nextWorkday(day Day) Day {
	for range patience {
		if day = day.Add(1); c.Workday(day) {
			return day
		}
	}
	return Day{}
}

// EndOf returns when the work of a day ends: the deadline of what is due on it.
// On a day off that is when it would end.
func (c Calendar) EndOf(day Day) time.Time {
	work := c.Hours.work()
	return day.at(work[len(work)-1].To, c.zone())
}

var notEntered = fault.Say("calendar.not-entered", "%d年的放假安排尚未录入", "the public holidays of %d are not entered yet")

// Unknown names the years between two moments, both included, that have no
// table: what is said of them takes every Monday to Friday as a working day.
func (c Calendar) Unknown(from, to time.Time) []fault.Reason {
	var reasons []fault.Reason
	for year := from.In(c.zone()).Year(); year <= to.In(c.zone()).Year(); year++ {
		if !slices.ContainsFunc(c.Years, func(y Year) bool { return y.Year == year }) {
			reasons = append(reasons, notEntered.With(year))
		}
	}
	return reasons
}

// Within reports whether a window is open at t in the zone of the calendar: at
// its hours, on its days of the week, but not on a holiday, and on a make-up
// workday as on the working days where it has all of those.
func (c Calendar) Within(w Window, t time.Time) bool {
	if w.Always() {
		return true
	}
	t = t.In(c.zone())
	if s, special := c.Special(DayOf(t)); special {
		if s.Off {
			return false
		}
		w.Days = w.worked(t.Weekday())
	}
	return w.Open(t)
}

// NextWithin returns the first moment at or after t at which a window is open
// as [Calendar.Within] has it; the zero time if it never opens.
func (c Calendar) NextWithin(w Window, t time.Time) time.Time {
	if c.Within(w, t) {
		return t
	}
	day := DayOf(t.In(c.zone()))
	for range patience {
		if opens := day.at(w.From, c.zone()); !opens.Before(t) && c.Within(w, opens) {
			return opens.In(t.Location())
		}
		day = day.Add(1)
	}
	return time.Time{}
}

// worked are the days of a window in a week in which a day is worked to make up
// for another.
func (w Window) worked(makeUp time.Weekday) []time.Weekday {
	for d := time.Monday; d <= time.Friday; d++ {
		if !w.on(d) {
			return w.Days
		}
	}
	return append(slices.Clone(w.Days), makeUp)
}
