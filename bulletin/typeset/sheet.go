package typeset

import (
	"fmt"
	"strings"

	"jianbao/bulletin"
	"jianbao/fault"
)

// A Sheet is a bulletin as it is registered: the document, and what the
// registration decided. Number, Date, Lists and PrintRun of the Sheet are
// printed, never those of the Document.
type Sheet struct {
	Document bulletin.Document
	Number   bulletin.Number
	Date     bulletin.Date
	Lists    []bulletin.List // made again from the circulation that is sent
	PrintRun int             // 0 leaves the line out
	// Provisional marks a proof from before the registration: it bears
	// （待编号） in place of the number.
	Provisional bool
}

const unnumbered = "（待编号）"

var noNumber = fault.Say("typeset.no-number", "这一期还没有编号，不能排印正式稿", "this issue has no number yet: only a provisional sheet can be made")

// numberLine returns 第8期, 增刊第2期 or 总第377期, with the running total
// behind it where there is one.
func (s Sheet) numberLine() string {
	if s.Provisional {
		return unnumbered
	}
	return numbered(s.Number, "")
}

func numbered(n bulletin.Number, year string) string {
	line := ""
	if n.No > 0 {
		line = year
		if n.Kind != "" && n.Kind != bulletin.Ordinary {
			line += string(n.Kind)
		}
		line += fmt.Sprintf("第%d期", n.No)
	}
	switch {
	case n.Total > 0 && line == "":
		return fmt.Sprintf("总第%d期", n.Total)
	case n.Total > 0 && year == "":
		return fmt.Sprintf("%s（总第%d期）", line, n.Total)
	}
	return line
}

// Subject returns the subject of the mail: 【鄂尔多斯科技简报】2021年第8期.
// Line ends in a masthead do not get into it.
func Subject(s Sheet) string {
	name := strings.Join(strings.Fields(s.Document.Masthead), "")
	if s.Provisional {
		return "【" + name + "】" + unnumbered
	}
	year := ""
	if s.Number.Year > 0 {
		year = fmt.Sprintf("%d年", s.Number.Year)
	}
	return "【" + name + "】" + numbered(s.Number, year)
}

// A page is what both outputs show, ready to be set.
type page struct {
	Title                               string // of the browser window
	Notices                             []string
	Masthead                            string
	Number, Organs, Undertakers, Date   string
	Heading, EditorNote, Remark, Signed string
	Contents                            []string
	Sections                            []part
	Tail                                []entry
	PrintLine, PrintRun                 string
	Annexes                             []bulletin.Annex
}

// A part is a section with its items.
type part struct {
	Name  string
	Items []piece
}

// A piece is an item: Heading stands on its own line, Lead runs into the first
// paragraph.
type piece struct {
	Heading, Lead string
	First         string
	More          []string
	Contributor   string
}

// An entry is one labelled line of the tail.
type entry struct{ Label, Text string }

// page lays the words of the sheet out.
func (s Sheet) page() (page, error) {
	if !s.Provisional && s.Number.No == 0 && s.Number.Total == 0 {
		return page{}, fault.New(fault.Invalid, noNumber.With())
	}
	d := s.Document
	p := page{
		Title:       Subject(s),
		Masthead:    d.Masthead,
		Number:      s.numberLine(),
		Organs:      strings.Join(d.Organs, "　"),
		Undertakers: strings.Join(d.Undertakers, "　"),
		Date:        s.Date.Chinese(),
		Heading:     d.Title,
		EditorNote:  d.EditorNote,
		Remark:      d.Remark.Text,
		Contents:    d.Contents,
		Annexes:     d.Annexes,
		Tail:        s.tail(),
		PrintLine:   printLine(d),
	}
	for _, n := range []string{d.Urgency, d.Notice} {
		if n != "" {
			p.Notices = append(p.Notices, n)
		}
	}
	if d.Remark.Text != "" {
		p.Signed = strings.TrimSpace(bulletin.SpacedName(d.Remark.By) + "　" + d.Remark.Date.Chinese())
	}
	for _, section := range d.Sections {
		p.Sections = append(p.Sections, partOf(section))
	}
	if s.PrintRun > 0 {
		p.PrintRun = fmt.Sprintf("（共印%d份）", s.PrintRun)
	}
	return p, nil
}

// partOf sets the name of a section in its brackets, unless it is a numbered
// chapter (一、…).
func partOf(s bulletin.Section) part {
	var t part
	switch {
	case s.Name != "" && bulletin.IsChapter(s.Name):
		t.Name = s.Name
	case s.Name != "":
		t.Name = "【" + s.Name + "】"
	}
	for _, it := range s.Items {
		t.Items = append(t.Items, pieceOf(it))
	}
	return t
}

func pieceOf(it bulletin.Item) piece {
	p := piece{Lead: it.Lead, Contributor: it.Contributor}
	if it.HasHeading() {
		p.Heading, p.Lead = it.Lead, ""
	}
	if len(it.Paragraphs) > 0 {
		p.First, p.More = it.Paragraphs[0], it.Paragraphs[1:]
	}
	return p
}

// tail returns the lists, the roles and where the office can be reached. A
// label with nothing behind it is never printed.
func (s Sheet) tail() []entry {
	var all []entry
	for _, l := range s.Lists {
		if l.Text != "" {
			all = append(all, entry{l.Label, l.Text + "。"})
		}
	}
	for _, r := range s.Document.Roles {
		if len(r.Names) == 0 {
			continue
		}
		names := make([]string, len(r.Names))
		for i, n := range r.Names {
			names[i] = bulletin.SpacedName(n)
		}
		all = append(all, entry{r.Label, strings.Join(names, "、")})
	}
	for _, c := range []struct {
		label  string
		values []string
	}{{"电话", s.Document.Phones}, {"传真", s.Document.Faxes}, {"邮箱", s.Document.Emails}} {
		if len(c.values) > 0 {
			all = append(all, entry{c.label, strings.Join(c.values, "、")})
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
