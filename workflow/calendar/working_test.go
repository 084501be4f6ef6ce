package calendar

import (
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"
)

func zone(t interface{ Fatal(...any) }, name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// desk is an office with the usual hours in China.
var desk = Calendar{Years: Known()}

func TestWorkingHours(t *testing.T) {
	newYork := Calendar{Zone: zone(t, "America/New_York"), Hours: Hours{Work: []Span{{0, 360}}}}
	sunday := Calendar{Zone: newYork.Zone, Hours: newYork.Hours, // the days on which clocks change, worked
		Years: []Year{{Year: 2026, Days: []Special{{Day{2026, 3, 8}, false, "x"}, {Day{2026, 11, 1}, false, "x"}}}}}
	for _, c := range []struct {
		name     string
		calendar Calendar
		from     string
		hours    float64
		due      string
	}{
		{"within a morning", desk, "2026-07-15 09:00", 2, "2026-07-15 11:00"},
		{"to the end of the day, not the next morning", desk, "2026-07-15 14:30", 3, "2026-07-15 17:30"},
		{"over noon", desk, "2026-07-15 11:30", 1, "2026-07-15 15:00"},
		{"over the weekend", desk, "2026-07-17 17:00", 1, "2026-07-20 09:00"},
		{"from a Sunday", desk, "2026-07-19 03:00", 6.5, "2026-07-20 17:30"},
		{"nothing", desk, "2026-07-19 03:00", 0, "2026-07-19 03:00"},
		{"a make-up Sunday", desk, "2026-09-19 12:00", 1, "2026-09-20 09:30"},
		{"a make-up Saturday after seven days off", desk, "2026-09-30 17:00", 13.5, "2026-10-09 17:30"},
		{"the make-up Saturday itself", desk, "2026-10-09 17:30", 6.5, "2026-10-10 17:30"},
		{"seven days off", desk, "2025-09-30 17:30", 0.5, "2025-10-09 09:00"},
		{"the year ends on a day off of the next", desk, "2022-12-30 17:00", 1, "2023-01-03 09:00"},
		{"the year ends and begins with a make-up day", desk, "2025-12-31 17:00", 1, "2026-01-04 09:00"},
		{"clocks go forward: the night has five hours", sunday, "2026-03-06 05:59", 5.0 + 1.0/60, "2026-03-08 06:00"},
		{"clocks go back: the night has seven hours", sunday, "2026-10-30 05:59", 7.0 + 1.0/60, "2026-11-01 06:00"},
		{"an ordinary night there", sunday, "2026-07-15 00:00", 7, "2026-07-16 01:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			from, err := time.ParseInLocation("2006-01-02 15:04", c.from, c.calendar.zone())
			if err != nil {
				t.Fatal(err)
			}
			d := time.Duration(c.hours * float64(time.Hour)).Round(time.Minute)
			due := c.calendar.AddWorkingHours(from, d)
			if got := due.Format("2006-01-02 15:04"); got != c.due {
				t.Errorf("due at %s, not %s", got, c.due)
			}
			if got := c.calendar.WorkingTime(from, due); got != d {
				t.Errorf("%s lie between, not %s", got, d)
			}
			if got := c.calendar.WorkingTime(due, from); got != -d {
				t.Errorf("%s lie between backwards", got)
			}
		})
	}
}

func TestWorkingDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-07-15", 0, "2026-07-15"}, {"2026-07-15", 1, "2026-07-16"}, {"2026-07-15", 5, "2026-07-22"},
		{"2026-07-18", 0, "2026-07-18"}, {"2026-07-18", 1, "2026-07-20"}, // a Saturday is not counted
		{"2026-09-30", 1, "2026-10-08"}, {"2026-09-30", 3, "2026-10-10"}, {"2026-09-30", 4, "2026-10-12"},
		{"2026-02-13", 1, "2026-02-14"}, {"2026-02-13", 2, "2026-02-24"},
		{"2025-12-31", 1, "2026-01-04"}, {"2026-12-31", 1, "2027-01-01"}, // nobody entered 2027
		{"2021-07-15", 5, "2021-07-22"}, {"2021-07-15", -3, "2021-07-15"},
	} {
		if got := desk.AddWorkingDays(day(t, c.from), c.n); got.String() != c.want {
			t.Errorf("%s and %d working days: %s, not %s", c.from, c.n, got, c.want)
		}
	}
	if got := desk.EndOf(Day{2026, 7, 15}).Format(time.RFC3339); got != "2026-07-15T17:30:00+08:00" {
		t.Errorf("the day ends at %s", got)
	}
}

func TestTheNextWorkingMoment(t *testing.T) {
	for from, want := range map[string]string{
		"2026-07-15 08:29:59": "2026-07-15 08:30:00", "2026-07-15 08:30:00": "2026-07-15 08:30:00", "2026-07-15 11:59:59": "2026-07-15 11:59:59",
		"2026-07-15 12:00:00": "2026-07-15 14:30:00", "2026-07-17 17:30:00": "2026-07-20 08:30:00", "2026-09-30 23:00:00": "2026-10-08 08:30:00",
		"2026-10-10 13:00:00": "2026-10-10 14:30:00", "2022-12-31 10:00:00": "2023-01-03 08:30:00",
	} {
		if got := desk.NextWorkingMoment(at(t, from)); !got.Equal(at(t, want)) {
			t.Errorf("after %s it is %s, not %s", from, got, want)
		}
	}
	if !desk.IsWorkday(time.Date(2026, 7, 19, 16, 0, 0, 0, time.UTC)) {
		t.Error("Monday begins in China while it is Sunday in Greenwich")
	}
}

// never is an office that is always off.
var never = func() Calendar {
	c := Calendar{}
	for year := 2020; year < 2030; year++ {
		y := Year{Year: year}
		for d := (Day{year, 1, 1}); d.Year == year; d = d.Add(1) {
			y.Days = append(y.Days, Special{d, true, "x"})
		}
		c.Years = append(c.Years, y)
	}
	return c
}()

func TestAnOfficeThatNeverWorksAnswers(t *testing.T) {
	from := at(t, "2021-07-15 09:00:00")
	if got := never.AddWorkingHours(from, time.Hour); !got.IsZero() {
		t.Errorf("an hour later it is %s", got)
	}
	if got := never.NextWorkingMoment(from); !got.IsZero() {
		t.Errorf("it works at %s", got)
	}
	if got := never.AddWorkingDays(DayOf(from), 1); got != (Day{}) {
		t.Errorf("it works on %s", got)
	}
	if got := never.WorkingTime(from, from.AddDate(2, 0, 0)); got != 0 {
		t.Errorf("it works %s", got)
	}
}

// anyOffice draws an office in a zone with or without changes of clocks, those
// at midnight (Beirut, São Paulo until 2019) among them.
func anyOffice(t *rapid.T) Calendar {
	name := rapid.SampledFrom([]string{"Asia/Shanghai", "America/New_York", "Asia/Beirut", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia"}).Draw(t, "zone")
	var work []Span
	end := 0
	for range rapid.IntRange(1, 4).Draw(t, "spans") {
		from := rapid.IntRange(end, min(end+600, wholeDay-1)).Draw(t, "from")
		to := rapid.IntRange(from+1, wholeDay).Draw(t, "to")
		work = append(work, Span{from, to})
		if end = to; end == wholeDay {
			break
		}
	}
	c := Calendar{Zone: zone(t, name), Hours: Hours{Work: work}, Years: Known()}
	if reasons := c.Hours.Validate(); len(reasons) > 0 {
		t.Fatal(reasons)
	}
	return c
}

func anyTime(t *rapid.T, name string) time.Time {
	first := time.Date(2011, 12, 1, 0, 0, 0, 0, time.UTC) // Samoa skips December 30
	if rapid.Bool().Draw(t, "late") {
		first = time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC)
	}
	return first.Add(time.Duration(rapid.IntRange(0, 400*24*60).Draw(t, name)) * time.Minute)
}

func TestAddingWorkingHoursIsMonotoneAndAdditive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, from := anyOffice(t), anyTime(t, "from")
		a := time.Duration(rapid.IntRange(0, 3000).Draw(t, "a")) * time.Minute
		b := time.Duration(rapid.IntRange(0, 3000).Draw(t, "b")) * time.Minute
		once, twice := c.AddWorkingHours(from, a+b), c.AddWorkingHours(c.AddWorkingHours(from, a), b)
		if !once.Equal(twice) {
			t.Errorf("at once %s, in two parts %s", once, twice)
		}
		if got := c.WorkingTime(from, once); got != a+b {
			t.Errorf("%s lie between, not %s", got, a+b)
		}
		later := from.Add(time.Duration(rapid.IntRange(0, 5000).Draw(t, "later")) * time.Minute)
		if c.AddWorkingHours(later, a).Before(c.AddWorkingHours(from, a)) {
			t.Error("what begins later is due earlier")
		}
		if c.AddWorkingHours(from, a+b).Before(c.AddWorkingHours(from, a)) {
			t.Error("what takes longer is due earlier")
		}
		if got := c.WorkingTime(from, later) + c.WorkingTime(later, once); got != c.WorkingTime(from, once) {
			t.Errorf("the parts sum to %s", got)
		}
	})
}

func TestAddingWorkingDaysIsMonotoneAndAdditive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := DayOf(anyTime(t, "from"))
		a, b := rapid.IntRange(0, 40).Draw(t, "a"), rapid.IntRange(0, 40).Draw(t, "b")
		once := desk.AddWorkingDays(from, a+b)
		if twice := desk.AddWorkingDays(desk.AddWorkingDays(from, a), b); once != twice {
			t.Errorf("at once %s, in two parts %s", once, twice)
		}
		if a+b > 0 && !desk.Workday(once) {
			t.Errorf("%s is no working day", once)
		}
		later := from.Add(rapid.IntRange(0, 40).Draw(t, "later"))
		if desk.AddWorkingDays(later, a).Before(desk.AddWorkingDays(from, a)) {
			t.Error("what begins later is due earlier")
		}
	})
}

// The slow way, minute by minute on the wall, finds the same working time.
func TestWorkingTimeIsWhatAClockOnTheWallShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, from := anyOffice(t), anyTime(t, "from")
		to := from.Add(time.Duration(rapid.IntRange(0, 4*24*60).Draw(t, "minutes")) * time.Minute)
		var slow time.Duration
		for m := from; m.Before(to); m = m.Add(time.Minute) {
			here := m.In(c.Zone)
			minute := here.Hour()*60 + here.Minute()
			for _, s := range c.Hours.Work {
				if c.Workday(DayOf(here)) && minute >= s.From && minute < s.To {
					slow += time.Minute
				}
			}
		}
		// A span whose end is in the hour that clocks show twice, or skip, may
		// count that hour or not; nothing else differs.
		if got := c.WorkingTime(from, to); (got - slow).Abs() > changes(c.Zone, from, to) {
			t.Errorf("%s, not %s", got, slow)
		}
	})
}

// changes is by how much the clocks of a zone change around a span of time.
func changes(z *time.Location, from, to time.Time) (sum time.Duration) {
	_, before := from.Add(-48 * time.Hour).In(z).Zone()
	for m := from.Add(-48 * time.Hour); m.Before(to.Add(48 * time.Hour)); m = m.Add(30 * time.Minute) {
		_, now := m.In(z).Zone()
		sum += (time.Duration(now-before) * time.Second).Abs()
		before = now
	}
	return sum
}
