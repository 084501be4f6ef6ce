package bulletin

import (
	"strings"

	"jianbao/fault"
)

// sideLength is how many characters a Seam and the readings of its choices
// show of either side.
const (
	sideLength  = 8
	readsLength = 14
)

// longestOverlap bounds the look for characters that stand on both sides.
const longestOverlap = 64

// overlap returns the longest end of a that b begins with.
func overlap(a, b string) string {
	tail := lastRunes(a, longestOverlap)
	for i := range tail {
		if strings.HasPrefix(b, tail[i:]) {
			return tail[i:]
		}
	}
	return ""
}

// continues reports whether the paragraph of a goes on in b.
func continues(a, b line) bool {
	paragraph := a.kind == plain || a.kind == marked || a.kind == outline
	if !paragraph || b.kind != plain || a.ends || a.forced || stopped(a.text) || b.forced || b.fresh || b.bold > 0 {
		return false
	}
	_, credit := contributor(b.text)
	return !credit
}

// longRepeat is how many characters on both sides are no accident even where
// the first piece ends with a stop.
const longRepeat = 8

// repeated asks about a paragraph that begins with the end of the one before
// it: the page before was copied a little too far.
func (p *parser) repeated(a, b line) {
	if b.kind != plain || b.forced || a.kind == row || a.kind == picture || len(b.text) < longRepeat {
		return
	}
	o := overlap(a.text, b.text)
	if a.text == b.text {
		o = a.text
	}
	if n := width(o); n < longRepeat && !(b.paged && n >= longRepeat/2) {
		return
	}
	p.problem(Ask, "seam-repeated", a.no, seamRepeated.With(firstRunes(o, 2*sideLength)))
}

// seam reports the page break between a and b and returns whether the two
// pieces are joined in the Document: never where characters are repeated.
func (p *parser) seam(a, b line) bool {
	s := Seam{
		Before:  lastRunes(a.text, sideLength),
		After:   firstRunes(b.text, sideLength),
		Overlap: overlap(a.text, b.text),
		Line:    a.no,
	}
	s.Joined = s.Overlap == ""
	problem := Problem{Line: a.no, Seam: &s}
	if s.Joined {
		problem.Code, problem.Severity = "seam-joined", Note
		problem.Reason = seamJoined.With(s.Before, s.After)
		problem.Choices = []Choice{apart(a, b)}
	} else {
		problem.Code, problem.Severity = "seam-overlap", Block
		problem.Reason = seamOverlap.With(s.Overlap, s.Before, s.After)
		problem.Choices = []Choice{
			joined("drop", dropOverlap.With(s.Overlap), a, b, b.text[len(s.Overlap):]),
			joined("join", joinAsIs.With(), a, b, b.text),
			apart(a, b),
		}
	}
	p.problems = append(p.problems, problem)
	return s.Joined
}

// joined is the choice that makes one line of a and b, whose text is then rest.
func joined(key string, label fault.Reason, a, b line, rest string) Choice {
	text := strings.TrimRightFunc(a.raw, isSpace) + rest
	if b.ends {
		text += Mark
	}
	return Choice{
		Key:   key,
		Label: label,
		Reads: "…" + lastRunes(a.text, readsLength) + firstRunes(rest, readsLength) + "…",
		Edit:  Edit{From: a.no, To: b.no, Text: text},
	}
}

// apart is the choice that ends the paragraph at a.
func apart(a, b line) Choice {
	return Choice{
		Key:   "apart",
		Label: keepApart.With(),
		Reads: "…" + lastRunes(a.text, readsLength) + Mark + "\n" + firstRunes(b.text, readsLength) + "…",
		Edit:  Edit{From: a.no, To: a.no, Text: strings.TrimRightFunc(a.raw, isSpace) + Mark},
	}
}
