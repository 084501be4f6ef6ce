// Package table is a sheet of a spreadsheet as plain values: what ledgers and
// directories are written as, and what they are read from. It knows no file
// format; package sheets reads and writes the files.
//
//	t := table.Table{Name: "分发登记簿", Header: []string{"单位", "份数"}}
//	t.Add("市统计局", 2)
//	t.Add("合计", 2)
//
// A cell is a string or a number, int or float64. A Table that was read has strings only, and
// knows for each row the line of the file it stood on.
package table

import (
	"fmt"
	"strings"
)

// A Table is one sheet.
type Table struct {
	Name   string // of the sheet
	Title  string // printed above the header; "" is none
	Header []string
	Rows   [][]any // string, int or float64
	// Lines are the lines of the file on which the rows stood, from 1, for a
	// table that was read; HeaderLine is that of the header.
	Lines      []int
	HeaderLine int
	// Merged are the cells that have their text from the first cell of a merged
	// range (合并单元格).
	Merged map[Spot]Spread
}

// A Spot is a cell: the row from 0, -1 for the header, and the column from 0.
type Spot struct{ Row, Column int }

// A Spread says where a merged cell has its text from.
type Spread int

// The spreads; a cell that is no part of a merged range has none.
const (
	FromAbove Spread = iota + 1
	FromLeft
)

// Add appends a row. A cell that is neither a string nor a number is written as fmt
// writes it.
func (t *Table) Add(cells ...any) {
	for i, c := range cells {
		switch c.(type) {
		case string, int, float64:
		default:
			cells[i] = fmt.Sprint(c)
		}
	}
	t.Rows = append(t.Rows, cells)
}

// Text returns a cell as text, without white space at its ends; "" where the
// row is shorter.
func (t *Table) Text(row, column int) string {
	if row >= len(t.Rows) || column >= len(t.Rows[row]) {
		return ""
	}
	return strings.TrimSpace(fmt.Sprint(t.Rows[row][column]))
}

// Spread returns where a cell of a merged range has its text from, 0 where it
// has one of its own.
func (t *Table) Spread(row, column int) Spread { return t.Merged[Spot{row, column}] }

// Line returns the line of the file on which a row stood, or would stand in a
// file without a title.
func (t *Table) Line(row int) int {
	if row < len(t.Lines) {
		return t.Lines[row]
	}
	return row + 2
}
