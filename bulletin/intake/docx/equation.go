package docx

import (
	"strings"

	"jianbao/bulletin/intake/markup"
)

// equation writes an equation (clause 22.1) on one line, as it would be typed:
// a/b, x^2, √(x).
func (p *paragraph) equation(n *markup.Node) {
	text := strings.TrimSpace(linear(n))
	if text == "" {
		return
	}
	p.w.Note(equationRead.With(quote(text)))
	p.text(text)
}

func linear(n *markup.Node) string {
	if n == nil {
		return ""
	}
	part := func(name string) string { return linear(n.Child(name)) }
	switch n.Name {
	case "":
		return n.Text
	case "m:f":
		return grouped(part("m:num")) + "/" + grouped(part("m:den"))
	case "m:sSup":
		return part("m:e") + "^" + grouped(part("m:sup"))
	case "m:sSub":
		return part("m:e") + "_" + grouped(part("m:sub"))
	case "m:sSubSup":
		return part("m:e") + "_" + grouped(part("m:sub")) + "^" + grouped(part("m:sup"))
	case "m:rad":
		return "√" + grouped(part("m:e"))
	case "m:d":
		return "(" + part("m:e") + ")"
	case "m:nary":
		return mark(n.Child("m:naryPr", "m:chr"), "∫") + "_" + grouped(part("m:sub")) + "^" + grouped(part("m:sup")) + part("m:e")
	case "w:del", "w:rPr", "m:rPr", "m:ctrlPr":
		return ""
	}
	var b strings.Builder
	for kid := range n.Children() {
		b.WriteString(linear(kid))
	}
	return b.String()
}

// grouped puts brackets around what is more than one character.
func grouped(text string) string {
	if len([]rune(text)) <= 1 {
		return text
	}
	return "(" + text + ")"
}

func mark(n *markup.Node, otherwise string) string {
	if value := n.Attr("m:val"); value != "" {
		return value
	}
	return otherwise
}
