package figures

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// An Open is what is looked at of an issue that is under way.
type Open struct {
	ID       uuid.UUID
	Series   uuid.UUID
	Masthead string
	Number   workflow.Number // zero before registration
	State    workflow.State
	Step     workflow.Step // that it is at; the zero Step where it is at none
	// Assigned are the names of those whom the step was given to.
	Assigned []string
	Round    int       // more than 1: it was returned
	Reached  time.Time // when it came to where it is
	// ReleaseAt is when it is to go out; zero unless it is scheduled.
	ReleaseAt time.Time
}

// Back reports whether the issue was returned and lies with its editors again.
func (o Open) Back() bool { return o.State == workflow.Draft && o.Round > 1 }

// With says whom the issue waits for: those whom the step was given to, those
// whom its route names, or the holders of a role.
func (o Open) With(lang fault.Lang) string {
	names := slices.Clone(o.Assigned)
	if len(names) == 0 {
		for _, n := range slices.Concat(o.Step.People, o.Step.Units) {
			names = append(names, n.Name)
		}
	}
	if len(names) == 0 && o.Step.Role != "" {
		return o.Step.Role.Title().In(lang)
	}
	return strings.Join(names, "、")
}

// A Sight is the issues that are under way, and when their offices work.
type Sight struct {
	Open []Open
	// Calendars are by series; a series without one has the usual hours and the
	// holidays that are built in.
	Calendars map[uuid.UUID]calendar.Calendar
}

// Calendar returns when the office of a series works.
func (s Sight) Calendar(series uuid.UUID) calendar.Calendar {
	if c, known := s.Calendars[series]; known {
		return c
	}
	return calendar.Calendar{Years: calendar.Known()}
}

// Lasted returns how much working time passed while an issue lay at a step.
func (s Sight) Lasted(p Passage) time.Duration {
	return s.Calendar(p.Series).WorkingTime(p.Came, p.Left)
}

// A Standing is an issue that waits for somebody's decision.
type Standing struct {
	Open
	Age time.Duration // working time since it came to the step
	// Deadline is when the step should be done; zero where it has none, or the
	// calendar leaves no working time.
	Deadline time.Time
	Late     time.Duration // working time since the deadline
	Overdue  bool          // the deadline has passed, be it on a day off
}

// Undecided returns the issues that wait at a step of their route: with their
// editors or with those who decide. The most overdue come first, then those that
// wait longest.
func Undecided(s Sight, now time.Time) (all []Standing) {
	for _, o := range s.Open {
		if o.State != workflow.Draft && o.State != workflow.Review {
			continue
		}
		c := s.Calendar(o.Series)
		standing := Standing{Open: o, Age: c.WorkingTime(o.Reached, now)}
		if o.Step.Hours > 0 {
			standing.Deadline = c.AddWorkingHours(o.Reached, time.Duration(o.Step.Hours)*time.Hour)
		}
		if d := standing.Deadline; !d.IsZero() && now.After(d) {
			standing.Overdue, standing.Late = true, c.WorkingTime(d, now)
		}
		all = append(all, standing)
	}
	slices.SortFunc(all, func(a, b Standing) int {
		return cmp.Or(-cmp.Compare(a.Late, b.Late), -compareBool(a.Overdue, b.Overdue), -cmp.Compare(a.Age, b.Age), slices.Compare(a.ID[:], b.ID[:]))
	})
	return all
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// A Load is what lies at one kind of step.
type Load struct {
	Step      workflow.StepKind
	Undecided int
	Overdue   int           // of them
	Back      int           // of them, that were returned and lie with their editors
	Oldest    time.Duration // working time that the oldest has been there
	Latest    time.Duration // working time that the most overdue is late by
}

// Loads sums up what lies undecided, in the order of routes; every kind of step
// has its line, so that a graph of it falls to zero.
func Loads(all []Standing) []Load {
	loads := make([]Load, len(workflow.StepKinds()))
	for n, kind := range workflow.StepKinds() {
		l := &loads[n]
		l.Step = kind
		for _, s := range all {
			if s.Step.Kind != kind {
				continue
			}
			l.Undecided++
			l.Oldest, l.Latest = max(l.Oldest, s.Age), max(l.Latest, s.Late)
			if s.Overdue {
				l.Overdue++
			}
			if s.Back() {
				l.Back++
			}
		}
	}
	return loads
}

// Belated are the scheduled issues whose time has come and that have not gone
// out: how many, and the time of the earliest. The scheduler takes each up
// within seconds unless it is not running, or something holds it back.
func Belated(open []Open, now time.Time) (n int, since time.Time) {
	for _, o := range open {
		if o.State != workflow.Scheduled || o.ReleaseAt.IsZero() || o.ReleaseAt.After(now) {
			continue
		}
		n++
		if since.IsZero() || o.ReleaseAt.Before(since) {
			since = o.ReleaseAt
		}
	}
	return n, since
}
