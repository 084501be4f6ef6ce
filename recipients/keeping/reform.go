package keeping

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
)

// A Reform is what a form or a command says of a reform of units, in names.
type Reform struct {
	Kind recipients.ReformKind
	Unit uuid.UUID // that it is about
	// Name is the new name of a unit that is renamed, or the unit that others
	// are merged into: one of the directory, or a new one. Short are the short
	// names of what is new.
	Name  string
	Short []string
	// Others are the full names of the units that are merged besides.
	Others []string
	// Into are the units that come of a split, and Stays says that the unit
	// itself goes on.
	Into   []Part
	Stays  bool
	Day    time.Time
	Reason string
}

// A Part is a unit that comes of a split.
type Part struct {
	Name  string
	Short []string
}

var (
	notReformed = fault.Say("keeping.not-reformed", "单位变更未办理", "the units were not changed")
	noUnitNamed = fault.Say("keeping.no-unit-named", "通讯录里没有“%s”，请写现有单位的全称", "there is no unit “%s” in the directory; write the full name of one that stands")
	nameNeeded  = fault.Say("keeping.name-needed", "没有写明新名称", "the new name is missing")
	noSuchKind  = fault.Say("keeping.no-such-kind", "没有这种变更", "there is no such reform")
)

// Decide returns the decision. A unit that is new begins with place, level,
// parent, channel and the ways to reach it of the unit that it comes of, its
// copies to be confirmed, so that nobody drops out of the lists by a reform.
func (r Reform) Decide(hand Hand) Decision {
	return func(dir recipients.Directory) (recipients.Change, error) {
		unit, known := find(dir.Units, r.Unit)
		if !known {
			return recipients.Change{}, fault.New(fault.NotFound, noUnitNamed.With(""))
		}
		order := recipients.Order{ID: hand.NewID(), Day: r.Day, Reason: r.Reason, By: hand.By, Now: hand.Now}
		switch r.Kind {
		case recipients.Renamed:
			return dir.Rename(r.Unit, strings.TrimSpace(r.Name), r.Short, order)
		case recipients.Merged:
			return r.merge(dir, unit, order, hand)
		case recipients.Divided:
			return dir.Split(r.Unit, r.parts(dir, unit, hand), order)
		case recipients.Closed:
			return dir.End(r.Unit, order)
		}
		return recipients.Change{}, fault.New(fault.Invalid, noSuchKind.With())
	}
}

func (r Reform) merge(dir recipients.Directory, unit recipients.Unit, order recipients.Order, hand Hand) (recipients.Change, error) {
	from := []uuid.UUID{r.Unit}
	var reasons []fault.Reason
	for _, name := range r.Others {
		other, known := findNamed(dir.Units, name)
		reasons = append(reasons, unless(known, noUnitNamed.With(name))...)
		if !slices.Contains(from, other.ID) {
			from = append(from, other.ID)
		}
	}
	name := strings.TrimSpace(r.Name)
	reasons = append(reasons, unless(name != "", nameNeeded.With())...)
	if len(reasons) > 0 {
		return recipients.Change{}, fault.New(fault.Invalid, notReformed.With(), reasons...)
	}
	heir, known := findNamed(dir.Units, name)
	if !known {
		heir = successor(unit, Part{name, r.Short}, hand)
		if at, parent := slices.Index(from, heir.Parent), unit.Parent; at >= 0 { // the unit above is merged too
			above, _ := find(dir.Units, parent)
			heir.Parent = above.Parent
		}
	}
	return dir.Merge(from, heir, order)
}

// parts are the units of a split. The first takes over how the unit is reached
// where that ends.
func (r Reform) parts(dir recipients.Directory, unit recipients.Unit, hand Hand) (all []recipients.Unit) {
	if r.Stays {
		all = append(all, unit)
	}
	for _, p := range r.Into {
		if there, known := findNamed(dir.Units, p.Name); known {
			all = append(all, there)
			continue
		}
		heir := successor(unit, p, hand)
		if len(all) > 0 {
			heir.Addresses, heir.Phone, heir.Contact, heir.Deputy = nil, "", recipients.Contact{}, recipients.Contact{}
			heir.Channel = recipients.ByPaper // until somebody enters an address
		}
		all = append(all, heir)
	}
	return all
}

// successor is a new unit in the place of one that ends.
func successor(of recipients.Unit, p Part, hand Hand) recipients.Unit {
	heir := of
	heir.ID, heir.Name, heir.Version = hand.NewID(), strings.TrimSpace(p.Name), 0
	heir.Aliases, heir.Successors, heir.CopiesAssumed = nil, nil, true
	for _, short := range p.Short {
		heir.Aliases = append(heir.Aliases, recipients.Alias{Name: short})
	}
	return heir
}

// Parts reads the units that come of a split as people write them: one a line,
// its short names behind it after a ；.
func Parts(text string) (all []Part) {
	for line := range strings.Lines(text) {
		names := strings.FieldsFunc(line, func(r rune) bool { return r == '；' || r == ';' })
		for i := range names {
			names[i] = strings.TrimSpace(names[i])
		}
		if len(names) > 0 && names[0] != "" {
			all = append(all, Part{names[0], slices.DeleteFunc(names[1:], func(n string) bool { return n == "" })})
		}
	}
	return all
}

var (
	willRename  = fault.Say("keeping.will-rename", "“%s”更名为“%s”，原名存为旧称", "“%s” becomes “%s”; its old name is kept")
	willShort   = fault.Say("keeping.will-short", "“%s”的简称改为：%s", "the short names of “%s” become: %s")
	willEnd     = fault.Say("keeping.will-end", "“%s”不再设立，此后的名单用到它时会请人核定", "“%s” is no more; later lists that use it are asked about")
	willSucceed = fault.Say("keeping.will-succeed", "“%s”不再设立，由“%s”接替", "“%s” is no more; in its place comes %s")
	willAdd     = fault.Say("keeping.will-add", "新设“%s”（%s，%d份，邮箱：%s）", "“%s” is new (%s, %d copies, addresses: %s)")
	willMove    = fault.Say("keeping.will-move", "“%s”的上级单位改为“%s”", "the unit above “%s” becomes “%s”")
	willFree    = fault.Say("keeping.will-free", "“%s”不再有上级单位", "no unit is above “%s” any more")
	willRoster  = fault.Say("keeping.will-roster", "集合项“%s”改为：%s", "the roster of “%s” becomes: %s")
	noAddress   = fault.Say("keeping.no-address", "无", "none")
)

// Consequences says in sentences what a reform does, for whoever is to consent.
func Consequences(dir recipients.Directory, c recipients.Change) (all []fault.Reason) {
	after := dir.With(c)
	name := func(id uuid.UUID) string {
		u, _ := find(after.Units, id)
		return u.Name
	}
	for _, u := range c.Changed {
		before, _ := find(dir.Units, u.ID)
		all = append(all, consequences(before, u, name)...)
	}
	for _, u := range c.Added {
		addresses := any(strings.Join(u.Mailboxes(), " "))
		if addresses == "" {
			addresses = noAddress.With()
		}
		all = append(all, willAdd.With(u.Name, u.Channel.Title(), u.Copies, addresses))
	}
	for _, roster := range c.Collectives {
		var members []string
		for _, m := range roster.At(changedOn(c)) {
			members = append(members, m.Words+"→"+name(m.Unit))
		}
		all = append(all, willRoster.With(roster.Text, strings.Join(members, "；")))
	}
	return all
}

// changedOn is the day from which a change holds.
func changedOn(c recipients.Change) time.Time {
	if c.Reform != nil {
		return c.Reform.Day
	}
	return time.Time{}
}

func consequences(before, after recipients.Unit, name func(uuid.UUID) string) (all []fault.Reason) {
	if before.Name != after.Name {
		all = append(all, willRename.With(before.Name, after.Name))
		var short []string
		for _, a := range after.Aliases {
			if !a.Former && a.Until.IsZero() {
				short = append(short, a.Name)
			}
		}
		if short != nil {
			all = append(all, willShort.With(after.Name, strings.Join(short, "、")))
		}
	}
	switch {
	case before.Ended.Equal(after.Ended):
	case len(after.Successors) == 0:
		all = append(all, willEnd.With(after.Name))
	default:
		var heirs []string
		for _, id := range after.Successors {
			heirs = append(heirs, name(id))
		}
		all = append(all, willSucceed.With(after.Name, strings.Join(heirs, "、")))
	}
	switch {
	case before.Parent == after.Parent:
	case after.Parent == uuid.Nil:
		all = append(all, willFree.With(after.Name))
	default:
		all = append(all, willMove.With(after.Name, name(after.Parent)))
	}
	return all
}
