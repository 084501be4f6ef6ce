package archive

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A folded text is one as it is compared. from has, for every rune of it, the
// place in bytes of what it was made of; the last is the end of the text.
type folded struct {
	runes []rune
	from  []int
}

// Fold returns a text as it is compared: Unicode's compatibility forms (NFKC) in
// small letters, a blank for every run of what is no letter or digit, nothing for
// blanks beside Chinese characters, and no blank at either end.
func Fold(text string) string { return string(fold(text).runes) }

func fold(text string) folded {
	f := folded{}
	gap, layout := -1, true // where a boundary began, and whether it is blanks alone
	for at, r := range text {
		if unicode.Is(unicode.Mn, r) {
			continue // an accent of the letter before
		}
		for _, plain := range plainForm(r) {
			if !unicode.IsLetter(plain) && !unicode.IsNumber(plain) {
				if gap < 0 {
					gap, layout = at, true
				}
				layout = layout && unicode.IsSpace(r)
				continue
			}
			if n := len(f.runes); gap >= 0 && n > 0 && !(layout && (isHan(f.runes[n-1]) || isHan(plain))) {
				f.runes, f.from = append(f.runes, ' '), append(f.from, gap)
			}
			gap = -1
			f.runes, f.from = append(f.runes, plain), append(f.from, at)
		}
	}
	f.from = append(f.from, len(text))
	return f
}

// plainForm is a rune as it is compared, which may be several: ㎡ is m2.
func plainForm(r rune) []rune {
	if r < 0x80 {
		return []rune{unicode.ToLower(r)}
	}
	if r >= 0x4e00 && r <= 0x9fff { // the Chinese characters of nearly all texts
		return []rune{r}
	}
	return []rune(strings.ToLower(norm.NFKC.String(string(r))))
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// MostGrams is how many different pairs of one text are indexed: several times
// those of the longest bulletin, and less than a tsvector holds (1 MB,
// PostgreSQL manual, section 12.11).
const MostGrams = 100_000

// Grams returns the pairs of a folded text, each once and in order.
func Grams(folded string) []string {
	seen := map[string]bool{}
	for _, run := range strings.Fields(folded) {
		for _, gram := range gramsOf([]rune(run)) {
			if len(seen) < MostGrams {
				seen[gram] = true
			}
		}
	}
	all := make([]string, 0, len(seen))
	for gram := range seen {
		all = append(all, gram)
	}
	slices.Sort(all)
	return all
}

// gramsOf are the pairs of a run, and its last character, so that every
// character begins something.
func gramsOf(run []rune) (all []string) {
	for n := range run {
		all = append(all, string(run[n:min(n+2, len(run))]))
	}
	return all
}
