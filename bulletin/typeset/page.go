package typeset

import (
	"slices"
	"strconv"
	"strings"

	"jianbao/bulletin"
)

// A Page is the words of a sheet in their order, ready to be set: what every
// output shows. Empty fields are not shown.
type Page struct {
	Printed
	Title       string   // of a window or a file: the subject of the mail
	Extra       []string // lines above the masthead
	Masthead    string   // squeezed; [bulletin.Spaced] spaces it
	RemarkLabel string
	RemarkSlot  bool // the paper keeps room for handwriting
	Remark      string
	Signed      string // who remarked, and when
	Heading     string // a title that is not the masthead
	NoteLabel   string
	EditorNote  string
	ListLabel   string // of the contents list
	Contents    []string
	Sections    []Part
	Annexes     []Annexed
	// Shortened says in a mail that it does not show everything.
	Shortened string
}

// Tail returns the labelled lines of the tail: lists, then names and contacts.
func (p Page) Tail() []Labelled { return slices.Concat(p.Lists, p.Contacts) }

// A Part is a section with its items. Name is as printed, 【科技政策】.
type Part struct {
	Name  string
	Items []Piece
}

// A Piece is an item: Heading stands on its own line, Lead runs into the first
// block if that is text.
type Piece struct {
	Heading, Lead string
	Blocks        []bulletin.BodyBlock
	Contributor   string // as printed, （甲县局供稿）
}

// Text returns the first paragraph, which the lead runs into, and the blocks
// after it. Where a table or picture comes first the paragraph is empty.
func (p Piece) Text() (first string, rest []bulletin.BodyBlock) {
	if len(p.Blocks) > 0 && p.Blocks[0].Table == nil && p.Blocks[0].Picture == nil {
		return p.Blocks[0].Text, p.Blocks[1:]
	}
	return "", p.Blocks
}

// An Annexed is what follows the tail.
type Annexed struct {
	Title  string
	Blocks []bulletin.BodyBlock
}

// Page returns the words of the sheet with the fixed words of a template. A
// sheet without a number that is not provisional is fault.Invalid.
func (s Sheet) Page(look Template) (Page, error) {
	printed, err := s.Printed(look)
	if err != nil {
		return Page{}, err
	}
	d, w := s.Document, look.Words
	p := Page{
		Printed: printed, Title: Subject(s), Extra: d.Extra, Masthead: d.Masthead,
		RemarkLabel: w.Remark, RemarkSlot: d.Remark.Slot, Remark: d.Remark.Text,
		Heading: d.Title, NoteLabel: w.EditorNote, EditorNote: d.EditorNote,
		ListLabel: w.Contents, Contents: d.Contents,
	}
	if d.Remark.Text != "" {
		p.Signed = strings.TrimSpace(bulletin.SpacedName(d.Remark.By) + "　" + d.Remark.Date.Chinese())
	}
	for _, section := range d.Sections {
		p.Sections = append(p.Sections, partOf(section, w))
	}
	for _, a := range d.Annexes {
		p.Annexes = append(p.Annexes, Annexed{Title: a.Title, Blocks: bulletin.Blocks(a.Lines)})
	}
	return p, nil
}

// partOf sets the name of a section in its brackets, unless it is a numbered
// chapter (一、…).
func partOf(s bulletin.Section, w Words) Part {
	var t Part
	switch {
	case s.Name != "" && bulletin.IsChapter(s.Name):
		t.Name = s.Name
	case s.Name != "":
		t.Name = "【" + s.Name + "】"
	}
	for _, it := range s.Items {
		t.Items = append(t.Items, pieceOf(it, w))
	}
	return t
}

func pieceOf(it bulletin.Item, w Words) Piece {
	p := Piece{Lead: it.Lead, Blocks: it.Blocks()}
	if it.HasHeading() {
		p.Heading, p.Lead = it.Lead, ""
	}
	if it.Contributor != "" {
		p.Contributor = w.Contributed(it.Contributor)
	}
	return p
}

// tail returns the lists, the roles and where the office can be reached. A
// label with nothing behind it is never printed.
func (s Sheet) tail() []Labelled {
	var all []Labelled
	for _, l := range s.Lists {
		if l.Text != "" {
			all = append(all, Labelled{l.Label, l.Text + "。"})
		}
	}
	if s.FileCopies > 0 {
		all = append(all, Labelled{"存档", strconv.Itoa(s.FileCopies) + "份"})
	}
	for _, r := range s.Document.Roles {
		if len(r.Names) == 0 {
			continue
		}
		names := make([]string, len(r.Names))
		for i, n := range r.Names {
			names[i] = bulletin.SpacedName(n)
		}
		all = append(all, Labelled{r.Label, strings.Join(names, "、")})
	}
	for _, c := range []struct {
		label  string
		values []string
	}{{"电话", s.Document.Phones}, {"传真", s.Document.Faxes}, {"邮箱", s.Document.Emails}} {
		if len(c.values) > 0 {
			all = append(all, Labelled{c.label, strings.Join(c.values, "、")})
		}
	}
	return all
}

// printLine returns 某某局办公室　2021年7月15日印发 (GB/T 9704-2012 7.4.3), or
// "" where the text has none.
func printLine(d bulletin.Document) string {
	if d.PrintDate.IsZero() {
		return ""
	}
	return strings.TrimSpace(d.PrintOrgan+"　"+d.PrintDate.Chinese()) + "印发"
}
