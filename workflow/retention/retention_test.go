package retention

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"jianbao/fault"
	"jianbao/workflow/calendar"
)

func day(t *testing.T, text string) calendar.Day {
	t.Helper()
	d, ok := calendar.ParseDay(text)
	if !ok {
		t.Fatalf("no day: %s", text)
	}
	return d
}

func TestPeriodsBeginWithTheYearAfterAndEndWithAYear(t *testing.T) {
	for _, c := range []struct {
		class   Class
		year    int
		today   string
		expired bool
	}{
		{Ten, 2021, "2021-12-31", false},
		{Ten, 2021, "2022-01-01", false},
		{Ten, 2021, "2031-07-08", false}, // ten years after the issue, and not after the period
		{Ten, 2021, "2031-12-31", false},
		{Ten, 2021, "2032-01-01", true},
		{Ten, 2020, "2031-01-01", true},
		{Thirty, 2021, "2051-12-31", false},
		{Thirty, 2021, "2052-01-01", true},
		{Permanent, 1949, "2999-12-31", false},
	} {
		if got := c.class.Expired(c.year, day(t, c.today)); got != c.expired {
			t.Errorf("%s of %d on %s: %v", c.class, c.year, c.today, got)
		}
	}
	if last, ends := Ten.Last(2021); !ends || last != day(t, "2031-12-31") {
		t.Errorf("the last day is %s, %v", last, ends)
	}
	if _, ends := Permanent.Last(2021); ends {
		t.Error("for ever ends")
	}
}

func TestDeadlines(t *testing.T) {
	march := Rule{Month: time.March, Day: 31, Ahead: 10}
	last := Rule{Month: time.December, Day: 31}
	for _, c := range []struct {
		rule              Rule
		year              int
		deadline, warning string
	}{
		{Rule{}, 2021, "2022-06-30", "2022-05-31"},
		{Rule{}, 2023, "2024-06-30", "2024-05-31"},
		{march, 2021, "2022-03-31", "2022-03-21"},
		{last, 2021, "2022-12-31", "2022-12-01"},
		{Rule{Month: time.January, Day: 10}, 2021, "2022-01-10", "2021-12-11"},
	} {
		if got := c.rule.Deadline(c.year); got != day(t, c.deadline) {
			t.Errorf("%+v of %d by %s", c.rule, c.year, got)
		}
		if got := c.rule.Warning(c.year); got != day(t, c.warning) {
			t.Errorf("%+v of %d warned on %s", c.rule, c.year, got)
		}
	}
	for today, late := range map[string]bool{"2022-06-29": false, "2022-06-30": false, "2022-07-01": true} {
		if got := (Rule{}).Late(2021, day(t, today)); got != late {
			t.Errorf("2021 on %s: %v", today, got)
		}
	}
	for today, year := range map[string]int{"2022-06-30": 2020, "2022-07-01": 2021, "2022-12-31": 2021, "2023-01-01": 2021, "2023-07-01": 2022} {
		if got := (Rule{}).Year(day(t, today)); got != year {
			t.Errorf("on %s the year is %d", today, got)
		}
	}
	if got := last.Year(day(t, "2023-01-01")); got != 2021 {
		t.Errorf("the day after the last of December is of %d", got)
	}
}

func TestClasses(t *testing.T) {
	for _, c := range []struct {
		class, longer Class
		code          string
	}{{Ten, Thirty, "D10"}, {Thirty, Permanent, "D30"}, {Permanent, Permanent, "Y"}} {
		if c.class.Longer() != c.longer || c.class.Code() != c.code || c.class.Title().In(fault.ZH) == "" {
			t.Errorf("%s: %s %s", c.class, c.class.Longer(), c.class.Code())
		}
	}
	if !Ten.Shorter(Thirty) || Thirty.Shorter(Ten) || Ten.Shorter(Ten) {
		t.Error("classes are not in order")
	}
	if (Rule{}).Propose(false) != Ten || (Rule{}).Propose(true) != Thirty || (Rule{Class: Permanent}).Propose(true) != Permanent {
		t.Error("another class is proposed")
	}
}

func TestReferences(t *testing.T) {
	for _, c := range []struct {
		rule Rule
		want string
	}{
		{Rule{}, ""},
		{Rule{Fonds: "Z109"}, "Z109-WS·2021-D10-0007"},
		{Rule{Fonds: "Z109", Code: "KJJB"}, "Z109-WS·2021-D10-KJJB-0007"},
	} {
		if got := c.rule.Reference(2021, Ten, 7); got != c.want {
			t.Errorf("%+v: %s", c.rule, got)
		}
	}
}

func TestRulesThatCannotBe(t *testing.T) {
	for _, good := range []Rule{{}, {Class: Permanent, Month: time.February, Day: 28, Ahead: 150, Fonds: "Z109", Code: "科技"}} {
		if err := good.Validate(); err != nil {
			t.Errorf("%+v: %v", good, err)
		}
	}
	for _, c := range []struct {
		rule Rule
		want int // reasons
	}{
		{Rule{Class: "5"}, 1},
		{Rule{Month: time.February, Day: 29}, 1},
		{Rule{Month: 13, Day: 1}, 1},
		{Rule{Day: 3}, 1},
		{Rule{Month: -1, Day: 3}, 1},
		{Rule{Ahead: 151}, 1},
		{Rule{Ahead: -1}, 1},
		{Rule{Code: "KJ"}, 1},
		{Rule{Fonds: "a-b"}, 1},
		{Rule{Class: "x", Month: 2, Day: 30, Ahead: 400, Code: "a b"}, 5},
	} {
		err := c.rule.Validate()
		if e := fault.As(err); e == nil || e.Code != fault.Invalid || len(e.Reasons) != c.want {
			t.Errorf("%+v: %v", c.rule, err)
		}
	}
}

// Whatever the class and the year: it is kept so many whole years, and what has
// expired stays so.
func TestAPeriodIsSoManyWholeYears(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		class := rapid.SampledFrom([]Class{Thirty, Ten}).Draw(t, "class")
		year := rapid.IntRange(1949, 2200).Draw(t, "year")
		last, _ := class.Last(year)
		first := calendar.Day{Year: year + 1, Month: time.January, Day: 1}
		if first.Add(-1).Year != year || last.Year-first.Year+1 != class.Years() || last.Add(1).Month != time.January {
			t.Fatalf("%s of %d: %s to %s", class, year, first, last)
		}
		after := rapid.IntRange(-4000, 4000).Draw(t, "days")
		if class.Expired(year, last.Add(after)) != (after > 0) {
			t.Fatalf("%d days after its last", after)
		}
	})
}
