package keeping

import (
	"slices"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
)

var (
	notKept       = fault.Say("keeping.not-kept", "“%s”没有保存", "“%s” was not saved")
	otherName     = fault.Say("keeping.other-name", "改名请办理更名，旧称才会保留", "rename it by a reform, so that the old name is kept")
	nameTaken     = fault.Say("keeping.name-taken", "通讯录里已有“%s”", "there is a unit “%s” in the directory already")
	unitEnded     = fault.Say("keeping.unit-ended", "单位已撤并，不能再改", "the unit has ended and can no longer be changed")
	noParent      = fault.Say("keeping.no-parent", "上级单位不在通讯录里，或已撤并", "the unit above it is not in the directory, or has ended")
	parentCircle  = fault.Say("keeping.parent-circle", "上级单位“%s”在它自己的下面", "“%s”, which is to be above it, is under it")
	rosterTaken   = fault.Say("keeping.roster-taken", "已有集合项“%s”", "there is a collective entry “%s” already")
	memberMissing = fault.Say("keeping.member-missing", "“%s”的送达单位不在通讯录里，或已撤并", "the unit through which “%s” is reached is not in the directory, or has ended")
	noSuchRoster  = fault.Say("keeping.no-such-roster", "没有这个集合项，可能刚被删去", "there is no such collective entry; perhaps it was dropped just now")
)

// Put enters a unit, or changes the one with its id, which was read with its
// Version. Its name stays what it was.
func Put(unit recipients.Unit, hand Hand) Decision {
	return Noted(func(dir recipients.Directory) (recipients.Change, error) {
		before, known := find(dir.Units, unit.ID)
		reasons := causes(unit.Validate())
		if known {
			reasons = append(reasons, unless(before.Ended.IsZero(), unitEnded.With())...)
			reasons = append(reasons, unless(unit.Name == before.Name, otherName.With())...)
		} else {
			_, taken := findNamed(dir.Units, unit.Name)
			reasons = append(reasons, unless(!taken, nameTaken.With(unit.Name))...)
		}
		reasons = append(reasons, above(dir, unit)...)
		switch {
		case len(reasons) > 0:
			return recipients.Change{}, fault.New(fault.Invalid, notKept.With(unit.Name), reasons...)
		case known:
			return recipients.Change{Changed: []recipients.Unit{unit}}, nil
		}
		return recipients.Change{Added: []recipients.Unit{unit}}, nil
	}, fault.Reason{}, hand)
}

// above returns what is wrong with the unit above one.
func above(dir recipients.Directory, unit recipients.Unit) []fault.Reason {
	if unit.Parent == uuid.Nil || unit.Parent == unit.ID { // the second, Validate says
		return nil
	}
	parent, known := find(dir.Units, unit.Parent)
	if !known || !parent.Ended.IsZero() {
		return []fault.Reason{noParent.With()}
	}
	for at, steps := parent, 0; at.Parent != uuid.Nil && steps < len(dir.Units); steps++ {
		if at.Parent == unit.ID {
			return []fault.Reason{parentCircle.With(parent.Name)}
		}
		at, _ = find(dir.Units, at.Parent)
	}
	return nil
}

// PutRoster enters a collective entry, or changes the one with its id, which was
// read with its Version.
func PutRoster(entry recipients.Collective, hand Hand) Decision {
	return Noted(func(dir recipients.Directory) (recipients.Change, error) {
		entry.Text = recipients.Tidy(entry.Text)
		reasons := causes(entry.Validate())
		known := false
		for _, c := range dir.Collectives {
			known = known || c.ID == entry.ID
			reasons = append(reasons, unless(c.ID == entry.ID || recipients.Tidy(c.Text) != entry.Text, rosterTaken.With(entry.Text))...)
		}
		for _, m := range entry.Members {
			unit, there := find(dir.Units, m.Unit)
			past := !m.Until.IsZero() && !m.Until.After(hand.Now)
			reasons = append(reasons, unless(m.Unit == uuid.Nil || there && (past || unit.Stands(hand.Now)), memberMissing.With(m.Words))...)
		}
		switch {
		case len(reasons) > 0:
			return recipients.Change{}, fault.New(fault.Invalid, notKept.With(entry.Text), reasons...)
		case known:
			return recipients.Change{Collectives: []recipients.Collective{entry}}, nil
		case entry.Version > 0:
			return recipients.Change{}, fault.New(fault.NotFound, noSuchRoster.With())
		}
		return recipients.Change{Founded: []recipients.Collective{entry}}, nil
	}, fault.Reason{}, hand)
}

// DropRoster takes a collective entry out of the directory. Issues that used it
// keep their lists; lists that use it later are read name by name.
func DropRoster(id uuid.UUID, hand Hand) Decision {
	return Noted(func(dir recipients.Directory) (recipients.Change, error) {
		if !slices.ContainsFunc(dir.Collectives, func(c recipients.Collective) bool { return c.ID == id }) {
			return recipients.Change{}, fault.New(fault.NotFound, noSuchRoster.With())
		}
		return recipients.Change{Dropped: []uuid.UUID{id}}, nil
	}, fault.Reason{}, hand)
}

func find(units []recipients.Unit, id uuid.UUID) (recipients.Unit, bool) {
	n := slices.IndexFunc(units, func(u recipients.Unit) bool { return u.ID == id })
	if n < 0 {
		return recipients.Unit{}, false
	}
	return units[n], true
}

func findNamed(units []recipients.Unit, name string) (recipients.Unit, bool) {
	n := slices.IndexFunc(units, func(u recipients.Unit) bool { return recipients.Tidy(u.Name) == recipients.Tidy(name) })
	if n < 0 {
		return recipients.Unit{}, false
	}
	return units[n], true
}

func unless(holds bool, reason fault.Reason) []fault.Reason {
	if holds {
		return nil
	}
	return []fault.Reason{reason}
}

// causes returns the reasons of an error of Validate.
func causes(err error) []fault.Reason {
	if e := fault.As(err); e != nil {
		return e.Reasons
	}
	return nil
}
