package workflow

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow/calendar"
)

// A Timetable is how the program keeps time for one series: the hours of its
// office, when it reminds, and what it makes good of what it missed. The zero
// Timetable has the usual hours, the [DefaultLadder], and expects no issue.
type Timetable struct {
	Series  uuid.UUID      `json:"-"`
	Version int            `json:"-"` // 0: none was saved yet
	Hours   calendar.Hours `json:"hours"`
	// Ladder says when somebody is reminded of a step's deadline, the earliest
	// rung first; nil is DefaultLadder, and an empty one reminds nobody.
	Ladder []Rung `json:"ladder"`
	// CatchUp is what is made of ticks of the cadence that were missed.
	CatchUp CatchUp `json:"catch_up,omitempty"`
	// Appears is the cron spec of the moments by which an issue is out (应于…前
	// 印发), as ParseSpec reads it; "" expects none.
	Appears string `json:"appears,omitempty"`
	// Ahead is how long before that a draft should be there; 0 is three days.
	Ahead time.Duration `json:"ahead,omitempty"`
	// Chasing is how receipts are asked for; the zero value asks nobody.
	Chasing Chasing `json:"chasing,omitzero"`
}

// A Rung is one moment of a ladder of reminders.
type Rung struct {
	// Hours is how many working hours after the deadline it is, before it where
	// negative.
	Hours int `json:"hours"`
	// Raise says that what the step has for being overdue is done at this rung.
	Raise bool `json:"raise,omitempty"`
}

// DefaultLadder reminds half a working day before the deadline, at it, a day
// and three days after it, the last two times with whatever the step has for
// being overdue.
func DefaultLadder() []Rung {
	return []Rung{{Hours: -4}, {Hours: 0}, {Hours: 8, Raise: true}, {Hours: 24, Raise: true}}
}

// A CatchUp says which of the ticks that were missed are made good.
type CatchUp string

// The policies. None of them makes a tick later than the schedule's largest
// lateness; every tick that is let go is recorded.
const (
	CatchLatest CatchUp = "latest" // the last one; "" is the same
	CatchAll    CatchUp = "all"    // each, one after the other
	CatchNone   CatchUp = "none"   // only what comes on time
)

var (
	badTimetable = fault.Say("workflow.bad-timetable", "时间安排不能这样设", "the timetable cannot be used")
	ladderOrder  = fault.Say("workflow.ladder-order", "催办各次应由早到晚，且不重复", "the rungs of the ladder go from the earliest to the latest, each once")
	ladderLong   = fault.Say("workflow.ladder-long", "催办不能超过%d次，前后不超过%d个工作小时", "there are at most %d reminders, at most %d working hours from the deadline")
	badCatchUp   = fault.Say("workflow.bad-catch-up", "没有这种补办方式：%q", "there is no such way to catch up: %q")
	badAhead     = fault.Say("workflow.bad-ahead", "提前的时间不能是负数", "how long ahead is not negative")
)

const (
	mostRungs     = 10
	mostRungHours = 200 // five weeks of working days
)

// Validate returns nil, or a fault.Error with the code Invalid and every reason
// why the timetable cannot be used.
func (t Timetable) Validate() error {
	reasons := t.Hours.Validate()
	rising := slices.IsSortedFunc(t.Ladder, func(a, b Rung) int { return a.Hours - b.Hours })
	distinct := len(slices.CompactFunc(slices.Clone(t.Ladder), func(a, b Rung) bool { return a.Hours == b.Hours })) == len(t.Ladder)
	reasons = append(reasons, unless(rising && distinct, ladderOrder.With())...)
	far := slices.ContainsFunc(t.Ladder, func(r Rung) bool { return max(r.Hours, -r.Hours) > mostRungHours })
	reasons = append(reasons, unless(len(t.Ladder) <= mostRungs && !far, ladderLong.With(mostRungs, mostRungHours))...)
	known := slices.Contains([]CatchUp{"", CatchLatest, CatchAll, CatchNone}, t.CatchUp)
	reasons = append(reasons, unless(known, badCatchUp.With(string(t.CatchUp)))...)
	if t.Appears != "" {
		if _, err := ParseSpec(t.Appears); err != nil {
			reasons = append(reasons, fault.Shown(err).Message)
		}
	}
	reasons = append(reasons, unless(t.Ahead >= 0, badAhead.With())...)
	reasons = append(reasons, t.Chasing.against()...)
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, badTimetable.With(), reasons...)
	}
	return nil
}

func (t Timetable) ladder() []Rung {
	if t.Ladder == nil {
		return DefaultLadder()
	}
	return t.Ladder
}

func (t Timetable) ahead() time.Duration {
	if t.Ahead == 0 {
		return 3 * 24 * time.Hour
	}
	return t.Ahead
}

// Calendar is when the office of a series works, with its own tables of
// working days in the place of the built-in ones.
func (t Timetable) Calendar(s Series, own []calendar.Year) calendar.Calendar {
	return calendar.Calendar{Zone: s.Location(), Hours: t.Hours, Years: calendar.Known(own...)}
}
