package layout

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset"
)

// body sets everything between head and tail: contents, title, editor's note,
// sections.
func (s *setter) body() []strip {
	all := s.contents()
	all = append(all, s.title(s.doc.Title)...)
	all = append(all, s.editorNote()...)
	for _, section := range s.doc.Sections {
		all = append(all, s.section(section)...)
	}
	return all
}

// text is the form of a paragraph of the body: two characters in, justified.
func (s *setter) text() form {
	return form{first: 2 * s.pitch, leading: s.leading}
}

func (s *setter) blank() strip { return strip{height: s.leading, gap: true} }

// contents sets the contents list (本期要目).
func (s *setter) contents() []strip {
	if len(s.doc.Contents) == 0 {
		return nil
	}
	s.at(0, s.look.Words.Contents)
	f := form{align: centred, leading: s.leading}
	all := keepAll(s.paragraph(s.cells(span{s.look.Words.Contents, s.onGrid("heading")}), f))
	for _, entry := range s.doc.Contents {
		s.at(0, entry)
		f := form{align: justified, first: 2 * s.pitch, rest: 3 * s.pitch, leading: s.leading}
		if strings.HasPrefix(entry, "【") {
			f.first, f.rest = 0, s.pitch
		}
		all = append(all, s.paragraph(s.cells(span{entry, s.onGrid("kai")}), f)...)
	}
	return append(all, s.blank())
}

// title sets a title that is not the masthead.
func (s *setter) title(title string) []strip {
	if title == "" {
		return nil
	}
	s.at(0, title)
	return s.heading(title, s.look.Title, 1)
}

// heading sets a heading as the template says; its lines are as many lines of
// the grid as its size asks for. after is the number of empty lines below it.
func (s *setter) heading(text string, h typeset.Heading, after int) []strip {
	size := s.size
	st := s.onGrid(h.Font)
	st.colour = colourOf(h.Colour)
	if h.Size > 0 {
		size = h.Size * s.scale
		st = free(h.Font, size, h.Colour)
	}
	f := form{align: alignmentOf(h.Align), first: h.Indent * size, rest: h.Indent * size, leading: s.leading}
	if size*1.2 > s.leading {
		f.leading = 2 * s.leading
	}
	var all []strip
	for range h.Before {
		all = append(all, s.blank())
	}
	for _, line := range strings.Split(text, "\n") {
		all = append(all, keepAll(s.paragraph(s.cells(span{line, st}), f))...)
	}
	for range after {
		all = append(all, strip{height: s.leading, gap: true, keep: true})
	}
	return all
}

// keepAll keeps strips together and with what follows them.
func keepAll(strips []strip) []strip {
	for i := range strips {
		strips[i].keep = true
	}
	return strips
}

// editorNote sets the 编者按 in 楷体, its label in 黑体.
func (s *setter) editorNote() []strip {
	if s.doc.EditorNote == "" {
		return nil
	}
	var all []strip
	s.at(0, s.look.Words.EditorNote+s.doc.EditorNote)
	for i, p := range strings.Split(s.doc.EditorNote, "\n") {
		spans := []span{{p, s.onGrid("kai")}}
		if i == 0 {
			spans = []span{{s.look.Words.EditorNote, s.onGrid("heading")}, spans[0]}
		}
		all = append(all, s.paragraph(s.cells(spans...), s.text())...)
	}
	return append(all, s.blank())
}

func (s *setter) section(section bulletin.Section) []strip {
	var all []strip
	chapter := section.Name != "" && bulletin.IsChapter(section.Name)
	switch {
	case chapter:
		s.at(0, section.Name)
		all = keepAll(s.paragraph(s.cells(span{section.Name, s.onGrid("heading")}), s.text()))
	case section.Name != "":
		name := "【" + section.Name + "】"
		s.at(0, name)
		all = s.heading(name, s.look.Section, 0)
	}
	nested := chapter
	for _, it := range section.Items {
		nested = nested || numbersAbove(it)
		all = append(all, s.item(it, nested)...)
	}
	return all
}

// numbersAbove says whether an item is of the first or second level, so that
// 1. in what follows is of the third.
func numbersAbove(it bulletin.Item) bool {
	return chapterForm.MatchString(it.Lead) || partForm.MatchString(it.Lead) ||
		it.Lead == "" && len(it.Paragraphs) > 0 && chapterForm.MatchString(it.Paragraphs[0])
}

// item sets an item: its heading on a line of its own, or its lead running into
// the first paragraph. nested says that it stands below a numbered heading.
func (s *setter) item(it bulletin.Item, nested bool) []strip {
	blocks := it.Blocks()
	var all []strip
	lead := it.Lead
	if lead != "" && (it.HasHeading() || len(blocks) == 0 || blocks[0].Text == "") {
		s.at(it.Line, lead)
		all = keepAll(s.paragraph(s.cells(span{lead, s.onGrid(roleOfLead(lead, nested))}), s.text()))
		lead = ""
	}
	for _, b := range blocks {
		all = append(all, s.block(b, lead, it.Line, nested)...)
		lead = ""
	}
	if it.Contributor != "" {
		all = append(all, s.contributor(it.Contributor, all)...)
	}
	return all
}

// contributor sets （甲县局供稿） to the right, on the same page as the end of
// its item.
func (s *setter) contributor(by string, above []strip) []strip {
	if n := len(above); n > 0 {
		above[n-1].keep = true
	}
	f := form{align: right, edge: s.pitch, leading: s.leading}
	return s.paragraph(s.cells(span{s.look.Words.Contributed(by), s.onGrid("kai")}), f)
}

// block sets a paragraph, a table or a picture.
func (s *setter) block(b bulletin.BodyBlock, lead string, line int, nested bool) []strip {
	switch {
	case b.Table != nil:
		s.at(line, "")
		return s.table(*b.Table)
	case b.Picture != nil:
		s.at(line, b.Picture.Caption)
		return s.picture(*b.Picture)
	}
	s.at(line, lead+b.Text)
	if lead != "" {
		return s.paragraph(s.cells(span{lead, s.onGrid(roleOfLead(lead, nested))}, span{b.Text, s.onGrid("body")}), s.text())
	}
	role, heading, rest := levelOf(b.Text)
	all := s.paragraph(s.cells(span{heading, s.onGrid(role)}, span{rest, s.onGrid("body")}), s.text())
	if heading != "" && rest == "" {
		keepAll(all)
	}
	return all
}

var (
	chapterForm = regexp.MustCompile(`^[一二三四五六七八九十百]+、`)
	partForm    = regexp.MustCompile(`^[（(][一二三四五六七八九十百]+[）)]`)
	pointForm   = regexp.MustCompile(`^(?:[0-9]+[.．、]|[（(][0-9]+[）)])`)
)

// roleOfLead returns the font of a lead: 黑体, but 楷体 for the second level
// （一） and the body's for the third and fourth, 1. and （1）, where they stand
// below others (GB/T 9704-2012 7.3.3).
func roleOfLead(lead string, nested bool) string {
	switch {
	case partForm.MatchString(lead):
		return "kai"
	case nested && pointForm.MatchString(lead):
		return "body"
	}
	return "heading"
}

// levelOf parts the heading from a paragraph that begins with a level's number:
// 一、 is a heading where the whole paragraph is one, （一） up to the first stop.
func levelOf(text string) (role, heading, rest string) {
	const longest = 40 // characters of a heading
	switch {
	case chapterForm.MatchString(text):
		if utf8.RuneCountInString(text) <= longest && !strings.ContainsAny(text, "。；！？") {
			return "heading", text, ""
		}
	case partForm.MatchString(text):
		head, after, found := strings.Cut(text, "。")
		if found {
			head += "。"
		}
		if utf8.RuneCountInString(head) <= longest {
			return "kai", head, after
		}
	}
	return "body", "", text
}

// annexes sets what belongs to the bulletin without being its text, each on a
// page of its own.
func (s *setter) annexes() []strip {
	var all []strip
	for _, a := range s.doc.Annexes {
		from := len(all)
		s.at(0, a.Title)
		label, title := annexTitle(a.Title)
		if label != "" {
			all = append(all, keepAll(s.paragraph(s.cells(span{label, s.onGrid("heading")}), form{align: left, leading: s.leading}))...)
		}
		if title != "" {
			h := s.look.Title
			h.Before = 1
			all = append(all, s.heading(title, h, 1)...)
		}
		for _, b := range bulletin.Blocks(a.Lines) {
			all = append(all, s.block(b, "", 0, false)...)
		}
		if from < len(all) {
			all[from].newPage = true
		}
	}
	return all
}

var annexForm = regexp.MustCompile(`^(附\s*(?:件|表|录|图)?\s*[0-9一二三四五六七八九十]*)\s*[：:、.．]?\s*(.*)$`)

// annexTitle parts 附件1 from the title of an annex.
func annexTitle(title string) (label, rest string) {
	if m := annexForm.FindStringSubmatch(title); m != nil {
		return m[1], m[2]
	}
	return "", title
}
