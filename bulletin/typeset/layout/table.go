package layout

import (
	"strings"

	"jianbao/bulletin"
)

// The measures of a table.
const (
	tableSize    = 0.75 // of the body's size: 小四 beside 三号
	tableLeading = 1.5  // of its own size
	cellPad      = 4.0  // points, left and right of the text of a cell
	rowPad       = 3.0  // points, above and below it
	hairline     = 0.5  // points, the rules of the grid
	smallest     = 6.0  // points, when there are very many columns
)

// A tableSetter sets one table.
type tableSetter struct {
	*setter
	table   bulletin.Table
	size    float64
	leading float64
	widths  []float64
}

// table sets a ruled grid as wide as the measure. Its header row is repeated on
// every page that it goes on to.
func (s *setter) table(t bulletin.Table) []strip {
	if len(t.Rows) == 0 || len(t.Rows[0]) == 0 {
		return nil
	}
	b := tableSetter{setter: s, table: t, size: s.size * tableSize}
	// two characters and the padding must fit into every column
	if need := float64(len(t.Rows[0])) * (2*b.size + 2*cellPad); need > s.measure {
		b.size = max(smallest, (s.measure/float64(len(t.Rows[0]))-2*cellPad)/2)
	}
	b.leading = b.size * tableLeading
	b.widths = b.columns()
	var all []strip
	for i, row := range t.Rows {
		all = append(all, b.row(row, t.Header && i == 0)...)
	}
	if t.Header && len(all) > 1 {
		header := all[0]
		all[0].keep = true
		for i := 2; i < len(all); i++ {
			all[i].header = &header
		}
	}
	all[len(all)-1].snap = true
	return append([]strip{{height: rowPad, gap: true, keep: true}}, all...)
}

func (b tableSetter) style(header bool) style {
	role := "body"
	if header {
		role = "heading"
	}
	return free(role, b.size, "#000000")
}

// columns shares the measure out: a column that needs less than its share has
// what it needs, the others divide the rest in proportion to what they need.
func (b tableSetter) columns() []float64 {
	need := make([]float64, len(b.table.Rows[0]))
	for i, row := range b.table.Rows {
		for j, text := range row {
			for _, line := range strings.Split(text, "\n") {
				w := widthOf(b.measured(line, b.table.Header && i == 0)) + 2*cellPad
				need[j] = max(need[j], w, 2*b.size+2*cellPad)
			}
		}
	}
	return share(need, b.measure)
}

// measured makes cells without noting what no font has: that is said once, when
// the row is set.
func (b tableSetter) measured(text string, header bool) []cell {
	return cells(b.metrics, []span{{text, b.style(header)}}, func(rune) {})
}

// share divides room among columns.
func share(need []float64, room float64) []float64 {
	widths := make([]float64, len(need))
	settled := make([]bool, len(need))
	for {
		left, open, wanted := room, 0, 0.0
		for j := range need {
			if settled[j] {
				left -= widths[j]
			} else {
				open++
				wanted += need[j]
			}
		}
		again := false
		for j := range need {
			if settled[j] {
				continue
			}
			if wanted > left && need[j] <= left/float64(open) {
				widths[j], settled[j], again = need[j], true, true
			} else {
				widths[j] = left * need[j] / wanted
			}
		}
		if !again {
			return widths
		}
	}
}

// row sets a row, in several strips if it is higher than half a page.
func (b tableSetter) row(texts []string, header bool) []strip {
	columns := make([][]strip, len(texts))
	lines := 1
	for j, text := range texts {
		b.at(b.line, text)
		columns[j] = b.cell(text, b.widths[j], header)
		lines = max(lines, len(columns[j]))
	}
	most := max(1, int(b.depth/2/b.leading))
	var all []strip
	for from := 0; from < lines; from += most {
		n := min(most, lines-from)
		all = append(all, b.part(columns, from, n, from == 0, from+n == lines))
	}
	return all
}

// cell sets the text of a cell: short text in its middle, longer text from the
// left.
func (b tableSetter) cell(text string, width float64, header bool) []strip {
	f := form{align: centred, first: cellPad, rest: cellPad, edge: cellPad, leading: b.leading}
	var all []strip
	for _, line := range strings.Split(text, "\n") {
		c := b.cells(span{line, b.style(header)})
		if widthOf(c) > width-2*cellPad+hair && !header {
			f.align = justified
		}
		set := paragraph(c, f, width)
		if len(set) == 0 {
			set = []strip{{height: b.leading}}
		}
		all = append(all, set...)
	}
	return all
}

// part makes a strip of n lines of a row with the rules around them.
func (b tableSetter) part(columns [][]strip, from, n int, first, last bool) strip {
	s := strip{height: float64(n)*b.leading + 2*rowPad}
	x := 0.0
	vertical := func() {
		s.rules = append(s.rules, Rule{X: x - hairline/2, Width: hairline, Height: s.height})
	}
	vertical()
	for j, lines := range columns {
		shown := lines[min(from, len(lines)):min(from+n, len(lines))]
		y := rowPad + float64(n-len(shown))*b.leading/2
		for _, l := range shown {
			s.take(moved(l, x), y)
			y += b.leading
		}
		x += b.widths[j]
		vertical()
	}
	if first {
		s.rules = append(s.rules, Rule{X: -hairline / 2, Y: -hairline / 2, Width: b.measure + hairline, Height: hairline})
	}
	if last {
		s.rules = append(s.rules, Rule{X: -hairline / 2, Y: s.height - hairline/2, Width: b.measure + hairline, Height: hairline})
	}
	return s
}
