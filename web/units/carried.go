package units

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"

	"jianbao/fault"
	"jianbao/recipients/table"
	"jianbao/sheets"

	"jianbao/web/page"
)

// A carried sheet is one that a page sends along with a form: what was looked at
// is what is read in, without being kept anywhere meanwhile.
type carried struct {
	Name   string     `json:"name"`
	First  int        `json:"first"` // the line of the header
	Header []string   `json:"header"`
	Rows   [][]string `json:"rows"`
	Lines  []int      `json:"lines"`
	Merged [][3]int   `json:"merged,omitempty"` // row, column, spread
}

// carry packs sheets into the text of a field: JSON, compressed, in base64.
func carry(all []table.Table) (string, error) {
	var out []carried
	for _, t := range all {
		c := carried{Name: t.Name, First: t.HeaderLine, Header: t.Header, Lines: t.Lines}
		for row := range t.Rows {
			cells := make([]string, len(t.Rows[row]))
			for i := range cells {
				cells[i] = t.Text(row, i)
			}
			c.Rows = append(c.Rows, cells)
		}
		for at, spread := range t.Merged {
			c.Merged = append(c.Merged, [3]int{at.Row, at.Column, int(spread)})
		}
		out = append(out, c)
	}
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	if err := json.NewEncoder(zip).Encode(out); err != nil {
		return "", fmt.Errorf("units: carry the sheets: %w", err)
	}
	if err := zip.Close(); err != nil {
		return "", fmt.Errorf("units: carry the sheets: %w", err)
	}
	return base64.StdEncoding.EncodeToString(packed.Bytes()), nil
}

// uncarry unpacks what carry packed, within the bounds that files have.
func uncarry(text string) (all []table.Table, err error) {
	packed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, badCarried(err)
	}
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, badCarried(err)
	}
	var in []carried
	if err := json.NewDecoder(io.LimitReader(zip, sheets.MaxUnpacked)).Decode(&in); err != nil {
		return nil, badCarried(err)
	}
	for _, c := range in {
		t := table.Table{Name: c.Name, HeaderLine: c.First, Header: c.Header, Lines: c.Lines, Merged: map[table.Spot]table.Spread{}}
		for _, cells := range c.Rows {
			row := make([]any, len(cells))
			for i := range cells {
				row[i] = cells[i]
			}
			t.Rows = append(t.Rows, row)
		}
		for _, m := range c.Merged {
			t.Merged[table.Spot{Row: m[0], Column: m[1]}] = table.Spread(m[2])
		}
		all = append(all, t)
	}
	return all, nil
}

func badCarried(err error) error { return fault.New(fault.Invalid, page.BadForm.With()).Because(err) }
