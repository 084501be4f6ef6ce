package layout

import (
	"strconv"

	"jianbao/bulletin/typeset"
)

// A tailSetter sets the 版记: its own size, indents and rules.
type tailSetter struct {
	*setter
	look    typeset.Tail
	style   style
	edge    float64 // indent on either side
	leading float64
}

// tailLeading is the distance of two lines of the tail in parts of its size.
const tailLeading = 1.6

// tail sets the 版记 (GB/T 9704-2012 7.4): recipients between the first two
// rules, names and telephone with the print run to the right below them, the
// print line, the last rule.
func (s *setter) tail() []strip {
	look := s.look.Tail
	st := free(look.Font, look.Size*s.scale, look.Colour)
	t := tailSetter{setter: s, look: look, style: st, edge: look.Indent * st.size, leading: tailLeading * st.size}
	var groups [][]strip
	for _, g := range [][]strip{t.lists(), t.contacts(), t.printLine()} {
		if len(g) > 0 {
			groups = append(groups, g)
		}
	}
	if len(groups) == 0 {
		return nil
	}
	all := []strip{t.rule(look.Thick)}
	for i, g := range groups {
		if i > 0 {
			all = append(all, t.rule(look.Thin))
		}
		all = append(all, g...)
	}
	return append(all, t.rule(look.Thick))
}

// rule is a line across the type area, with the room that parts it from text.
func (t tailSetter) rule(thickness float64) strip {
	if thickness == 0 {
		return strip{}
	}
	const room = 2.5 // points on either side
	h := thickness * mm
	return strip{
		height: h + 2*room,
		rules:  []Rule{{Y: room, Width: t.measure, Height: h, Colour: t.style.colour}},
	}
}

// lists sets 报, 送 and 发, every further line under the first character after
// the colon.
func (t tailSetter) lists() []strip {
	var all []strip
	for _, l := range t.printed.Lists {
		all = append(all, t.labelled(l)...)
	}
	return all
}

func (t tailSetter) labelled(l typeset.Labelled) []strip {
	t.at(0, l.Label+"："+l.Text)
	label := t.cells(span{l.Label + "：", t.style})
	c := t.cells(span{l.Label + "：" + l.Text, t.style})
	hang := t.edge + widthOf(label)
	return t.paragraph(c, form{first: t.edge, rest: hang, edge: t.edge, leading: t.leading})
}

// contacts sets names and telephone beside each other as far as they go, or
// below each other if the template says so, and the print run to the right of
// the last of them.
func (t tailSetter) contacts() []strip {
	var all []strip
	room := t.measure - 2*t.edge
	x := 0.0 // how far the last line is filled
	const gap = 2
	for _, l := range t.printed.Contacts {
		w := widthOf(t.cells(span{l.Label + "：" + l.Text, t.style}))
		if x > 0 && t.look.RolesOnOneLine && x+gap*t.style.size+w <= room {
			x += gap * t.style.size
			all[len(all)-1].take(moved(t.labelled(l)[0], x), 0)
			x += w
			continue
		}
		all = append(all, t.labelled(l)...)
		x = w
	}
	run, width := t.run()
	switch {
	case len(run) == 0 || len(all) == 0 && !t.doc.PrintDate.IsZero():
		return all
	case x == 0 || x > room || x+gap*t.style.size+width > room:
		return append(all, run...)
	}
	all[len(all)-1].take(run[0], 0)
	return all
}

// run sets the print run, to the right.
func (t tailSetter) run() (line []strip, width float64) {
	t.at(0, t.printed.PrintRun)
	c := t.cells(span{t.printed.PrintRun, t.style})
	return t.paragraph(c, form{align: right, edge: t.edge, leading: t.leading}), widthOf(c)
}

// moved returns a strip x points further to the right.
func moved(s strip, x float64) strip {
	var p Page
	s.place(&p, x, 0)
	return strip{height: s.height, runs: p.Runs}
}

// printLine sets the organ that prints to the left and the day to the right
// (GB/T 9704-2012 7.4.3), the print run below where no names are above.
func (t tailSetter) printLine() []strip {
	if t.doc.PrintDate.IsZero() {
		return nil
	}
	line := t.organAndDay()
	if len(t.printed.Contacts) == 0 {
		run, _ := t.run()
		line = append(line, run...)
	}
	return line
}

func (t tailSetter) organAndDay() []strip {
	d := t.doc.PrintDate
	t.at(0, t.printed.PrintLine)
	day := t.paragraph(t.cells(span{d.Chinese() + "印发", t.style}), form{align: right, edge: t.edge, leading: t.leading})
	if t.doc.PrintOrgan == "" {
		return day
	}
	organ := t.paragraph(t.cells(span{t.doc.PrintOrgan, t.style}), form{align: left, first: t.edge, rest: t.edge, edge: t.edge, leading: t.leading})
	if widthOf(t.cells(span{t.doc.PrintOrgan + wide + d.Chinese() + "印发", t.style})) > t.measure-2*t.edge {
		return append(organ, day...)
	}
	organ[0].take(day[0], 0)
	return organ
}

// folio sets the page number of page i (from 0) of n.
func (s *setter) folio(p *Page, i, n int) {
	f := s.look.Folio
	if f.Form == "none" || f.SkipLone && n == 1 {
		return
	}
	number := strconv.Itoa(i + 1)
	text := map[string]string{
		"dashes": "— " + number + " —",
		"of":     "第" + number + "页 共" + strconv.Itoa(n) + "页",
		"plain":  number,
	}[f.Form]
	size := f.Size * s.scale
	s.at(0, text)
	line := form{align: centred, leading: size}
	if f.Place != "centre" {
		line = form{align: right, edge: f.Indent * size, leading: size}
		if f.Place == "outside" && i%2 == 1 {
			line = form{align: left, first: f.Indent * size, leading: size}
		}
	}
	bottom := (s.look.Paper.Top + s.look.Paper.Depth + f.Drop) * mm
	for _, l := range s.paragraph(s.cells(span{text, free(f.Font, size, "#000000")}), line) {
		// the drop is measured to the dashes, in the middle of the line
		l.place(p, s.left(i), bottom-size/2)
	}
}
