package docx

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// unknownSymbol stands where a character of a symbol font has no place in
// Unicode that is known here: the printer's mark for a missing type.
const unknownSymbol = '〓'

// symbolFonts say what the characters of the symbol fonts are that documents
// have as bullets, boxes and arrows, by their code within the font.
var symbolFonts = map[string]map[rune]rune{
	"wingdings": {
		0x28: '☎', 0x2a: '✉', 0x4a: '☺', 0x52: '☀', 0x6c: '●', 0x6d: '○', 0x6e: '■', 0x6f: '□', 0x71: '❑', 0x72: '❒',
		0x73: '◆', 0x74: '◆', 0x75: '◆', 0x76: '❖', 0x77: '◆', 0x9e: '·', 0x9f: '•', 0xa0: '▪', 0xa1: '○', 0xa4: '◎', 0xa7: '▪', 0xa8: '□',
		0xab: '★', 0xb2: '✧', 0xb6: '☆', 0xd8: '➢', 0xdf: '←', 0xe0: '→', 0xe1: '↑', 0xe2: '↓', 0xe8: '→', 0xf0: '⇨',
		0xfb: '✗', 0xfc: '✓', 0xfd: '☒', 0xfe: '☑',
		0x80: '⓪', 0x81: '①', 0x82: '②', 0x83: '③', 0x84: '④', 0x85: '⑤', 0x86: '⑥', 0x87: '⑦', 0x88: '⑧', 0x89: '⑨', 0x8a: '⑩',
	},
	"wingdings 2": {0x50: '✓', 0x52: '☑', 0x53: '☒', 0x54: '☒', 0x97: '●', 0xa2: '■', 0xa3: '□', 0xae: '◆'},
	"symbol": {
		0x2a: '*', 0x2b: '+', 0x2d: '−', 0x3c: '<', 0x3d: '=', 0x3e: '>', 0x61: 'α', 0x62: 'β', 0x67: 'γ', 0x64: 'δ', 0x6c: 'λ', 0x6d: 'μ',
		0x70: 'π', 0x73: 'σ', 0x77: 'ω', 0x44: 'Δ', 0x53: 'Σ', 0x57: 'Ω', 0xa3: '≤', 0xa5: '∞', 0xa8: '♦', 0xab: '↔', 0xac: '←', 0xad: '↑',
		0xae: '→', 0xaf: '↓', 0xb0: '°', 0xb1: '±', 0xb3: '≥', 0xb4: '×', 0xb7: '•', 0xb8: '÷', 0xb9: '≠', 0xbb: '≈', 0xbc: '…', 0xd6: '√', 0xe5: '∑',
	},
}

// symbol returns a character of a font by its code in hexadecimal (17.3.3.30).
func (p *paragraph) symbol(font, code string) string {
	n, err := strconv.ParseUint(code, 16, 32)
	if err != nil || n == 0 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return ""
	}
	return string(p.glyph(font, rune(n)))
}

// symbols puts the characters that a symbol font shows for those of a text. Han
// characters are never set in one, whatever the run says.
func (p *paragraph) symbols(text string) string {
	_, symbolic := symbolFonts[strings.ToLower(p.font)]
	if !symbolic && !strings.ContainsFunc(text, isPrivate) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if isPrivate(r) || symbolic && r > ' ' && r < 0x100 {
			return p.glyph(p.font, r)
		}
		return r
	}, text)
}

// glyph returns what a font shows for a character.
func (p *paragraph) glyph(font string, r rune) rune {
	table, symbolic := symbolFonts[strings.ToLower(font)]
	if !symbolic && !isPrivate(r) {
		return r
	}
	if known, ok := table[r&0xff]; ok {
		return known
	}
	p.w.Note(symbolUnknown.With(font, fmt.Sprintf("%X", r)))
	return unknownSymbol
}

// isPrivate reports whether a character is in the range where symbol fonts have
// theirs.
func isPrivate(r rune) bool { return r >= 0xf000 && r <= 0xf0ff }

func hexOf(decimal string) string {
	n, err := strconv.Atoi(decimal)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%X", n)
}

// bullet returns the mark of an item of a list.
func bullet(text, font string) string {
	r, size := utf8.DecodeRuneInString(text)
	if _, symbolic := symbolFonts[strings.ToLower(font)]; symbolic && r > ' ' && r < 0x100 {
		r, size = r|0xf000, len(text)
	}
	if !isPrivate(r) || size != len(text) {
		if text == "" || text == "•" || text == "·" {
			return "●"
		}
		return text
	}
	if r&0xff == 0xb7 { // a dot in Symbol, which in Wingdings is a clock
		return "●"
	}
	if known, ok := symbolFonts["wingdings"][r&0xff]; ok && known != '•' && known != '·' {
		return string(known)
	}
	return "●"
}
