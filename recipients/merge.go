package recipients

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// Merge ends units on a day and puts another in their place: a new one, or one
// that is in the directory already and takes them in (into.ID is then that
// unit's, and the rest of into is not looked at). Units under them and places
// in rosters pass to it. The names of those that end keep their meaning on the
// days before; on later days they are asked about, and it is proposed.
//
// The error is a fault.Error with the code Invalid and every reason.
func (d Directory) Merge(from []uuid.UUID, into Unit, o Order) (Change, error) {
	reasons := o.objections()
	heir, wrong := d.newcomer(into, o.Day)
	reasons = append(reasons, wrong...)
	parties := append(slices.Clone(from), into.ID)
	sources, wrong := d.parties(slices.DeleteFunc(slices.Clone(from), func(id uuid.UUID) bool { return id == into.ID }), o.Day)
	reasons = append(reasons, wrong...)
	if n := len(distinctIDs(parties)); n < 2 || n < 3 && d.position(into.ID) < 0 {
		reasons = append(reasons, mergeFew.With())
	}
	change, wrong := d.succeed(sources, []Unit{heir}, o.Day)
	if reasons = append(reasons, wrong...); len(reasons) > 0 {
		return Change{}, refuseReform(reasons)
	}
	if d.position(heir.ID) >= 0 {
		sources = append(sources, heir)
	}
	change.Reform = o.line(Merged, sources, []Unit{heir})
	return change, nil
}

// Split makes several units of one from a day on: new ones, and ones that are
// in the directory already (only their ID is looked at). Where the unit itself
// is among them it goes on and the others are taken out of it; otherwise it
// ends, and the first of them takes its place in rosters and over the units
// under it.
//
// The error is a fault.Error with the code Invalid and every reason.
func (d Directory) Split(unit uuid.UUID, into []Unit, o Order) (Change, error) {
	reasons := o.objections()
	sources, wrong := d.parties([]uuid.UUID{unit}, o.Day)
	reasons = append(reasons, wrong...)
	if len(into) < 2 {
		return Change{}, refuseReform(append(reasons, splitFew.With()))
	}
	var heirs []Unit
	names := map[string]bool{}
	for _, u := range into {
		heir, wrong := d.newcomer(u, o.Day)
		reasons = append(reasons, wrong...)
		if key := keyOf(heir.Name); names[key] {
			reasons = append(reasons, reformTwice.With(heir.Name))
		} else {
			names[key] = true
		}
		heirs = append(heirs, heir)
	}
	ends := !slices.ContainsFunc(heirs, func(u Unit) bool { return u.ID == unit })
	var change Change
	if ends {
		change, wrong = d.succeed(sources, heirs, o.Day)
		reasons = append(reasons, wrong...)
	} else {
		change.Added = slices.DeleteFunc(slices.Clone(heirs), func(u Unit) bool { return d.position(u.ID) >= 0 })
	}
	if len(reasons) > 0 {
		return Change{}, refuseReform(reasons)
	}
	change.Reform = o.line(Divided, sources, heirs)
	return change, nil
}

// parties returns the units that something happens to, and why it cannot.
func (d Directory) parties(ids []uuid.UUID, day time.Time) (units []Unit, reasons []fault.Reason) {
	for i, id := range ids {
		at := d.position(id)
		switch {
		case at < 0:
			reasons = append(reasons, reformUnit.With())
			continue
		case slices.Contains(ids[:i], id):
			reasons = append(reasons, reformTwice.With(d.Units[at].Name))
			continue
		}
		reasons = append(reasons, d.changeable(d.Units[at], day)...)
		units = append(units, d.Units[at])
	}
	return units, reasons
}

// newcomer returns the unit that comes out of a reform: the one in the
// directory with this id, or a new one whose short names begin on the day.
func (d Directory) newcomer(u Unit, day time.Time) (Unit, []fault.Reason) {
	if at := d.position(u.ID); at >= 0 {
		return d.Units[at], d.changeable(d.Units[at], day)
	}
	u.Aliases = slices.Clone(u.Aliases)
	for i := range u.Aliases {
		if u.Aliases[i].From.IsZero() {
			u.Aliases[i].From = day
		}
	}
	return u, append(d.free(u.Name, u.ID), causes(u.Validate())...)
}

// succeed ends units in favour of others, the first of which takes their place
// in rosters and above other units.
func (d Directory) succeed(ended, heirs []Unit, day time.Time) (c Change, reasons []fault.Reason) {
	gone := map[uuid.UUID]Unit{}
	for _, u := range ended {
		gone[u.ID] = u
	}
	heir := heirs[0].ID
	for _, u := range d.Units {
		_, ends := gone[u.ID]
		above, moves := gone[u.Parent]
		switch {
		case ends:
			u.Ended = day
			u.Successors = idsOf(heirs)
		case moves && u.ID == heir:
			u.Parent = above.Parent
		case moves:
			u.Parent = heir
		default:
			continue
		}
		c.Changed = append(c.Changed, u)
	}
	for _, u := range heirs {
		if d.position(u.ID) < 0 {
			c.Added = append(c.Added, u)
		}
	}
	c.Collectives, reasons = d.passRosters(gone, heirs[0])
	return c, reasons
}

// passRosters puts the heir in the places of the units that are gone.
func (d Directory) passRosters(gone map[uuid.UUID]Unit, heir Unit) (changed []Collective, reasons []fault.Reason) {
	for _, c := range d.Collectives {
		touched := false
		c.Members = slices.Clone(c.Members)
		for i, m := range c.Members {
			if _, is := gone[m.Unit]; is {
				c.Members[i].Unit, touched = heir.ID, true
			}
		}
		if !touched {
			continue
		}
		if c.Validate() != nil {
			reasons = append(reasons, rosterWouldTwo.With(c.Text, heir.Name))
		}
		changed = append(changed, c)
	}
	return changed, reasons
}

func idsOf(units []Unit) []uuid.UUID {
	ids := make([]uuid.UUID, len(units))
	for i, u := range units {
		ids[i] = u.ID
	}
	return ids
}

func distinctIDs(ids []uuid.UUID) map[uuid.UUID]bool {
	all := map[uuid.UUID]bool{}
	for _, id := range ids {
		all[id] = true
	}
	return all
}
