package word

import (
	"fmt"
	"strings"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset"
)

// leadRun makes a run 导语.
const leadRun = `<w:rStyle w:val="` + lead + `"/>`

// unindented takes the first-line indent off a paragraph of Normal.
const unindented = `<w:ind w:firstLineChars="0" w:firstLine="0"/>`

func (m *maker) body() {
	m.remark()
	m.heading(title, m.look.Title, m.page.Heading)
	m.labelled(note, m.page.NoteLabel, m.page.EditorNote)
	if len(m.page.Contents) > 0 {
		m.paragraph(section, `<w:jc w:val="center"/>`, m.page.ListLabel)
		m.paragraph(normal, unindented, strings.Join(m.page.Contents, "\n"))
	}
	for _, s := range m.page.Sections {
		m.heading(section, m.look.Section, s.Name)
		for _, it := range s.Items {
			m.item(it)
		}
	}
}

// remark keeps the room for leaders' handwriting: as many lines as the template
// says, the label's among them. A remark that is printed takes of them.
func (m *maker) remark() {
	asked := m.page.RemarkSlot || m.page.Remark != ""
	if m.look.Remark.Print == "never" || m.look.Remark.Print == "asked" && !asked {
		return
	}
	free := max(0, m.look.Remark.Lines-1) * m.g.leading
	if m.page.Remark == "" {
		m.paragraph(remark, m.after(free), m.page.RemarkLabel)
		return
	}
	m.paragraph(remark, "", m.page.RemarkLabel)
	m.paragraph(normal, "", m.page.Remark)
	signed := m.page.Signed
	if signed == "" {
		signed = "　"
	}
	m.paragraph(contributor, m.after(max(0, free-3*m.g.leading)), signed)
}

// after is the spacing of a line of the grid with room below it.
func (m *maker) after(room int) string {
	return fmt.Sprintf(`<w:spacing w:before="0" w:after="%d" w:line="%d" w:lineRule="exact"/>`, room, m.g.leading)
}

// heading writes a heading with the empty lines above it that its template
// asks for. Word leaves them out at the top of a page.
func (m *maker) heading(style string, h typeset.Heading, text string) {
	above := ""
	if h.Before > 0 {
		line := m.g.leading
		for size := h.Size; line < headLine(size); {
			line += m.g.leading / 2
		}
		above = fmt.Sprintf(`<w:spacing w:before="%d" w:after="0" w:line="%d" w:lineRule="exact"/>`, h.Before*m.g.leading, line)
	}
	m.paragraph(style, above, text)
}

// labelled writes a paragraph that begins with a label in 黑体.
func (m *maker) labelled(style, label, text string) {
	if text == "" {
		return
	}
	m.open(style, "")
	m.run(leadRun, label)
	m.run("", text)
	m.close()
}

func (m *maker) item(it typeset.Piece) {
	m.paragraph(itemHeading, "", it.Heading)
	first, rest := it.Text()
	if it.Lead+first != "" {
		m.open(normal, "")
		m.run(leadRun, it.Lead)
		m.run("", first)
		m.close()
	}
	m.blocks(rest, "")
	m.paragraph(contributor, "", it.Contributor)
}

// blocks writes paragraphs, tables and pictures one after the other.
func (m *maker) blocks(all []bulletin.BodyBlock, properties string) {
	for _, b := range all {
		switch {
		case b.Table != nil:
			m.table(*b.Table)
		case b.Picture != nil:
			m.picture(*b.Picture)
		default:
			m.paragraph(normal, properties, b.Text)
		}
	}
}

// annexes begin on a page of their own, after the tail.
func (m *maker) annexes() {
	for _, a := range m.page.Annexes {
		name := a.Title
		if name == "" {
			name = "　"
		}
		m.paragraph(itemHeading, `<w:pageBreakBefore/>`+unindented, name)
		m.blocks(a.Blocks, unindented)
	}
}
