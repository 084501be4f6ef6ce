package calendar_test

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jianbao/workflow/calendar"
)

func TestSpansAndWindowsAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]calendar.Window{
		"":                    {},
		"  ":                  {},
		"1-5 8:00-18:00":      {Days: []time.Weekday{1, 2, 3, 4, 5}, From: 480, To: 1080},
		"7,1-2,2 08:30-24:00": {Days: []time.Weekday{1, 2, 0}, From: 510, To: 1440},
	} {
		if got, ok := calendar.ParseWindow(text); !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %+v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"1-5", "8:00-18:00", "0-5 8:00-18:00", "1-8 8:00-18:00", "5-1 8:00-18:00", "1-5 18:00-8:00", "1-5 8:00-8:00", "1-5 8:00-0:00", "1-5 8-18", "1-5 8:00-25:00", "a 8:00-18:00", "1-5 8:00-18:00 x", ", 8:00-18:00"} {
		if got, ok := calendar.ParseWindow(text); ok {
			t.Errorf("%q was read as %+v", text, got)
		}
	}
	for _, text := range []string{"", "8:00", "8:00-8:00", "8:00-24:01", "x-9:00"} {
		if got, ok := calendar.ParseSpan(text); ok {
			t.Errorf("%q was read as %+v", text, got)
		}
	}
}

func TestWhatIsWrittenOfHoursIsReadTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := calendar.Span{From: rapid.IntRange(0, 1440).Draw(t, "from"), To: rapid.IntRange(0, 1440).Draw(t, "to")}
		if got, ok := calendar.ParseSpan(s.String()); s.From != s.To && (!ok || got != s) {
			t.Fatalf("%+v is written %q and read %+v", s, s, got)
		}
		all := []time.Weekday{1, 2, 3, 4, 5, 6, 0}
		w := calendar.Window{From: min(s.From, s.To), To: max(s.From, s.To)}
		for _, d := range all {
			if rapid.Bool().Draw(t, "day") {
				w.Days = append(w.Days, d)
			}
		}
		if len(w.Validate()) > 0 || w.Always() {
			return
		}
		if got, ok := calendar.ParseWindow(w.String()); !ok || !reflect.DeepEqual(got, w) {
			t.Fatalf("%+v is written %q and read %+v", w, w, got)
		}
	})
}
