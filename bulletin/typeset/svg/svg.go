// Package svg draws pages for a screen: what package layout sets, as SVG that a
// browser shows beside the text while somebody types.
//
//	doc, problems, err := layout.Lay(sheet, template, metrics, sizes, layout.Options{})
//	for _, page := range doc.Pages { picture := svg.Page(page, label, address) }
//
// Every run of characters has its place and its width from the layout
// (textLength, SVG 2 section 11.4), so that lines and pages end where they do on
// paper whatever fonts the reader has; only the shapes of the characters are the
// reader's, by the nearest family, and as heavy as the face says that has a
// method Weight() int (400 is regular, CSS Fonts 4 section 2.2). Nothing in a picture is active: no script, no
// style, no address but those of its pictures.
package svg

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"jianbao/bulletin/typeset/layout"
)

// Page draws one page, one unit to the point. label is what is read out instead
// of the picture. address returns where the picture of a name is had, or ""; such
// a one is an empty frame.
func Page(p layout.Page, label string, address func(name string) string) string {
	w := &writer{}
	w.open(`<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 %s %s" aria-label="%s">`, num(p.Width), num(p.Height), text(label))
	w.open(`<rect width="%s" height="%s" fill="#fff"/>`, num(p.Width), num(p.Height))
	for _, r := range p.Rules {
		w.open(`<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`, num(r.X), num(r.Y), num(r.Width), num(r.Height), colour(r.Colour))
	}
	for _, pic := range p.Pictures {
		w.picture(pic, address(pic.Name))
	}
	for _, r := range p.Runs {
		w.run(r)
	}
	w.look("")
	w.open(`</svg>`)
	return w.String()
}

// A writer keeps open the group whose look the next run may share.
type writer struct {
	bytes.Buffer
	group string
}

func (w *writer) open(format string, args ...any) { fmt.Fprintf(w, format, args...) }

// look begins a group of runs that look the same, unless it is open already.
func (w *writer) look(group string) {
	if group == w.group {
		return
	}
	if w.group != "" {
		w.WriteString(`</g>`)
	}
	w.WriteString(group)
	w.group = group
}

func (w *writer) run(r layout.Run) {
	weight := ""
	if face, ok := r.Face.(interface{ Weight() int }); ok {
		weight = fmt.Sprintf(` font-weight="%d"`, face.Weight())
	}
	w.look(fmt.Sprintf(`<g font-family="%s"%s font-size="%s" fill="%s">`, text(families(r.Face.Name())), weight, num(r.Size), colour(r.Colour)))
	chars := []rune(r.Text)
	w.open(`<text x="%s" y="%s"`, num(r.X), num(r.Y))
	if len(chars) > 1 {
		w.open(` textLength="%s"`, num(width(r, chars)))
	}
	w.open(`>%s</text>`, text(r.Text))
}

// width is how long a run is, without the spacing behind its last glyph.
func width(r layout.Run, chars []rune) float64 {
	sum := r.Spacing * float64(len(chars)-1)
	for _, c := range chars {
		sum += r.Face.Advance(c) * r.Size
	}
	return sum
}

func (w *writer) picture(p layout.Picture, address string) {
	where := fmt.Sprintf(`x="%s" y="%s" width="%s" height="%s"`, num(p.X), num(p.Y), num(p.Width), num(p.Height))
	if address == "" {
		w.open(`<rect %s fill="none" stroke="#999"/>`, where)
		return
	}
	w.open(`<image %s href="%s"/>`, where, text(address))
}

// families are the family of a face and those that stand in for it where a
// reader does not have it.
func families(name string) string {
	switch {
	case strings.Contains(name, "Sans") || strings.Contains(name, "Hei") || strings.Contains(name, "黑"):
		return name + ", Noto Sans CJK SC, PingFang SC, Microsoft YaHei, SimHei, sans-serif"
	case strings.Contains(name, "Kai") || strings.Contains(name, "楷"):
		return name + ", KaiTi, STKaiti, serif"
	case strings.Contains(name, "Liberation") || strings.Contains(name, "Times"):
		return name + ", Times New Roman, serif"
	}
	return name + ", Noto Serif CJK SC, Songti SC, SimSun, serif"
}

func num(f float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(f, 'f', 2, 64), "0"), ".")
}

func colour(c layout.Colour) string {
	r, g, b := c.RGB()
	return fmt.Sprintf("#%02x%02x%02x", r, g, b)
}

// text writes a text so that it is text and nothing else.
func text(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}
