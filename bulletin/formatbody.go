package bulletin

import "strings"

// A bodyWriter keeps in mind, as Parse does, where the reading of the body
// would stand.
type bodyWriter struct {
	*writer
	doc      Document
	brackets bool // sections stand in 【】
	single   bool // one article: paragraphs go on with it
	attach   bool // a paragraph would go on with the item above
	open     bool // the paragraph above has no stop: text would be joined to it
	top      bool // only lines of the head stand above: a short one would go with them
}

func (w *writer) body(d Document) {
	b := &bodyWriter{writer: w, doc: d}
	for _, s := range d.Sections {
		b.brackets = b.brackets || s.Name != "" && !IsChapter(s.Name)
	}
	b.single = d.Title != "" && !b.brackets
	b.top = d.EditorNote == "" && len(d.Contents) == 0
	b.title()
	b.note()
	if len(d.Contents) > 0 {
		w.line("≡本期要目≡")
		for _, c := range d.Contents {
			w.line(c)
		}
		w.line("≡本期详情≡")
		b.open = false
	}
	for _, s := range d.Sections {
		b.section(s)
	}
}

// title writes the title as it is printed where it cannot be taken for
// something else.
func (b *bodyWriter) title() {
	d := b.doc
	if d.Title == "" {
		return
	}
	plainly := isHeading(d.Title, 40) && d.isPlain(d.Title) && !isOrgan(d.Title) && !strings.HasSuffix(d.Title, "的") && !strings.Contains(d.Title, "——") &&
		len(d.Contents) == 0 && !d.Date.IsZero() && d.Masthead != "" && d.Number.No+d.Number.Total > 0 && d.opensWithText()
	if plainly {
		b.line(d.Title)
		b.top = false
		return
	}
	b.field("标题", d.Title)
}

// opensWithText reports whether text, and no table, follows the title.
func (d Document) opensWithText() bool {
	if len(d.Sections) == 0 || len(d.Sections[0].Items) == 0 {
		return d.EditorNote != ""
	}
	first := d.Sections[0].Items[0]
	return d.EditorNote != "" || first.Lead != "" || asLine(first.Paragraphs[0]).kind != row && asLine(first.Paragraphs[0]).kind != picture && !strings.HasPrefix(first.Paragraphs[0], "——")
}

func (b *bodyWriter) note() {
	if b.doc.EditorNote == "" {
		return
	}
	lines := strings.Split(b.doc.EditorNote, "\n")
	for i := range lines {
		if i > 0 {
			lines[i] = b.doc.paragraph(lines[i])
		}
		b.open = !stopped(lines[i]) && !strings.HasPrefix(lines[i], Mark)
	}
	b.line("编者按：" + strings.Join(lines, Mark+"\n\n"))
}

// IsChapter reports whether the name of a section is a numbered heading
// (一、整体推进), which is printed without brackets.
func IsChapter(name string) bool {
	return chapterForm.MatchString(name) && isHeading(name, 40)
}

func (b *bodyWriter) section(s Section) {
	switch {
	case s.Name != "" && IsChapter(s.Name) && !b.brackets:
		b.line(s.Name)
	case s.Name != "":
		b.line("【" + s.Name + "】")
	}
	if s.Name != "" {
		b.single, b.attach, b.open, b.top = false, false, false, false
	}
	for i, it := range s.Items {
		b.item(it, i == 0)
	}
}

// item writes an item. A marker begins it where its text would go on with what
// stands above.
func (b *bodyWriter) item(it Item, first bool) {
	text, headed := b.lead(it)
	needed := !first && b.attach || b.open
	marker := ""
	switch {
	case strings.HasPrefix(text, "★ "), headed:
	case asLine(text).kind == outline && !needed:
	case needed, !first && isBlock(text), first && b.open:
		marker = "● "
	}
	if marker == "" && !headed && b.top && hasLabels(text) && !strings.HasPrefix(text, Mark) {
		marker = "● "
	}
	if marker == "" && !strings.HasPrefix(text, "★ ") && asLine(text).bold > 0 && asLine(text).kind != plain && !headed {
		marker = "● "
	}
	paragraphs := b.paragraphs(it, marker+text, headed)
	for _, p := range paragraphs {
		b.line(p)
	}
	b.top = false
	b.attach = b.single || marker != "" || headed || strings.HasPrefix(text, "★ ")
	last := paragraphs[len(paragraphs)-1]
	b.open = strings.HasSuffix(last, Mark) || !stopped(last) && !isBlock(it.Paragraphs[len(it.Paragraphs)-1]) && !strings.Contains(firstRunes(last, 3), Mark)
}

func hasLabels(text string) bool { _, found := fields(text); return len(found) > 0 }

func isBlock(text string) bool { k := asLine(text).kind; return k == row || k == picture }

// lead returns how the item begins: its heading line (headed), or its first
// paragraph with the lead in it.
func (b *bodyWriter) lead(it Item) (text string, headed bool) {
	first := it.Paragraphs[0]
	switch {
	case it.HasHeading():
		return b.heading(it.Lead), true
	case it.Lead != "":
		l := asLine(it.Lead + first)
		found, rest := splitLead(it.Lead + first)
		if found == it.Lead && rest == first && l.text == it.Lead+first && l.bold == 0 && !l.fresh && !l.forced && (b.doc.isPlain(l.text) || l.kind == outline) && !b.looksLikeNote(l.text) {
			return l.text, false
		}
		return "**" + it.Lead + "**" + first, false
	case isBlock(first):
		return first, false
	}
	if b.top && len(first) <= short && (!stopped(first) || bracketEnd(first) || hasLabels(first)) {
		return Mark + first, false
	}
	l := asLine(first)
	lead, _ := splitLead(first)
	if lead == "" && (b.doc.isPlain(first) || l.kind == outline && l.text == first && l.bold == 0 && !isHeading(first, 40)) && !isHeading(first, 40) && !b.looksLikeNote(first) {
		return first, false
	}
	return Mark + first, false
}

// looksLikeNote reports whether a paragraph would be read as an editor's note
// or as the contributor of the item above.
func (b *bodyWriter) looksLikeNote(text string) bool {
	_, note := inlineNote(text)
	_, credit := contributor(text)
	return note || credit
}

// credited reports whether a contributor would be taken off the end of a line.
func credited(text string) bool {
	_, at := contributorAt(lastRunes(text, lastBracket))
	return at >= 0
}

// heading writes a heading: a numbered one as it is, any other behind a marker,
// and one that does not look like a heading between asterisks.
func (b *bodyWriter) heading(lead string) string {
	l := asLine(lead)
	if l.kind == outline && l.text == lead && isHeading(lead, 40) && (b.brackets || !IsChapter(lead)) {
		return lead
	}
	if m := asLine("★ " + lead); isHeading(lead, 40) && m.kind == marked && m.text == lead && m.bold == 0 {
		return "★ " + lead
	}
	return "★ **" + lead + "**"
}

// paragraphs returns the lines of an item whose first one is begun. A mark
// keeps two paragraphs of text together; tables and pictures need none.
func (b *bodyWriter) paragraphs(it Item, begun string, headed bool) []string {
	var lines []string
	for i, text := range it.Paragraphs {
		switch {
		case i == 0 && headed:
			lines = append(lines, begun, b.under(text))
		case i == 0:
			lines = append(lines, begun)
		default:
			if above := lines[len(lines)-1]; !isBlock(text) || strings.HasPrefix(above, Mark) || credited(above) {
				lines[len(lines)-1] += Mark
			}
			lines = append(lines, b.under(text))
		}
	}
	return b.credit(it, lines)
}

// under writes a paragraph that stands under another line of its item.
func (b *bodyWriter) under(text string) string {
	if !isBlock(text) && b.looksLikeNote(text) {
		return Mark + text
	}
	return b.doc.paragraph(text)
}

// credit adds the contributor, on a line of its own where the last paragraph is
// no plain text.
func (b *bodyWriter) credit(it Item, lines []string) []string {
	last := len(lines) - 1
	switch {
	case it.Contributor == "":
		if credited(lines[last]) && !strings.Contains(firstRunes(lines[last], 3), Mark) {
			lines[last] += Mark
		}
	case strings.ContainsAny(it.Contributor, "（）()") || width(it.Contributor) > 40:
		if credited(lines[last]) {
			lines[last] += Mark
		}
		lines = append(lines, "供稿："+it.Contributor)
	case isBlock(it.Paragraphs[len(it.Paragraphs)-1]) || strings.Contains(firstRunes(lines[last], 3), Mark):
		lines = append(lines, "（"+it.Contributor+"供稿）")
	default:
		lines[last] += "（" + it.Contributor + "供稿）"
	}
	return lines
}
