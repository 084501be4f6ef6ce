package bulletin

import (
	"regexp"
	"strings"
)

// A bodyReader is where the reading of the body stands.
type bodyReader struct {
	*parser
	lines    []line
	brackets bool // the body has 【】 sections
	single   bool // a title and no sections: one article
	attach   bool // paragraphs go on with the last item
}

// body reads sections and items.
func (p *parser) body(lines []line) {
	b := &bodyReader{parser: p, lines: p.withoutPages(lines)}
	for _, l := range b.lines {
		b.brackets = b.brackets || l.kind == section
	}
	i := 0
	if b.isTitle() {
		p.doc.Title, i = b.lines[0].text, 1
		b.single = !b.brackets
	}
	for i < len(b.lines) {
		i = b.take(i)
	}
}

// withoutPages leaves out page numbers and the head that runs on every page, so
// that a paragraph is seen to go on behind them.
func (p *parser) withoutPages(lines []line) []line {
	kept := make([]line, 0, len(lines))
	for _, l := range lines {
		if l.kind == page || p.isRunningHead(l) {
			p.drop(l)
			continue
		}
		kept = append(kept, l)
	}
	return kept
}

func (p *parser) isRunningHead(l line) bool {
	if p.doc.Masthead == "" || l.kind != plain || width(l.text) > 60 {
		return false
	}
	name := squeeze(l.text)
	if !strings.HasPrefix(name, p.doc.Masthead) {
		return false
	}
	rest, _, _ := cutNumber(l.text)
	return name == p.doc.Masthead || squeeze(rest) == p.doc.Masthead
}

// isTitle reports whether the body begins with a title: a heading that is not
// one of several.
func (b *bodyReader) isTitle() bool {
	if len(b.lines) < 2 || b.lines[0].kind != plain || b.lines[0].ends || !isHeading(b.lines[0].text, 40) {
		return false
	}
	for i := 1; i < len(b.lines) && !b.brackets; i++ {
		if b.lines[i].kind == plain && b.heads(i) {
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
	case printed, urgency, notice, annex:
		b.problem(Ask, "unknown-line", l.no, unknownLine.With(l.text))
		return b.item(i)
	}
	if who, ok := contributor(l.text); ok && b.credit(who) {
		return i + 1
	}
	if l.kind == outline && !b.brackets && chapterForm.MatchString(l.text) && isHeading(l.text, 40) {
		return b.open(i, squeeze(l.text))
	}
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
	b.attach, b.single = false, false
	return i + 1
}

func (b *bodyReader) editorNote(i int) int {
	paragraphs, next := b.paragraphs(i)
	b.doc.EditorNote = strings.Join(paragraphs, "\n")
	return next
}

// label reads a line of the body that begins with a label. Only two labels
// have a place here; anything else stays text and is doubted.
func (b *bodyReader) label(i int) int {
	l := b.lines[i]
	f := firstLabel(l.text)
	switch {
	case f.kind == noteLabel && f.value != "" && b.doc.EditorNote == "":
		b.lines[i].text, b.lines[i].kind = f.value, plain
		return b.editorNote(i)
	case f.label == "供稿" && b.credit(f.value):
		return i + 1
	}
	severity := Ask
	if f.kind == listLabel && !isSentence(f.value) {
		severity = Block // a list that is taken for text would lose its units
	}
	b.problem(severity, "label-in-body", l.no, labelInBody.With(f.label, lastRunes(firstRunes(l.text, 20), 20)))
	return b.item(i)
}

// credit names the contributor of the last item, unless one is named already.
func (b *bodyReader) credit(who string) bool {
	it := b.lastItem()
	if it == nil || it.Contributor != "" || who == "" {
		return false
	}
	it.Contributor = who
	return true
}

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
	if it := b.lastItem(); it != nil && b.attach && l.kind == plain && !b.heads(i) {
		more, next := b.paragraphs(i)
		it.Paragraphs = append(it.Paragraphs, more...)
		it.takeContributor()
		return next
	}
	item := Item{Line: l.no}
	next := i + 1
	if b.heads(i) {
		item.Lead = l.text
		b.noteHeading(i)
		item.Paragraphs, next = b.paragraphs(next)
	} else {
		item.Paragraphs, next = b.paragraphs(i)
	}
	item.takeContributor()
	if item.Lead == "" {
		item.takeLead()
	}
	b.add(item)
	b.attach = b.single || l.kind == marked || b.heads(i)
	return next
}

func (b *bodyReader) add(item Item) {
	if len(b.doc.Sections) == 0 {
		b.doc.Sections = []Section{{}}
	}
	s := &b.doc.Sections[len(b.doc.Sections)-1]
	s.Items = append(s.Items, item)
}

// heads reports whether line i is the heading of the paragraph below it. A
// line without a marker must be short: a longer one was cut by a page.
func (b *bodyReader) heads(i int) bool {
	if i+1 >= len(b.lines) || b.lines[i+1].kind != plain || b.lines[i].ends {
		return false
	}
	switch b.lines[i].kind {
	case marked, outline:
		return isHeading(b.lines[i].text, 40)
	case plain:
		return isHeading(b.lines[i].text, 24)
	}
	return false
}

func isHeading(text string, longest int) bool {
	return width(text) <= longest && !stopped(text) && !strings.ContainsAny(text, clauses) &&
		!strings.ContainsRune("、，,", lastRune(text)) && !beginsWithDate(text)
}

// noteHeading tells of a heading that only its length shows, and how to make
// one paragraph of it and the next.
func (b *bodyReader) noteHeading(i int) {
	l, below := b.lines[i], b.lines[i+1]
	if l.kind != plain {
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
		if a.ends && n.kind == plain || continues(a, n) && !b.seam(a, n) {
			all = append(all, strings.Join(pieces, ""))
			pieces = nil
		} else if !continues(a, n) {
			break
		}
		pieces = append(pieces, n.text)
	}
	return append(all, strings.Join(pieces, "")), i + 1
}

// leadLength bounds a run-in lead, in characters without its stop.
const shortestLead, longestLead = 2, 40

// splitLead splits 领句。正文 after its first sentence. The lead is "" if that
// sentence is too long or too short, begins with a date, or is all there is.
func splitLead(text string) (lead, rest string) {
	n := 0
	for i, r := range text {
		if n > longestLead+1 {
			break
		}
		n++
		if !strings.ContainsRune("。！？", r) {
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

func (it *Item) takeLead() {
	it.Lead, it.Paragraphs[0] = splitLead(it.Paragraphs[0])
}

var contributorForm = regexp.MustCompile(`[（(](?:供稿(?:单位|人)?[：: ]*([^（）()]{1,40})|([^（）()]{1,40}?)[ 　]*供稿)[）)]$`)

// takeContributor takes （甲县农业农村局供稿） off the end of the item.
func (it *Item) takeContributor() {
	last := len(it.Paragraphs) - 1
	if it.Contributor != "" || !strings.Contains(lastRunes(it.Paragraphs[last], 48), "供稿") {
		return
	}
	text := it.Paragraphs[last]
	m := contributorForm.FindStringSubmatchIndex(lastRunes(text, 48))
	if m == nil {
		return
	}
	who, _ := contributor(lastRunes(text, 48)[m[0]:])
	rest := strings.TrimFunc(strings.TrimSuffix(text, lastRunes(text, 48)[m[0]:]), isSpace)
	if who == "" || rest == "" {
		return
	}
	it.Contributor, it.Paragraphs[last] = who, rest
}

// contributor reads a bracket that is a contributor and nothing else.
func contributor(text string) (who string, ok bool) {
	if len(text) > short {
		return "", false
	}
	m := contributorForm.FindStringSubmatch(text)
	if m == nil || len(m[0]) != len(text) {
		return "", false
	}
	who = squeeze(m[1] + m[2])
	return who, who != ""
}
