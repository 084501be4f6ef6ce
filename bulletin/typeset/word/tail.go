package word

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"jianbao/bulletin/typeset"
)

// A tailRow is one row of the tail: lines between two rules.
type tailRow []tailLine

// A tailLine is a line of a row. Later lines of a text stand under its first
// character, hang characters in. A tab puts what follows it to the right edge.
type tailLine struct {
	text string
	hang int
}

// tail writes the 版记 (GB/T 9704-2012 7.4) as a table at the foot of the page,
// and the paragraph that it is anchored to. It is centred on the paper, not on the
// type area, from which that differs by half of what the margins differ (1 mm):
// LibreOffice lets no table float that fills the type area.
func (m *maker) tail() {
	t, width := m.look.Tail, m.g.measure
	rows := tailRows(m.page, t, float64(width)/float64(twips(t.Size))-2*t.Indent)
	if len(rows) == 0 {
		return
	}
	m.raw(`<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" w:tblpXSpec="center" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/><w:tblW w:w="%d" w:type="dxa"/><w:tblBorders>%s%s%s</w:tblBorders><w:tblLayout w:type="fixed"/>`,
		width, border("top", t.Thick), border("bottom", t.Thick), border("insideH", t.Thin))
	m.WriteString(`<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>`)
	m.grid([]int{width})
	for _, row := range rows {
		m.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, width)
		for _, line := range row {
			m.tailLine(line, t)
		}
		m.WriteString(`</w:tc></w:tr>`)
	}
	m.WriteString(`</w:tbl>`)
	m.anchor()
}

func border(side string, thickness float64) string {
	if thickness <= 0 {
		return fmt.Sprintf(`<w:%s w:val="nil"/>`, side)
	}
	return fmt.Sprintf(`<w:%s w:val="single" w:sz="%d" w:space="0" w:color="000000"/>`, side, eighths(thickness))
}

func (m *maker) tailLine(line tailLine, t typeset.Tail) {
	em := func(characters float64) int { return int(math.Round(characters * float64(twips(t.Size)))) }
	tabs := ""
	if strings.Contains(line.text, "\t") {
		tabs = fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs>`, m.g.measure-em(t.Indent))
	}
	m.open(tail, fmt.Sprintf(`%s<w:ind w:left="%d" w:right="%d" w:hangingChars="0" w:hanging="%d"/>`,
		tabs, em(t.Indent+float64(line.hang)), em(t.Indent), em(float64(line.hang))))
	m.run("", line.text)
	m.close()
}

// tailRows returns the lists, each between rules; then names and contacts; then
// the line of the printer with the number of copies to the right. A line is
// across characters long.
func tailRows(p typeset.Page, t typeset.Tail, across float64) []tailRow {
	var rows []tailRow
	for _, l := range p.Lists {
		rows = append(rows, tailRow{{text: l.Label + "：" + l.Text, hang: utf8.RuneCountInString(l.Label) + 1}})
	}
	var contacts tailRow
	for _, c := range p.Contacts {
		contacts = append(contacts, tailLine{text: c.Label + "：" + c.Text, hang: utf8.RuneCountInString(c.Label) + 1})
	}
	if t.RolesOnOneLine && len(contacts) > 0 {
		contacts = tailRow{{text: joined(contacts)}}
	}
	last := p.PrintLine
	if p.PrintRun != "" {
		last += "\t" + p.PrintRun
	}
	switch {
	case last == "":
	case p.PrintLine == "" && len(contacts) == 1 && ems(contacts[0].text+last) < across:
		contacts[0].text += last
	default:
		rows, contacts = appendRow(rows, contacts), tailRow{{text: last}}
	}
	return appendRow(rows, contacts)
}

// ems is about how wide a text is, in characters.
func ems(text string) float64 {
	width := 0.0
	for _, r := range text {
		if width++; r < 0x2E80 {
			width -= 0.5
		}
	}
	return width
}

func appendRow(rows []tailRow, row tailRow) []tailRow {
	if len(row) == 0 {
		return rows
	}
	return append(rows, row)
}

func joined(lines tailRow) string {
	var all []string
	for _, l := range lines {
		all = append(all, l.text)
	}
	return strings.Join(all, "　　")
}
