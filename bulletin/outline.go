package bulletin

import (
	"slices"
	"strings"

	"jianbao/fault"
)

// A PartKind says what a run of lines of a text is.
type PartKind string

// The parts of a text, in the order in which they stand.
const (
	HeadPart    PartKind = "head"    // all above the first section or item
	SectionPart PartKind = "section" // the heading of a section, without its items
	ItemPart    PartKind = "item"
	TailPart    PartKind = "tail" // the tail with the annexes behind it
)

// A Part is a run of whole lines of a text, with the blank lines behind them.
type Part struct {
	Kind  PartKind `json:"kind"`
	From  int      `json:"from"`  // 1-based
	To    int      `json:"to"`    // inclusive
	Title string   `json:"title"` // the name of a section, how an item begins; else ""
}

var noSuchPart = fault.Say("bulletin.no-such-part", "没有这一部分，或不能移到那里", "there is no such part, or it cannot go there")

// Outline cuts a text into its parts, of which editors fold and move sections
// and items. Every line is in exactly one of them, so that the parts one after
// the other are the text again. A text that cannot be kept has none.
func Outline(text string) []Part {
	issues := split(read(text))
	r := readings(issues[:1], issues)[0]
	if r.Label != nil {
		return nil
	}
	p := &parser{lines: issues[0]}
	body := p.head()
	tail, _ := p.zones(body)
	end := len(physical(text)) + 1
	if tail < len(p.lines) {
		end = p.lines[tail].no
	} else if len(issues) > 1 {
		end = issues[1][0].no
	}
	p.body(p.lines[body:tail])
	return fill(p.starts(), end, len(physical(text)))
}

// starts are the first lines of the sections and items of the body.
func (p *parser) starts() (all []Part) {
	for n, s := range p.doc.Sections {
		if line := p.opened[n]; line > 0 {
			all = append(all, Part{Kind: SectionPart, From: line, Title: s.Name})
		}
		for _, it := range s.Items {
			all = append(all, Part{Kind: ItemPart, From: it.Line, Title: beginning(it)})
		}
	}
	return all
}

// beginning is how people recognise an item.
func beginning(it Item) string {
	if it.Lead != "" {
		return it.Lead
	}
	return firstRunes(strings.Join(it.Paragraphs, ""), 24)
}

// fill makes parts of where they start: the tail begins at end, and the text has
// so many lines.
func fill(parts []Part, end, lines int) []Part {
	if len(parts) == 0 || parts[0].From > 1 {
		parts = slices.Insert(parts, 0, Part{Kind: HeadPart, From: 1})
	}
	if end <= lines {
		parts = append(parts, Part{Kind: TailPart, From: end})
	}
	for n := range parts {
		if parts[n].To = lines; n+1 < len(parts) {
			parts[n].To = parts[n+1].From - 1
		}
	}
	return slices.DeleteFunc(parts, func(p Part) bool { return p.To < p.From })
}

// MovePart puts the part with an index of Outline in front of the part that has
// another index now, or at the end of the body where that is one behind its last
// part. A section goes with its items, in front of a section. The text is moved
// line by line; where other items would come out of that, because a paragraph
// would be read into the item above it, all of it is written anew by [Format].
//
// A part that cannot go there is fault.Conflict, and the text comes back as it
// was.
func MovePart(text string, from, to int) (string, error) {
	parts := Outline(text)
	if !mayMove(parts, from, to) {
		return text, fault.New(fault.Conflict, noSuchPart.With())
	}
	last := GroupEnd(parts, from)
	var order []Part
	if to < from {
		order = slices.Concat(parts[:to], parts[from:last], parts[to:from], parts[last:])
	} else {
		order = slices.Concat(parts[:from], parts[last:to], parts[from:last], parts[to:])
	}
	moved := joinParts(text, order)
	if want := movedDocument(Parse(text).Document, parts, order); !sameDocument(Parse(moved).Document, Format(want)) {
		return Format(want), nil
	}
	return moved, nil
}

// mayMove reports whether a part can go in front of another. No item goes above
// the first section: it would be in none.
func mayMove(parts []Part, from, to int) bool {
	first, end := bodyParts(parts)
	if from < first || from >= end || to < first || to > end || to >= from && to <= GroupEnd(parts, from) {
		return false
	}
	if parts[from].Kind == SectionPart {
		return to == end || parts[to].Kind == SectionPart
	}
	return to > first || parts[first].Kind == ItemPart
}

// bodyParts returns the index of the first part of the body, and the one behind its last.
func bodyParts(parts []Part) (first, end int) {
	end = len(parts)
	if end > 0 && parts[0].Kind == HeadPart {
		first = 1
	}
	if end > first && parts[end-1].Kind == TailPart {
		end--
	}
	return first, end
}

// GroupEnd is the index behind a part and what is moved with it: a section takes
// its items along. n is an index of parts.
func GroupEnd(parts []Part, from int) int {
	end := from + 1
	for parts[from].Kind == SectionPart && end < len(parts) && parts[end].Kind == ItemPart {
		end++
	}
	return end
}

// joinParts writes the lines of parts one after the other.
func joinParts(text string, order []Part) string {
	lines := physical(text)
	var out []string
	for _, p := range order {
		out = append(out, lines[p.From-1:p.To]...)
	}
	return strings.Join(out, "\n")
}

// movedDocument is a document whose sections and items stand in another order.
func movedDocument(d Document, was, now []Part) Document {
	items := map[int]Item{} // by the line at which they begin
	for _, it := range d.Items() {
		items[it.Line] = it
	}
	var sections []Section
	for _, p := range now {
		switch p.Kind {
		case SectionPart:
			sections = append(sections, Section{Name: p.Title})
		case ItemPart:
			if len(sections) == 0 {
				sections = []Section{{}}
			}
			s := &sections[len(sections)-1]
			s.Items = append(s.Items, items[p.From])
		}
	}
	d.Sections = sections
	return d
}

// Beside returns in front of which part a part goes when it is moved up or down
// by one place: an item past the next item or heading, a section past the next
// section. It is -1 where it cannot.
func Beside(parts []Part, n int) (up, down int) {
	first, end := bodyParts(parts)
	if n < first || n >= end {
		return -1, -1
	}
	up, down = n-1, n+2
	if parts[n].Kind == SectionPart {
		down = min(GroupEnd(parts, n), end)
		if down < end {
			down = GroupEnd(parts, down)
		} else {
			down = -1
		}
		for up >= first && parts[up].Kind != SectionPart {
			up--
		}
	}
	if !mayMove(parts, n, up) {
		up = -1
	}
	if !mayMove(parts, n, down) {
		down = -1
	}
	return up, down
}
