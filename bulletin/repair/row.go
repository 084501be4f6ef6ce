package repair

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A class is what a character is to the rules. Everything that is no letter is
// punctuation or space, and is looked through when a rule asks for the letters
// on either side.
type class byte

const (
	none  class = iota // the edge of the line
	han                // a Chinese character
	digit              // 0-9 in either width
	latin              // any other letter
	space
	mark // punctuation and symbols
)

// A glyph is one character of a line. at is its place in bytes, left and right
// are the indices of the letters nearest to it (-1 and the number of glyphs at
// the edges), kept says that no rule touches it.
type glyph struct {
	r           rune
	at          int
	class       class
	left, right int
	kept        bool
}

// A row is one line under repair.
type row struct {
	text   string
	glyphs []glyph
	zone   zone
	known  []bool // per glyph: part of a name or title of the guard; nil for none
}

func newRow(text string, z zone) *row {
	w := &row{text: text, zone: z, glyphs: make([]glyph, 0, utf8.RuneCountInString(text))}
	last := -1
	for i, r := range text {
		w.glyphs = append(w.glyphs, glyph{r: r, at: i, class: classOf(r), left: last})
		if w.glyphs[len(w.glyphs)-1].class.isLetter() {
			last = len(w.glyphs) - 1
		}
	}
	next := len(w.glyphs)
	for i := len(w.glyphs) - 1; i >= 0; i-- {
		w.glyphs[i].right = next
		if w.glyphs[i].class.isLetter() {
			next = i
		}
	}
	w.keep()
	return w
}

// addresses are what no rule touches: URLs and mail addresses. Neither ends
// with the punctuation of the sentence around it.
var addresses = regexp.MustCompile(`(?i)(?:[a-z][a-z0-9+.-]*://|www\.)[!-~]*[a-z0-9/=_#&~-]|[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+`)

func (w *row) keep() {
	if !strings.Contains(w.text, "@") && !strings.Contains(w.text, "://") && !strings.Contains(strings.ToLower(w.text), "www.") {
		return // most lines: the look of the expression costs more than the rest
	}
	i := 0
	for _, span := range addresses.FindAllStringIndex(w.text, -1) {
		for ; i < len(w.glyphs) && w.glyphs[i].at < span[1]; i++ {
			w.glyphs[i].kept = w.glyphs[i].at >= span[0]
		}
	}
}

func (c class) isLetter() bool { return c == han || c == digit || c == latin }

func classOf(r rune) class {
	switch {
	case r >= '0' && r <= '9', r >= '０' && r <= '９':
		return digit
	case r >= '一' && r <= '鿿', r > '~' && unicode.Is(unicode.Han, r):
		return han
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
		return latin
	case unicode.IsSpace(r):
		return space
	}
	return mark
}

// at returns the class of a glyph, none beyond the edges.
func (w *row) at(i int) class {
	if i < 0 || i >= len(w.glyphs) {
		return none
	}
	return w.glyphs[i].class
}

// is reports whether a glyph is one of some characters.
func (w *row) is(i int, r rune) bool {
	return i >= 0 && i < len(w.glyphs) && w.glyphs[i].r == r
}

// sides returns the classes of the letters on either side of a glyph.
func (w *row) sides(i int) (left, right class) {
	return w.at(w.glyphs[i].left), w.at(w.glyphs[i].right)
}

// besideHan reports whether the letter on one side of a glyph is Chinese.
func (w *row) besideHan(i int) bool {
	left, right := w.sides(i)
	return left == han || right == han
}

// run returns the index behind the glyphs from i on that are the same
// character.
func (w *row) run(i int) int {
	end := i + 1
	for end < len(w.glyphs) && w.glyphs[end].r == w.glyphs[i].r && !w.glyphs[end].kept {
		end++
	}
	return end
}

// offset returns the place in bytes of a glyph, or the length of the line.
func (w *row) offset(i int) int {
	if i >= len(w.glyphs) {
		return len(w.text)
	}
	return w.glyphs[i].at
}

// put returns the change of the glyphs from i to before end into a text.
func (w *row) put(i, end int, text string) change {
	return change{from: w.offset(i), to: w.offset(end), text: text}
}
