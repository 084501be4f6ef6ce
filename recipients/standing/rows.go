package standing

import (
	"slices"
	"strings"

	"jianbao/fault"
	"jianbao/recipients"
)

// A Row is one entry of a list in a form.
type Row struct {
	Before  string // the separator in front; "" is 、
	Printed string
}

// A Sheet is one list in a form.
type Sheet struct {
	Label string
	Rows  []Row
}

// RowsOf returns the lists of a circulation as rows.
func RowsOf(c recipients.Circulation) (sheets []Sheet) {
	for _, l := range c.Lists {
		sheet := Sheet{Label: l.Label}
		for _, e := range l.Entries {
			sheet.Rows = append(sheet.Rows, Row{Before: e.Before, Printed: e.Printed})
		}
		sheets = append(sheets, sheet)
	}
	return sheets
}

// The separators that a row may have in front.
var separators = []string{"、", "，", "；", ",", ";"}

// Text returns the words of the list. A row without words is left out, which is
// how one is taken off.
func (s Sheet) Text() string {
	var b strings.Builder
	for _, r := range s.Rows {
		printed := recipients.Tidy(r.Printed)
		if printed == "" {
			continue
		}
		if b.Len() > 0 {
			before := "、"
			if slices.Contains(separators, r.Before) {
				before = r.Before
			}
			b.WriteString(before)
		}
		b.WriteString(printed)
	}
	return b.String()
}

// Words returns what the rows print: the lists that have any, in order.
func Words(sheets []Sheet) (lists []recipients.Listed) {
	for _, s := range sheets {
		if text := s.Text(); text != "" {
			lists = append(lists, recipients.Listed{Label: recipients.Tidy(s.Label), Text: text})
		}
	}
	return lists
}

// A Step is a way to move a row.
type Step string

// The steps.
const (
	Up   Step = "up"
	Down Step = "down"
	Off  Step = "off" // out of the list
)

// Move returns the sheets with one row moved. Above the first row of a list is
// the end of the list before it, and below the last the beginning of the next.
// A place or a step that there is not changes nothing.
func Move(sheets []Sheet, list, row int, step Step) []Sheet {
	if list < 0 || list >= len(sheets) || row < 0 || row >= len(sheets[list].Rows) {
		return sheets
	}
	next := make([]Sheet, len(sheets))
	for n, s := range sheets {
		next[n] = Sheet{s.Label, slices.Clone(s.Rows)}
	}
	from, moved := &next[list], sheets[list].Rows[row]
	at := row + map[Step]int{Up: -1, Down: 1}[step]
	switch {
	case step != Up && step != Down && step != Off:
		return sheets
	case step == Off:
		from.Rows = slices.Delete(from.Rows, row, row+1)
	case at >= 0 && at < len(from.Rows):
		from.Rows[row], from.Rows[at] = from.Rows[at], moved
	case at < 0 && list > 0:
		from.Rows = slices.Delete(from.Rows, row, row+1)
		next[list-1].Rows = append(next[list-1].Rows, moved)
	case at > 0 && list < len(next)-1:
		from.Rows = slices.Delete(from.Rows, row, row+1)
		next[list+1].Rows = slices.Insert(next[list+1].Rows, 0, moved)
	default:
		return sheets
	}
	return next
}

var dependent = fault.Say("standing.dependent", "“%s”承前省略了地名或“各”字，排在现在的位置意思变成“%s”，请核对", "“%s” leaves out what the name before it says; where it stands now it means “%s”")

// Drift warns of names that left out what the one before them said, and mean
// something else where they stand now. was is how the lists were read before,
// now how they are.
func Drift(was, now recipients.Circulation) (warnings []fault.Reason) {
	meant := map[string]string{}
	for _, l := range was.Lists {
		for _, e := range l.Entries {
			meant[e.Printed] = e.FullName()
		}
	}
	for _, l := range now.Lists {
		for _, e := range l.Entries {
			if before, known := meant[e.Printed]; known && before != e.FullName() {
				warnings = append(warnings, dependent.With(e.Printed, e.FullName()))
			}
		}
	}
	return warnings
}
