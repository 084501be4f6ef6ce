package sheets

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"jianbao/fault"
	"jianbao/recipients/table"
)

// What a file may be. Fifty thousand units with all their columns take a tenth
// of it.
const (
	MaxFile     = 20 << 20 // bytes
	MaxUnpacked = 64 << 20 // bytes that an XLSX holds
	MaxRows     = 100_000  // down to the last that has anything in it
	MaxColumns  = 100
	MaxCell     = 10_000 // characters
	MaxSheets   = 20
)

var (
	tooBig    = fault.Say("sheets.too-big", "文件超过%d MB，不能读入", "the file is larger than %d MB")
	oldExcel  = fault.Say("sheets.old-excel", "这是旧版 Excel 文件或加密的文件，请另存为不加密的 .xlsx", "this is an Excel file of old, or encrypted: save it as .xlsx without a password")
	nothingIn = fault.Say("sheets.empty", "表格里没有内容", "there is nothing in the sheet")
	tooMuch   = fault.Say("sheets.too-much", "表格太大", "the sheet is too large")
	rowsOver  = fault.Say("sheets.rows-over", "超过%d行", "it has more than %d rows")
	wideAt    = fault.Say("sheets.wide-at", "第%d行超过%d列", "row %d has more than %d columns")
	cellAt    = fault.Say("sheets.cell-at", "第%d行第%d列超过%d字", "row %d, column %d has more than %d characters")
)

// Read reads a spreadsheet: the first row with anything in it is the header,
// rows without anything are left out, and every cell is text without the
// apostrophe that Write put in front. The name of the file is not looked at.
//
// It fails with fault.Invalid if the file cannot be read or is larger than it
// may be; the reasons say where.
func Read(data []byte) (table.Table, error) {
	all, err := read(data, 1)
	if err != nil {
		return table.Table{}, err
	}
	return all[0], nil
}

// ReadAll reads every sheet of a spreadsheet that has a cell in it, at most
// MaxSheets; a CSV file has one. It fails as Read does.
func ReadAll(data []byte) ([]table.Table, error) { return read(data, MaxSheets) }

// read returns one sheet or more, at most so many.
func read(data []byte, most int) ([]table.Table, error) {
	switch {
	case len(data) > MaxFile:
		return nil, fault.New(fault.Invalid, tooBig.With(MaxFile>>20))
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")): // compound file: .xls, or an encrypted .xlsx
		return nil, fault.New(fault.Invalid, oldExcel.With())
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readXLSX(data, most)
	}
	t, err := readCSV(data)
	if err != nil {
		return nil, err
	}
	return []table.Table{t}, nil
}

// A grid is rows on their way to a table.
type grid struct {
	rows   [][]string
	lines  []int
	merged merges
}

func (g *grid) add(line int, cells []string) error {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) == 0 {
		return nil
	}
	cells = g.merged.fill(line, cells)
	if line > MaxRows {
		return fault.New(fault.Invalid, tooMuch.With(), rowsOver.With(MaxRows))
	}
	if len(cells) > MaxColumns {
		return fault.New(fault.Invalid, tooMuch.With(), wideAt.With(line, MaxColumns))
	}
	for i, c := range cells {
		if len(c) > MaxCell && utf8.RuneCountInString(c) > MaxCell {
			return fault.New(fault.Invalid, tooMuch.With(), cellAt.With(line, i+1, MaxCell))
		}
	}
	g.rows, g.lines = append(g.rows, slices.Clone(cells)), append(g.lines, line)
	return nil
}

func (g *grid) table(name string) (table.Table, error) {
	if len(g.rows) == 0 {
		return table.Table{}, fault.New(fault.Invalid, nothingIn.With())
	}
	t := table.Table{Name: name, HeaderLine: g.lines[0], Lines: g.lines[1:], Merged: g.merged.in(g.lines)}
	for _, c := range g.rows[0] {
		t.Header = append(t.Header, bare(c))
	}
	for _, row := range g.rows[1:] {
		cells := make([]any, len(row))
		for i, c := range row {
			cells[i] = bare(c)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t, nil
}
