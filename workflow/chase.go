package workflow

import (
	"slices"
	"time"

	"jianbao/fault"
	"jianbao/recipients/receipts"
	"jianbao/workflow/calendar"
)

// Chasing is how units are asked for the receipt of an issue that they have not
// acknowledged (催办). Nobody is asked unless the office has said so: the zero
// Chasing asks nobody, and the phone list is there all the same.
type Chasing struct {
	// Rungs say when and whom, the earliest first; there are at most 10.
	Rungs []ChaseRung `json:"rungs,omitempty"`
	// Within is in how many working days an issue should be acknowledged, for
	// the statistics; 0 is 3.
	Within int `json:"within,omitempty"`
}

// A ChaseRung is one moment of the ladder.
type ChaseRung struct {
	Days int  `json:"days"` // working days after the day of the release
	Whom Whom `json:"whom"`
}

// Whom is who is turned to.
type Whom string

// Those who are turned to.
const (
	AskContact Whom = "contact" // 联系人, or the unit's own mailbox
	AskDeputy  Whom = "deputy"  // 副联系人, or the contact where there is none
	AskByPhone Whom = "phone"   // the clerks ring: the unit is on the phone list
)

// UsualChasing asks the contact after two working days, the deputy after four,
// and has the clerks ring after five.
func UsualChasing() Chasing {
	return Chasing{Rungs: []ChaseRung{{2, AskContact}, {4, AskDeputy}, {5, AskByPhone}}}
}

var (
	chaseOrder = fault.Say("workflow.chase-order", "催签收各次应由早到晚，至少在发出后1个工作日、最多%d个工作日，不超过%d次", "receipts are asked for from the earliest to the latest, 1 to %d working days after the release, at most %d times")
	chaseWhom  = fault.Say("workflow.chase-whom", "不能催签收：没有“%s”这种对象", "receipts cannot be asked of %q")
	chaseSpan  = fault.Say("workflow.chase-within", "应签收的期限是1到%d个工作日", "an issue is to be acknowledged within 1 to %d working days")
)

// mostChaseDays is when a slip still holds, with holidays between.
const mostChaseDays = 30

// against returns what is wrong with a chasing.
func (c Chasing) against() []fault.Reason {
	days := 0
	rising := len(c.Rungs) <= mostRungs
	var reasons []fault.Reason
	for _, r := range c.Rungs {
		rising = rising && r.Days > days && r.Days <= mostChaseDays
		days = r.Days
		known := slices.Contains([]Whom{AskContact, AskDeputy, AskByPhone}, r.Whom)
		reasons = append(reasons, unless(known, chaseWhom.With(string(r.Whom)))...)
	}
	reasons = append(reasons, unless(rising, chaseOrder.With(mostChaseDays, mostRungs))...)
	return append(reasons, unless(c.Within >= 0 && c.Within <= mostChaseDays, chaseSpan.With(mostChaseDays))...)
}

// DueBy returns by when an issue that was released at sent should be
// acknowledged: the end of a working day.
func (c Chasing) DueBy(cal calendar.Calendar, sent time.Time) time.Time {
	within := c.Within
	if within == 0 {
		within = 3
	}
	return cal.EndOf(cal.AddWorkingDays(dayIn(cal, sent), within))
}

// dayIn is the day of a moment where the calendar is.
func dayIn(cal calendar.Calendar, t time.Time) calendar.Day {
	if cal.Zone == nil {
		return calendar.DayOf(t.In(receipts.China))
	}
	return calendar.DayOf(t.In(cal.Zone))
}

// NextChase returns the rung of the ladder that is to be climbed now for a unit,
// or -1, and whom it turns to. It is due in working hours that are not quiet.
// Rungs that passed together, because the program was down, are one: only the
// last is climbed. A unit that has answered by whatever way is left alone, and
// so is one of which a clerk said so ([Calm]), or that nothing was sent to yet;
// one whose mail came back is rung up, and not written to.
func NextChase(cal calendar.Calendar, chasing Chasing, l receipts.Line, now time.Time) (rung int, whom Whom) {
	bounced := l.State == receipts.Bounced
	if l.Calm != nil || l.Sent.IsZero() || !l.State.Got() && !bounced {
		return -1, ""
	}
	if cal.Disturbs(now) || !cal.NextWorkingMoment(now).Equal(now) {
		return -1, ""
	}
	climbed := -1
	if len(l.Rungs) > 0 {
		climbed = slices.Max(l.Rungs)
	}
	for n := len(chasing.Rungs) - 1; n > climbed; n-- {
		r := chasing.Rungs[n]
		day := cal.AddWorkingDays(dayIn(cal, l.Sent), r.Days)
		if day == (calendar.Day{}) || dayIn(cal, now).Before(day) || bounced && r.Whom != AskByPhone {
			continue
		}
		return n, r.Whom
	}
	return -1, ""
}

// Upcoming returns the next rung of the ladder for a unit that nobody has an
// answer of, from when on it is climbed and whom it turns to; -1 where none is
// left, or none is climbed because a clerk said so.
func Upcoming(cal calendar.Calendar, chasing Chasing, l receipts.Line) (rung int, at time.Time, whom Whom) {
	if l.Calm != nil || l.Sent.IsZero() || l.State.Settled() {
		return -1, time.Time{}, ""
	}
	climbed := -1
	if len(l.Rungs) > 0 {
		climbed = slices.Max(l.Rungs)
	}
	for n := climbed + 1; n < len(chasing.Rungs); n++ {
		r := chasing.Rungs[n]
		if day := cal.AddWorkingDays(dayIn(cal, l.Sent), r.Days); day != (calendar.Day{}) && (l.State != receipts.Bounced || r.Whom == AskByPhone) {
			return n, cal.NextWorkingMoment(cal.EndOf(day.Add(-1))), r.Whom
		}
	}
	return -1, time.Time{}, ""
}
