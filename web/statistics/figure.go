package statistics

import (
	"fmt"
	"math"
	"time"
	"unicode/utf8"

	"jianbao/recipients/table"
)

// A figure is a table with what is drawn of it.
type figure struct {
	ID    string // in the page
	Table table.Table
	// Says is what the drawing shows, for those who do not see it.
	Says string
	// Value and Shown are the length of each row's bar and what stands at its
	// end; a figure without values is not drawn.
	Value []float64
	Shown []string
	// Full is the value of a bar that is as long as can be; 0 is the longest.
	Full float64
}

// row adds a row of the table with its bar.
func (f *figure) row(value float64, shown string, cells ...any) {
	f.Table.Add(cells...)
	f.Value, f.Shown = append(f.Value, value), append(f.Shown, shown)
}

// The measures of a drawing, in units of its view box.
const (
	rowHeight = 28
	labelEnd  = 210
	widest    = 330
	longest   = 10 // characters of a label that fit
)

// A bar is one row as it is drawn.
type bar struct {
	Label, Full, Shown string
	Y, Baseline        int
	Width, End         int
}

// Drawn reports whether there is anything to be seen: bars of no length are none.
func (f figure) Drawn() bool { return f.most() > 0 }

func (f figure) most() (most float64) {
	for _, v := range f.Value {
		most = max(most, v)
	}
	return most
}

// Told reports whether there are rows that say something although none has a
// bar: months without an issue say nothing.
func (f figure) Told() bool { return len(f.Value) > 0 && f.ID != "months" }

// Height is how high the drawing is.
func (f figure) Height() int { return rowHeight * len(f.Value) }

// Bars are the rows, each as long as its part of Full.
func (f figure) Bars() []bar {
	all := make([]bar, len(f.Value))
	for n, v := range f.Value {
		full := f.Table.Text(n, 0)
		width := max(1, int(v/max(f.most(), f.Full, 1e-9)*widest+0.5))
		all[n] = bar{
			Label: shortened(full), Full: full, Shown: f.Shown[n],
			Y: rowHeight*n + 6, Baseline: rowHeight*n + 19, Width: width, End: labelEnd + width + 8,
		}
	}
	return all
}

// shortened is a label that fits beside its bar; the table has all of it.
func shortened(label string) string {
	if utf8.RuneCountInString(label) <= longest {
		return label
	}
	return string([]rune(label)[:longest-1]) + "…"
}

// Rows are the cells of the table as text.
func (f figure) Rows() [][]string {
	rows := make([][]string, len(f.Table.Rows))
	for n := range rows {
		for column := range f.Table.Header {
			rows[n] = append(rows[n], f.Table.Text(n, column))
		}
	}
	return rows
}

// hours are a time as the page tells it and a spreadsheet counts it: to the tenth
// of an hour, and what is shorter than one to the hundredth.
func hours(d time.Duration) float64 {
	unit := 10.0
	if d < time.Hour {
		unit = 100
	}
	return math.Round(d.Hours()*unit) / unit
}

// paced adds a row whose bar is a time.
func (f *figure) paced(mean time.Duration, cells ...any) {
	f.row(hours(mean), fmt.Sprint(hours(mean)), cells...)
}
