package layout

import (
	"strings"
	"unicode"
)

// A class is what the line breaker must know about a character.
type class uint8

const (
	ideograph class = iota // breaks before and after
	opening                // （《“: never ends a line; its left half is blank
	closing                // ）》”: never begins a line; its right half is blank
	prefix                 // ￥№: never ends a line
	stop                   // 。，、: never begins a line; its right half is blank
	query                  // ！？: never begins a line; centred, so not squeezed
	tie                    // — … · ～: joins what stands on both sides of it
	word                   // Latin letters, digits and what belongs to them
	space                  // a gap that vanishes at the end of a line
	mark                   // combining: belongs to the character before it
)

const (
	openers  = "（《“‘【「『〈〔［｛〖"
	closers  = "）》”’】」』〉〕］｝〗"
	stops    = "。，、；：．"
	queries  = "！？‼⁇⁈⁉々〃％‰℃°′″"
	ties     = "—…·•～‥⋯–"
	prefixes = "￥＄￡№"
)

// classOf returns the class of a character. GB/T 15834-2011 section 5.1 says
// which marks may not begin or end a line.
func classOf(r rune) class {
	switch {
	case r == ' ' || r == '\t' || r == '\u00a0':
		return space
	case r < 0x80:
		return word
	case strings.ContainsRune(openers, r):
		return opening
	case strings.ContainsRune(prefixes, r):
		return prefix
	case strings.ContainsRune(closers, r):
		return closing
	case strings.ContainsRune(stops, r):
		return stop
	case strings.ContainsRune(queries, r):
		return query
	case strings.ContainsRune(ties, r):
		return tie
	case unicode.Is(unicode.M, r) || unicode.Is(unicode.Variation_Selector, r) || r == '\u200d':
		return mark
	case r < 0x2000 && (unicode.IsLetter(r) || unicode.IsNumber(r)): // é, μ, ²
		return word
	}
	return ideograph
}

// invisible are characters that are not drawn: they would need a glyph that
// hardly any font has.
func invisible(r rune) bool {
	return r == '\u200b' || r == '\ufeff' || r == '\u200d' || unicode.Is(unicode.Variation_Selector, r) || unicode.IsControl(r)
}

// wideSpace parts the two characters of a name.
const wideSpace = '\u3000'

// units follow a number and stay on its line.
const units = "年月日号时点分秒期届次个项家人名位户口万亿千百元角度吨公克斤里米亩顷平立件台套辆条份部批种类级册页章岁周天倍成余多"

// wordEnds are the places where a word that is longer than a line may be
// broken: web and mail addresses. Not after a hyphen: it would be read as one
// that the line end brought in.
const wordEnds = "/@.,;:?&=_)]"

// glued says whether no line may be broken between two characters that stand
// beside each other, at most one space between, for more than the classes'
// reason: numbers and their units, halves of a dash, letters of a word.
func glued(a, b rune, spaced bool) bool {
	switch {
	case spaced:
		return unicode.IsDigit(a) && strings.ContainsRune(units, b) || a == '第' && unicode.IsDigit(b)
	case a == wideSpace || b == wideSpace: // 乔　栋
		return true
	case a == '第' && isWord(b), isDigit(a) && strings.ContainsRune(units, b):
		return true
	case classOf(a) == tie && a == b:
		return true
	}
	return isWord(a) && isWord(b)
}

func isWord(r rune) bool  { return classOf(r) == word }
func isDigit(r rune) bool { return r >= '0' && r <= '9' }
