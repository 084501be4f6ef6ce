package layout

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// drawn says which strips stand on which page: 0 1 | 2 3.
func drawn(all []placed) string {
	var b strings.Builder
	page := 0
	for _, p := range all {
		for ; page < p.page; page++ {
			b.WriteString("| ")
		}
		fmt.Fprintf(&b, "%s@%g ", p.runs[0].Text, p.y)
	}
	return strings.TrimSpace(b.String())
}

func named(name string, height float64) strip {
	return strip{height: height, runs: []Run{{Text: name}}}
}

func TestPagesAreFilled(t *testing.T) {
	k := stack{depth: 40, leading: 10}
	heading := named("H", 10)
	heading.keep = true
	blank := named("_", 10)
	blank.gap = true
	annex := named("A", 10)
	annex.newPage = true
	table := named("t", 13)
	table.snap = true
	header := named("h", 5)
	row := named("r", 10)
	row.header = &header
	x := named("x", 10)
	for _, c := range []struct {
		about  string
		first  float64
		strips []strip
		want   string
	}{
		{"in order", 0, []strip{x, x, x, x, x}, "x@0 x@10 x@20 x@30 | x@0"},
		{"below the head", 20, []strip{x, x, x}, "x@20 x@30 | x@0"},
		{"a head as high as the page", 40, []strip{x}, "| x@0"},
		{"a heading goes with its text", 0, []strip{x, x, x, heading, x}, "x@0 x@10 x@20 | H@0 x@10"},
		{"no empty line at the top", 0, []strip{x, x, x, x, blank, x}, "x@0 x@10 x@20 x@30 | x@0"},
		{"an annex begins a page", 0, []strip{x, annex}, "x@0 | A@0"},
		{"below a table the grid goes on", 0, []strip{table, x}, "t@0 x@20"},
		{"the header row is repeated", 0, []strip{x, x, x, row, row}, "x@0 x@10 x@20 r@30 | h@0 r@5"},
		{"what is higher than a page is placed all the same", 0, []strip{x, named("T", 90), x}, "x@0 | T@0 | x@0"},
	} {
		k.first = c.first
		if all, _, _ := k.fill(c.strips, nil); drawn(all) != c.want {
			t.Errorf("%s: %s, want %s", c.about, drawn(all), c.want)
		}
	}
}

func TestTheTailStandsAtTheFoot(t *testing.T) {
	k := stack{depth: 60, leading: 10}
	x := named("x", 10)
	heading := named("H", 10)
	heading.keep = true
	tail := []strip{named("T", 15), named("U", 10)}
	long := []strip{named("T", 30), named("U", 30), named("V", 20)}
	for _, c := range []struct {
		about        string
		strips, tail []strip
		alone        bool
		want         string
	}{
		{"with room", []strip{x}, tail, false, "x@0 T@35 U@50"},
		{"just", []strip{x, x, x}, tail, false, "x@0 x@10 x@20 T@35 U@50"},
		{"the last lines go with it", []strip{x, x, x, x}, tail, false, "x@0 x@10 | x@0 x@10 T@35 U@50"},
		{"and their heading", []strip{x, x, heading, x}, tail, false, "x@0 x@10 | H@0 x@10 T@35 U@50"},
		{"alone, if the template wants it", []strip{x, x, x, x}, tail, true, "x@0 x@10 x@20 x@30 | T@35 U@50"},
		{"nothing to take", []strip{named("X", 50)}, tail, false, "X@0 | T@35 U@50"},
		{"no text at all", nil, tail, false, "T@35 U@50"},
		{"longer than a page", []strip{x}, long, false, "x@0 T@20 | U@10 V@40"},
	} {
		all, _ := k.withTail(c.strips, c.tail, c.alone)
		shown := all[:0:0]
		for _, p := range all {
			if len(p.runs) > 0 {
				shown = append(shown, p)
			}
		}
		if drawn(shown) != c.want {
			t.Errorf("%s: %s, want %s", c.about, drawn(shown), c.want)
		}
	}
}

// Whatever there is to place: everything stands once, in order, on the page.
func TestNothingLeavesThePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := stack{depth: 100, leading: 10, first: float64(rapid.IntRange(0, 9).Draw(t, "head")) * 10}
		var strips []strip
		for i := range rapid.IntRange(0, 40).Draw(t, "strips") {
			s := named(fmt.Sprint(i), float64(rapid.IntRange(1, 60).Draw(t, "height")))
			s.keep, s.snap = rapid.Bool().Draw(t, "keep"), rapid.Bool().Draw(t, "snap")
			s.newPage = rapid.IntRange(0, 9).Draw(t, "page") == 0
			strips = append(strips, s)
		}
		var tail []strip
		for i := range rapid.IntRange(1, 8).Draw(t, "tail") {
			tail = append(tail, named(fmt.Sprint(len(strips)+i), float64(rapid.IntRange(1, 30).Draw(t, "height"))))
		}
		all, last := k.withTail(strips, tail, rapid.Bool().Draw(t, "alone"))
		n, page, y := 0, 0, k.first
		for _, p := range all {
			if len(p.runs) == 0 {
				continue
			}
			if p.page > page {
				page, y = p.page, 0
			}
			if p.page < page || p.y < y-hair || p.y+p.height > k.depth+hair && p.height <= k.depth {
				t.Fatalf("%s stands at %g of page %d, after %g of page %d", p.runs[0].Text, p.y, p.page, y, page)
			}
			y = p.y + p.height
			if p.runs[0].Text != fmt.Sprint(n) {
				t.Fatalf("%s stands where %d should", p.runs[0].Text, n)
			}
			n++
		}
		if n != len(strips)+len(tail) || page != last {
			t.Fatalf("%d of %d stand, on %d of %d pages", n, len(strips)+len(tail), page, last)
		}
	})
}
