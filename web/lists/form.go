package lists

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/standing"
	"jianbao/workflow"

	"jianbao/web/page"
)

// A sheetView is one list of the form.
type sheetView struct {
	Label string
	Text  string // as it is printed
	Rows  []rowView
}

// A rowView is one entry with what it means.
type rowView struct {
	recipients.Entry
	// Standards are, unit by unit, the copies that the directory has for it.
	Standards []int
}

// A view is the lists as a form.
type view struct {
	Series  workflow.Series
	Issue   *workflow.Issue // nil for the standing lists
	Version int
	May     bool
	Why     []fault.Reason // why not

	Sheets []sheetView
	Labels []string // that a new list may have
	Names  []string // that a field offers
	// Fresh says that the form shows what is not saved.
	Fresh bool
	// Warnings are doubts about the lists as they stand in the form.
	Warnings []fault.Reason
	// Last is the issue before, and Difference what is other than in it.
	Last       *workflow.Issue
	Difference []fault.Reason
	// From says where the lists come from that the form shows.
	From fault.Reason
}

// fill makes the form of lists, as they are understood now.
func (v *view) fill(dir recipients.Directory, now recipients.Circulation) {
	standard := map[uuid.UUID]int{}
	for _, u := range dir.Units {
		standard[u.ID] = u.Copies
	}
	for _, l := range now.Lists {
		sheet := sheetView{Label: l.Label, Text: l.Text()}
		for _, e := range l.Entries {
			row := rowView{Entry: e}
			for _, r := range e.Recipients {
				row.Standards = append(row.Standards, standard[r.Unit])
			}
			sheet.Rows = append(sheet.Rows, row)
		}
		v.Sheets = append(v.Sheets, sheet)
	}
	for _, label := range standing.Labels {
		if !slices.ContainsFunc(v.Sheets, func(s sheetView) bool { return s.Label == label }) {
			v.Labels = append(v.Labels, label)
		}
	}
	v.Warnings = slices.Concat(v.Warnings, now.Unresolved(), now.Doubled(), now.OutOfOrder())
	if v.Last != nil {
		v.Difference = recipients.Compare(v.Last.Circulation, now).Reasons()
	}
}

// maxProposed is how many names a field proposes while somebody types.
const maxProposed = 3000

// proposed are the names that a list of the series may use: collective entries,
// and of the units that stand the short names here and the full ones.
func proposed(dir recipients.Directory, home string, now time.Time) (names []string) {
	for _, c := range dir.Collectives {
		names = append(names, c.Text)
	}
	for _, u := range dir.Units {
		if !u.Stands(now) {
			continue
		}
		for _, a := range u.Aliases {
			if !a.Former && a.Holds(now) && (u.Place == "" || strings.HasPrefix(u.Place, home) || strings.HasPrefix(home, u.Place)) {
				names = append(names, a.Name)
			}
		}
		if names = append(names, u.Name); len(names) > maxProposed {
			return nil
		}
	}
	return names
}

// A form is what was sent.
type form struct{ url.Values }

// sheets are the lists as they were sent, in their order. A field named add holds
// what comes below the last row of a list; a new list has a label of its own.
func (f form) sheets() (all []standing.Sheet) {
	for n, label := range f.Values["label"] {
		printed, before := f.Values["printed-"+strconv.Itoa(n)], f.Values["before-"+strconv.Itoa(n)]
		sheet := standing.Sheet{Label: label}
		for i, words := range printed {
			row := standing.Row{Printed: words}
			if i < len(before) {
				row.Before = before[i]
			}
			sheet.Rows = append(sheet.Rows, row)
		}
		if more := strings.TrimSpace(f.Get("add-" + strconv.Itoa(n))); more != "" {
			sheet.Rows = append(sheet.Rows, standing.Row{Printed: more})
		}
		all = append(all, sheet)
	}
	if label, words := f.Get("new-label"), strings.TrimSpace(f.Get("new-words")); label != "" && words != "" {
		all = append(all, standing.Sheet{Label: label, Rows: []standing.Row{{Printed: words}}})
	}
	return all
}

// moved are the lists with the row moved that a button names: up 1 3 is the
// fourth row of the second list. It reports false for every other button.
func (f form) moved(all []standing.Sheet) ([]standing.Sheet, bool) {
	words := strings.Fields(f.Get("do"))
	if len(words) != 3 {
		return all, f.Get("do") == "look"
	}
	list, err := strconv.Atoi(words[1])
	if err != nil {
		return all, false
	}
	row, err := strconv.Atoi(words[2])
	return standing.Move(all, list, row, standing.Step(words[0])), err == nil
}

// copies are the numbers that were sent for units.
func (f form) copies() (given map[uuid.UUID]int, wrong []fault.Reason) {
	given = map[uuid.UUID]int{}
	for name, values := range f.Values {
		id, is := strings.CutPrefix(name, "copies-")
		unit, err := uuid.Parse(id)
		if !is || err != nil || strings.TrimSpace(values[0]) == "" {
			continue
		}
		n, err := strconv.Atoi(strings.TrimSpace(values[0]))
		if err != nil {
			wrong = append(wrong, page.BadNumber.With(values[0]))
			continue
		}
		given[unit] = n
	}
	return given, wrong
}
