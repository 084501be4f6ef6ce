package bulletin

import (
	"slices"
)

// A parser is one reading of one bulletin.
type parser struct {
	lines    []line
	doc      Document
	problems []Problem

	classified bool     // labels in the head are skipped: their text was refused already
	dated      bool     // a date stood in the head, even if an impossible one
	openList   int      // over how many lines the last list, without a full stop, may go on
	leftover   []string // lines of the tail that no rule takes
	opened     []int    // the line of each section's heading, 0 where it has none
}

// Parse reads the text of a bulletin: UTF-8, any line ends, a byte order mark
// or none. It is pure and deterministic, never panics, and takes time linear in
// the size of the text. What it cannot read it keeps and doubts; whether the
// text may be kept at all is said by [Reading.Refusal]. Where the text holds
// several bulletins (see [ParseAll]) the first is read and a Problem says so.
func Parse(text string) Reading {
	parts := split(read(text))
	r := readings(parts[:1], parts)[0]
	if len(parts) > 1 && r.Label == nil {
		next := parts[1][0]
		r.Problems = append(r.Problems, Problem{Code: "several-issues", Severity: Block, Line: next.no, Reason: severalIssues.With(len(parts), next.no)})
		sortProblems(r.Problems)
	}
	return r
}

// ParseAll reads a text that may hold several bulletins one after another; for
// an ordinary text the result has one Reading. A classification label on one
// of them refuses all.
func ParseAll(text string) []Reading {
	parts := split(read(text))
	return readings(parts, parts)
}

// readings reads some of the parts of a text; all of them are looked through
// for a label first.
func readings(parts, all [][]line) []Reading {
	var label *Label
	for _, lines := range all {
		if l, ok := labelInText(lines); ok {
			label = &l
			break
		}
	}
	var rs []Reading
	for _, lines := range parts {
		if label != nil {
			rs = append(rs, refused(*label))
			continue
		}
		rs = append(rs, readOne(lines))
	}
	return rs
}

func readOne(lines []line) Reading {
	p := &parser{lines: lines}
	body := p.head()
	tail, annex := p.zones(body)
	p.body(p.lines[body:tail])
	p.tail(p.lines[tail:annex])
	p.annexes(p.lines[annex:])
	p.check()
	sortProblems(p.problems)
	return Reading{Document: p.doc, Problems: p.problems}
}

func sortProblems(all []Problem) {
	slices.SortStableFunc(all, func(a, b Problem) int { return a.Line - b.Line })
}

// refused is the reading of a classified text: what its register needs.
func refused(label Label) Reading {
	s := label.Stub
	d := Document{Masthead: s.Masthead, Number: s.Number, Date: s.Date, CopyNo: s.CopyNo, Urgency: s.Urgency}
	return Reading{Document: d, Label: &label, Problems: []Problem{
		{Code: "classified", Severity: Block, Line: label.Line, Reason: label.Refusal().Message},
	}}
}
