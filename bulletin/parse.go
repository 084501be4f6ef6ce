package bulletin

import (
	"slices"
	"strings"
)

// A parser is one reading of a text.
type parser struct {
	lines    []line
	doc      Document
	problems []Problem

	dated    bool     // a date stood in the head, even if an impossible one
	openList int      // over how many lines the last list, without a full stop, may go on
	leftover []string // lines of the tail that no rule takes
}

// Parse reads the text of a bulletin: UTF-8, any line ends, a byte order mark
// or none. It is pure and deterministic, never panics, and takes time linear in
// the size of the text. What it cannot read it keeps and doubts; whether the
// text is a bulletin at all is said by [Reading.Refusal].
func Parse(text string) Reading {
	p := &parser{lines: read(text)}
	body := p.head()
	tail, annex := zones(p.lines, body)
	p.body(p.lines[body:tail])
	p.tail(p.lines[tail:annex])
	p.annexes(p.lines[annex:])
	p.check()
	slices.SortStableFunc(p.problems, func(a, b Problem) int { return a.Line - b.Line })
	return Reading{Document: p.doc, Problems: p.problems}
}

// zones finds where the tail begins and where the annexes behind it begin. The
// tail is the first line of a tail after which no body comes any more; once a
// print run or print line was seen it is complete, and what follows is annex.
func zones(lines []line, from int) (tail, annexes int) {
	tail, done, list := -1, false, false
	for i := from; i < len(lines); i++ {
		l := lines[i]
		switch {
		case isTail(l):
			if tail < 0 {
				tail = i
			}
			done = done || l.kind == printed
			list = labels[firstLabel(l.text).label] == listLabel && !stopped(l.text)
			continue
		case tail >= 0 && (l.kind == annex || done && isBody(l)):
			return tail, i
		case tail >= 0 && isBody(l) && !list:
			tail = -1
		}
		list = list && !stopped(l.text)
	}
	if tail < 0 {
		tail = len(lines)
	}
	return tail, len(lines)
}

// isTail reports whether a line can begin the tail.
func isTail(l line) bool {
	if l.kind == printed {
		return true
	}
	if l.kind != labelled {
		return false
	}
	f := firstLabel(l.text)
	switch f.kind {
	case listLabel:
		return !isSentence(f.value)
	case roleLabel:
		return f.label != "供稿" || strings.ContainsAny(f.value, "：:") // alone it credits the item above
	case noLabel, remarkLabel, noteLabel:
		return false
	}
	return true
}

// isBody reports whether a line cannot stand in a tail.
func isBody(l line) bool {
	switch l.kind {
	case section, contents, details, marked, outline:
		return true
	case plain:
		return width(l.text) >= 40 || strings.ContainsAny(strings.TrimRight(l.text, stops), "。！？")
	}
	return false
}

// annexes reads what follows the tail. Lines of the tail that nothing took come
// first, in an annex without a title.
func (p *parser) annexes(lines []line) {
	if len(p.leftover) > 0 {
		p.doc.Annexes = append(p.doc.Annexes, Annex{Lines: p.leftover})
	}
	for i, l := range lines {
		text := clean(l.raw)
		if l.kind == annex || i == 0 {
			p.doc.Annexes = append(p.doc.Annexes, Annex{Title: text})
			continue
		}
		last := &p.doc.Annexes[len(p.doc.Annexes)-1]
		last.Lines = append(last.Lines, text)
	}
}
