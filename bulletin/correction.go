package bulletin

import (
	"regexp"
	"slices"
	"strings"
)

// corrections are the words that announce that an earlier issue was wrong.
var corrections = []string{"更正", "勘误", "订正"}

var issueForm = regexp.MustCompile(`(?:` + inYear + `)?(?:` + inKind + `)? *第 *` + count + ` *期`)

// Corrects returns the issue that the document corrects (更正), with kind, year
// and number: the one its own number line marks so, or the first that is named
// where it says 更正, 勘误 or 订正. Without a year in the text it is the
// document's own.
func (d Document) Corrects() (Number, bool) {
	if n := d.Number; n.No > 0 && announces(n.Label) {
		return Number{Kind: n.Kind, No: n.No, Year: n.Year}, true
	}
	whole := announces(d.Title)
	if n, ok := d.named(d.Title, whole); ok {
		return n, true
	}
	for _, s := range d.Sections {
		for _, it := range s.Items {
			text := it.Lead + strings.Join(it.Paragraphs, "\n")
			if n, ok := d.named(text, whole || announces(s.Name) || begins(text)); ok {
				return n, true
			}
		}
	}
	return Number{}, false
}

func announces(text string) bool { return containsAny(text, corrections) }

// begins reports whether a text begins with the word.
func begins(text string) bool {
	return slices.ContainsFunc(corrections, func(w string) bool { return strings.HasPrefix(text, w) })
}

// named returns the first issue that a text names, if it is one that corrects.
func (d Document) named(text string, corrects bool) (Number, bool) {
	if !corrects && !saysSo(text) {
		return Number{}, false
	}
	m := issueForm.FindStringSubmatch(fold(firstRunes(text, 400)))
	if m == nil {
		return Number{}, false
	}
	n, ok := numberOf(m[1]+m[2], m[3], "第", m[4], "")
	if n.Year == 0 {
		n.Year = d.Number.Year
	}
	return n, ok
}

// saysSo reports whether a sentence speaks of this bulletin's own mistake: 本刊
// 第7期…应为…，特此更正.
func saysSo(text string) bool {
	return announces(text) && (strings.Contains(text, "应为") || strings.Contains(text, "特此"))
}
