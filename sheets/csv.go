package sheets

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"jianbao/fault"
	"jianbao/recipients/table"
)

var (
	badCSV  = fault.Say("sheets.bad-csv", "CSV文件读不懂", "the CSV file cannot be read")
	quoteAt = fault.Say("sheets.quote-at", "第%d行第%d个字节处引号不配对", "line %d, byte %d: a quotation mark has no partner")
)

// readCSV reads a CSV file. Quoted cells may hold line breaks; a row's line is
// that on which it begins.
func readCSV(data []byte) (table.Table, error) {
	text, err := decode(data)
	if err != nil {
		return table.Table{}, err
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = separatorOf(text), -1
	var g grid
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return g.table("")
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			return table.Table{}, fault.New(fault.Invalid, badCSV.With(), quoteAt.With(wrong.Line, wrong.Column))
		}
		if err != nil {
			return table.Table{}, fmt.Errorf("sheets: read CSV: %w", err)
		}
		line, _ := r.FieldPos(0)
		if err := g.add(line, cells); err != nil {
			return table.Table{}, err
		}
	}
}

// separatorOf returns what parts the columns: the sign that the first line with
// any of them has most of.
func separatorOf(text string) rune {
	for line := range strings.Lines(text) {
		best, most := ',', 0
		for _, sign := range ",\t;" {
			if n := strings.Count(line, string(sign)); n > most {
				best, most = sign, n
			}
		}
		if most > 0 {
			return best
		}
	}
	return ','
}

// WriteCSV writes a table as CSV in UTF-8 with a byte order mark, which Excel
// needs to know it by, and CR LF at the end of each line (RFC 4180). Title and
// sheet name are left out. An error is that of w.
func WriteCSV(w io.Writer, t table.Table) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("sheets: write CSV: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	rows := make([][]string, 0, len(t.Rows)+1)
	rows = append(rows, armoured(t.Header))
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = fmt.Sprint(c)
			if _, number := c.(int); !number {
				cells[i] = armour(cells[i])
			}
		}
		rows = append(rows, cells)
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("sheets: write CSV: %w", err)
	}
	return nil
}

func armoured(cells []string) []string {
	all := make([]string, len(cells))
	for i, c := range cells {
		all[i] = armour(c)
	}
	return all
}

// armour puts an apostrophe in front of a cell that a spreadsheet would take
// for a formula, and of one that bare would take the apostrophe from.
func armour(cell string) string {
	if risky(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

// bare takes the apostrophe away again.
func bare(cell string) string {
	if rest, marked := strings.CutPrefix(cell, "'"); marked && risky(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return cell
}

// risky reports whether spreadsheets read a text as a formula. Chinese and
// Japanese ones take the full-width signs too.
func risky(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return strings.ContainsRune("=+-@＝＋－＠\t\r\n", r) && text != ""
}
