package exchange

import (
	"slices"
	"strings"

	"jianbao/fault"
	"jianbao/recipients/table"
)

var (
	noName     = fault.Say("exchange.no-name-column", "没有“%s”这一列，不能导入", "there is no column “%s”; nothing can be imported")
	titleTwice = fault.Say("exchange.title-twice", "“%s”这一列出现了两次", "the column “%s” is there twice")
	unused     = fault.Say("exchange.unused", "没有用到这些列：%s", "these columns are not used: %s")
	notUsed    = fault.Say("exchange.sheet-unused", "没有用到这张工作表（没有“%[2]s”一列）：%[1]s", "this sheet is not used, since it has no column “%[2]s”: %[1]s")
)

// topmost is how many rows may hold the titles.
const topmost = 5

// A heading is the titles of one sheet.
type heading struct {
	sheet  string
	line   int
	titles []string       // as they stand in the file
	at     map[string]int // title → column, from 0
	roster bool           // the sheet is of collective entries
	alien  []string       // titles that nothing is known of
}

// anyPhone is the title whose meaning depends on what stands beside it.
const anyPhone = "联系电话"

// heading finds the titles and returns the first row of data. Titles may take
// two rows, of which the upper is merged over the lower: 联系人 over 姓名 and 电话.
func (r *reader) heading(t *table.Table) (h *heading, first int, found bool) {
	for n := -1; n < min(topmost, len(t.Rows)); n++ {
		cells := rowOf(t, n)
		if !slices.ContainsFunc(cells, names) || n+1 < len(t.Rows) && lone(t, n) {
			continue
		}
		first = n + 1
		if lower := rowOf(t, n+1); n+1 < len(t.Rows) && subtitles(t, n+1, cells, lower) {
			cells, first = joined(cells, lower), n+2
		}
		return r.understand(t, n, cells), first, true
	}
	return nil, 0, false
}

// names reports whether a cell is the title of the column that every sheet must
// have.
func names(cell string) bool {
	key := titleKey(cell)
	i, unit := byTitle[key]
	return unit && columns[i].title == titleName || rosterTitles[key] == titleRoster
}

// lone reports whether a row is one text across: a heading above the titles.
func lone(t *table.Table, row int) bool {
	cells, texts := rowOf(t, row), map[string]bool{}
	for _, c := range cells {
		if c != "" {
			texts[c] = true
		}
	}
	return len(texts) == 1 && len(cells) > 1
}

func rowOf(t *table.Table, n int) (cells []string) {
	if n < 0 {
		return t.Header
	}
	if n < len(t.Rows) {
		for i := range t.Rows[n] {
			cells = append(cells, t.Text(n, i))
		}
	}
	return cells
}

// subtitles reports whether a row is the lower one of two with titles: what
// stands under a title that was merged across, with nothing but that title under
// the name.
func subtitles(t *table.Table, row int, upper, lower []string) bool {
	known := 0
	for i, cell := range lower {
		over := ""
		if i < len(upper) {
			over = upper[i]
		}
		switch {
		case cell == "" || cell == over:
		case names(over):
			return false
		case meaning(over+cell) != "" || meaning(cell) != "":
			known++
		case t.Spread(row, i) == 0 && over != "":
			return false
		}
	}
	return known > 0
}

// joined puts two rows of titles together.
func joined(upper, lower []string) []string {
	all := make([]string, max(len(upper), len(lower)))
	for i := range all {
		over, under := "", ""
		if i < len(upper) {
			over = upper[i]
		}
		if i < len(lower) {
			under = lower[i]
		}
		switch {
		case under == "" || under == over:
			all[i] = over
		case meaning(over+under) != "":
			all[i] = over + under
		default:
			all[i] = under
		}
	}
	return all
}

// meaning is the title of the column of units that a title is, or "".
func meaning(title string) string {
	if i, known := byTitle[titleKey(title)]; known {
		return columns[i].title
	}
	if phones[titleKey(title)] {
		return anyPhone
	}
	return ""
}

// understand reads a row as titles.
func (r *reader) understand(t *table.Table, n int, cells []string) *heading {
	h := &heading{sheet: t.Name, line: t.HeaderLine, titles: cells, at: map[string]int{}}
	if n >= 0 {
		h.line = t.Line(n)
	}
	h.roster = !slices.ContainsFunc(cells, func(c string) bool { return meaning(c) == titleName }) ||
		slices.ContainsFunc(cells, func(c string) bool { return rosterTitles[titleKey(c)] == titleRoster })
	var phone []int
	for i, cell := range cells {
		title := meaning(cell)
		if other := rosterTitles[titleKey(cell)]; other != "" && (h.roster || title == "") {
			title = other
		}
		switch _, twice := h.at[title]; {
		case title == anyPhone:
			phone = append(phone, i)
		case title == "" && strings.TrimSpace(cell) != "":
			h.alien = append(h.alien, cell)
		case title == "":
		case twice:
			r.problem(h, h.line, i, titleTwice.With(title))
		default:
			h.at[title] = i
		}
	}
	for _, i := range phone {
		h.phone(i, cells[i])
	}
	return h
}

// phone finds whose a column of telephone numbers is that does not say it: the
// contact's if there is one, otherwise the unit's. What stands further right is
// the other's.
func (h *heading) phone(column int, cell string) {
	order := []string{titlePhone}
	if _, contact := h.at[titleContact]; contact {
		order = []string{titleContactPhone, titlePhone}
	}
	for _, title := range order {
		if _, taken := h.at[title]; !taken {
			h.at[title] = column
			return
		}
	}
	h.alien = append(h.alien, cell)
}

// strange notes the titles of a sheet that nothing is known of.
func (r *reader) strange(h *heading) {
	if len(h.alien) > 0 {
		r.preview.Notes = append(r.preview.Notes, unused.With(strings.Join(h.alien, "、")))
	}
}

// unused notes the sheets without titles.
func (r *reader) unused(all []table.Table) {
	for i := range all {
		if _, _, found := (&reader{bad: map[spot]bool{}}).heading(&all[i]); !found {
			r.preview.Notes = append(r.preview.Notes, notUsed.With(all[i].Name, titleName))
		}
	}
}
