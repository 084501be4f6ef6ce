package flow

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/bulletin"
)

// longestLead bounds a lead, in characters: what is bold for longer is text
// that somebody wanted to stress.
const longestLead = 60

// leadEnds are what a lead ends with; it may end with a space too. Other bold
// beginnings (a date, a name) are stress.
const leadEnds = "。！？：…!?:"

// closing marks belong to the bold words before them, even where whoever made
// them bold let the mark go.
const closing = "。！？：…!?:”’》）"

// lead returns the run-in lead of a paragraph and the text behind it, or "".
// Only the beginning is bold in such a paragraph, on its first line.
func lead(p Paragraph) (lead, rest string) {
	if p.Heading {
		return "", ""
	}
	bold, plain := split(p.Spans)
	for mark, size := utf8.DecodeRuneInString(plain); size > 0 && strings.ContainsRune(closing, mark); mark, size = utf8.DecodeRuneInString(plain) {
		bold, plain = bold+plain[:size], plain[size:]
	}
	bold, plain = strings.TrimLeftFunc(Clean(bold), unicode.IsSpace), Clean(plain)
	spaced := strings.TrimRightFunc(bold, unicode.IsSpace) != bold || startsWithSpace(plain)
	bold = strings.TrimSpace(bold)
	switch {
	case bold == "", strings.TrimSpace(plain) == "", strings.HasPrefix(plain, "\n"),
		strings.ContainsAny(bold, "\n*"), utf8.RuneCountInString(bold) > longestLead,
		!spaced && !strings.ContainsRune(leadEnds, lastRune(strings.TrimRight(bold, "”’》）"))),
		HeadOrTail(bold + plain):
		return "", ""
	}
	return bold, strings.TrimLeftFunc(plain, unicode.IsSpace)
}

// split returns the bold beginning of a paragraph and the rest. Spaces have no
// weight.
func split(spans []Span) (bold, rest string) {
	for i, s := range spans {
		if !s.Bold && strings.TrimSpace(s.Text) != "" {
			return raw(spans[:i]), raw(spans[i:])
		}
	}
	return raw(spans), ""
}

func raw(spans []Span) string {
	if len(spans) == 1 {
		return spans[0].Text
	}
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

func startsWithSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

// longestHeadLine is the length, in bytes, beyond which a line without a label
// is not part of a head.
const longestHeadLine = 120

// HeadOrTail reports whether a line is one that bulletins have in their head or
// tail: a list of units, names of the staff, a number, a print run.
func HeadOrTail(line string) bool {
	return Tail(line) || len(line) <= longestHeadLine && Head(line)
}

// Tail reports whether a line is one of the tail, or begins with one. A label
// stands at the beginning, so no more is looked at.
func Tail(line string) bool {
	d := bulletin.Parse(strings.ToValidUTF8(line[:min(len(line), longestHeadLine)], "")).Document
	return len(d.Lists)+len(d.Roles)+len(d.Phones)+len(d.Faxes)+len(d.Emails) > 0 || d.PrintRun > 0 || d.FileCopies > 0 || !d.PrintDate.IsZero()
}

// Head reports whether a text holds a number, date or remark slot as heads do.
func Head(text string) bool {
	d := bulletin.Parse(text).Document
	return d.Number.No > 0 || d.Number.Total > 0 || !d.Date.IsZero() || d.Remark.Slot
}
