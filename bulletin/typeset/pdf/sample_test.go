package pdf

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"jianbao/bulletin/typeset"
	"jianbao/bulletin/typeset/layout"
)

// A printed line is what stands on one baseline of a page.
type printedLine struct {
	text       string
	start, end float64
}

// printedLines returns the lines of a page from top to bottom, without its page
// number.
func printedLines(p layout.Page) []printedLine {
	byLine := map[float64][]layout.Run{}
	var baselines []float64
	for _, r := range p.Runs {
		if _, ok := byLine[r.Y]; !ok {
			baselines = append(baselines, r.Y)
		}
		byLine[r.Y] = append(byLine[r.Y], r)
	}
	slices.Sort(baselines)
	var all []printedLine
	for _, y := range baselines[:len(baselines)-1] {
		l := printedLine{start: byLine[y][0].X}
		for _, r := range byLine[y] {
			l.text += r.Text
			l.end = r.X
			for _, c := range r.Text {
				l.end += r.Face.Advance(c)*r.Size + r.Spacing
			}
		}
		all = append(all, l)
	}
	return all
}

func laid(t *testing.T, s typeset.Sheet, look typeset.Template, opt layout.Options) layout.Document {
	t.Helper()
	d, problems, err := layout.Lay(s, look, shelf{set(t)}, nil, opt)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	return d
}

// The real bulletin was printed on six pages of 22 lines of 28 characters. Its
// text shows where they ended: ours begin within one line of that.
func TestTheSampleFallsAsItWasPrinted(t *testing.T) {
	d := laid(t, seed(t), typeset.Builtin()[0], layout.Options{})
	if len(d.Pages) != 6 {
		t.Fatalf("%d pages", len(d.Pages))
	}
	var whole strings.Builder
	var starts []int // of the pages, in characters
	for n, p := range d.Pages {
		lines := printedLines(p)
		if n > 0 && n < 5 && len(lines) != 22 {
			t.Errorf("page %d has %d lines", n+1, len(lines))
		}
		starts = append(starts, utf8.RuneCountInString(whole.String()))
		for _, l := range lines {
			whole.WriteString(strings.ReplaceAll(l.text, " ", ""))
		}
	}
	const line = 28
	for i, seam := range []string{"李克强主持召开国务院党组会议", "络标准，支撑", "流程，以及资金", "多名人才的机制", "总经理曹志春"} {
		before, _, found := strings.Cut(whole.String(), seam)
		if off := starts[i+1] - utf8.RuneCountInString(before); !found || off < -line || off > line {
			t.Errorf("page %d begins %d characters after %s", i+2, off, seam)
		}
	}
}

func TestTheTailIsAtTheFoot(t *testing.T) {
	look := typeset.Builtin()[0]
	d := laid(t, seed(t), look, layout.Options{})
	bottom := (look.Paper.Top + look.Paper.Depth) * typeset.PointsPerMM
	last := d.Pages[len(d.Pages)-1]
	if n := len(last.Rules); n != 3 {
		t.Fatalf("%d rules", n)
	}
	if r := last.Rules[2]; r.Y+r.Height > bottom || r.Y+r.Height < bottom-4 {
		t.Errorf("the last rule lies at %.1f, the foot of the type area at %.1f", r.Y, bottom)
	}
	lines := printedLines(last)
	var hang []float64
	for _, l := range lines {
		if strings.HasPrefix(l.text, "送：") || len(hang) > 0 && !strings.HasPrefix(l.text, "编辑：") {
			hang = append(hang, l.start)
		} else if len(hang) > 0 {
			break
		}
	}
	if len(hang) < 3 || hang[1] != hang[2] || hang[1]-hang[0] < 27 || hang[1]-hang[0] > 29 {
		t.Errorf("the lines of 送 begin at %v", hang)
	}
}

// No line begins or ends wrongly, and none is wider than its measure, in any
// template and size.
func TestKinsoku(t *testing.T) {
	for _, look := range typeset.Builtin() {
		for _, large := range []bool{false, true} {
			d := laid(t, seed(t), look, layout.Options{Large: large})
			for n, p := range d.Pages {
				for _, l := range printedLines(p) {
					first, _ := utf8.DecodeRuneInString(l.text)
					last, _ := utf8.DecodeLastRuneInString(l.text)
					if strings.ContainsRune("。，、；：！？”’）》】」』〕…·％%", first) || strings.ContainsRune("“‘（《【「『〔", last) {
						t.Errorf("%s, page %d: %s", look.Name, n+1, l.text)
					}
					left, right := typeArea(look, n)
					blank := look.On(large).Size / 2 // of a mark at either end
					if l.start < left-blank-0.1 || l.end > right+blank+0.1 {
						t.Errorf("%s, page %d: from %.1f to %.1f of %.1f to %.1f: %s", look.Name, n+1, l.start, l.end, left, right, l.text)
					}
				}
			}
		}
	}
}

// typeArea returns the left and right edge of the type area of a page, in
// points.
func typeArea(look typeset.Template, page int) (left, right float64) {
	p := look.Paper
	left = p.Left
	if p.Mirrored && page%2 == 1 {
		left = p.Width - p.Left - p.Measure
	}
	return left * typeset.PointsPerMM, (left + p.Measure) * typeset.PointsPerMM
}
