package word

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"jianbao/bulletin/typeset"
)

// A head writes the lines down to the rule. y is how far down the paper it has
// come, in millimetres, because a template may say where a line stands. Its
// measures are from character to character: a line of Word is a fifth higher
// than its characters, and slack is the half of that below the last one.
type head struct {
	*markup
	look typeset.Template
	g    geometry

	y, slack float64
}

const mmPerTwip = 25.4 / 1440

func (m *maker) head() {
	h := head{markup: &m.markup, look: m.look, g: m.g, y: m.look.Paper.Top}
	h.corners(m.page)
	if m.look.Head != typeset.Preprinted {
		h.masthead(m.page.Masthead)
	}
	lines := []func(after string){}
	add := func(style string, s typeset.Style, text string) {
		if text != "" {
			lines = append(lines, func(after string) { h.line(style, s, text, after) })
		}
	}
	add(number, m.look.Number, m.page.Number)
	if m.look.Organ.Align == "left" && m.look.Date.Align == "right" {
		add(organ, m.look.Organ, m.page.Organs+"\t"+m.page.Date)
		add(organ, m.look.Organ, m.page.Undertakers)
	} else {
		add(organ, m.look.Organ, m.page.Organs)
		add(organ, m.look.Organ, m.page.Undertakers)
		add(date, m.look.Date, m.page.Date)
	}
	for i, write := range lines {
		border := ""
		if i == len(lines)-1 {
			border = h.rule()
		}
		write(border)
	}
}

// corners writes urgency and notice above the masthead, and the lines that no
// rule knows.
func (h *head) corners(p typeset.Page) {
	for _, c := range []struct{ text, side string }{{p.Notice, h.look.Corners.Notice}, {p.Urgency, h.look.Corners.Urgency}} {
		if c.text == "" || c.side == "none" {
			continue
		}
		h.paragraph(corner, fmt.Sprintf(`<w:jc w:val="%s"/>`, justification(c.side)), c.text)
		h.y += float64(h.g.leading) * mmPerTwip
	}
	for _, extra := range p.Extra {
		h.paragraph(corner, `<w:jc w:val="center"/>`, extra)
		h.y += float64(h.g.leading) * mmPerTwip
	}
}

// before returns the room above a line, and moves down over both.
func (h *head) before(s typeset.Style) int {
	line := float64(headLine(s.Size)) * mmPerTwip
	above := (line - s.Size/typeset.PointsPerMM) / 2
	room := s.Gap - h.slack - above
	if s.Top > 0 {
		room = s.Top - h.y - above
	}
	room = max(0, room)
	h.y += room + line
	h.slack = above
	return twipsMM(room)
}

func lineSpacing(before int, size float64) string {
	return fmt.Sprintf(`<w:spacing w:before="%d" w:after="0" w:line="%d" w:lineRule="exact"/>`, before, headLine(size))
}

// masthead writes the name letter-spaced. The last character has no space
// behind it, or the name would stand too far to the left.
func (h *head) masthead(name string) {
	s := h.look.Masthead
	spacing, size := fit(utf8.RuneCountInString(name), s.Size, s.Spacing, float64(h.g.measure)/20)
	h.open(masthead, lineSpacing(h.before(s.Style), s.Size))
	_, last := utf8.DecodeLastRuneInString(name)
	sized := fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, halfPoints(size), halfPoints(size))
	h.run(fmt.Sprintf(`<w:spacing w:val="%d"/>`, twips(spacing))+sized, name[:len(name)-last])
	h.run(sized, name[len(name)-last:])
	h.close()
}

// fit returns the space between the characters of a masthead and their size, in
// points: where a name is too long for the measure the space gives way first.
func fit(characters int, size, spacing, measure float64) (between, fitted float64) {
	n := float64(characters)
	between = size * spacing
	if n*size+(n-1)*between <= measure || n < 2 {
		return between, size
	}
	between = (measure - n*size) / (n - 1)
	if between >= 0 {
		return between, size
	}
	return 0, measure / n
}

// line writes a line of the head. Where organ and date share it, the date
// stands at a tab on the right edge.
func (h *head) line(style string, s typeset.Style, text, border string) {
	tabs := ""
	if strings.Contains(text, "\t") {
		tabs = fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs>`, h.g.measure)
	}
	h.paragraph(style, border+tabs+lineSpacing(h.before(s), s.Size), text)
}

// rule returns the border below the last line of the head. The space between
// is at most 31 points (ECMA-376 part 1, 17.3.4).
func (h *head) rule() string {
	r := h.look.Rule
	if r.Thickness <= 0 || h.look.Head == typeset.Preprinted {
		return ""
	}
	gap := min(31, int(r.Gap*typeset.PointsPerMM))
	return fmt.Sprintf(`<w:pBdr><w:bottom w:val="single" w:sz="%d" w:space="%d" w:color="%s"/></w:pBdr>`, eighths(r.Thickness), gap, hex(r.Colour))
}
