package recipients

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tidy returns the text of a list without layout: no white space except one
// space inside Latin words, no separator at either end and no closing full
// stop; a point after a Latin word belongs to it (Inc.). Bytes that are not UTF-8 become U+FFFD. It is the form in which a list
// is stored, printed and compared.
func Tidy(text string) string {
	text = squeeze(strings.ToValidUTF8(text, "\uFFFD"))
	text = strings.Trim(text, "、，,；;。．")
	if bare, stop := strings.CutSuffix(text, "."); stop && bare != "" && !endsLatin(bare) {
		return Tidy(bare)
	}
	return text
}

// squeeze drops the white space that typists use as layout. Between two ASCII
// letters or digits one space stays: R D Center is three words.
func squeeze(text string) string {
	if strings.IndexFunc(text, isLayout) < 0 {
		return text
	}
	var b strings.Builder
	words := strings.FieldsFunc(text, isLayout)
	for i, w := range words {
		if i > 0 && endsLatin(words[i-1]) && isLatin(rune(w[0])) {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

func isLayout(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

func isLatin(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func endsLatin(s string) bool { return isLatin(rune(s[len(s)-1])) }

// keyOf is the form in which names are compared: squeezed, full-width signs
// and letters as their ASCII forms, lower case. 各县（市、区） and 各县(市、区)
// are one name.
func keyOf(name string) string {
	return strings.Map(fold, squeeze(name))
}

func fold(r rune) rune {
	switch {
	case r >= 0x4e00 && r <= 0x9fff: // the common Han characters, for speed
		return r
	case r >= 0xff01 && r <= 0xff5e: // the full-width forms of ASCII
		r -= 0xfee0
	}
	return unicode.ToLower(r)
}
