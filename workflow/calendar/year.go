package calendar

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"jianbao/fault"
)

// A Year is what is announced of one year: the days that are not what their
// weekday says. It may reach back into the December before, which the days off
// around New Year sometimes begin in.
type Year struct {
	Year   int
	Source string // the announcement, or who entered it
	Days   []Special
	// Version counts how often the office saved it; 0 is built in.
	Version int
}

// A Special is a day that is not what its weekday says: off (休), or worked to
// make up for a day off (班).
type Special struct {
	Day  Day    `json:"day"`
	Off  bool   `json:"off"`
	Name string `json:"name"` // the holiday
}

var (
	otherYear  = fault.Say("calendar.other-year", "%s不在%d年内（元旦连休可以写上一年12月的日子）", "%s is not in %d; only days of the December before may stand here too")
	noDays     = fault.Say("calendar.no-days", "%d年的放假安排里没有一天", "the table of %d has no day")
	oddYear    = fault.Say("calendar.odd-year", "年份应在1949到2999之间：%d", "a year lies between 1949 and 2999: %d")
	twiceDay   = fault.Say("calendar.twice", "%s写了两次", "%s is there twice")
	noSuchDay  = fault.Say("calendar.no-such-day", "没有%s这一天", "there is no day %s")
	anywayWork = fault.Say("calendar.anyway-work", "%s不是周六、周日，本来就上班，不能写“班”；请核对日期", "%s is neither Saturday nor Sunday and worked anyway; check the date")
	namelessly = fault.Say("calendar.nameless", "%s没有写是什么节日，或名称里有逗号、引号", "%s has no name of a holiday, or one with commas or quotation marks")
)

// Validate returns everything that is wrong with a table.
func (y Year) Validate() []fault.Reason {
	var reasons []fault.Reason
	if y.Year < 1949 || y.Year > 2999 {
		reasons = append(reasons, oddYear.With(y.Year))
	}
	if len(y.Days) == 0 {
		reasons = append(reasons, noDays.With(y.Year))
	}
	seen := map[Day]bool{}
	for _, s := range y.Days {
		reasons = append(reasons, s.against(y.Year)...)
		if seen[s.Day] {
			reasons = append(reasons, twiceDay.With(s.Day.String()))
		}
		seen[s.Day] = true
	}
	return reasons
}

// against returns what is wrong with a day in the table of a year.
func (s Special) against(year int) []fault.Reason {
	if !s.Day.Real() {
		return []fault.Reason{noSuchDay.With(s.Day.String())}
	}
	var reasons []fault.Reason
	if s.Day.Year != year && (s.Day.Year != year-1 || s.Day.Month != time.December) {
		reasons = append(reasons, otherYear.With(s.Day.String(), year))
	}
	if !s.Off && !weekend(s.Day.Weekday()) {
		reasons = append(reasons, anywayWork.With(s.Day.String()))
	}
	if s.Name == "" || s.Name != strings.Join(cells.FindAllString(s.Name, -1), " ") || !utf8.ValidString(s.Name) {
		reasons = append(reasons, namelessly.With(s.Day.String()))
	}
	return reasons
}

func weekend(d time.Weekday) bool { return d == time.Saturday || d == time.Sunday }

// Known returns the tables that are built in, those of the office in the place
// of the built-in ones of the same years, the earliest year first.
func Known(own ...Year) []Year {
	all := slices.Clone(own)
	for _, y := range builtin() {
		if !slices.ContainsFunc(own, func(o Year) bool { return o.Year == y.Year }) {
			all = append(all, y)
		}
	}
	slices.SortFunc(all, func(a, b Year) int { return cmp.Compare(a.Year, b.Year) })
	return all
}
