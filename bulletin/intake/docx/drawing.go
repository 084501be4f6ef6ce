package docx

import (
	"path"

	"jianbao/bulletin/intake/flow"
	"jianbao/bulletin/intake/markup"
)

// drawing reads what floats beside the text or stands in it as a picture: text
// boxes, WordArt, pictures, charts. Caption is the description of the drawing.
func (p *paragraph) drawing(n *markup.Node, caption string) {
	for kid := range n.Children() {
		switch kid.Name {
		case "mc:AlternateContent":
			p.drawing(choice(kid), caption)
		case "wp:docPr":
			caption = kid.Attr("descr")
		case "w:txbxContent":
			p.box(kid)
		case "v:shape", "v:rect", "v:roundrect", "v:oval", "v:group":
			p.drawing(kid, first(kid.Attr("alt"), caption))
		case "v:textpath":
			p.wordArt(kid.Attr("string"))
		case "a:blip":
			p.picture(kid, first(kid.Attr("r:embed"), kid.Attr("r:link")), caption)
		case "v:imagedata":
			p.picture(kid, kid.Attr("r:id"), caption)
		case "c:chart", "dgm:relIds":
			p.w.Note(chartLeft.With(quote(caption)))
		case "o:OLEObject":
			p.w.Note(objectLeft.With(kid.Attr("ProgID")))
		default:
			p.drawing(kid, caption)
		}
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// box writes the paragraphs of a text box.
func (p *paragraph) box(n *markup.Node) {
	p.beside(func() { p.w.Aside(func() { p.into(p.w).story(n) }) })
}

// wordArt writes a name that was drawn: in old files the text is an attribute.
func (p *paragraph) wordArt(text string) {
	if text == "" {
		return
	}
	p.w.Beside(text)
	p.beside(func() { p.w.Paragraph(flow.Paragraph{Spans: []flow.Span{{Text: text}}, Heading: true}) })
}

// picture writes a picture, unless it is only linked to.
func (p *paragraph) picture(n *markup.Node, id, caption string) {
	rel, ok := p.rels[id]
	name := path.Base(rel.target)
	switch {
	case id == "" || !ok:
		return
	case rel.external:
		p.w.Note(flow.PictureGone.With(quote(first(caption, name))))
		return
	}
	if kept := p.kept(rel.target); kept != "" {
		p.beside(func() { p.w.Picture(caption, kept) })
	}
}

// kept takes a picture in when it is first met, and returns its name in the
// draft, or "" if it is none.
func (p *paragraph) kept(part string) string {
	if name, known := p.pictures[part]; known {
		return name
	}
	name := ""
	data, err := p.file.Part(part)
	if err != nil || data == nil {
		p.w.Note(flow.PictureGone.With(path.Base(part)))
	} else {
		name = p.w.Keep(path.Base(part), data)
	}
	p.pictures[part] = name
	return name
}
