package remarks

import (
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

var states = map[State]fault.Sentence{
	Entered:  fault.Say("remarks.entered", "待核对", "to be checked"),
	Checked:  fault.Say("remarks.checked", "待交办", "to be assigned"),
	Assigned: fault.Say("remarks.assigned", "办理中", "assigned"),
	Replied:  fault.Say("remarks.replied", "已反馈", "answered"),
	Closed:   fault.Say("remarks.closed", "已办结", "closed"),
	Reported: fault.Say("remarks.reported", "已报告", "reported"),
	Voided:   fault.Say("remarks.void", "作废", "void"),
}

// Title returns what people call the state.
func (s State) Title() fault.Reason { return states[s].With() }

// Open reports whether something is still to be done about a remark. One that
// was closed with a slip is open until the leader was told.
func (r Remark) Open() bool {
	switch r.State {
	case Reported, Voided:
		return false
	case Closed:
		return r.Slip != nil
	}
	return true
}

// Overdue reports whether the units had not all answered when the day was over.
func (r Remark) Overdue(today calendar.Day) bool {
	return r.State == Assigned && r.Slip.Due.Before(today)
}

// answeredAt returns when the last unit answered so that it did; the zero time
// while one has not.
func (s *Slip) answeredAt() (at time.Time) {
	if len(s.Waiting()) > 0 {
		return time.Time{}
	}
	for _, reply := range s.Replies {
		if reply.Back.By == uuid.Nil && reply.Hand.At.After(at) {
			at = reply.Hand.At
		}
	}
	return at
}

// Late reports whether a slip was, or is, answered after its last day.
func (s *Slip) Late(series workflow.Series, today calendar.Day) bool {
	if at := s.answeredAt(); !at.IsZero() {
		return s.Due.Before(calendar.DayOf(at.In(series.Location())))
	}
	return s.Due.Before(today)
}

// Left counts the working days from a day to the last one: how many are left
// behind today, 0 on the last day; below zero, how many have passed since.
func Left(today, due calendar.Day, c calendar.Calendar) (days int) {
	for d := today; d.Before(due); {
		if d = d.Add(1); c.Workday(d) {
			days++
		}
	}
	for d := due; d.Before(today); {
		if d = d.Add(1); c.Workday(d) {
			days--
		}
	}
	return days
}
