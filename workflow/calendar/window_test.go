package calendar

import (
	"testing"
	"time"

	"jianbao/fault"
)

var (
	workdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	office   = Window{Days: workdays, From: 8*60 + 30, To: 17 * 60}
	shanghai = time.FixedZone("CST", 8*60*60)
)

func at(t *testing.T, text string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04:05", text, shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

// July 16 of 2021 is a Friday.
func TestWindow(t *testing.T) {
	for _, c := range []struct {
		name   string
		window Window
		at     string
		open   bool
		next   string
	}{
		{"always", Window{}, "2021-07-18 03:00:00", true, "2021-07-18 03:00:00"},
		{"in the middle", office, "2021-07-16 12:00:01", true, "2021-07-16 12:00:01"},
		{"the first moment", office, "2021-07-16 08:30:00", true, "2021-07-16 08:30:00"},
		{"a moment before", office, "2021-07-16 08:29:59", false, "2021-07-16 08:30:00"},
		{"the last moment", office, "2021-07-16 16:59:59", true, "2021-07-16 16:59:59"},
		{"the end is outside, and the weekend too", office, "2021-07-16 17:00:00", false, "2021-07-19 08:30:00"},
		{"Sunday", office, "2021-07-18 12:00:00", false, "2021-07-19 08:30:00"},
		{"one day a week, just over", Window{Days: []time.Weekday{time.Friday}, From: 0, To: 60}, "2021-07-16 01:00:00", false, "2021-07-23 00:00:00"},
		{"to midnight", Window{Days: workdays, From: 0, To: 24 * 60}, "2021-07-16 23:59:59", true, "2021-07-16 23:59:59"},
		{"the year ends", office, "2021-12-31 18:00:00", false, "2022-01-03 08:30:00"},
	} {
		moment := at(t, c.at)
		if c.window.Open(moment) != c.open {
			t.Errorf("%s: open is %v", c.name, !c.open)
		}
		if next := c.window.Next(moment); !next.Equal(at(t, c.next)) {
			t.Errorf("%s: opens at %s, want %s", c.name, next, c.next)
		}
		if problems := c.window.Validate(); len(problems) > 0 {
			t.Errorf("%s: %v", c.name, problems)
		}
	}
}

func TestAWindowThatNeverOpens(t *testing.T) {
	for _, c := range []struct {
		window Window
		wrong  int
	}{
		{Window{Days: workdays, From: 60, To: 60}, 1},
		{Window{Days: workdays, From: -1, To: 60}, 1},
		{Window{Days: workdays, From: 0, To: 24*60 + 1}, 1},
		{Window{From: 60, To: 120}, 1},
		{Window{From: 120, To: 60}, 2},
	} {
		if got := c.window.Validate(); len(got) != c.wrong {
			t.Errorf("%+v: %v", c.window, got)
		}
	}
	if next := (Window{From: 60, To: 120}).Next(at(t, "2021-07-16 12:00:00")); !next.IsZero() {
		t.Errorf("it opens at %s", next)
	}
}

func TestAWindowIsDescribed(t *testing.T) {
	if got := office.Describe().In(fault.ZH); got != "周一二三四五 8:30至17:00" {
		t.Error(got)
	}
	if got := (Window{}).Describe().In(fault.ZH); got != "任何时间" {
		t.Error(got)
	}
}
