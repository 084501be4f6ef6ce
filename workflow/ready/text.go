package ready

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/bulletin"
)

// A text is the document under check with everything that several rules need.
type text struct {
	bulletin.Document
	Facts
	items    []bulletin.Item
	passages []passage
	lines    []string // of Facts.Text, or none
}

// A passage is a piece of the document in which rules look for words: one
// paragraph with its lead, the title or the editor's note. line is where it
// begins, as far as that can be seen, end the line before which the next begins.
type passage struct {
	text string
	item int // 1-based, 0 outside the items
	line int
	end  int
}

func newText(doc bulletin.Document, facts Facts) *text {
	t := &text{Document: doc, Facts: facts, items: doc.Items()}
	if facts.Text != "" {
		t.lines = physical(facts.Text)
	}
	for _, s := range []string{doc.Title, doc.EditorNote} {
		if s != "" {
			t.passages = append(t.passages, passage{text: s, line: t.find(1, s)})
		}
	}
	for i, item := range t.items {
		t.addItem(i+1, item)
	}
	for i := range t.passages {
		if i+1 < len(t.passages) {
			t.passages[i].end = t.passages[i+1].line
		} else {
			t.passages[i].end = t.passages[i].line + searched
		}
	}
	return t
}

func (t *text) addItem(no int, item bulletin.Item) {
	line := item.Line
	if len(item.Paragraphs) == 0 {
		t.passages = append(t.passages, passage{text: item.Lead, item: no, line: line})
	}
	for k, paragraph := range item.Paragraphs {
		if k == 0 {
			paragraph = item.Lead + paragraph
		} else if n := t.find(line+1, paragraph); n > 0 {
			line = n
		}
		t.passages = append(t.passages, passage{text: paragraph, item: no, line: line})
	}
}

// searched is how many lines are looked through for the place of something;
// it keeps the check linear.
const searched = 60

// find returns the first line from a line on that has the beginning of a
// paragraph, or 0.
func (t *text) find(from int, paragraph string) int {
	begin := firstRunes(paragraph, 8)
	for n := max(from, 1); n < min(from+searched, len(t.lines)+1); n++ {
		if strings.Contains(t.lines[n-1], begin) {
			return n
		}
	}
	return 0
}

// place returns the line in which words of a passage stand, or else the one at
// which the passage begins.
func (t *text) place(p passage, words string) int {
	for n := max(p.line, 1); n < min(p.end, p.line+searched, len(t.lines)+1); n++ {
		if strings.Contains(t.lines[n-1], words) {
			return n
		}
	}
	return p.line
}

// head returns the lines above the first item, if the text is there.
func (t *text) head() []string {
	if len(t.items) == 0 {
		return t.lines
	}
	return t.lines[:max(0, min(t.items[0].Line-1, len(t.lines)))]
}

// headLine returns the line of the head that has some words, spaces aside, or 0.
func (t *text) headLine(words string) int {
	for i, line := range t.head() {
		if strings.Contains(squeezed(fold(line)), words) {
			return i + 1
		}
	}
	return 0
}

// physical splits a text into its lines at LF, CRLF or CR, as bulletin counts
// them.
func physical(s string) []string {
	s = strings.ReplaceAll(strings.TrimPrefix(s, "\ufeff"), "\r\n", "\n")
	return strings.Split(strings.ReplaceAll(s, "\r", "\n"), "\n")
}

// fold makes full-width ASCII half-width and every space a plain one.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
}

func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// shown shortens words that are quoted in a finding.
func shown(s string) string {
	if short := firstRunes(s, 24); short != s {
		return short + "…"
	}
	return s
}

func lastRunes(s string, n int) string {
	end := len(s)
	for ; n > 0 && end > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:end])
		end -= size
	}
	return s[end:]
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func lastRune(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }
