package layout

import (
	"cmp"
	"math"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset"
)

const mm = typeset.PointsPerMM

// head sets everything above the body on the first page, as one strip with the
// type area's upper left corner as its own. It returns how far below the top of
// the type area the body begins, on a line of the grid.
func (s *setter) head() (strip, float64) {
	s.at(0, s.doc.Masthead)
	var h strip
	y := s.masthead(&h, s.corners(&h))
	y = s.styled(&h, s.printed.Number, s.look.Number, y)
	organ := y
	y = s.styled(&h, s.printed.Organs, s.look.Organ, y)
	if s.look.Head == typeset.Stacked {
		y = s.styled(&h, s.printed.Undertakers, s.look.Organ, y)
		y = s.styled(&h, s.printed.Date, s.look.Date, y)
	} else {
		date := s.look.Date
		if date.Top == 0 {
			date.Gap = s.look.Organ.Gap
		}
		y = max(y, s.styled(&h, s.printed.Date, date, organ))
		y = s.styled(&h, s.printed.Undertakers, s.look.Organ, y)
	}
	y = s.headRule(&h, y)
	y += s.leading / 4 // what follows does not touch the rule
	return h, s.slot(&h, math.Ceil((y-hair)/s.leading)*s.leading)
}

// corners sets the small print above the masthead and returns where it ends.
func (s *setter) corners(h *strip) float64 {
	k := s.look.Corners
	rows := map[string]int{}
	put := func(text, side, role string) {
		if text == "" || side == "none" {
			return
		}
		line := s.paragraph(s.cells(span{text, s.onGrid(role)}), form{align: alignmentOf(side), leading: s.leading})
		for _, l := range line {
			h.take(l, float64(rows[side])*s.leading)
			rows[side]++
		}
	}
	copyNumber := cmp.Or(s.opt.CopyNumber, s.doc.CopyNo)
	if copyNumber != "" {
		copyNumber = s.look.Words.Copy(copyNumber)
	}
	put(copyNumber, k.CopyNumber, "body")
	put(s.printed.Urgency, k.Urgency, "heading")
	put(s.printed.Notice, k.Notice, "heading")
	for _, extra := range s.doc.Extra {
		s.at(0, extra)
		put(extra, "left", "body")
	}
	return float64(max(rows["left"], rows["right"])) * s.leading
}

// take adds what is on another strip, y below its own top.
func (s *strip) take(from strip, y float64) {
	var p Page
	from.place(&p, 0, y)
	s.runs = append(s.runs, p.Runs...)
	s.rules = append(s.rules, p.Rules...)
	s.pictures = append(s.pictures, p.Pictures...)
}

// masthead sets the name of the series, letter-spaced, below the corners. On
// pre-printed paper it only keeps its room.
func (s *setter) masthead(h *strip, below float64) float64 {
	m := s.look.Masthead
	st := free(m.Font, m.Size, m.Colour)
	top := (m.Top - s.look.Paper.Top) * mm
	if below > 0 {
		top = max(top, below+s.leading/2)
	}
	if s.look.Head == typeset.Preprinted || s.doc.Masthead == "" {
		return top + st.size
	}
	s.at(0, s.doc.Masthead)
	c := s.cells(span{s.doc.Masthead, st})
	spacing := m.Spacing * st.size
	natural, gaps := widthOf(c), float64(len(c)-1)
	if room := s.measure - natural; room < spacing*gaps {
		spacing = max(0, room/max(1, gaps))
	}
	if natural > s.measure {
		st.size *= s.measure / natural
		st.pitch = st.size
		c = s.cells(span{s.doc.Masthead, st})
	}
	for i := 0; i+1 < len(c); i++ {
		c[i].advance += spacing
	}
	f := form{align: alignmentOf(m.Align), leading: st.size}
	for _, l := range paragraph(c, f, s.measure+hair) {
		h.take(l, top)
	}
	return top + st.size
}

func widthOf(c []cell) float64 {
	w := 0.0
	for _, k := range c {
		w += k.advance
	}
	return w
}

// styled sets one line of the head, below y or where its style says, and
// returns where it ends.
func (s *setter) styled(h *strip, text string, st typeset.Style, y float64) float64 {
	if text == "" {
		return y
	}
	s.at(0, text)
	size := st.Size * s.scale
	top := y + st.Gap*mm
	if st.Top > 0 {
		top = (st.Top - s.look.Paper.Top) * mm
	}
	f := form{align: alignmentOf(st.Align), leading: size * 1.3}
	if st.Align != "centre" {
		f.first, f.rest, f.edge = size, size, size // 左空一字, 右空一字
	}
	for i, l := range s.paragraph(s.cells(span{text, free(st.Font, size, st.Colour)}), f) {
		if i > 0 {
			top += f.leading
		}
		h.take(l, top-(f.leading-size)/2)
	}
	return top + size
}

// headRule draws the rule between head and body and returns where it ends.
func (s *setter) headRule(h *strip, y float64) float64 {
	r := s.look.Rule
	top := y + r.Gap*mm
	if r.Top > 0 {
		top = (r.Top - s.look.Paper.Top) * mm
	}
	if r.Thickness > 0 {
		h.rules = append(h.rules, Rule{Y: top, Width: s.measure, Height: r.Thickness * mm, Colour: colourOf(r.Colour)})
	}
	return top + r.Thickness*mm
}

// slot keeps the room for leaders' handwriting and sets a remark that there is
// already. The room does not grow with large type: a pen does not either.
func (s *setter) slot(h *strip, y float64) float64 {
	remark, slot := s.doc.Remark, s.look.Remark
	if slot.Print == "never" || slot.Print == "asked" && !remark.Slot {
		return y
	}
	s.at(0, s.look.Words.Remark+remark.Text)
	end := y + float64(slot.Lines)*s.look.Leading(s.look.Grid)
	spans := []span{{s.look.Words.Remark, s.onGrid("heading")}, {remark.Text, s.onGrid("kai")}}
	lines := s.paragraph(s.cells(spans...), form{leading: s.leading})
	signed := bulletin.SpacedName(remark.By)
	if !remark.Date.IsZero() {
		signed += wide + remark.Date.Chinese()
	}
	if signed != "" {
		f := form{align: right, edge: 2 * s.pitch, leading: s.leading}
		lines = append(lines, s.paragraph(s.cells(span{signed, s.onGrid("kai")}), f)...)
	}
	for _, l := range lines {
		h.take(l, y)
		y += l.height
	}
	return math.Ceil((max(y, end)-hair)/s.leading) * s.leading
}

const wide = "　"
