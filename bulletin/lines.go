package bulletin

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mark is the paragraph mark. At the end of a line it says that the paragraph
// ends there and that its item goes on with the next paragraph; at the start,
// that the line is plain text of the body in which nothing else is to be read.
const Mark = "¶"

// A kind is what a line is by itself, before its neighbours are looked at.
type kind int

const (
	plain    kind = iota // ordinary text
	section              // 【科技政策】
	contents             // ≡本期要目≡
	details              // ≡本期详情≡, the end of the contents
	labelled             // begins with a label of the table and a colon
	printed              // a print run or a print line, without a label
	annex                // 附件1：…
	notice               // 内部资料 注意保存
	urgency              // 特急
	marked               // ★ …
	outline              // 一、… （一）… 1.…
	page                 // — 3 —
	row                  // | 单位 | 数量 |
	picture              // ![说明](名字.png)
)

// A line is one line of the text that is not blank.
type line struct {
	no     int    // 1-based
	raw    string // as written, without the line end
	text   string // without layout at either end, marker, marks and asterisks
	kind   kind
	bold   int  // how many bytes of text are an explicit lead (**…**)
	level  int  // of a markdown heading (## …), else 0
	marker rune // that stood before it: ★
	fresh  bool // a marker stood before it: an item begins
	forced bool // the paragraph mark stands at its start: it is plain text
	ends   bool // the paragraph mark stands at its end
	indent bool // it begins with at least two spaces or one full-width space
	paged  bool // a page number or running head was left out right above it
}

// led reports whether the line is an item's explicit lead with text behind it.
func (l line) led() bool { return l.bold > 0 && l.bold < len(l.text) }

// physical splits a text into its lines at LF, CRLF or CR.
func physical(text string) []string {
	text = strings.TrimPrefix(text, "\ufeff")
	if strings.Contains(text, "\r") {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	return strings.Split(text, "\n")
}

// read returns the lines that are not blank, classed.
func read(text string) []line {
	var lines []line
	for i, raw := range physical(text) {
		l := line{no: i + 1, raw: raw}
		l.text, l.ends = unmark(clean(raw))
		if l.text == "" || isRule(l.text) {
			continue
		}
		l.indent = indented(raw)
		l.class()
		if l.text != "" {
			lines = append(lines, l)
		}
	}
	return lines
}

// clean replaces what can be in a file but not in a text: control characters
// become spaces, broken UTF-8 becomes U+FFFD, and layout at both ends goes.
func clean(raw string) string {
	s := strings.ToValidUTF8(raw, "\ufffd")
	if strings.ContainsFunc(s, isControl) {
		s = strings.Map(func(r rune) rune {
			if isControl(r) {
				return ' '
			}
			return r
		}, s)
	}
	return strings.TrimFunc(s, isSpace)
}

// unmark takes the paragraph marks off the end of s.
func unmark(s string) (string, bool) {
	if !strings.HasSuffix(s, Mark) {
		return s, false
	}
	return strings.TrimRightFunc(s, func(r rune) bool { return isSpace(r) || r == '¶' }), true
}

// isRule reports whether a line is drawn and not written: the red rule of the
// head, the thematic break of markdown.
func isRule(s string) bool {
	return len(s) > 2 && strings.Trim(s, "-—–_=*~─━═ \u3000") == "" && width(s) > 2
}

func isControl(r rune) bool { return r != '\t' && unicode.IsControl(r) }

// isSpace says which characters are only layout: all spaces, and the invisible
// ones that word processors leave behind.
func isSpace(r rune) bool {
	switch r {
	case '\u200b', '\u200e', '\u200f', '\u2060', '\ufeff', '\u00ad':
		return true
	}
	return unicode.IsSpace(r)
}

func indented(raw string) bool {
	return strings.HasPrefix(raw, "  ") || strings.HasPrefix(raw, "\t") || strings.HasPrefix(raw, "\u3000")
}

// fold makes the forms of a line comparable: full-width ASCII becomes ASCII and
// every space a plain one. It maps rune to rune, so that a place in the result
// is a place in s.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case isSpace(r):
			return ' '
		}
		return r
	}, s)
}

// squeeze takes layout spaces out of a name. A space between two Latin words
// is no layout and stays.
func squeeze(s string) string {
	if !strings.ContainsFunc(s, isSpace) {
		return s
	}
	words := strings.FieldsFunc(s, isSpace)
	var b strings.Builder
	for i, w := range words {
		if i > 0 && latin(lastRune(words[i-1])) && latin(firstRune(w)) {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

func latin(r rune) bool {
	return r < 0x3000 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func lastRune(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }
func width(s string) int      { return utf8.RuneCountInString(s) }

// within reports whether a string has at most n characters, without counting
// those of a long one.
func within(s string, n int) bool { return len(s) <= n || len(s) <= 4*n && width(s) <= n }

// head and tail of a string, counted in characters.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
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

// at returns the two sides of s at the places from and to of its fold.
func at(s, folded string, from, to int) (before, after string) {
	head := firstRunes(s, width(folded[:from]))
	return head, lastRunes(s, width(folded[to:]))
}

// stops end a paragraph; after anything else it may have been cut by a page.
const stops = "。！？…”』」’）】；：.!?)\";:"

// clauses are the characters that a heading or a name does not contain.
const clauses = "。！？；!?;"

func stopped(s string) bool { return strings.ContainsRune(stops, lastRune(s)) }
