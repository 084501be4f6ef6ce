// Package board is a year of a series on one page (刊物看板): its issues by state, and
// what the days of the year hold: holidays and make-up days, when drafts are
// begun, when an issue is to be out, deadlines of those on their way, and the
// issue that should be there and is not.
//
//	year := board.Of(sight, 2021)
//
// It is a view, made anew of the books each time; it says nothing that the notices
// of the series would not say.
package board

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// A Sight is what a board is made of.
type Sight struct {
	Series    workflow.Series
	Timetable workflow.Timetable
	Years     []calendar.Year    // the office's own
	Issues    []workflow.Summary // of the series, in any order
	// Running are those on their way to their readers.
	Running []workflow.Issue
	Now     time.Time
}

// A Sort says what a moment is.
type Sort string

// The sorts of moments.
const (
	Begins   Sort = "begins"   // 开稿: the draft of the next issue is opened
	Expected Sort = "expected" // 应印发: an issue is to be out
	Missing  Sort = "missing"  // 缺期: it was to be out, and is not
	Dated    Sort = "dated"    // 印发: an issue bears the day
	Deadline Sort = "deadline" // 时限: of the step that an issue is at
	Sending  Sort = "sending"  // 定时发送
)

// A Moment is something on a day. Issue is uuid.Nil where it is about none.
type Moment struct {
	At    time.Time
	Sort  Sort
	Says  fault.Reason
	Issue uuid.UUID
	Late  bool
}

// A Cell is a day. The zero Cell fills up a week.
type Cell struct {
	Day     calendar.Day
	Off     bool // nobody works
	Holiday string
	MakeUp  bool // a day at the weekend on which people work
	Today   bool
	Moments []Moment
}

// A Month is its weeks, from Monday on.
type Month struct {
	Month time.Month
	Weeks [][7]Cell
}

// A Group is the issues in one state.
type Group struct {
	State  workflow.State
	Issues []workflow.Summary
}

// A Year is the board.
type Year struct {
	Year    int
	Groups  []Group
	Months  []Month
	Moments []Moment // of the year in order, but for those of days that are over and well
	Missing int      // issues that should be out and are not
	// Unplanned says that the series has neither a cadence nor days on which its
	// issues appear.
	Unplanned bool
	// Unknown says why days may be other than shown: no table of holidays.
	Unknown []fault.Reason
}

var (
	saysBegins   = fault.Say("board.begins", "开下一期的草稿", "the draft of the next issue is opened")
	saysExpected = fault.Say("board.expected", "应印发一期", "an issue is to be out")
	saysMissing  = fault.Say("board.missing", "应印发而没有印发", "an issue was to be out and is not")
	saysDated    = fault.Say("board.dated", "%s，%s", "%s, %s")
	saysDeadline = fault.Say("board.deadline", "“%s”环节的办理时限（%s）", "deadline of the step %s (%s)")
	saysSending  = fault.Say("board.sending", "定时发送", "goes out by schedule")
)

// Of makes the board of a year.
func Of(s Sight, year int) Year {
	zone := s.Series.Location()
	from, until := time.Date(year, 1, 1, 0, 0, 0, 0, zone), time.Date(year+1, 1, 1, 0, 0, 0, 0, zone)
	cal := s.Timetable.Calendar(s.Series, s.Years)
	y := Year{Year: year, Unplanned: s.Series.Cadence.Spec == "" && s.Timetable.Appears == "", Unknown: cal.Unknown(from, until.Add(-time.Second))}
	y.Groups = groups(s.ofYear(year))
	all := slices.Concat(s.appearances(from, until), ticks(s.Series.Cadence.Spec, Begins, saysBegins.With(), s.Now, until, zone), s.dates(year), s.deadlines(cal, from, until))
	slices.SortStableFunc(all, func(a, b Moment) int { return a.At.Compare(b.At) })
	for _, m := range all {
		if m.Sort == Missing {
			y.Missing++
		}
		if m.Sort == Missing || m.Late || !m.At.Before(s.Now) {
			y.Moments = append(y.Moments, m)
		}
	}
	y.Months = months(year, cal, all, calendar.DayOf(s.Now.In(zone)), zone)
	return y
}

// ofYear are the issues of a year: those with its number, and in the year that it
// is now those that have none yet.
func (s Sight) ofYear(year int) (all []workflow.Summary) {
	now := s.Now.In(s.Series.Location()).Year()
	for _, i := range s.Issues {
		if i.Number.Year == year || i.Number.IsZero() && year == cmp.Or(i.Date.Year, now) && i.State != workflow.Withdrawn {
			all = append(all, i)
		}
	}
	return all
}

// groups sorts issues by their states in the order of their way.
func groups(all []workflow.Summary) (found []Group) {
	for _, state := range workflow.States() {
		g := Group{State: state}
		for _, i := range all {
			if i.State == state {
				g.Issues = append(g.Issues, i)
			}
		}
		slices.SortStableFunc(g.Issues, func(a, b workflow.Summary) int {
			return cmp.Or(cmp.Compare(b.Number.No, a.Number.No), b.Changed.Compare(a.Changed))
		})
		if len(g.Issues) > 0 {
			found = append(found, g)
		}
	}
	return found
}

// ticks are the moments of a spec from one time until another, none where the
// spec cannot be read.
func ticks(spec string, sort Sort, says fault.Reason, from, until time.Time, zone *time.Location) (all []Moment) {
	if spec == "" {
		return nil
	}
	schedule, err := workflow.ParseSpec(spec)
	if err != nil {
		return nil
	}
	for at := schedule.Next(from.In(zone)); !at.IsZero() && at.Before(until) && len(all) < 400; at = schedule.Next(at) {
		all = append(all, Moment{At: at, Sort: sort, Says: says})
	}
	return all
}

// appearances are the moments at which an issue is to be out. One that is over is
// missing where no ordinary issue bears a day since the one before.
func (s Sight) appearances(from, until time.Time) (all []Moment) {
	zone := s.Series.Location()
	before := calendar.DayOf(from.In(zone)).Add(-1)
	if earlier := ticks(s.Timetable.Appears, Expected, fault.Reason{}, from.AddDate(-1, 0, 0), from, zone); len(earlier) > 0 {
		before = calendar.DayOf(earlier[len(earlier)-1].At)
	}
	for _, m := range ticks(s.Timetable.Appears, Expected, saysExpected.With(), from.Add(-time.Second), until, zone) {
		day := calendar.DayOf(m.At)
		if m.At.Before(s.Now) && !m.At.Before(s.Series.Created) && !s.cameOut(before, day) {
			m.Sort, m.Says = Missing, saysMissing.With()
		}
		before = day
		all = append(all, m)
	}
	return all
}

// cameOut reports whether an ordinary issue that is out bears a day after one and
// not after another.
func (s Sight) cameOut(after, by calendar.Day) bool {
	return slices.ContainsFunc(s.Issues, func(i workflow.Summary) bool {
		day := calendar.Day{Year: i.Date.Year, Month: i.Date.Month, Day: i.Date.Day}
		return out(i.State) && i.Number.Kind == bulletin.Ordinary && after.Before(day) && !by.Before(day)
	})
}

func out(s workflow.State) bool {
	switch s {
	case workflow.Dispatching, workflow.Dispatched, workflow.Archived, workflow.Corrected, workflow.Recalled, workflow.Destroyed:
		return true
	}
	return false
}

// dates are the days that the issues of the year bear.
func (s Sight) dates(year int) (all []Moment) {
	for _, i := range s.Issues {
		if i.Date.Year == year && !i.Number.IsZero() {
			says := saysDated.With(workflow.IssueName(s.Series, i.Number.No), i.State.Title())
			all = append(all, Moment{At: i.Date.In(s.Series.Location()), Sort: Dated, Says: says, Issue: i.ID})
		}
	}
	return all
}

// deadlines are those of the steps that issues are at, and when they go out.
func (s Sight) deadlines(cal calendar.Calendar, from, until time.Time) (all []Moment) {
	for _, i := range s.Running {
		if i.Series != s.Series.ID {
			continue
		}
		m := Moment{Issue: i.ID}
		switch step := i.Current(); {
		case i.State == workflow.Scheduled:
			m.At, m.Sort, m.Says = i.ReleaseAt, Sending, saysSending.With()
		case (i.State == workflow.Draft || i.State == workflow.Review) && step.Hours > 0 && !i.Reached.IsZero():
			m.At, m.Sort = cal.AddWorkingHours(i.Reached, time.Duration(step.Hours)*time.Hour), Deadline
			m.Says, m.Late = saysDeadline.With(step.Kind.Title(), i.State.Title()), m.At.Before(s.Now)
		}
		if !m.At.IsZero() && !m.At.Before(from) && m.At.Before(until) {
			all = append(all, m)
		}
	}
	return all
}

// months are the pages of the calendar.
func months(year int, cal calendar.Calendar, moments []Moment, today calendar.Day, zone *time.Location) (all []Month) {
	on := map[calendar.Day][]Moment{}
	for _, m := range moments {
		day := calendar.DayOf(m.At.In(zone))
		on[day] = append(on[day], m)
	}
	for month := time.January; month <= time.December; month++ {
		m := Month{Month: month}
		for day := (calendar.Day{Year: year, Month: month, Day: 1}); day.Month == month && day.Year == year; day = day.Add(1) {
			at := (int(day.Weekday()) + 6) % 7
			if at == 0 || len(m.Weeks) == 0 {
				m.Weeks = append(m.Weeks, [7]Cell{})
			}
			c := Cell{Day: day, Off: !cal.Workday(day), Today: day == today, Moments: on[day]}
			if special, ok := cal.Special(day); ok {
				c.Holiday, c.MakeUp = special.Name, !special.Off
			}
			m.Weeks[len(m.Weeks)-1][at] = c
		}
		all = append(all, m)
	}
	return all
}
