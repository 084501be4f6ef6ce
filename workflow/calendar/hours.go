package calendar

import (
	"time"

	"jianbao/fault"
)

// A Span is a part of a day: minutes after midnight, To exclusive.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Hours are the hours of an office. The zero Hours are [UsualHours] with no
// quiet time.
type Hours struct {
	// Work are the working hours of a working day, the earliest first.
	Work []Span `json:"work,omitempty"`
	// Quiet are the hours in which nobody is disturbed. They pass midnight
	// where From is greater than To; equal ones are none.
	Quiet Span `json:"quiet"`
	// QuietDaysOff says that nobody is disturbed on days off either.
	QuietDaysOff bool `json:"quiet_days_off,omitempty"`
}

// UsualHours returns 8:30 to 12:00 and 14:30 to 17:30, as many offices keep
// them.
func UsualHours() []Span { return []Span{{8*60 + 30, 12 * 60}, {14*60 + 30, 17*60 + 30}} }

var (
	badSpan    = fault.Say("calendar.bad-span", "工作时间的起止不对：%s至%s", "working hours must begin before they end, within a day: %s to %s")
	badOrder   = fault.Say("calendar.bad-order", "工作时间有重叠或先后不对：%s开始的一段早于前一段的结束", "the working hours that begin at %s begin before those above them end")
	badQuiet   = fault.Say("calendar.bad-quiet", "免打扰时间的起止不对：%s至%s", "quiet hours lie within a day: %s to %s")
	quietAtAll = fault.Say("calendar.quiet-always", "免打扰时间不能是全天", "quiet hours cannot be the whole day")
)

// Validate returns everything that is wrong with the hours.
func (h Hours) Validate() []fault.Reason {
	var reasons []fault.Reason
	end := 0
	for _, s := range h.Work {
		if s.From < 0 || s.To > wholeDay || s.From >= s.To {
			reasons = append(reasons, badSpan.With(clock(s.From), clock(s.To)))
			continue
		}
		if s.From < end {
			reasons = append(reasons, badOrder.With(clock(s.From)))
		}
		end = max(end, s.To)
	}
	q := h.Quiet
	switch {
	case q.From < 0 || q.To < 0 || q.From > wholeDay || q.To > wholeDay:
		reasons = append(reasons, badQuiet.With(clock(q.From), clock(q.To)))
	case q.From == 0 && q.To == wholeDay:
		reasons = append(reasons, quietAtAll.With())
	}
	return reasons
}

const wholeDay = 24 * 60 // minutes

func (h Hours) work() []Span {
	if len(h.Work) == 0 {
		return UsualHours()
	}
	return h.Work
}

// quiet reports whether a minute of the day is quiet.
func (h Hours) quiet(minute int) bool {
	q := h.Quiet
	if q.From <= q.To {
		return minute >= q.From && minute < q.To
	}
	return minute >= q.From || minute < q.To
}

// Disturbs reports whether a message at t would disturb somebody: whether t is
// in the quiet hours.
func (c Calendar) Disturbs(t time.Time) bool {
	t = t.In(c.zone())
	return c.Hours.quiet(t.Hour()*60+t.Minute()) || c.Hours.QuietDaysOff && !c.Workday(DayOf(t))
}

// NextAwake returns the first moment at or after t that is not in the quiet
// hours; the zero time if there is none in the years to come.
func (c Calendar) NextAwake(t time.Time) time.Time {
	if !c.Disturbs(t) {
		return t
	}
	day := DayOf(t.In(c.zone()))
	for range patience {
		for _, minute := range []int{0, c.Hours.Quiet.To} {
			if at := day.at(minute, c.zone()); !at.Before(t) && !c.Disturbs(at) {
				return at.In(t.Location())
			}
		}
		day = day.Add(1)
	}
	return time.Time{}
}
