package exchange

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/table"
)

// Write returns the units of a directory that stand, by place and name, with all
// columns, and its collective entries with a line for each member. Days are
// those of the zone, UTC where it is nil.
func Write(dir recipients.Directory, zone *time.Location) []table.Table {
	f := formatsOf(dir, zone)
	return []table.Table{f.units(dir), f.rosters(dir)}
}

// WriteOne returns the same as one table, for a file that has no sheets: a column
// more says which line is a unit and which is a member of a collective entry.
func WriteOne(dir recipients.Directory, zone *time.Location) table.Table {
	f := formatsOf(dir, zone)
	t, rosters := f.units(dir), f.rosters(dir)
	t.Header = append(t.Header, titleKind, titleWords, titleVia, titleSince, titleLast)
	for i := range t.Rows {
		t.Rows[i] = append(t.Rows[i], kindUnit, "", "", "", "")
	}
	for _, member := range rosters.Rows {
		row := make([]any, len(columns), len(t.Header))
		for i, c := range columns {
			switch c.title {
			case titleName:
				row[i] = member[0]
			case titlePlace:
				row[i] = member[1]
			default:
				row[i] = ""
			}
		}
		t.Rows = append(t.Rows, append(append(row, kindRoster), member[2:]...))
	}
	return t
}

func (f *formats) units(dir recipients.Directory) table.Table {
	t := table.Table{Name: "单位"}
	for _, c := range columns {
		t.Header = append(t.Header, c.title)
	}
	units := slices.DeleteFunc(slices.Clone(dir.Units), func(u recipients.Unit) bool { return !u.Ended.IsZero() })
	slices.SortStableFunc(units, func(a, b recipients.Unit) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Name, b.Name))
	})
	for _, u := range units {
		row := make([]any, len(columns))
		for i, c := range columns {
			row[i] = c.get(f, u)
			if c.title == titleCopies {
				row[i] = u.Copies
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func formatsOf(dir recipients.Directory, zone *time.Location) *formats {
	if zone == nil {
		zone = time.UTC
	}
	f := &formats{zone: zone, name: make(map[uuid.UUID]string, len(dir.Units))}
	for _, u := range dir.Units {
		f.name[u.ID] = u.Name
	}
	return f
}

// Decide returns what writes sheets into a directory: it reads them anew and
// fails with fault.Invalid if there are problems, and with fault.Conflict if what
// they would do now is not what the digest says.
func Decide(all []table.Table, o Options, digest string) func(recipients.Directory) (recipients.Change, error) {
	return func(dir recipients.Directory) (recipients.Change, error) {
		p := Read(dir, all, o)
		if err := p.Err(); err != nil {
			return recipients.Change{}, err
		}
		if p.Digest != digest {
			return recipients.Change{}, fault.New(fault.Conflict, outdated.With())
		}
		return p.Change(), nil
	}
}

// Read says what the sheets of a file would do to a directory, and changes
// nothing. The titles are looked for in the topmost rows of each, so that a
// heading may stand above them; a sheet that has none is not used.
func Read(dir recipients.Directory, all []table.Table, o Options) Preview {
	r := &reader{formats: formatsOf(dir, o.Zone), dir: dir, options: o, several: len(all) > 1, made: map[uuid.UUID]bool{}, seen: map[uuid.UUID]int{}, bad: map[spot]bool{}}
	r.index()
	used := false
	for i := range all {
		t := &all[i]
		h, first, found := r.heading(t)
		if !found {
			continue
		}
		used = true
		r.strange(h)
		for row := first; row < len(t.Rows); row++ {
			r.read(t, h, row)
		}
	}
	if !used {
		h := &heading{}
		if len(all) > 0 {
			h.line = all[0].HeaderLine
		}
		r.problem(h, h.line, -1, noName.With(titleName))
		return r.finish()
	}
	r.unused(all)
	r.parents()
	r.circles()
	r.groups()
	r.shared()
	return r.finish()
}

func (r *reader) finish() Preview {
	p := &r.preview
	slices.SortStableFunc(p.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	for _, row := range r.rows {
		switch {
		case row.isNew:
			p.Added = append(p.Added, Addition{row.line, row.after})
		default:
			fields := r.formats.fields(row.before, row.after)
			if len(fields) == 0 {
				p.Unchanged++
				continue
			}
			p.Changed = append(p.Changed, Alteration{row.line, row.before, row.after, fields})
		}
	}
	for _, u := range r.dir.Units {
		if r.seen[u.ID] == 0 && u.Ended.IsZero() {
			p.Unnamed++
		}
	}
	p.Digest = p.digest(r.formats, r.made)
	return *p
}

// Differences are the fields in which a unit differs from what it was in the
// directory, as cells read.
func Differences(dir recipients.Directory, before, after recipients.Unit, zone *time.Location) []Field {
	return formatsOf(dir, zone).fields(before, after)
}

// fields are the fields in which two states of a unit differ.
func (f *formats) fields(before, after recipients.Unit) (all []Field) {
	for _, c := range columns {
		was, is := c.get(f, before), c.get(f, after)
		if strings.TrimSpace(was) != strings.TrimSpace(is) {
			all = append(all, Field{c.title, was, is})
		}
	}
	return all
}

var sharedShort = fault.Say("exchange.shared-short", "简称“%s”有几个单位：%s；名单里出现时要人工选定", "the short name “%s” has several units, %s; lists that use it must be settled by hand")

// shared notes short names that a row gives to a unit and another unit of the
// same place has as well.
func (r *reader) shared() {
	type local struct{ place, name string }
	units := map[local][]string{}
	open := func(u recipients.Unit, do func(local)) {
		for _, a := range u.Aliases {
			if a.Until.IsZero() {
				do(local{u.Place, a.Name})
			}
		}
	}
	for _, u := range r.all() {
		open(u, func(l local) { units[l] = append(units[l], u.Name) })
	}
	touched := map[local]bool{}
	for _, row := range r.rows {
		open(row.after, func(l local) { touched[l] = len(units[l]) > 1 })
	}
	for _, l := range slices.SortedFunc(maps.Keys(touched), func(a, b local) int {
		return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.name, b.name))
	}) {
		if touched[l] {
			r.preview.Notes = append(r.preview.Notes, sharedShort.With(l.name, strings.Join(units[l], "、")))
		}
	}
}
