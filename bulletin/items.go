package bulletin

import "strings"

func (b *bodyReader) lastItem() *Item {
	if len(b.doc.Sections) == 0 {
		return nil
	}
	s := &b.doc.Sections[len(b.doc.Sections)-1]
	if len(s.Items) == 0 {
		return nil
	}
	return &s.Items[len(s.Items)-1]
}

// item reads an item, or the next paragraphs of the last one.
func (b *bodyReader) item(i int) int {
	l := b.lines[i]
	if it := b.lastItem(); it != nil && b.goesOn(i) {
		more, next := b.paragraphs(i)
		it.Paragraphs = append(it.Paragraphs, more...)
		b.takeContributor(it, next)
		return next
	}
	item := Item{Line: l.no}
	next := i + 1
	headed := b.heads(i)
	if headed {
		item.Lead = l.text
		b.noteHeading(i)
		item.Paragraphs, next = b.paragraphs(next)
	} else {
		item.Paragraphs, next = b.paragraphs(i)
	}
	b.takeContributor(&item, next)
	if !headed {
		item.takeLead(l)
	}
	b.add(item)
	b.attach = b.single || l.fresh || headed
	return next
}

// goesOn reports whether line i belongs to the item above it: a table or a
// picture always does.
func (b *bodyReader) goesOn(i int) bool {
	l := b.lines[i]
	if l.fresh || l.bold > 0 {
		return false
	}
	return l.kind == row || l.kind == picture || b.attach && l.kind == plain && !b.heads(i)
}

func (b *bodyReader) add(item Item) {
	if len(b.doc.Sections) == 0 {
		b.doc.Sections, b.opened = []Section{{}}, []int{0}
	}
	s := &b.doc.Sections[len(b.doc.Sections)-1]
	s.Items = append(s.Items, item)
}

// heads reports whether line i is the heading of the paragraph below it. A
// line without a marker must be short: a longer one was cut by a page.
func (b *bodyReader) heads(i int) bool {
	if i+1 >= len(b.lines) || !isParagraph(b.lines[i+1]) || b.lines[i+1].fresh || b.lines[i].ends || b.lines[i].forced {
		return false
	}
	l := b.lines[i]
	switch {
	case l.bold > 0 && l.kind != row:
		return l.bold == len(l.text) && !stopped(l.text)
	case l.kind == marked, l.kind == outline:
		return isHeading(l.text, 40)
	case l.kind == plain:
		return isHeading(l.text, 24) && !b.lines[i+1].paged
	}
	return false
}

// isParagraph reports whether a line can stand under a heading.
func isParagraph(l line) bool { return l.kind == plain || l.kind == row || l.kind == picture }

func isHeading(text string, longest int) bool {
	return within(text, longest) && !stopped(text) && !strings.ContainsAny(text, clauses+"【】") &&
		!strings.ContainsRune("、，,", lastRune(text)) && !beginsWithDate(text)
}

// noteHeading tells of a heading that only its length shows, and how to make
// one paragraph of it and the next.
func (b *bodyReader) noteHeading(i int) {
	l, below := b.lines[i], b.lines[i+1]
	if l.kind != plain || l.bold > 0 || below.kind != plain {
		return
	}
	b.problems = append(b.problems, Problem{
		Code: "heading", Severity: Note, Line: l.no, Reason: takenAsHeading.With(l.text),
		Choices: []Choice{joined("join", joinAsIs.With(), l, below, below.text)},
	})
}

// paragraphs reads the paragraph at line i with the pieces that pages cut off
// it, and those that a paragraph mark keeps in the same item.
func (b *bodyReader) paragraphs(i int) (all []string, next int) {
	pieces := []string{b.lines[i].text}
	for ; i+1 < len(b.lines); i++ {
		a, n := b.lines[i], b.lines[i+1]
		if a.ends && isParagraph(n) && !n.fresh || continues(a, n) && !b.seam(a, n) {
			all = append(all, strings.Join(pieces, ""))
			pieces = nil
		} else if !continues(a, n) {
			b.repeated(a, n)
			break
		}
		pieces = append(pieces, n.text)
	}
	return append(all, strings.Join(pieces, "")), i + 1
}
