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

// Write returns the units of a directory that stand, by place and name, with
// all columns. Days are those of the zone, UTC where it is nil.
func Write(dir recipients.Directory, zone *time.Location) table.Table {
	f := formatsOf(dir, zone)
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

// Decide returns what writes a sheet into a directory: it reads the sheet anew
// and fails with fault.Invalid if there are problems, and with fault.Conflict
// if what it would do now is not what the digest says.
func Decide(t table.Table, o Options, digest string) func(recipients.Directory) (recipients.Change, error) {
	return func(dir recipients.Directory) (recipients.Change, error) {
		p := Read(dir, t, o)
		if err := p.Err(); err != nil {
			return recipients.Change{}, err
		}
		if p.Digest != digest {
			return recipients.Change{}, fault.New(fault.Conflict, outdated.With())
		}
		return p.Change(), nil
	}
}

// Read says what a sheet would do to a directory, and changes nothing. The
// title row is the first of the topmost rows with a title for the name column,
// so that a heading may stand above it.
func Read(dir recipients.Directory, t table.Table, o Options) Preview {
	r := &reader{formats: formatsOf(dir, o.Zone), dir: dir, options: o, made: map[uuid.UUID]bool{}, seen: map[uuid.UUID]int{}, bad: map[int]bool{}}
	r.index()
	first, found := r.titles(t)
	if !found {
		r.problem(t.HeaderLine, -1, noName.With(titleName))
		return r.finish()
	}
	for i := first; i < len(t.Rows); i++ {
		r.row(&t, i)
	}
	r.parents()
	r.circles()
	r.shared()
	return r.finish()
}

var (
	noName      = fault.Say("exchange.no-name-column", "没有“%s”这一列，不能导入", "there is no column “%s”; nothing can be imported")
	titleTwice  = fault.Say("exchange.title-twice", "“%s”这一列出现了两次", "the column “%s” is there twice")
	unused      = fault.Say("exchange.unused", "没有用到这些列：%s", "these columns are not used: %s")
	sharedShort = fault.Say("exchange.shared-short", "简称“%s”有几个单位：%s；名单里出现时要人工选定", "the short name “%s” has several units, %s; lists that use it must be settled by hand")
)

// topmost is how many rows may hold the titles.
const topmost = 5

// titles finds the title row and returns the first row of data.
func (r *reader) titles(t table.Table) (first int, found bool) {
	for n := 0; n <= min(topmost, len(t.Rows)); n++ {
		cells, line := t.Header, t.HeaderLine
		if n > 0 {
			line = t.Line(n - 1)
			cells = nil
			for i := range t.Rows[n-1] {
				cells = append(cells, t.Text(n-1, i))
			}
		}
		if r.understand(cells, line) {
			return n, true
		}
	}
	return 0, false
}

// understand takes a row for the titles if one of them is that of the name.
func (r *reader) understand(cells []string, line int) bool {
	is := func(title string) func(string) bool {
		return func(cell string) bool {
			i, known := byTitle[titleKey(cell)]
			return known && columns[i].title == title
		}
	}
	if !slices.ContainsFunc(cells, is(titleName)) {
		return false
	}
	r.at, r.header = map[string]int{}, cells
	var strange []string
	for i, cell := range cells {
		c, known := byTitle[titleKey(cell)]
		switch title := ""; {
		case !known && strings.TrimSpace(cell) != "":
			strange = append(strange, cell)
		case known:
			title = columns[c].title
			if _, twice := r.at[title]; twice {
				r.problem(line, i, titleTwice.With(title))
			}
			r.at[title] = i
		}
	}
	if len(strange) > 0 {
		r.preview.Notes = append(r.preview.Notes, unused.With(strings.Join(strange, "、")))
	}
	return true
}

func (r *reader) finish() Preview {
	p := &r.preview
	slices.SortStableFunc(p.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	for _, row := range r.rows {
		switch {
		case row.isNew:
			p.Added = append(p.Added, Addition{row.line, row.after})
		default:
			fields := r.fields(row.before, row.after)
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

// fields are the fields in which two states of a unit differ.
func (r *reader) fields(before, after recipients.Unit) (all []Field) {
	for _, c := range columns {
		was, is := c.get(r.formats, before), c.get(r.formats, after)
		if strings.TrimSpace(was) != strings.TrimSpace(is) {
			all = append(all, Field{c.title, was, is})
		}
	}
	return all
}

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
