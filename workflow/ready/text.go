package ready

import (
	"strings"

	"jianbao/bulletin"
)

// A text is the document under check with everything that several rules need.
type text struct {
	bulletin.Document
	Facts
	passages []passage
	lines    []string // of Facts.Text, or none
}

// A passage is a piece of the document in which rules look for words: the text
// of one paragraph with its lead, or a line of head or tail.
type passage struct {
	text string
	item int // 1-based, 0 outside the items
	line int // at which the item begins
	end  int // the line before which the item ends
}

func newText(doc bulletin.Document, facts Facts) *text {
	t := &text{Document: doc, Facts: facts}
	if facts.Text != "" {
		t.lines = physical(facts.Text)
	}
	items := doc.Items()
	for i, item := range items {
		p := passage{item: i + 1, line: item.Line, end: len(t.lines) + 1}
		if i+1 < len(items) {
			p.end = items[i+1].Line
		}
		for k, paragraph := range item.Paragraphs {
			if k == 0 {
				paragraph = item.Lead + paragraph
			}
			p.text = paragraph
			t.passages = append(t.passages, p)
		}
		if len(item.Paragraphs) == 0 {
			p.text = item.Lead
			t.passages = append(t.passages, p)
		}
	}
	return t
}

// physical splits a text into its lines at LF, CRLF or CR, as bulletin counts
// them.
func physical(s string) []string {
	s = strings.ReplaceAll(strings.TrimPrefix(s, "\ufeff"), "\r\n", "\n")
	return strings.Split(strings.ReplaceAll(s, "\r", "\n"), "\n")
}

// place returns the line in which words of a passage stand: the first of the
// item's lines that has them, or else the one at which the item begins.
func (t *text) place(p passage, words string) int {
	for n := max(p.line, 1); n < min(p.end, len(t.lines)+1); n++ {
		if strings.Contains(t.lines[n-1], words) {
			return n
		}
	}
	return p.line
}
