package bulletin

import "strings"

// leadLength bounds a run-in lead, in characters without its stop.
const shortestLead, longestLead = 2, 40

// splitLead splits 领句。正文 after its first sentence, and 【领句】正文 after its
// bracket. The lead is "" if that is too long or too short, begins with a date,
// or is all there is.
func splitLead(text string) (lead, rest string) {
	bracket := strings.HasPrefix(text, "【")
	n := 0
	for i, r := range text {
		if n > longestLead+1 {
			break
		}
		n++
		if !strings.ContainsRune("。！？", r) && !(bracket && r == '】') {
			continue
		}
		end := i + len(string(r))
		after := strings.TrimFunc(text[end:], isSpace)
		if strings.ContainsRune("”』」）’", firstRune(after)) && after != "" {
			continue
		}
		if n <= shortestLead || n > longestLead+1 || after == "" || beginsWithDate(text) {
			break
		}
		return text[:end], after
	}
	return "", text
}

// takeLead takes the lead off the first paragraph: the explicit one, or the
// one that the rule finds.
func (it *Item) takeLead(first line) {
	text := it.Paragraphs[0]
	switch {
	case first.forced, first.kind == row, first.kind == picture:
	case first.bold > 0 && first.bold <= len(text):
		if rest := strings.TrimFunc(text[first.bold:], isSpace); rest != "" {
			it.Lead, it.Paragraphs[0] = text[:first.bold], rest
		}
	default:
		it.Lead, it.Paragraphs[0] = splitLead(text)
	}
}

// HasHeading reports whether Lead is a heading on a line of its own: a run-in
// lead ends with its stop, a heading has none.
func (it Item) HasHeading() bool { return it.Lead != "" && !stopped(it.Lead) }
