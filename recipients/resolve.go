package recipients

import (
	"strings"
	"time"
)

// Listed is one list as printed: the label 报, 送, 发 … and what follows its
// colon.
type Listed struct {
	Label string
	Text  string
}

// Resolve is [Index.Resolve] with an index that is made for this once.
func Resolve(dir Directory, home string, at time.Time, lists []Listed) Circulation {
	return NewIndex(dir).Resolve(home, at, lists)
}

// Resolve reads the lists of one issue and finds the units they mean. home is
// the place of the series (鄂尔多斯市), at the day of the issue, on which short
// names must be in use.
//
// From each name on, the longest run of names that the directory knows as a
// whole is taken: a collective entry, or a unit whose name has a 、 in it
// (市委、市政府信访局). Then each name stands for itself, as [Split] reads it. A
// name that means no unit is an entry without recipients, one that may mean
// several has them as candidates; nothing is dropped.
//
// It takes under 20 ms for 500 names against 50,000 units.
func (x *Index) Resolve(home string, at time.Time, lists []Listed) Circulation {
	var c Circulation
	for _, l := range lists {
		c.Lists = append(c.Lists, List{Label: squeeze(l.Label), Entries: x.entries(home, at, Split(l.Text))})
	}
	return c
}

func (x *Index) entries(place string, at time.Time, parts []Part) []Entry {
	var all []Entry
	in := question{home: home(place), full: keyOf(place), at: at}
	for i := 0; i < len(parts); {
		e, n := x.whole(in, parts, i)
		if n == 0 {
			e, n = x.single(in, parts[i]), 1
		}
		if e.Before = parts[i].Before; e.Before == "、" {
			e.Before = ""
		}
		all = append(all, e)
		i += n
	}
	return all
}

// whole tries the longest run of two names or more from i on that the directory
// knows as it is printed, and returns how many it took, 0 for none. A run is never
// cut off from the suffix that governs it.
func (x *Index) whole(in question, parts []Part, i int) (Entry, int) {
	longest := x.spans[firstOf(keyOf(parts[i].Printed))]
	for n := min(longest, len(parts)-i); n > 1; n-- {
		if parts[i+n-1].until >= i+n {
			continue
		}
		printed := join(parts[i : i+n])
		in.key = keyOf(printed)
		if c := x.collective(in); c != nil {
			return Entry{Printed: printed, Collective: true, Recipients: x.roster(c.Members, in.at)}, n
		}
		if units := x.units(in); len(units) == 1 {
			return Entry{Printed: printed, Recipients: []Recipient{x.recipient(units[0], printed)}}, n
		}
	}
	return Entry{}, 0
}

func (x *Index) single(in question, p Part) Entry {
	e := Entry{Printed: p.Printed, Collective: p.Collective}
	if p.Name != p.Printed {
		e.Name = p.Name
	}
	in.key = keyOf(p.Name)
	if c := x.collective(in); c != nil {
		e.Collective, e.Recipients = true, x.roster(c.Members, in.at)
		return e
	}
	units := x.units(in)
	if name := x.placed(p); len(units) == 0 && name != "" {
		e.Name, in.key = name, keyOf(name)
		units = x.units(in)
	}
	switch len(units) {
	case 0:
		e.Candidates = x.candidates(x.proposals(in))
	case 1:
		e.Recipients = []Recipient{x.recipient(units[0], e.FullName())}
	default:
		e.Candidates = x.candidates(units)
	}
	return e
}

// placed returns a name whose inherited place has more than a place in front
// without that: after 人行宿迁市分行 the grammar reads 市气象局 as
// 人行宿迁市气象局, and the directory knows that the place is 宿迁市. It returns
// "" for all others.
func (x *Index) placed(p Part) string {
	if p.Place == "" || x.places[keyOf(p.Place)] {
		return ""
	}
	for at := range p.Place {
		if known := p.Place[at:]; runes(known) > 2 && x.places[keyOf(known)] {
			return known + strings.TrimPrefix(p.Name, p.Place)
		}
	}
	return ""
}

// join returns the words of a run of names as they are printed, without the
// separator in front.
func join(parts []Part) string {
	printed := parts[0].Printed
	for _, p := range parts[1:] {
		printed += p.Before + p.Printed
	}
	return printed
}
