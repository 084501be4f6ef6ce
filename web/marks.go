package web

import (
	"cmp"
	"slices"
	"strings"

	"jianbao/workflow"
)

// A span of a text, marked if it is a leader's name or title: what readers look
// at first, and where a slip costs most.
type markedSpan struct {
	Text string
	Mark bool
}

// marker marks the names and titles of a series' leaders.
type marker []string

// markerOf returns the marker of some leaders. The longest words come first, so
// that a title is marked as a whole.
func markerOf(leaders []workflow.Leader) marker {
	var m marker
	for _, l := range leaders {
		m = append(append(m, l.Name), l.Titles...)
	}
	m = slices.DeleteFunc(m, func(word string) bool { return word == "" })
	slices.SortStableFunc(m, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return m
}

// in cuts a text at what is to be marked.
func (m marker) in(text string) (all []markedSpan) {
	from := 0
	for at := 0; at < len(text); {
		n := slices.IndexFunc(m, func(word string) bool { return strings.HasPrefix(text[at:], word) })
		if n < 0 {
			at++
			continue
		}
		if at > from {
			all = append(all, markedSpan{Text: text[from:at]})
		}
		all = append(all, markedSpan{Text: m[n], Mark: true})
		at += len(m[n])
		from = at
	}
	if from < len(text) {
		all = append(all, markedSpan{Text: text[from:]})
	}
	return all
}

// Marked cuts a text at the names and titles of the series' leaders.
func (v *issueView) Marked(text string) []markedSpan { return markerOf(v.Series.Leaders).in(text) }
