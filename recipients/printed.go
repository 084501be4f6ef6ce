package recipients

import "strings"

// A Line is one list as it is printed. The closing 。 is the page's.
type Line struct {
	Label string
	Text  string
}

// Printed returns every list word for word as the office writes it, which is
// the [Tidy] text that it was resolved from. An entry that was added since
// stands after a 、.
func (c Circulation) Printed() []Line {
	var lines []Line
	for _, l := range c.Lists {
		lines = append(lines, Line{Label: l.Label, Text: l.Text()})
	}
	return lines
}

// Text returns the words of the list.
func (l List) Text() string {
	var b strings.Builder
	for i, e := range l.Entries {
		switch {
		case i == 0:
		case e.Before == "":
			b.WriteString("、")
		default:
			b.WriteString(e.Before)
		}
		b.WriteString(e.Printed)
	}
	return b.String()
}
