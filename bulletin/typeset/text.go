package typeset

import (
	"strings"

	"jianbao/bulletin"
)

// indent opens a paragraph, as on paper.
const indent = "　　"

// rule parts head, body and tail.
const rule = "————————————————————"

// Text returns the plain-text part of the mail: UTF-8, lines ending in LF, a
// paragraph on one line whatever its length, so that the reader's program wraps
// it. A sheet without a number that is not provisional is fault.Invalid.
func Text(s Sheet) ([]byte, error) {
	p, err := s.page()
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

func (t *textWriter) head(p page) {
	for _, n := range p.Notices {
		t.line(n)
	}
	t.line(bulletin.Spaced(p.Masthead))
	t.line(p.Number)
	t.line(p.Organs)
	if p.Undertakers != "" {
		t.line("承办：", p.Undertakers)
	}
	t.line(p.Date)
	t.line(rule)
	if p.Remark != "" {
		t.blank()
		t.line("领导批示：", p.Remark)
		t.line(indent, p.Signed)
	}
	if p.Heading != "" {
		t.blank()
		t.line(p.Heading)
	}
	if p.EditorNote != "" {
		t.blank()
		t.line("编者按：", p.EditorNote)
	}
	if len(p.Contents) > 0 {
		t.blank()
		t.line("本期要目")
		for _, c := range p.Contents {
			t.line(c)
		}
	}
}

func (t *textWriter) section(s part) {
	t.blank()
	t.line(s.Name)
	for i, it := range s.Items {
		if i > 0 || s.Name != "" {
			t.blank()
		}
		t.line(it.Heading)
		t.line(indent, it.Lead, it.First)
		for _, more := range it.More {
			t.line(indent, more)
		}
		if it.Contributor != "" {
			t.line(indent, "（", it.Contributor, "供稿）")
		}
	}
}

func (t *textWriter) tail(p page) {
	t.blank()
	t.line(rule)
	for _, e := range p.Tail {
		t.line(e.Label, "：", e.Text)
	}
	t.line(p.PrintLine)
	t.line(p.PrintRun)
	for _, a := range p.Annexes {
		t.blank()
		t.line(a.Title)
		for _, l := range a.Lines {
			t.line(l)
		}
	}
}
