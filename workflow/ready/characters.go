package ready

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"jianbao/bulletin"
	"jianbao/fault"
)

var (
	characterLost  = fault.Say("ready.character-lost", "有%d个字丢失了（显示为�），请补上", "%d characters were lost (U+FFFD); type them again")
	characterTurns = fault.Say("ready.character-turns", "有改变文字方向的控制符%s，看到的和实际的可能不一样，请删除", "marks that turn the reading order (%s): what is seen may not be what is there; take them out")
	characterOdd   = fault.Say("ready.character-odd", "有不可见或自造的字符%s，请核对", "invisible or private characters (%s); look at them")
	characterLooks = fault.Say("ready.character-looks-alike", "有形似字%s，检索和朗读会出错，请改正", "characters that only look right (%s); searching will miss them")
	tabInText      = fault.Say("ready.tab", "正文里有制表符，排版会出现空档", "a tab inside the text leaves a gap")
	glyphMissing   = fault.Say("ready.glyph-missing", "字库里没有“%s”（%s），印出来会是空白，请装补字字体或换字", "no font has %s (%s); install one that does, or it prints as a blank")
)

// A flaw is a sort of characters that does not belong into a text.
type flaw struct {
	code     string
	severity bulletin.Severity
	sentence fault.Sentence
}

var (
	lost  = &flaw{CharacterLost, bulletin.Block, characterLost}
	turns = &flaw{CharacterTurns, bulletin.Block, characterTurns}
	odd   = &flaw{CharacterOdd, bulletin.Ask, characterOdd}
	looks = &flaw{CharacterLooks, bulletin.Ask, characterLooks}
	tabs  = &flaw{TabInText, bulletin.Note, tabInText}
)

// flawOf returns what is wrong with a character between two others, or nil.
// Variation selectors are left: they choose the form of a character in a name.
func flawOf(before, r, after rune) *flaw {
	switch {
	case r >= ' ' && r <= '~', r >= '一' && r <= '鿿', r == '\n':
		return nil
	case r == '\t':
		return tabs
	case r == unicode.ReplacementChar:
		return lost
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return turns
	case unicode.IsControl(r), unicode.Is(unicode.Co, r), unicode.Is(unicode.Noncharacter_Code_Point, r),
		strings.ContainsRune("\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb", r):
		return odd
	case r >= '\u2e80' && r <= '\u2fdf':
		return looks
	case unicode.Is(unicode.Han, r) && norm.NFKC.String(string(r)) != string(r):
		return looks
	case strings.ContainsRune(latinTwins, r) && (isASCIILetter(before) || isASCIILetter(after)):
		return looks
	}
	return nil
}

// latinTwins are Cyrillic and Greek letters that look like Latin ones.
const latinTwins = "АВЕЅІЈКМНОРСТХУаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"

func isASCIILetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// named shows a character that cannot be shown, or the one that is meant by it.
func (f *flaw) named(r rune) string {
	if f == looks {
		if right := norm.NFKC.String(string(r)); right != string(r) {
			return fmt.Sprintf("%c→%s", r, right)
		}
		return fmt.Sprintf("%c", r)
	}
	return fmt.Sprintf("U+%04X", r)
}

// A batch is the characters of one flaw in one line.
type batch struct {
	count int
	names []string
}

// mostNamed is how many characters one finding names.
const mostNamed = 6

// checkCharacters looks at every character, of the text where it is there, for
// reading drops some; one finding per flaw and line.
func checkCharacters(t *text) []Finding {
	if t.lines == nil {
		var found []Finding
		for _, p := range t.passages {
			found = append(found, charactersOf(p.text, p.line, p.item)...)
		}
		return found
	}
	items := t.itemsByLine()
	var found []Finding
	for i, line := range t.lines {
		found = append(found, charactersOf(line, i+1, items[i])...)
	}
	return found
}

func charactersOf(s string, line, item int) []Finding {
	var found []Finding
	batches := map[*flaw]*batch{}
	runes := []rune(s)
	for i, r := range runes {
		var before, after rune
		if i > 0 {
			before = runes[i-1]
		}
		if i+1 < len(runes) {
			after = runes[i+1]
		}
		kind := flawOf(before, r, after)
		if kind == nil || kind == tabs && (item == 0 || before == 0) { // tabs lay out the head
			continue
		}
		if batches[kind] == nil {
			batches[kind] = &batch{}
		}
		b := batches[kind]
		b.count++
		if name := kind.named(r); len(b.names) < mostNamed && !slices.Contains(b.names, name) {
			b.names = append(b.names, name)
		}
	}
	for _, kind := range []*flaw{lost, turns, odd, looks, tabs} {
		if b := batches[kind]; b != nil {
			found = append(found, Finding{kind.code, kind.severity, line, item, kind.reason(b)})
		}
	}
	return found
}

func (f *flaw) reason(b *batch) fault.Reason {
	switch f {
	case lost:
		return f.sentence.With(b.count)
	case tabs:
		return f.sentence.With()
	}
	return f.sentence.With(strings.Join(b.names, " "))
}

// itemsByLine returns for each line the item that it belongs to, as far as the
// places of the passages show it.
func (t *text) itemsByLine() []int {
	items := make([]int, len(t.lines))
	for i, p := range t.passages {
		if p.item == 0 || p.line < 1 || p.line > len(items) {
			continue
		}
		end := p.line + 1
		if i+1 < len(t.passages) && t.passages[i+1].item == p.item {
			end = t.passages[i+1].line
		}
		for n := p.line; n < min(end, len(items)+1); n++ {
			items[n-1] = p.item
		}
	}
	return items
}

// checkGlyphs names the characters that no font has, with the place of the
// first. It asks: mail shows them where paper does not.
func checkGlyphs(t *text) []Finding {
	var found []Finding
	for _, r := range t.Missing {
		line, item := t.first(string(r))
		found = append(found, Finding{GlyphMissing, bulletin.Ask, line, item, glyphMissing.With(string(r), fmt.Sprintf("U+%04X", r))})
	}
	return found
}

// first returns the first place of some words.
func (t *text) first(words string) (line, item int) {
	for _, p := range t.passages {
		if strings.Contains(p.text, words) {
			return t.place(p, words), p.item
		}
	}
	for i, l := range t.lines {
		if strings.Contains(l, words) {
			return i + 1, 0
		}
	}
	return 0, 0
}
