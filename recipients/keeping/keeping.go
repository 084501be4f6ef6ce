// Package keeping is what people do to a directory by hand: they enter and
// change units and collective entries, and every such act leaves a note that
// says what is other now and by whom.
//
//	change, err := keeping.Put(unit, hand)(dir)         // a unit, new or as it was read
//	change, err := keeping.PutRoster(entry, hand)(dir)  // a collective entry likewise
//	change, err := keeping.DropRoster(id, hand)(dir)
//	change, err := keeping.Noted(decide, how, hand)(dir) // whatever another rule decides
//
// Each returns a function of the directory as it is when the change is written,
// which the storage calls inside its transaction: what was looked at before may
// have changed since. Every error is a fault.Error with all reasons.
//
// Renaming, merging, splitting and closing units is not here: that is
// [recipients.Directory.Rename] and its like, which keep the past; a note is not
// needed beside their line.
package keeping

import (
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/exchange"
)

// A Hand is who does something, and when.
type Hand struct {
	By    string // "" is a command
	Now   time.Time
	NewID func() uuid.UUID
	Zone  *time.Location // in which days are written
}

// A Decision is what is to become of a directory.
type Decision = func(recipients.Directory) (recipients.Change, error)

var (
	fieldSet     = fault.Say("keeping.field-set", "%s：%s", "%s: %s")
	fieldChanged = fault.Say("keeping.field-changed", "%s：%s → %s", "%s: %s → %s")
	fieldEmptied = fault.Say("keeping.field-emptied", "%s：%s → 空", "%s: %s → empty")
	unitEntered  = fault.Say("keeping.unit-entered", "新增单位", "entered as a unit")
	groupEntered = fault.Say("keeping.group-entered", "新增集合项", "entered as a collective entry")
	groupDropped = fault.Say("keeping.group-dropped", "删去集合项", "dropped")
)

// Noted returns a decision that makes a note of everything that another one
// adds or changes; how says by which means it was done, where that was not by
// the form of the unit, and may be the zero Reason.
func Noted(decide Decision, how fault.Reason, hand Hand) Decision {
	return func(dir recipients.Directory) (recipients.Change, error) {
		change, err := decide(dir)
		if err != nil {
			return change, err
		}
		change.Notes = append(change.Notes, hand.notes(dir, change, how)...)
		return change, nil
	}
}

// notes are the lines about all units and entries of a change.
func (h Hand) notes(dir recipients.Directory, c recipients.Change, how fault.Reason) (all []recipients.Note) {
	after := dir.With(c)
	was := map[uuid.UUID]recipients.Unit{}
	for _, u := range dir.Units {
		was[u.ID] = u
	}
	for _, u := range c.Added {
		all = h.note(all, u.ID, u.Name, how, unitEntered.With(), nil)
	}
	for _, u := range c.Changed {
		all = h.note(all, u.ID, u.Name, how, fault.Reason{}, exchange.Differences(after, was[u.ID], u, h.Zone))
	}
	groups := map[uuid.UUID]recipients.Collective{}
	for _, g := range dir.Collectives {
		groups[g.ID] = g
	}
	for _, g := range c.Founded {
		all = h.note(all, g.ID, g.Text, how, groupEntered.With(), exchange.RosterDifferences(after, recipients.Collective{Text: g.Text}, g, h.Zone))
	}
	for _, g := range c.Collectives {
		all = h.note(all, g.ID, g.Text, how, fault.Reason{}, exchange.RosterDifferences(after, groups[g.ID], g, h.Zone))
	}
	for _, id := range c.Dropped {
		all = h.note(all, id, groups[id].Text, how, groupDropped.With(), nil)
	}
	return all
}

// note adds a line, if there is anything to say.
func (h Hand) note(all []recipients.Note, of uuid.UUID, name string, how, act fault.Reason, fields []exchange.Field) []recipients.Note {
	var what []fault.Reason
	if act.Key != "" {
		what = append(what, act)
	}
	for _, f := range fields {
		switch {
		case f.Before == "":
			what = append(what, fieldSet.With(f.Title, f.After))
		case f.After == "":
			what = append(what, fieldEmptied.With(f.Title, f.Before))
		default:
			what = append(what, fieldChanged.With(f.Title, f.Before, f.After))
		}
	}
	if what == nil {
		return all
	}
	if how.Key != "" {
		what = append([]fault.Reason{how}, what...)
	}
	return append(all, recipients.Note{ID: h.NewID(), Of: of, Name: name, At: h.Now, By: h.By, What: what})
}
