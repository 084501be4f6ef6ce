package word

import (
	"fmt"
	"strings"
)

// A markup collects the XML of one part.
type markup struct{ strings.Builder }

// raw writes markup; the values put into it are numbers and names of our own.
func (m *markup) raw(format string, args ...any) { fmt.Fprintf(m, format, args...) }

const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// escape returns text as it may stand in an element or attribute. What XML 1.0
// (section 2.2) does not admit is left out.
func escape(text string) string {
	return escaper.Replace(strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "")))
}

// run writes text with run properties; a line feed is a line break and a tab a
// tab. The hint makes quotation marks and dashes Chinese ones.
func (m *markup) run(properties, text string) {
	if text == "" {
		return
	}
	m.raw(`<w:r><w:rPr>%s</w:rPr>`, hinted(properties))
	start := 0
	for i, r := range text {
		if r != '\n' && r != '\t' {
			continue
		}
		m.text(text[start:i])
		m.WriteString(map[rune]string{'\n': "<w:br/>", '\t': "<w:tab/>"}[r])
		start = i + 1
	}
	m.text(text[start:])
	m.WriteString(`</w:r>`)
}

func (m *markup) text(text string) {
	if text != "" {
		m.raw(`<w:t xml:space="preserve">%s</w:t>`, escape(text))
	}
}

// hinted puts the hint behind the character style, where the schema wants it.
func hinted(properties string) string {
	const hint = `<w:rFonts w:hint="eastAsia"/>`
	if strings.HasPrefix(properties, `<w:rStyle`) {
		end := strings.Index(properties, ">") + 1
		return properties[:end] + hint + properties[end:]
	}
	return hint + properties
}

// open begins a paragraph of a style with further properties, close ends it.
func (m *markup) open(style, properties string) {
	m.WriteString("<w:p><w:pPr>")
	if style != normal {
		m.raw(`<w:pStyle w:val="%s"/>`, style)
	}
	m.raw("%s</w:pPr>", properties)
}

func (m *markup) close() { m.WriteString("</w:p>") }

// paragraph writes a paragraph of plain text; an empty text writes nothing.
func (m *markup) paragraph(style, properties, text string) {
	if text == "" {
		return
	}
	m.open(style, properties)
	m.run("", text)
	m.close()
}
