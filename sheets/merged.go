package sheets

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"jianbao/fault"
	"jianbao/recipients/table"
)

// mostMerged is how many cells merged ranges may fill; what is beyond is read as
// it stands in the file, empty.
const mostMerged = 200_000

// A fill is the text that a cell has from the first cell of its merged range.
type fill struct {
	column int // from 0
	text   string
	from   table.Spread
}

// merges are the cells of the merged ranges of a sheet, by line.
type merges map[int][]fill

// mergesOf returns the cells that have their text from another one.
func mergesOf(file *excelize.File, name string) (merges, error) {
	ranges, err := file.GetMergeCells(name, true)
	if err != nil {
		return nil, fault.New(fault.Invalid, badXLSX.With()).Because(err)
	}
	all, filled := merges{}, 0
	for _, r := range ranges {
		left, top, err := excelize.CellNameToCoordinates(r.GetStartAxis())
		if err != nil {
			return nil, fault.New(fault.Invalid, badXLSX.With()).Because(err)
		}
		right, bottom, err := excelize.CellNameToCoordinates(r.GetEndAxis())
		if err != nil {
			return nil, fault.New(fault.Invalid, badXLSX.With()).Because(err)
		}
		right, bottom = min(right, MaxColumns), min(bottom, MaxRows)
		if filled += (right - left + 1) * (bottom - top + 1); filled > mostMerged {
			break
		}
		text, err := file.GetCellValue(name, r.GetStartAxis(), excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, fmt.Errorf("sheets: merged cell: %w", err)
		}
		all.add(left, top, right, bottom, text)
	}
	return all, nil
}

func (m merges) add(left, top, right, bottom int, text string) {
	if text == "" {
		return
	}
	for line := top; line <= bottom; line++ {
		for column := left; column <= right; column++ {
			switch {
			case column > left:
				m[line] = append(m[line], fill{column - 1, text, table.FromLeft})
			case line > top:
				m[line] = append(m[line], fill{column - 1, text, table.FromAbove})
			}
		}
	}
}

// fill returns the cells of a line with the texts that they have from others. A
// cell that has one of its own keeps it.
func (m merges) fill(line int, cells []string) []string {
	for _, f := range m[line] {
		for len(cells) <= f.column {
			cells = append(cells, "")
		}
		if cells[f.column] == "" {
			cells[f.column] = f.text
		}
	}
	return cells
}

// in returns where the cells of a table have their texts from; lines are those
// of its rows, the header's first.
func (m merges) in(lines []int) map[table.Spot]table.Spread {
	var all map[table.Spot]table.Spread
	for n, line := range lines {
		for _, f := range m[line] {
			if all == nil {
				all = map[table.Spot]table.Spread{}
			}
			all[table.Spot{Row: n - 1, Column: f.column}] = f.from
		}
	}
	return all
}
