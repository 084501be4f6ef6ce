package bulletin

import (
	"strings"
)

// A bodyReader is where the reading of the body stands.
type bodyReader struct {
	*parser
	lines    []line
	details  []int // for each line, the index of the next ≡本期详情≡, or -1
	brackets bool  // the body has 【】 sections
	single   bool  // a title and no sections: one article
	attach   bool  // paragraphs go on with the last item
}

// body reads sections and items.
func (p *parser) body(lines []line) {
	b := &bodyReader{parser: p, lines: p.withoutPages(lines)}
	b.lines = b.lines[b.noteAboveTitle():]
	b.findDetails()
	b.brackets = b.hasSections()
	i := 0
	if p.doc.Title == "" {
		i = b.title()
	}
	b.single = p.doc.Title != "" && !b.brackets
	if next := b.headlessContents(i); next > i {
		i = next
	}
	for i < len(b.lines) {
		i = b.take(i)
	}
}

// noteAboveTitle reads an editor's note that stands first in the body and
// returns the index behind it, so that a title below is seen.
func (b *bodyReader) noteAboveTitle() int {
	if len(b.lines) < 3 || b.lines[0].kind != labelled || b.lines[0].forced || b.doc.EditorNote != "" {
		return 0
	}
	if f := firstLabel(b.lines[0].text); f.kind != noteLabel || f.value == "" || !stopped(f.value) {
		return 0
	}
	return b.label(0)
}

// hasSections reports whether sections stand in brackets; those of a contents
// list do not count.
func (b *bodyReader) hasSections() bool {
	for i := 0; i < len(b.lines); i++ {
		l := b.lines[i]
		if l.kind == contents && b.details[i] > i {
			i = b.details[i]
		} else if l.kind == section && labels[sectionName(l.text)] == noLabel {
			return true
		}
	}
	return false
}

// title reads the title of the one article, which may go on in a second line or
// have a second title (——记…) under it, and returns the index behind it.
func (b *bodyReader) title() int {
	n := 0
	if len(b.lines) > 2 && secondLine(b.lines[0], b.lines[1]) {
		n = 1
	}
	if !b.isTitle(n) {
		return 0
	}
	b.doc.Title = squeeze(b.lines[0].text)
	if n > 0 {
		b.doc.Title += squeeze(b.lines[1].text)
	}
	return n + 1
}

// secondLine reports whether a title that fills its line goes on in b.
func secondLine(a, b line) bool {
	if a.kind != plain || b.kind != plain || a.forced || b.forced || a.bold > 0 || b.bold > 0 || !isHeading(b.text, 40) || strings.HasPrefix(a.text, "——") {
		return false
	}
	return strings.HasPrefix(b.text, "——") || strings.HasSuffix(a.text, "的") && width(squeeze(b.text)) <= 20
}

// isTitle reports whether the body begins with a title: a heading that is not
// one of several. Its last line is the one with that index.
func (b *bodyReader) isTitle(last int) bool {
	if len(b.lines) < last+2 || b.lines[0].kind != plain || b.lines[0].ends || b.lines[0].forced || !isHeading(b.lines[0].text, 40) ||
		b.lines[last+1].kind == row || b.lines[last+1].kind == picture {
		return false
	}
	for i := last + 1; i < len(b.lines) && !b.brackets; i++ {
		if b.lines[i].kind == plain && !b.lines[i-1].ends && b.heads(i) {
			return false
		}
	}
	return true
}

// take reads what begins at line i and returns the index behind it.
func (b *bodyReader) take(i int) int {
	l := b.lines[i]
	switch l.kind {
	case section:
		return b.section(i)
	case contents:
		return b.contents(i)
	case details:
		b.drop(l)
		return i + 1
	case labelled:
		return b.label(i)
	case printed, urgency, notice:
		b.problem(Ask, "unknown-line", l.no, unknownLine.With(l.text))
		b.attach = false
		return b.text(i)
	case annex:
		return b.text(i)
	}
	if !l.forced && l.kind == plain {
		if note, ok := inlineNote(l.text); ok && b.doc.EditorNote == "" {
			b.lines[i].text, b.lines[i].bold = note, 0
			return b.editorNote(i)
		}
		if who, ok := contributor(l.text); ok && b.credit(who) {
			return i + 1
		}
	}
	if l.kind == outline && !b.brackets && chapterForm.MatchString(l.text) && isHeading(l.text, 40) {
		return b.open(i, squeeze(l.text))
	}
	if b.opens(i) {
		return b.open(i, squeeze(l.text))
	}
	if l.level > 0 && i+1 < len(b.lines) && b.lines[i+1].level > l.level && width(l.text) <= 40 {
		return b.open(i, squeeze(l.text))
	}
	return b.item(i)
}

// longestSection bounds the name of a section that only its marker shows.
const longestSection = 12

// opens reports whether a line with a marker names a section: right below it an
// item begins with another marker, or with a number.
func (b *bodyReader) opens(i int) bool {
	l := b.lines[i]
	if b.brackets || l.kind != marked || l.forced || l.bold > 0 || i+1 == len(b.lines) || !isHeading(l.text, longestSection) {
		return false
	}
	below := b.lines[i+1]
	return below.kind == marked && below.marker != l.marker || below.kind == outline
}

// text reads a line as a paragraph, whatever its form.
func (b *bodyReader) text(i int) int {
	b.lines[i].kind, b.lines[i].forced = plain, true
	return b.item(i)
}

func (b *bodyReader) section(i int) int {
	name := sectionName(b.lines[i].text)
	if labels[name] == noteLabel && b.doc.EditorNote == "" && i+1 < len(b.lines) && b.lines[i+1].kind == plain {
		return b.editorNote(i + 1)
	}
	return b.open(i, name)
}

func (b *bodyReader) open(i int, name string) int {
	b.doc.Sections = append(b.doc.Sections, Section{Name: name})
	b.opened = append(b.opened, b.lines[i].no)
	b.attach, b.single = false, false
	return i + 1
}

func (b *bodyReader) editorNote(i int) int {
	paragraphs, next := b.paragraphs(i)
	b.doc.EditorNote = strings.Join(paragraphs, "\n")
	return next
}

// inlineNote reads 【编者按】为交流经验…
func inlineNote(text string) (note string, ok bool) {
	opened := strings.TrimLeft(text, "【[（(〔")
	if opened == text {
		return "", false
	}
	for name, k := range labels {
		if k != noteLabel {
			continue
		}
		if rest, found := strings.CutPrefix(opened, name); found {
			note = strings.TrimFunc(strings.TrimLeft(rest, "】]）)〕：:"), isSpace)
			return note, note != "" && note != rest
		}
	}
	return "", false
}

// label reads a line of the body that begins with a label. Only two labels
// have a place here; anything else stays text, and is doubted if it could be
// of the tail.
func (b *bodyReader) label(i int) int {
	l := b.lines[i]
	f := firstLabel(l.text)
	switch {
	case f.kind == noteLabel && f.value != "" && b.doc.EditorNote == "":
		b.lines[i].text, b.lines[i].kind = f.value, plain
		return b.editorNote(i)
	case f.label == "供稿" && b.credit(f.value):
		return i + 1
	case headLabels[f.kind] && f.kind != organLabel, f.kind == otherLabel, f.kind == roleLabel && !areNames(valueOf(l.text).value):
		return b.text(i)
	}
	severity := Ask
	if f.kind == listLabel && isUnits(f.value) {
		severity = Block // a list that is taken for text would lose its units
	}
	b.problem(severity, "label-in-body", l.no, labelInBody.With(f.label, firstRunes(l.text, 20)))
	return b.text(i)
}
