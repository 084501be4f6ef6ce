package calendar

import (
	"fmt"
	"time"

	"jianbao/fault"
)

// A Window says when letters may leave. From and To are minutes after midnight
// in the zone of the time that is asked about; To is exclusive. A Window with
// To zero is always open.
type Window struct {
	Days []time.Weekday `json:"days,omitempty"`
	From int            `json:"from,omitempty"`
	To   int            `json:"to,omitempty"`
}

var (
	badHours = fault.Say("calendar.bad-hours", "发送时段的起止时间不对：%s至%s", "the send window must begin before it ends: %s to %s")
	badDays  = fault.Say("calendar.bad-days", "发送时段没有选任何一天", "the send window has no day")
	always   = fault.Say("calendar.always", "任何时间", "at any time")
	hours    = fault.Say("calendar.hours", "%s %s至%s", "%s %s to %s")
)

// Always reports whether the window never closes.
func (w Window) Always() bool { return w.To == 0 }

// Validate returns what is wrong with a window.
func (w Window) Validate() []fault.Reason {
	if w.Always() {
		return nil
	}
	var reasons []fault.Reason
	if w.From < 0 || w.To > 24*60 || w.From >= w.To {
		reasons = append(reasons, badHours.With(clock(w.From), clock(w.To)))
	}
	if len(w.Days) == 0 {
		reasons = append(reasons, badDays.With())
	}
	return reasons
}

// Open reports whether letters may leave at t, in t's own zone.
func (w Window) Open(t time.Time) bool {
	if w.Always() {
		return true
	}
	minute := t.Hour()*60 + t.Minute()
	return w.on(t.Weekday()) && minute >= w.From && minute < w.To
}

// Next returns the first moment at or after t at which the window is open, in
// t's own zone; the zero time if it never opens.
func (w Window) Next(t time.Time) time.Time {
	if w.Open(t) {
		return t
	}
	for day := range 8 {
		y, m, d := t.Date()
		opens := time.Date(y, m, d+day, w.From/60, w.From%60, 0, 0, t.Location())
		if !opens.Before(t) && w.Open(opens) {
			return opens
		}
	}
	return time.Time{}
}

// Describe says when the window is open.
func (w Window) Describe() fault.Reason {
	if w.Always() {
		return always.With()
	}
	days := ""
	for _, d := range []time.Weekday{1, 2, 3, 4, 5, 6, 0} {
		if w.on(d) {
			days += string([]rune("日一二三四五六")[d])
		}
	}
	return hours.With("周"+days, clock(w.From), clock(w.To))
}

func (w Window) on(day time.Weekday) bool {
	for _, d := range w.Days {
		if d == day {
			return true
		}
	}
	return false
}

func clock(minutes int) string { return fmt.Sprintf("%d:%02d", minutes/60, minutes%60) }
