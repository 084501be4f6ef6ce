package docx

import (
	"strings"

	"jianbao/bulletin/intake/flow"
	"jianbao/bulletin/intake/markup"
)

// A paragraph is one that is being filled.
type paragraph struct {
	*reader
	style  string // of the paragraph
	spans  []flow.Span
	some   bool     // text that is no space was read
	bold   bool     // of the run that is being read
	font   string   // of its Latin characters
	hidden string   // what of it does not show
	paged  bool     // a page number was left out
	behind []func() // what stands behind the text: boxes and pictures
}

func (r *reader) paragraph(n *markup.Node) {
	properties := n.Child("w:pPr")
	p := &paragraph{reader: r, style: properties.Child("w:pStyle").Attr("w:val"), spans: r.carry, some: len(r.carry) > 0}
	r.carry = nil
	p.inline(n)
	r.endCodes()
	if strings.TrimSpace(p.hidden) != "" {
		r.left.hidden = append(r.left.hidden, p.hidden)
	}
	if r.markGone(properties) {
		r.carry = p.spans
		p.after()
		return
	}
	if p.paged && !p.says() {
		return
	}
	r.w.Paragraph(flow.Paragraph{
		Number:  r.number(properties, p.style, p.some),
		Spans:   p.spans,
		Heading: r.styles.isHeading(properties, p.style),
	})
	p.after()
}

// says reports whether more is left of a paragraph than the dashes of a page
// number.
func (p *paragraph) says() bool {
	var b strings.Builder
	for _, s := range p.spans {
		b.WriteString(s.Text)
	}
	return strings.Trim(squeeze(b.String()), pageMarks) != ""
}

func (p *paragraph) after() {
	for _, write := range p.behind {
		write()
	}
}

// beside writes a box or picture: before the paragraph while that has no text
// yet, else behind it.
func (p *paragraph) beside(write func()) {
	if p.some {
		p.behind = append(p.behind, write)
		return
	}
	write()
}

// markGone reports whether the mark that ends a paragraph was deleted, moved
// away or is hidden, so that the next paragraph goes on with this one.
func (r *reader) markGone(properties *markup.Node) bool {
	mark := properties.Child("w:rPr")
	return mark.Child("w:del") != nil || mark.Child("w:moveFrom") != nil || isOn(mark.Child("w:specVanish")) || isOn(mark.Child("w:vanish"))
}

// inline reads what stands in a paragraph: runs, and what wraps them.
func (p *paragraph) inline(n *markup.Node) {
	for kid := range n.Children() {
		switch kid.Name {
		case "w:r":
			p.run(kid)
		case "w:pPr", "w:rPr", "w:sdtPr", "":
		case "w:del", "w:moveFrom":
			p.left.deleted++
		case "w:ins", "w:moveTo":
			p.left.inserted++
			p.inline(kid)
		case "w:fldSimple":
			p.simpleField(kid)
		case "w:sdt":
			if !p.placeholder(kid) {
				p.inline(kid.Child("w:sdtContent"))
			}
		case "mc:AlternateContent":
			p.inline(choice(kid))
		case "m:oMath", "m:oMathPara":
			p.equation(kid)
		default:
			p.inline(kid)
		}
	}
}

// run reads a run: text of one format.
func (p *paragraph) run(n *markup.Node) {
	look := p.styles.look(p.style, n.Child("w:rPr"))
	if look.hidden {
		p.hide(n)
		return
	}
	p.bold = look.bold
	p.font = n.Child("w:rPr", "w:rFonts").Attr("w:ascii")
	p.left.struck = p.left.struck || look.struck
	p.runContent(n)
}

// hide leaves a hidden run out, but for the field marks in it: a field whose end
// is lost would swallow what follows.
func (p *paragraph) hide(n *markup.Node) {
	for kid := range n.Children() {
		switch kid.Name {
		case "w:fldChar":
			p.fieldMark(kid)
		case "w:instrText":
			p.instruction(kid.Content())
		case "w:t":
			if len(p.hidden) < 4096 {
				p.hidden += kid.Content()
			}
		}
	}
}

func (p *paragraph) runContent(n *markup.Node) {
	for kid := range n.Children() {
		switch kid.Name {
		case "w:t", "m:t":
			p.text(p.symbols(textOf(kid)))
		case "w:tab", "w:ptab":
			p.text("\t")
		case "w:br", "w:cr":
			p.text("\n")
		case "w:noBreakHyphen":
			p.text("-")
		case "w:sym":
			p.text(p.symbol(kid.Attr("w:font"), kid.Attr("w:char")))
		case "w:fldChar":
			p.fieldMark(kid)
		case "w:instrText":
			p.instruction(kid.Content())
		case "w:footnoteReference", "w:endnoteReference":
			p.noteMark(kid)
		case "w:drawing", "w:pict", "w:object":
			p.drawing(kid, "")
		case "mc:AlternateContent":
			p.runContent(choice(kid))
		case "w:ruby":
			p.left.ruby = true
			p.inline(kid.Child("w:rubyBase"))
		}
	}
}

// textOf returns the text of w:t: spaces at its ends count only where it says so.
func textOf(n *markup.Node) string {
	text := n.Content()
	if strings.ContainsAny(text, "\r\n") {
		text = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(text)
	}
	if n.Attr("xml:space") != "preserve" {
		return strings.Trim(text, " \t")
	}
	return text
}

// text adds text to the paragraph, unless a field hides it.
func (p *paragraph) text(text string) {
	if text == "" || p.silenced() {
		return
	}
	p.some = p.some || strings.TrimSpace(text) != ""
	if n := len(p.spans); n > 0 && p.spans[n-1].Bold == p.bold && len(p.spans[n-1].Text) < 4096 {
		p.spans[n-1].Text += text
		return
	}
	p.spans = append(p.spans, flow.Span{Text: text, Bold: p.bold})
}
