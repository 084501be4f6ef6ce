package bulletin

import (
	"slices"
	"strings"
)

// mostListLines is how many lines of a text one list may take.
const mostListLines = 40

// Relist returns the text with other lists, and everything else as it is written.
// A list of the text that has the same label is put in the place of the old one,
// a new one goes below the last, and one that is not among them goes away. Where
// the text cannot be changed line by line, because a list shares its line with
// something else, all of it is written anew by [Format].
func Relist(text string, lists []List) string {
	before := Parse(text).Document
	if sameLists(before.Lists, lists) {
		return text
	}
	after := before
	after.Lists = lists
	want := Format(after)
	lines := strings.Split(text, "\n")
	for n := len(before.Lists) - 1; n >= 0; n-- {
		old := before.Lists[n]
		at := slices.IndexFunc(lists, func(l List) bool { return l.Label == old.Label })
		if at >= 0 && lists[at].Text == old.Text {
			continue
		}
		first := old.Line - 1
		last := listEnd(lines, first, old)
		if last < 0 {
			return want
		}
		var put []string
		if at >= 0 {
			put = []string{lists[at].Label + "：" + lists[at].Text + "。"}
		}
		lines = slices.Replace(lines, first, last, put...)
	}
	out := strings.Join(lines, "\n")
	if fresh := newLists(before.Lists, lists); len(fresh) > 0 {
		out = putBelow(out, fresh)
	}
	if !sameDocument(Parse(out).Document, want) {
		return want
	}
	return out
}

// sameLists reports whether two rows of lists are the same, in the same order.
func sameLists(a, b []List) bool {
	return slices.EqualFunc(a, b, func(x, y List) bool { return x.Label == y.Label && x.Text == y.Text })
}

// sameDocument reports whether a document is the one that a text in canonical
// form says.
func sameDocument(d Document, want string) bool { return Format(d) == want }

// listEnd returns the line behind a list that begins on a line, or -1: the first
// lines whose characters are those of the list.
func listEnd(lines []string, first int, l List) int {
	bare := func(text string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(" \t　：:。.\r¶", r) {
				return -1
			}
			return r
		}, text)
	}
	want, got := bare(l.Label+l.Text), ""
	for n := first; n >= 0 && n < len(lines) && n < first+mostListLines; n++ {
		got += bare(lines[n])
		if got == want {
			return n + 1
		}
		if !strings.HasPrefix(want, got) {
			return -1
		}
	}
	return -1
}

// newLists are the lists whose label there was not before.
func newLists(before, now []List) (all []List) {
	for _, l := range now {
		if !slices.ContainsFunc(before, func(b List) bool { return b.Label == l.Label }) {
			all = append(all, l)
		}
	}
	return all
}

// putBelow puts lists under the last one of a text.
func putBelow(text string, fresh []List) string {
	lists := Parse(text).Document.Lists
	if len(lists) == 0 {
		return text // no place is known: all of it is written anew
	}
	lines := strings.Split(text, "\n")
	end := listEnd(lines, lists[len(lists)-1].Line-1, lists[len(lists)-1])
	if end < 0 {
		return text
	}
	var put []string
	for _, l := range fresh {
		put = append(put, l.Label+"："+l.Text+"。")
	}
	if end < len(lines) && strings.TrimSpace(lines[end]) == "" && end > 1 && strings.TrimSpace(lines[lists[len(lists)-1].Line-2]) == "" {
		put = spaced(put)
	}
	return strings.Join(slices.Insert(lines, end, put...), "\n")
}

// spaced parts lines by blank ones, as the text around them is.
func spaced(lines []string) (all []string) {
	for _, l := range lines {
		all = append(all, "", l)
	}
	return all
}
