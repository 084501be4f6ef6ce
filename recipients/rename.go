package recipients

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// Rename gives a unit a new full name from a day on. short are all the short
// names that it has from then on: those it had otherwise end on that day. The
// name it gives up stays as a former one, so that an issue of an earlier day is
// still understood, and one of a later day that uses it is asked about.
//
// The error is a fault.Error with the code Invalid and every reason.
func (d Directory) Rename(unit uuid.UUID, name string, short []string, o Order) (Change, error) {
	reasons := o.objections()
	i := d.position(unit)
	if i < 0 {
		return Change{}, refuseReform(append(reasons, reformUnit.With()))
	}
	before := d.Units[i]
	reasons = append(reasons, d.changeable(before, o.Day)...)
	if name == before.Name {
		reasons = append(reasons, nameSame.With(name))
	}
	reasons = append(reasons, d.free(name, unit)...)
	after := before.called(name, short, o.Day)
	if reasons = append(reasons, causes(after.Validate())...); len(reasons) > 0 {
		return Change{}, refuseReform(reasons)
	}
	return Change{
		Changed: []Unit{after},
		Reform:  o.line(Renamed, []Unit{before}, []Unit{after}),
	}, nil
}

// called returns the unit under its new names.
func (u Unit) called(name string, short []string, day time.Time) Unit {
	old := Alias{Name: u.Name, From: u.namedSince(), Until: day, Former: true}
	var aliases []Alias
	open := map[string]bool{keyOf(name): true}
	for _, a := range u.Aliases {
		key := keyOf(a.Name)
		if key == keyOf(name) {
			continue // it is the full name again
		}
		kept := slices.ContainsFunc(short, func(s string) bool { return keyOf(s) == key })
		if lasts := a.Until.IsZero() || a.Until.After(day); lasts && !kept {
			if a.Until = day; !a.From.Before(day) {
				continue // it never came into use
			}
		} else if lasts {
			open[key] = true
		}
		aliases = append(aliases, a)
	}
	for _, s := range short {
		if key := keyOf(s); !open[key] {
			open[key] = true
			aliases = append(aliases, Alias{Name: s, From: day})
		}
	}
	if keyOf(u.Name) != keyOf(name) && (old.From.IsZero() || old.From.Before(day)) {
		aliases = append(aliases, old)
	}
	u.Name, u.Aliases = name, aliases
	return u
}

// namedSince returns the day from which the unit has its full name, the zero
// time if it always had.
func (u Unit) namedSince() time.Time {
	var since time.Time
	for _, a := range u.Aliases {
		if a.Former && a.Until.After(since) {
			since = a.Until
		}
	}
	return since
}
