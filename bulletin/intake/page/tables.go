package page

import (
	"strings"

	"golang.org/x/net/html/atom"

	"jianbao/bulletin/intake/flow"
)

// A table is one that is open.
type table struct {
	flow.Table
	cell   *cell
	column int // of the next cell
	// below are the columns that a cell above still takes: rows left, by
	// column.
	below map[int]int
}

// A cell is the one that is open.
type cell struct {
	text *flow.Writer
	span int
}

// mostSpan bounds the columns and rows that one cell may say it takes.
const mostSpan = 64

// cell returns the cell that text goes into now, or nil.
func (r *reader) cell() *cell {
	for i := len(r.tables) - 1; i >= 0; i-- {
		if r.tables[i].cell != nil {
			return r.tables[i].cell
		}
	}
	return nil
}

func (r *reader) tablePart(tag atom.Atom, a attrs) {
	if tag == atom.Table {
		if c := r.cell(); c != nil {
			r.tables[len(r.tables)-1].Nested = true
		}
		r.tables = append(r.tables, &table{below: map[int]int{}})
		return
	}
	if len(r.tables) == 0 {
		return
	}
	t := r.tables[len(r.tables)-1]
	switch tag {
	case atom.Thead:
		t.Header = len(t.Rows) == 0
	case atom.Tr:
		t.newRow()
	case atom.Td, atom.Th:
		t.newCell(tag, a, r.w)
	}
}

func (t *table) newRow() {
	t.Rows = append(t.Rows, nil)
	t.column = 0
	t.fill()
}

// fill puts empty cells where cells of the rows above reach down.
func (t *table) fill() {
	for t.below[t.column] > 0 {
		t.below[t.column]--
		t.add(flow.Cell{Span: 1})
	}
}

func (t *table) add(c flow.Cell) {
	row := &t.Rows[len(t.Rows)-1]
	*row = append(*row, c)
	t.column += c.Span
}

func (t *table) newCell(tag atom.Atom, a attrs, w *flow.Writer) {
	if len(t.Rows) == 0 {
		t.newRow()
	}
	if tag == atom.Th && len(t.Rows) == 1 {
		t.Header = true
	}
	t.cell = &cell{text: w.Cell(), span: min(max(a.number("colspan", 1), 1), mostSpan)}
	if rows := min(a.number("rowspan", 1), mostSpan); rows > 1 {
		for i := range t.cell.span {
			t.below[t.column+i] = rows - 1
		}
	}
}

// endTablePart ends a cell, or a table: inside a cell of another one its lines
// become lines of that cell.
func (r *reader) endTablePart(tag atom.Atom) {
	if len(r.tables) == 0 {
		return
	}
	t := r.tables[len(r.tables)-1]
	t.endCell()
	if tag != atom.Table {
		return
	}
	r.tables = r.tables[:len(r.tables)-1]
	if outer := r.cell(); outer != nil {
		outer.text.Table(t.Table)
		return
	}
	r.w.Table(t.Table)
}

func (t *table) endCell() {
	if t.cell == nil {
		return
	}
	t.add(flow.Cell{Text: strings.TrimSpace(t.cell.text.Text()), Span: t.cell.span})
	t.cell = nil
	t.fill()
}
