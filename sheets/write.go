package sheets

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"jianbao/recipients/table"
)

// Widths of columns, in characters of ten points; a Chinese one takes two.
const (
	narrowest = 6
	widest    = 48
)

// WriteXLSX writes tables as the sheets of one XLSX file: the title across the
// top, the header bold on grey and in sight while people scroll, every cell
// with a frame, numbers as numbers. It prints on A4 across, the header on every
// page. Text never becomes a formula. An error is that of w or of a sheet's
// name that Excel does not take.
func WriteXLSX(w io.Writer, tables ...table.Table) error {
	file := excelize.NewFile()
	defer file.Close()
	style, err := stylesOf(file)
	if err != nil {
		return fmt.Errorf("sheets: styles: %w", err)
	}
	for i, t := range tables {
		name := sheetName(t.Name, i)
		if i == 0 {
			err = file.SetSheetName(file.GetSheetName(0), name)
		} else {
			_, err = file.NewSheet(name)
		}
		if err != nil {
			return fmt.Errorf("sheets: sheet %q: %w", name, err)
		}
		if err := writeSheet(file, name, t, style); err != nil {
			return fmt.Errorf("sheets: sheet %q: %w", name, err)
		}
	}
	if err := file.Write(w); err != nil {
		return fmt.Errorf("sheets: write XLSX: %w", err)
	}
	return nil
}

// styles are the numbers of the styles in a file.
type styles struct{ title, header, cell int }

func stylesOf(file *excelize.File) (s styles, err error) {
	var frame []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		frame = append(frame, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	for _, make := range []struct {
		number *int
		style  excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}, Alignment: middle}},
		{&s.header, excelize.Style{
			Font: &excelize.Font{Bold: true}, Border: frame, Alignment: middle,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8E8E8"}},
		}},
		{&s.cell, excelize.Style{Border: frame, NumFmt: 0, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}}},
	} {
		if *make.number, err = file.NewStyle(&make.style); err != nil {
			return s, err
		}
	}
	return s, nil
}

// sheetName is a name that Excel takes: at most 31 characters, without the signs
// of its formulas.
func sheetName(name string, i int) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) || r < ' ' {
			return '_'
		}
		return r
	}, name)
	if all := []rune(name); len(all) > 31 {
		name = string(all[:31])
	}
	if name == "" {
		name = fmt.Sprintf("Sheet%d", i+1)
	}
	return name
}

func writeSheet(file *excelize.File, name string, t table.Table, style styles) error {
	out, err := file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	columns := widths(t)
	for i, width := range columns {
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	row := 1
	if t.Title != "" {
		row = 2
	}
	panes := &excelize.Panes{Freeze: true, YSplit: row, TopLeftCell: fmt.Sprintf("A%d", row+1), ActivePane: "bottomLeft"}
	if err := out.SetPanes(panes); err != nil {
		return err
	}
	if t.Title != "" {
		if err := writeTitle(out, t.Title, len(columns), style); err != nil {
			return err
		}
	}
	header := make([]any, len(t.Header))
	for i, h := range t.Header {
		header[i] = h
	}
	for i, cells := range append([][]any{header}, t.Rows...) {
		number := style.cell
		if i == 0 {
			number = style.header
		}
		if err := out.SetRow(fmt.Sprintf("A%d", row+i), framed(cells, len(columns), number)); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return printed(file, name, row)
}

func writeTitle(out *excelize.StreamWriter, title string, columns int, style styles) error {
	if err := out.SetRow("A1", []any{excelize.Cell{StyleID: style.title, Value: title}}, excelize.RowOpts{Height: 30}); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(max(columns, 1), 1)
	if err != nil || columns < 2 {
		return err
	}
	return out.MergeCell("A1", last)
}

// framed gives every cell of a row its frame, also where it is empty.
func framed(cells []any, columns, style int) []any {
	all := make([]any, columns)
	for i := range all {
		var value any = ""
		if i < len(cells) {
			value = cells[i]
		}
		if text, is := value.(string); is && bare(text) != text {
			value = "'" + text // Read takes one away
		}
		all[i] = excelize.Cell{StyleID: style, Value: value}
	}
	return all
}

// widths returns how wide the columns are to be, by their longest lines.
func widths(t table.Table) []float64 {
	var all []float64
	for _, cells := range t.Rows {
		for len(all) < len(cells) {
			all = append(all, narrowest)
		}
		for i, c := range cells {
			all[i] = max(all[i], width(fmt.Sprint(c)))
		}
	}
	for i, h := range t.Header {
		if i == len(all) {
			all = append(all, narrowest)
		}
		all[i] = max(all[i], width(h))
	}
	return all
}

func width(text string) float64 {
	most := 0
	for line := range strings.SplitSeq(text, "\n") {
		most = max(most, (len(line)+utf8.RuneCountInString(line))/2) // two for what has three bytes
	}
	return float64(min(max(most+2, narrowest), widest))
}

// printed sets how the sheet is printed: A4 across, as wide as the page, with
// the rows down to the header on every page.
func printed(file *excelize.File, name string, header int) error {
	across, a4, one, many := "landscape", 9, 1, 0
	fit := true
	if err := file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	err := file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &across, Size: &a4, FitToWidth: &one, FitToHeight: &many})
	if err != nil {
		return err
	}
	return file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$%d", name, header), Scope: name,
	})
}
