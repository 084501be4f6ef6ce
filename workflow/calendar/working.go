package calendar

import "time"

// A stretch is working time without a break, To exclusive.
type stretch struct{ from, to time.Time }

// stretches are those of a day, in order and apart from one another also where
// the clocks change within them.
func (c Calendar) stretches(day Day) []stretch {
	if !c.Workday(day) {
		return nil
	}
	var all []stretch
	for _, s := range c.Hours.work() {
		one := stretch{day.at(s.From, c.zone()), day.at(s.To, c.zone())}
		if n := len(all); n > 0 && one.from.Before(all[n-1].to) {
			one.from = all[n-1].to
		}
		if one.from.Before(one.to) {
			all = append(all, one)
		}
	}
	return all
}

// walk calls step with every stretch that ends after t, the part of it that
// lies after t, each once and the earliest first, until step says that it has seen enough. It reports whether it
// did, and not that years on end have no working time.
func (c Calendar) walk(t time.Time, step func(stretch) (enough bool)) bool {
	day := DayOf(t.In(c.zone())).Add(-1) // clocks that change at midnight
	for idle := 0; idle < patience; idle++ {
		for _, s := range c.stretches(day) {
			if s.from.Before(t) {
				s.from = t
			}
			if !s.from.Before(s.to) {
				continue
			}
			idle = 0
			if step(s) {
				return true
			}
			t = s.to // a day that a zone skipped has the hours of the next one
		}
		day = day.Add(1)
	}
	return false
}

// NextWorkingMoment returns t if the office works at t, otherwise the next
// moment at which it begins to; the zero time if it never does.
func (c Calendar) NextWorkingMoment(t time.Time) (next time.Time) {
	c.walk(t, func(s stretch) bool {
		next = s.from.In(t.Location())
		return true
	})
	return next
}

// AddWorkingHours returns the earliest moment at which so much working time has
// passed since t: five hours from the end of a morning are due at the end of an
// afternoon, not on the next morning. It returns t for 0 and less, and the zero
// time if the tables leave no working time for years on end.
func (c Calendar) AddWorkingHours(t time.Time, d time.Duration) (due time.Time) {
	if d <= 0 {
		return t
	}
	c.walk(t, func(s stretch) bool {
		if has := s.to.Sub(s.from); has < d {
			d -= has
			return false
		}
		due = s.from.Add(d).In(t.Location())
		return true
	})
	return due
}

// WorkingTime returns how much working time lies between two moments; negative
// if to is the earlier one.
func (c Calendar) WorkingTime(from, to time.Time) (sum time.Duration) {
	if to.Before(from) {
		return -c.WorkingTime(to, from)
	}
	c.walk(from, func(s stretch) bool {
		if !s.from.Before(to) {
			return true
		}
		if s.to.After(to) {
			s.to = to
		}
		sum += s.to.Sub(s.from)
		return false
	})
	return sum
}
