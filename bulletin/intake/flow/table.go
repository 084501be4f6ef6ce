package flow

import (
	"strings"
	"unicode"

	"jianbao/bulletin"
)

// A Table is a table as it was found. Header says that its first row names the
// columns.
type Table struct {
	Header bool
	Rows   [][]Cell
	// Nested says that a cell holds a table itself: such tables are layout.
	Nested bool
}

// A Cell is one cell; LF parts its lines. Span is how many columns it takes, 0
// and 1 both meaning one; where it goes on below, the cells there are empty.
type Cell struct {
	Text string
	Span int
}

// headRows is the most rows a table has that only arranges a head.
const headRows = 4

// mostSpan bounds the columns of one cell; more come from broken files.
const mostSpan = 64

// Table writes a table: as rows between bars, or as the lines that it shows
// where it is there for the layout only.
func (w *Writer) Table(t Table) {
	t.Rows = withoutEmptyRows(t.Rows)
	switch {
	case len(t.Rows) == 0:
	case t.Nested:
		for _, row := range t.Rows {
			w.lines(stacked(row))
		}
	case w.isLayout(t):
		for _, row := range t.Rows {
			w.lines(flat(row))
		}
	default:
		w.rows(t)
	}
}

func (w *Writer) rows(t Table) {
	out := bulletin.Table{Header: t.Header}
	for _, row := range t.Rows {
		var cells []string
		for _, c := range row {
			cells = append(cells, inCell(c.Text))
			if len(cells) < mostSpan {
				cells = append(cells, make([]string, c.columns()-1)...)
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	for _, row := range out.Paragraphs() {
		w.lines(row)
	}
}

func (c Cell) columns() int { return min(max(c.Span, 1), mostSpan) }

// inCell returns the lines of a cell as a table has them: what marks a line
// outside of tables has no meaning there.
func inCell(text string) string {
	text = strings.ReplaceAll(strings.TrimSpace(Clean(text)), "\t", " ")
	if !strings.ContainsAny(text, "*¶") {
		return text
	}
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = unmarked(lines[i])
	}
	return strings.Join(lines, "\n")
}

func unmarked(line string) string {
	if rest, guarded := strings.CutPrefix(line, "¶"); guarded {
		return rest
	}
	if rest, marked := strings.CutPrefix(line, "**"); marked {
		return strings.Replace(rest, "**", "", 1)
	}
	return line
}

// isLayout reports whether a table only puts words beside each other. The cells
// of a table in the head are looked at one by one for a label of state secrets.
func (w *Writer) isLayout(t Table) bool {
	if !w.body {
		for _, row := range t.Rows {
			for _, c := range row {
				w.Beside(c.Text)
			}
		}
	}
	return onlyOneColumn(t.Rows) || isTail(t.Rows[0]) || isTail(t.Rows[len(t.Rows)-1]) ||
		isRemarkSlot(t.Rows[0]) || !w.body && len(t.Rows) <= headRows && Head(allLines(t.Rows))
}

// isTail reports whether a row holds lines of the tail, in one cell or over all.
func isTail(row []Cell) bool {
	for _, c := range row {
		if Tail(c.Text) {
			return true
		}
	}
	return Tail(flat(row))
}

func onlyOneColumn(rows [][]Cell) bool {
	for _, row := range rows {
		if len(row) > 1 {
			return false
		}
	}
	return true
}

func allLines(rows [][]Cell) string {
	var lines []string
	for _, row := range rows {
		lines = append(lines, flat(row))
	}
	return strings.Join(lines, "\n")
}

// flat returns the lines that a row shows: its cells on one line with tabs
// between, or below each other if one of them has several lines. A label alone
// in its cell (报：) stands before what the next cell says.
func flat(row []Cell) string {
	if isRemarkSlot(row) {
		return "领导批示："
	}
	separator := "\t"
	for _, c := range row {
		if strings.Contains(strings.TrimSpace(c.Text), "\n") {
			separator = "\n"
		}
	}
	return joined(row, separator)
}

// stacked returns the lines of all cells, one cell below the other.
func stacked(row []Cell) string { return joined(row, "\n") }

func joined(row []Cell, separator string) string {
	var b strings.Builder
	for _, c := range row {
		cell := strings.TrimSpace(Clean(c.Text))
		if cell == "" {
			continue
		}
		if before := b.String(); before != "" && !strings.HasSuffix(before, "：") && !strings.HasSuffix(before, ":") {
			b.WriteString(separator)
		}
		b.WriteString(cell)
	}
	return b.String()
}

// isRemarkSlot reports whether a row is the box for leaders' remarks, whose name
// often stands upright at its left edge.
func isRemarkSlot(row []Cell) bool {
	words := ""
	for _, c := range row {
		words += strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, c.Text)
	}
	words = strings.TrimRight(words, "：:")
	return words == "领导批示" || words == "领导阅批"
}

func withoutEmptyRows(rows [][]Cell) [][]Cell {
	var kept [][]Cell
	for _, row := range rows {
		for _, c := range row {
			if strings.TrimSpace(Clean(c.Text)) != "" {
				kept = append(kept, row)
				break
			}
		}
	}
	return kept
}
