package calendar

import (
	"slices"
	"testing"
	"time"

	"jianbao/fault"
)

func TestHoursAreValidated(t *testing.T) {
	for _, c := range []struct {
		name  string
		hours Hours
		want  []fault.Sentence
	}{
		{"none", Hours{}, nil},
		{"the usual", Hours{Work: UsualHours(), Quiet: Span{22 * 60, 7 * 60}}, nil},
		{"all day", Hours{Work: []Span{{0, wholeDay}}}, nil},
		{"backwards and beyond the day", Hours{Work: []Span{{600, 500}, {0, 1441}, {-1, 5}}}, []fault.Sentence{badSpan, badSpan, badSpan}},
		{"over one another", Hours{Work: []Span{{500, 700}, {600, 800}, {700, 900}}}, []fault.Sentence{badOrder, badOrder}},
		{"quiet beyond the day", Hours{Quiet: Span{-1, 5}}, []fault.Sentence{badQuiet}},
		{"quiet all day", Hours{Quiet: Span{0, wholeDay}}, []fault.Sentence{quietAtAll}},
	} {
		var keys, want []string
		for _, r := range c.hours.Validate() {
			keys = append(keys, r.Key)
		}
		for _, s := range c.want {
			want = append(want, s.Key)
		}
		if !slices.Equal(keys, want) {
			t.Errorf("%s: %q, not %q", c.name, keys, want)
		}
	}
}

func TestNobodyIsDisturbed(t *testing.T) {
	night := Calendar{Hours: Hours{Quiet: Span{22 * 60, 7*60 + 30}}, Years: Known()}
	noon := Calendar{Hours: Hours{Quiet: Span{12 * 60, 14 * 60}}, Years: Known()}
	off := night
	off.Hours.QuietDaysOff = true
	for _, c := range []struct {
		name     string
		calendar Calendar
		from     string
		want     string
	}{
		{"awake", night, "2026-07-15 21:59:59", "2026-07-15 21:59:59"},
		{"evening", night, "2026-07-15 22:00:00", "2026-07-16 07:30:00"},
		{"early", night, "2026-07-16 00:10:00", "2026-07-16 07:30:00"},
		{"a Saturday is no matter", night, "2026-07-18 09:00:00", "2026-07-18 09:00:00"},
		{"noon", noon, "2026-07-15 12:00:00", "2026-07-15 14:00:00"},
		{"no quiet hours", desk, "2026-07-15 03:00:00", "2026-07-15 03:00:00"},
		{"days off", off, "2026-07-17 22:00:00", "2026-07-20 07:30:00"},
		{"a holiday", off, "2026-10-01 09:00:00", "2026-10-08 07:30:00"},
		{"a make-up day", off, "2026-10-10 09:00:00", "2026-10-10 09:00:00"},
	} {
		if got := c.calendar.NextAwake(at(t, c.from)); !got.Equal(at(t, c.want)) {
			t.Errorf("%s: %s, not %s", c.name, got, c.want)
		}
	}
	asleep := never
	asleep.Hours.QuietDaysOff = true
	if got := asleep.NextAwake(at(t, "2021-07-15 09:00:00")); !got.IsZero() {
		t.Errorf("awake at %s", got)
	}
}

func TestAWindowKeepsHolidays(t *testing.T) {
	for _, c := range []struct {
		name   string
		window Window
		from   string
		want   string
	}{
		{"open", office, "2026-07-15 09:00:00", "2026-07-15 09:00:00"},
		{"seven days off", office, "2026-09-30 17:00:00", "2026-10-08 08:30:00"},
		{"a make-up Saturday", office, "2026-10-09 17:00:00", "2026-10-10 08:30:00"},
		{"an ordinary Saturday", office, "2026-10-17 09:00:00", "2026-10-19 08:30:00"},
		{"always", Window{}, "2026-10-01 03:00:00", "2026-10-01 03:00:00"},
		{"Thursdays alone, and not on October 1", Window{Days: []time.Weekday{4}, From: 600, To: 660}, "2026-09-25 00:00:00", "2026-10-08 10:00:00"},
		{"Saturdays too", Window{Days: []time.Weekday{1, 2, 3, 4, 5, 6}, From: 600, To: 660}, "2026-10-16 12:00:00", "2026-10-17 10:00:00"},
	} {
		if got := desk.NextWithin(c.window, at(t, c.from)); !got.Equal(at(t, c.want)) {
			t.Errorf("%s: %s, not %s", c.name, got, c.want)
		}
	}
	if got := desk.NextWithin(Window{From: 60, To: 120}, at(t, "2026-10-01 03:00:00")); !got.IsZero() {
		t.Errorf("a window without days opens at %s", got)
	}
}
