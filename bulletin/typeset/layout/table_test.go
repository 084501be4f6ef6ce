package layout

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset"
)

func tableOf(rows, columns int, text string) []string {
	t := bulletin.Table{Header: true}
	for i := range rows {
		row := make([]string, columns)
		for j := range row {
			row[j] = fmt.Sprintf("%s%d.%d", text, i, j)
		}
		t.Rows = append(t.Rows, row)
	}
	return t.Paragraphs()
}

func withTable(paragraphs []string) typeset.Sheet {
	s := sheet()
	s.Document.Sections = []bulletin.Section{{Items: []bulletin.Item{{Paragraphs: paragraphs}}}}
	s.Document.Annexes, s.Document.Contents, s.Document.Remark.Slot = nil, nil, false
	return s
}

func TestATableGoesOnWithItsHeader(t *testing.T) {
	d, _ := laid(t, withTable(tableOf(70, 3, "格")), typeset.Builtin()[0], Options{})
	text := textOfPages(d)
	if n := strings.Count(text, "格0.0|格0.1|格0.2"); n < 3 {
		t.Errorf("the header stands %d times on %d pages", n, len(d.Pages))
	}
	for i := 1; i < 70; i++ {
		if n := strings.Count(text, fmt.Sprintf("格%d.0|格%d.1|格%d.2", i, i, i)); n != 1 {
			t.Errorf("row %d stands %d times", i, n)
		}
	}
}

// Every rule and every character lies on the paper, most of them in the type
// area.
func within(t *testing.T, d Document, look typeset.Template) {
	t.Helper()
	const outside = 1 // point, for the rules at the edges
	right := math.Max(look.Paper.Left, look.Paper.Width-look.Paper.Left-look.Paper.Measure) + look.Paper.Measure
	for n, p := range d.Pages {
		for _, r := range p.Runs {
			end := r.X
			for _, c := range r.Text {
				end += r.Face.Advance(c)*r.Size + r.Spacing
			}
			if r.X < (look.Paper.Width-right)*mm-look.Masthead.Size || end > right*mm+look.Grid.Size || r.Y > p.Height || r.Y < 0 {
				t.Errorf("page %d: %q runs from %.1f to %.1f at %.1f", n+1, r.Text, r.X, end, r.Y)
			}
		}
		for _, r := range p.Rules {
			if r.X < (look.Paper.Width-right)*mm-outside || r.X+r.Width > right*mm+outside || r.Y+r.Height > (look.Paper.Top+look.Paper.Depth)*mm+outside {
				t.Errorf("page %d: a rule at %+v", n+1, r)
			}
		}
	}
}

func TestTablesKeepToTheMeasure(t *testing.T) {
	look := typeset.Builtin()[0]
	for name, paragraphs := range map[string][]string{
		"many columns":       tableOf(4, 20, "格"),
		"long cells":         tableOf(4, 3, strings.Repeat("各有关单位要认真落实，", 20)),
		"one cell":           tableOf(1, 1, "格"),
		"higher than a page": {"| 甲 | " + strings.Repeat("乙<br>", 90) + " |"},
		"empty":              {"| | |", "|---|---|", "| | |"},
	} {
		d, _ := laid(t, withTable(paragraphs), look, Options{})
		within(t, d, look)
		if name == "higher than a page" && strings.Count(textOfPages(d), "乙") != 90 {
			t.Errorf("%d of 90 lines stand", strings.Count(textOfPages(d), "乙"))
		}
	}
}

func TestColumnsShareTheMeasure(t *testing.T) {
	for _, c := range []struct {
		need []float64
		want string
	}{
		{[]float64{50, 50}, "[50 50]"},
		{[]float64{10, 30}, "[25 75]"},
		{[]float64{20, 200}, "[20 80]"},
		{[]float64{20, 100, 300}, "[20 20 60]"},
		{[]float64{400}, "[100]"},
	} {
		if got := fmt.Sprint(share(c.need, 100)); got != c.want {
			t.Errorf("%v: %s, want %s", c.need, got, c.want)
		}
	}
}

func TestSheetsStayOnThePaper(t *testing.T) {
	for _, look := range typeset.Builtin() {
		for _, large := range []bool{false, true} {
			s := sheet()
			s.Document.Masthead = "示例自治区示例市人民政府办公室政务信息专报工作动态"
			s.Lists[1].Text = strings.Repeat("示例市发展和改革委员会、", 80)
			d, _ := laid(t, s, look, Options{Large: large})
			within(t, d, look)
		}
	}
}
