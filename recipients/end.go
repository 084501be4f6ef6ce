package recipients

import (
	"slices"

	"github.com/google/uuid"

	"jianbao/fault"
)

var (
	endRoster = fault.Say("recipients.end-roster", "撤销后集合项“%s”就没有单位了，请先改名单或删去该集合项", "the roster of “%s” would be empty; mend it or drop the entry first")
	endAbove  = fault.Say("recipients.end-above", "“%s”下面还有单位，撤销后归到它的上级名下", "units under %s pass to the unit above it")
)

// End closes a unit for good on a day, with none in its place. Its names keep
// their meaning on the days before; on later days lists that use them are asked
// about. Rosters lose it from that day on, and the units under it pass to the
// one above it, which [Directory.Below] tells beforehand.
//
// The error is a fault.Error with the code Invalid and every reason.
func (d Directory) End(unit uuid.UUID, o Order) (Change, error) {
	reasons := o.objections()
	gone, wrong := d.parties([]uuid.UUID{unit}, o.Day)
	if reasons = append(reasons, wrong...); len(gone) == 0 {
		return Change{}, refuseReform(reasons)
	}
	ended := gone[0]
	c := Change{Reform: o.line(Closed, gone, nil)}
	for _, u := range d.Units {
		switch {
		case u.ID == unit:
			u.Ended = o.Day
		case u.Parent == unit:
			u.Parent = ended.Parent
		default:
			continue
		}
		c.Changed = append(c.Changed, u)
	}
	for _, roster := range d.Collectives {
		left, touched := roster.without(unit, o)
		if !touched {
			continue
		}
		if len(left.At(o.Now)) == 0 {
			reasons = append(reasons, endRoster.With(roster.Text))
		}
		c.Collectives = append(c.Collectives, left)
	}
	if len(reasons) > 0 {
		return Change{}, refuseReform(reasons)
	}
	return c, nil
}

// without takes a unit out of a roster from the day of an order on.
func (c Collective) without(unit uuid.UUID, o Order) (Collective, bool) {
	touched := false
	c.Members = slices.Clone(c.Members)
	for i, m := range c.Members {
		if m.Unit == unit && m.Holds(o.Day) {
			c.Members[i].Until, touched = o.Day, true
		}
	}
	c.Members = slices.DeleteFunc(c.Members, func(m Member) bool { return !m.Until.IsZero() && !m.From.Before(m.Until) && !m.From.IsZero() })
	return c, touched
}

// Below says that units are under one, and where they go if it ends.
func (d Directory) Below(unit uuid.UUID) []fault.Reason {
	for _, u := range d.Units {
		if at := d.position(unit); u.Parent == unit && u.Ended.IsZero() && at >= 0 {
			return []fault.Reason{endAbove.With(d.Units[at].Name)}
		}
	}
	return nil
}
