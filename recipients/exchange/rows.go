package exchange

import (
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/table"
)

// A reader reads the sheets of a file against one directory.
type reader struct {
	*formats
	dir     recipients.Directory
	options Options
	preview Preview
	several bool // sheets, so that problems say on which they are

	byID    map[uuid.UUID]recipients.Unit
	byName  map[string]uuid.UUID
	rows    []row
	members []member
	seen    map[uuid.UUID]int // unit → the line of its row
	made    map[uuid.UUID]bool
	bad     map[spot]bool // lines with a problem
}

// A spot is a line of a sheet.
type spot struct {
	sheet string
	line  int
}

// A row is what one line makes of a unit.
type row struct {
	h      *heading
	line   int
	isNew  bool
	before recipients.Unit
	after  recipients.Unit
	parent string // as written; "" is none
	second bool   // its deputy stood on a line of their own
}

var (
	nameMissing = fault.Say("exchange.name-missing", "没有填单位全称", "the full name is missing")
	badNumber   = fault.Say("exchange.bad-number", "“%s”不是单位编号；新单位请留空", "“%s” is no number of a unit; leave it empty for a new one")
	otherName   = fault.Say("exchange.other-name", "这个编号的单位在库中名为“%s”；改名请办理更名，旧称才会保留", "the unit with this number is called “%s”; rename it there, so that the old name is kept")
	otherNumber = fault.Say("exchange.other-number", "库中“%s”的编号与此不同", "“%s” has another number in the directory")
	hasEnded    = fault.Say("exchange.ended", "“%s”已撤并，不能改动", "“%s” has ended and cannot be changed")
	rowTwice    = fault.Say("exchange.row-twice", "与第%d行是同一个单位", "this is the unit of line %d")
	noParent    = fault.Say("exchange.no-parent", "找不到上级单位“%s”", "there is no unit “%s” to be above it")
	inCircle    = fault.Say("exchange.in-circle", "上级单位绕成了一圈：%s", "the units above it go round in a circle: %s")
)

// problem notes what is wrong; column counts from 0 and is -1 for the whole
// row.
func (r *reader) problem(h *heading, line, column int, why fault.Reason) {
	p := Problem{Line: line, Column: column + 1, Reason: why}
	if r.several {
		p.Sheet = h.sheet
	}
	if column >= 0 && column < len(h.titles) {
		p.Title = h.titles[column]
	}
	r.preview.Problems = append(r.preview.Problems, p)
	r.bad[spot{h.sheet, line}] = true
}

func (r *reader) index() {
	r.byID = make(map[uuid.UUID]recipients.Unit, len(r.dir.Units))
	r.byName = make(map[string]uuid.UUID, len(r.dir.Units))
	for _, u := range r.dir.Units {
		r.byID[u.ID] = u
		r.byName[u.Name] = u.ID
	}
}

// A cell is asked for by the title of its column; -1 is one that the sheet does
// not have.
type cells func(title string) (text string, column int)

// read reads one row of data: a unit, the second contact of the one above, a
// member of a collective entry, or something between the rows.
func (r *reader) read(t *table.Table, h *heading, i int) {
	cell := func(title string) (string, int) {
		column, there := h.at[title]
		if !there {
			return "", -1
		}
		return t.Text(i, column), column
	}
	kind, _ := cell(titleKind)
	switch {
	case h.roster || isRoster(kind):
		r.member(h, t.Line(i), cell)
	case r.between(t, h, i, cell):
	case r.continued(t, h, i):
		r.second(h, t.Line(i), cell)
	default:
		r.unit(h, t.Line(i), cell)
	}
}

// sums are what is written in the place of a name under the last row.
var sums = []string{"合计", "总计", "小计", "共计"}

var notARow = fault.Say("exchange.not-a-row", "第%d行“%s”不是单位，没有用到", "line %d, “%s”, is no unit and not used")

// remark is how a line begins that is none of the rows.
var remark = regexp.MustCompile(`^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|注[：:]|备注[：:]|说明[：:]|填表|填报|制表|审核人)`)

// between reports whether a row is no unit: a heading or a remark across the
// sheet, or a sum. It is noted, so that nobody misses it.
func (r *reader) between(t *table.Table, h *heading, i int, cell cells) bool {
	name, column := cell(titleName)
	own, text := 0, ""
	for c := range t.Rows[i] {
		if said := t.Text(i, c); said != "" && t.Spread(i, c) == 0 {
			own, text = own+1, said
		}
	}
	across := t.Spread(i, column) == table.FromLeft || t.Spread(i, column+1) == table.FromLeft
	switch {
	case slices.Contains(sums, name) || name == "" && slices.Contains(sums, t.Text(i, 0)):
		text = sums[0]
	case own != 1 || !across && !remark.MatchString(text):
		return false
	}
	r.preview.Notes = append(r.preview.Notes, notARow.With(t.Line(i), text))
	return true
}

// continued reports whether a row goes on with the unit of the one above: its
// name is merged over both.
func (r *reader) continued(t *table.Table, h *heading, i int) bool {
	return len(r.rows) > 0 && t.Spread(i, h.at[titleName]) == table.FromAbove
}

var thirdContact = fault.Say("exchange.third-contact", "“%s”已有联系人和副联系人，这一行放不下", "“%s” has a contact and a deputy already; there is no room for this line")

// second takes the contact of a row for the deputy of the unit above.
func (r *reader) second(h *heading, line int, cell cells) {
	w := &r.rows[len(r.rows)-1]
	name, column := cell(titleContact)
	phone, _ := cell(titleContactPhone)
	if name == "" && phone == "" || name == w.after.Contact.Name {
		return
	}
	if w.second {
		r.problem(h, line, column, thirdContact.With(w.after.Name))
		return
	}
	w.second, w.after.Deputy.Name, w.after.Deputy.Phone = true, name, phone
	r.sound(*w, line)
}

// unit reads the row of a unit.
func (r *reader) unit(h *heading, line int, cell cells) {
	w := row{h: h, line: line}
	if !r.identify(&w, cell) {
		return
	}
	for _, c := range columns {
		if text, column := cell(c.title); column >= 0 && c.set != nil {
			r.set(&w, c, column, text)
		}
	}
	w.parent = r.name[w.before.Parent]
	if text, column := cell(titleParent); column >= 0 {
		w.parent = text
	}
	r.fill(&w, cell)
	r.rows = append(r.rows, w)
	r.sound(w, line)
}

// sound notes what is wrong with the unit that a line made, unless something of
// the line is known to be wrong already.
func (r *reader) sound(w row, line int) {
	err := fault.As(w.after.Validate())
	if err == nil || r.bad[spot{w.h.sheet, line}] {
		return
	}
	for _, why := range err.Reasons {
		r.problem(w.h, line, -1, why)
	}
}

// identify finds the unit of a row, by its number or else by its name, or makes
// a new one.
func (r *reader) identify(w *row, cell cells) bool {
	name, nameAt := cell(titleName)
	number, numberAt := cell(titleNumber)
	id, known := r.byName[name]
	switch given, err := uuid.Parse(number); {
	case name == "":
		r.problem(w.h, w.line, nameAt, nameMissing.With())
		return false
	case number == "":
	case err != nil || given == uuid.Nil:
		r.problem(w.h, w.line, numberAt, badNumber.With(number))
		return false
	case r.byID[given].ID == given && r.byID[given].Name != name:
		r.problem(w.h, w.line, nameAt, otherName.With(r.byID[given].Name))
		return false
	case known && id != given:
		r.problem(w.h, w.line, numberAt, otherNumber.With(name))
		return false
	default:
		id = given
	}
	if id == uuid.Nil {
		id = r.options.NewID()
		r.made[id] = true
		r.byName[name] = id // a second row for it is found
	}
	if first := r.seen[id]; first > 0 {
		r.problem(w.h, w.line, nameAt, rowTwice.With(first))
		return false
	}
	r.seen[id] = w.line
	w.before, known = r.byID[id], r.byID[id].ID == id
	if !w.before.Ended.IsZero() {
		r.problem(w.h, w.line, nameAt, hasEnded.With(name))
		return false
	}
	w.after, w.isNew = w.before, !known
	w.after.ID, w.after.Name = id, name
	r.byName[name], r.name[id] = id, name
	return true
}

// set reads one cell, if it says something else than the unit does.
func (r *reader) set(w *row, c column, at int, text string) {
	if text == "" && c.keep || !w.isNew && text == trimmed(c.get(r.formats, w.before)) {
		return
	}
	reasons := c.set(r.formats, &w.after, text)
	if len(reasons) == 0 {
		probe := bystander
		c.set(r.formats, &probe, text)
		if err := fault.As(probe.Validate()); err != nil {
			reasons = err.Reasons
		}
	}
	for _, why := range reasons {
		r.problem(w.h, w.line, at, why)
	}
}

// bystander is a unit with nothing wrong: what is wrong with it after one cell
// was read is wrong with that cell.
var bystander = recipients.Unit{
	Name: "\ue000", Channel: recipients.ByPaper,
	Contact: recipients.Contact{Name: "\ue000"}, Deputy: recipients.Contact{Name: "\ue000"},
}

// fill gives a new unit what its row does not say. Mail takes no paper away from
// a unit that was not asked. A number of copies that somebody wrote down counts
// as confirmed, unless the sheet says otherwise.
func (r *reader) fill(w *row, cell cells) {
	if _, there := w.h.at[titleAssumed]; !there && w.after.Copies != w.before.Copies {
		w.after.CopiesAssumed = false
	}
	if !w.isNew {
		return
	}
	if text, _ := cell(titleChannel); text == "" {
		w.after.Channel = recipients.ByPaper
		if len(w.after.Mailboxes()) > 0 {
			w.after.Channel = recipients.ByBoth
		}
	}
	if text, _ := cell(titleCopies); text == "" {
		w.after.CopiesAssumed = true
		if w.after.Channel.Prints() {
			w.after.Copies = 1
		}
	}
}

// parents finds the units above those of the rows, which may be rows
// themselves, and further down.
func (r *reader) parents() {
	for i := range r.rows {
		w := &r.rows[i]
		if w.parent == "" {
			w.after.Parent = uuid.Nil
			continue
		}
		id, known := r.byName[w.parent]
		if given, err := uuid.Parse(w.parent); !known && err == nil {
			_, known = r.name[given]
			id = given
		}
		if !known || !r.byID[id].Ended.IsZero() {
			r.problem(w.h, w.line, w.h.at[titleParent], noParent.With(w.parent))
			continue
		}
		w.after.Parent = id
	}
}

// circles finds units that are above themselves. Every unit is gone through
// once.
func (r *reader) circles() {
	above := map[uuid.UUID]uuid.UUID{}
	for _, u := range r.all() {
		above[u.ID] = u.Parent
	}
	done := map[uuid.UUID]int{} // → the row from which it was reached
	for i, w := range r.rows {
		at := w.after.ID
		for at != uuid.Nil && done[at] == 0 {
			done[at] = i + 1
			at = above[at]
		}
		if at != uuid.Nil && done[at] == i+1 {
			r.problem(w.h, w.line, w.h.at[titleParent], inCircle.With(r.circle(at, above)))
		}
	}
}

// circle writes a circle, the first steps of it where it is a long one.
func (r *reader) circle(start uuid.UUID, above map[uuid.UUID]uuid.UUID) string {
	names := []string{r.name[start]}
	for at := above[start]; ; at = above[at] {
		if len(names) == 6 {
			return strings.Join(append(names, "…"), "→")
		}
		names = append(names, r.name[at])
		if at == start {
			return strings.Join(names, "→")
		}
	}
}

// all returns the directory's units as they would be.
func (r *reader) all() []recipients.Unit {
	after := make(map[uuid.UUID]recipients.Unit, len(r.rows))
	for _, w := range r.rows {
		after[w.after.ID] = w.after
	}
	var all []recipients.Unit
	for _, u := range r.dir.Units {
		if changed, named := after[u.ID]; named {
			u = changed
		}
		all = append(all, u)
	}
	for _, w := range r.rows {
		if w.isNew {
			all = append(all, w.after)
		}
	}
	return all
}
