package ready

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
)

var unitRenamed = fault.Say("ready.unit-renamed", "“%s”已改称“%s”（%s起），请核对", "%s has been called %s since %s")

// Units are the names that the units of a directory bear and once bore, ready
// to be looked for in a text. It is never changed after NewUnits and may be used
// by any number of goroutines.
type Units struct {
	names   map[string][]bearer
	lengths map[rune][]int // in bytes, the longest first, by the first character
	lapsing bool           // some name has a last day
}

// A bearer is a unit with the days on which it bears a name; full names are
// borne always.
type bearer struct {
	unit, place string
	alias       recipients.Alias
}

// NewUnits makes the names of a directory ready, in time proportional to its
// size.
func NewUnits(units []recipients.Unit) *Units {
	u := &Units{names: map[string][]bearer{}, lengths: map[rune][]int{}}
	for _, unit := range units {
		u.add(unit, recipients.Alias{Name: unit.Name})
		for _, a := range unit.Aliases {
			u.add(unit, a)
			u.lapsing = u.lapsing || !a.Until.IsZero()
		}
	}
	for _, lengths := range u.lengths {
		slices.SortFunc(lengths, func(a, b int) int { return b - a })
	}
	return u
}

func (u *Units) add(unit recipients.Unit, a recipients.Alias) {
	name := squeezed(a.Name)
	if name == "" {
		return
	}
	u.names[name] = append(u.names[name], bearer{unit.Name, unit.Place, a})
	if first := firstRune(name); !slices.Contains(u.lengths[first], len(name)) {
		u.lengths[first] = append(u.lengths[first], len(name))
	}
}

// A former is a name in a text that its unit no longer bears.
type former struct {
	name string
	now  bearer
}

// former returns the names in a text that were given up before a day. The
// longest name at a place counts, so that one that lives on inside another
// (市科技局信息中心) is left.
func (u *Units) former(s, home string, at time.Time) []former {
	var found []former
	for i := 0; i < len(s); {
		name := u.longest(s[i:])
		if name == "" {
			i += len(firstRunes(s[i:], 1))
			continue
		}
		if b, lapsed := u.lapsed(name, s[:i], home, at); lapsed {
			found = append(found, former{name, b})
		}
		i += len(name)
	}
	return found
}

func (u *Units) longest(s string) string {
	for _, n := range u.lengths[firstRune(s)] {
		if n <= len(s) && u.names[s[:n]] != nil {
			return s[:n]
		}
	}
	return ""
}

// lapsed reports whether a name that stands behind some words means units that
// all gave it up by a day, and which did last.
func (u *Units) lapsed(name, before, home string, at time.Time) (last bearer, lapsed bool) {
	for _, b := range u.names[name] {
		switch {
		case !b.at(before, name, home):
		case b.alias.Until.IsZero() || at.Before(b.alias.Until):
			return bearer{}, false
		case b.alias.Until.After(last.alias.Until):
			last, lapsed = b, true
		}
	}
	return last, lapsed
}

// shortNames begin with these: they mean a unit in their own place only.
const shortNames = "市县区旗省州盟"

// conjunctions may stand before a short name without belonging to it.
const conjunctions = "由与和及同向对在请为是经给让会到赴从据被将把至的了暨或、"

// at reports whether the name means the unit where it stands: 市农牧业局 behind
// 包头 is another place's.
func (b bearer) at(before, name, home string) bool {
	if !strings.ContainsRune(shortNames, firstRune(name)) {
		return true
	}
	last := lastRune(before)
	switch {
	case before == "", !unicode.Is(unicode.Han, last), strings.ContainsRune(conjunctions, last):
		return b.place == "" || home == "" || stem(b.place) == stem(home)
	}
	return b.place != "" && strings.HasSuffix(before, stem(b.place))
}

func stem(place string) string { return strings.TrimRight(place, shortNames) }

// checkUnits looks for names of units that were given up, in the items and in
// the lists. A name given up later than the issue is right. It asks: a text may
// tell of the time when the name was good.
func checkUnits(t *text) []Finding {
	if t.Units == nil || !t.Units.lapsing || !t.Date.Real() {
		return nil
	}
	at := t.Date.In(time.UTC)
	var found []Finding
	add := func(f former, line, item int) {
		found = append(found, Finding{UnitRenamed, bulletin.Ask, line, item,
			unitRenamed.With(f.name, f.now.unit, bulletin.DateOf(f.now.alias.Until).Chinese())})
	}
	for _, p := range t.passages {
		for _, f := range t.Units.former(squeezed(p.text), t.Home, at) {
			add(f, t.place(p, f.name), p.item)
		}
	}
	for _, l := range t.Lists {
		for _, f := range t.Units.former(squeezed(l.Text), t.Home, at) {
			add(f, l.Line, 0)
		}
	}
	return found
}
