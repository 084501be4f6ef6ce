package typeset

import (
	"strings"

	"jianbao/bulletin"
)

// indent opens a paragraph, as on paper.
const indent = "　　"

// rule parts head, body and tail.
const rule = "————————————————————"

// Text returns the plain-text part of the mail, in the words of a template:
// UTF-8, lines ending in LF, a paragraph on one line whatever its length, so
// that the reader's program wraps it, and the cells of a table parted by tabs,
// as spreadsheets take them. It says the same as [HTML], in the same order. A
// sheet without a number that is not provisional is fault.Invalid.
func Text(s Sheet, look Template) ([]byte, error) {
	p, err := s.mailPage(look)
	if err != nil {
		return nil, err
	}
	var t textWriter
	t.head(p)
	for _, section := range p.Sections {
		t.section(section)
	}
	t.tail(p)
	return []byte(t.String()), nil
}

type textWriter struct{ strings.Builder }

// line writes a line, blank writes an empty one; an empty string writes nothing.
func (t *textWriter) line(parts ...string) {
	if s := strings.Join(parts, ""); strings.TrimSpace(s) != "" {
		t.WriteString(s)
		t.WriteByte('\n')
	}
}

func (t *textWriter) blank() { t.WriteByte('\n') }

func (t *textWriter) head(p Page) {
	t.line(p.Urgency)
	t.line(p.Notice)
	for _, extra := range p.Extra {
		t.line(extra)
	}
	t.line(bulletin.Spaced(p.Masthead))
	t.line(p.Number)
	t.line(p.Organs)
	t.line(p.Undertakers)
	t.line(p.Date)
	t.line(rule)
	t.line(p.Shortened)
	if p.Remark != "" {
		t.blank()
		t.line(p.RemarkLabel, p.Remark)
		t.line(indent, p.Signed)
	}
	if p.Heading != "" {
		t.blank()
		t.line(p.Heading)
	}
	if p.EditorNote != "" {
		t.blank()
		t.line(p.NoteLabel, p.EditorNote)
	}
	if len(p.Contents) > 0 {
		t.blank()
		t.line(p.ListLabel)
		for _, c := range p.Contents {
			t.line(c)
		}
	}
}

func (t *textWriter) section(s Part) {
	t.blank()
	t.line(s.Name)
	for i, it := range s.Items {
		if i > 0 || s.Name != "" {
			t.blank()
		}
		t.line(it.Heading)
		first, rest := it.Text()
		if it.Lead+first != "" {
			t.line(indent, it.Lead, first)
		}
		t.blocks(rest, indent)
		if it.Contributor != "" {
			t.line(indent, it.Contributor)
		}
	}
}

func (t *textWriter) blocks(all []bulletin.BodyBlock, indent string) {
	for _, b := range all {
		switch {
		case b.Table != nil:
			for _, row := range b.Table.Rows {
				t.line(strings.ReplaceAll(strings.Join(row, "\t"), "\n", " "))
			}
		case b.Picture != nil:
			t.line(indent, pictureWords(*b.Picture))
		default:
			t.line(indent, b.Text)
		}
	}
}

// pictureWords stand where the paper has a picture.
func pictureWords(p bulletin.Picture) string {
	words := "［图"
	if p.Caption != "" {
		words += "：" + p.Caption
	}
	if p.Name != "" {
		words += "，见附件《" + p.Name + "》"
	}
	return words + "］"
}

func (t *textWriter) tail(p Page) {
	t.blank()
	t.line(rule)
	for _, e := range p.Tail() {
		t.line(e.Label, "：", e.Text)
	}
	t.line(p.PrintLine)
	t.line(p.PrintRun)
	for _, a := range p.Annexes {
		t.blank()
		t.line(a.Title)
		t.blocks(a.Blocks, "")
	}
}
