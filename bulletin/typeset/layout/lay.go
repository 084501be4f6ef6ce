package layout

import (
	"fmt"
	"strings"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset"
	"jianbao/fault"
)

// Options are what one print of a bulletin may differ in.
type Options struct {
	// Large sets the text on the template's grid for older leaders.
	Large bool
	// CopyNumber (份号) is printed in its corner; "" leaves it as the text has
	// it, which is seldom at all.
	CopyNumber string
}

// A Size is how large a picture is, in its own pixels.
type Size struct{ Width, Height int }

// Lay sets a sheet. pictures holds the size of every picture that can be drawn,
// by its name. The problems say what could not be set as it was written; the
// pages are complete all the same. A sheet without a number that is not
// provisional is fault.Invalid.
func Lay(sheet typeset.Sheet, look typeset.Template, m Metrics, pictures map[string]Size, opt Options) (Document, []bulletin.Problem, error) {
	printed, err := sheet.Printed(look)
	if err != nil {
		return Document{}, nil, err
	}
	grid := look.On(opt.Large)
	s := &setter{
		doc: sheet.Document, printed: printed, look: look, metrics: m, pictures: pictures, opt: opt,
		size: grid.Size, pitch: look.Pitch(grid), leading: look.Leading(grid),
		measure: look.Paper.Measure * typeset.PointsPerMM, depth: look.Paper.Depth * typeset.PointsPerMM,
		scale: grid.Size / look.Grid.Size,
		seen:  map[string]bool{},
	}
	d := Document{
		Title:  typeset.Subject(sheet),
		Author: strings.Join(sheet.Document.Organs, "、"),
		Date:   sheet.Date,
	}
	d.Pages = s.pages()
	return d, s.problems, nil
}

// A setter sets one sheet.
type setter struct {
	doc      bulletin.Document
	printed  typeset.Printed
	look     typeset.Template
	metrics  Metrics
	pictures map[string]Size
	opt      Options

	size, pitch, leading float64 // of the grid, points
	measure, depth       float64 // of the type area, points
	scale                float64 // of the large type against the ordinary one

	line     int    // of the text, for problems
	context  string // what is being set, for problems
	problems []bulletin.Problem
	seen     map[string]bool
}

// pages sets the parts and puts them together.
func (s *setter) pages() []Page {
	head, below := s.head()
	body, annexes := s.body(), s.annexes()
	if !s.look.Tail.BeforeAnnexes {
		body, annexes = append(body, annexes...), nil
	}
	tail := s.tail()
	k := stack{depth: s.depth, leading: s.leading, first: below}
	all, last := k.withTail(body, tail, s.look.Tail.NewPage)
	after, _, _ := stack{depth: s.depth, leading: s.leading}.fill(annexes, nil)
	for _, p := range after {
		p.page += last + 1
		all = append(all, p)
	}
	return s.assemble(head, all)
}

func heightOf(strips []strip) float64 {
	h := 0.0
	for _, s := range strips {
		h += s.height
	}
	return h
}

// assemble makes the pages of the head and the placed strips, and numbers them.
func (s *setter) assemble(head strip, all []placed) []Page {
	n := 1
	for _, p := range all {
		n = max(n, p.page+1)
	}
	pages := make([]Page, n)
	for i := range pages {
		pages[i].Width = s.look.Paper.Width * typeset.PointsPerMM
		pages[i].Height = s.look.Paper.Height * typeset.PointsPerMM
	}
	top := s.look.Paper.Top * typeset.PointsPerMM
	head.place(&pages[0], s.left(0), top)
	for _, p := range all {
		p.place(&pages[p.page], s.left(p.page), top+p.y)
	}
	for i := range pages {
		s.folio(&pages[i], i, n)
	}
	return pages
}

// left is the left edge of the type area of a page, counted from 0: on the back
// of a sheet the binding side is to the right.
func (s *setter) left(page int) float64 {
	p := s.look.Paper
	if p.Mirrored && page%2 == 1 {
		return (p.Width - p.Left - p.Measure) * typeset.PointsPerMM
	}
	return p.Left * typeset.PointsPerMM
}

var (
	noGlyph = fault.Say("layout.no-glyph", "“%s”（%s）没有字体可用，印成了〓。位置：%s。请装入含此字的字体，或改用规范字",
		"no font has %s (%s); it is printed as a blank sign, at: %s. Install a font that has it")
	noPicture = fault.Say("layout.no-picture", "图片“%s”缺失或不能用，纸上留了空框", "the picture %s is missing or cannot be used; an empty frame is printed")
)

// missing notes a character that no font has.
func (s *setter) missing(r rune) {
	code := fmt.Sprintf("U+%04X", r)
	key := fmt.Sprint(code, s.line, s.context)
	if s.seen[key] {
		return
	}
	s.seen[key] = true
	s.problems = append(s.problems, bulletin.Problem{
		Code: "no-glyph", Severity: bulletin.Ask, Line: s.line,
		Reason: noGlyph.With(string(r), code, s.context),
	})
}

// at says what is being set from here on.
func (s *setter) at(line int, context string) {
	const long = 16
	s.line = line
	if runes := []rune(context); len(runes) > long {
		context = string(runes[:long]) + "…"
	}
	s.context = context
}

// cells measures text of one or several styles.
func (s *setter) cells(spans ...span) []cell {
	return cells(s.metrics, spans, s.missing)
}

// body is the style of ordinary text on the grid in a role.
func (s *setter) onGrid(role string) style {
	return style{role: role, size: s.size, pitch: s.pitch}
}

// free is a style off the grid: its pitch is its size.
func free(role string, size float64, colour string) style {
	return style{role: role, size: size, pitch: size, colour: colourOf(colour)}
}

// A form is how the lines of a paragraph stand.
type form struct {
	align   alignment
	first   float64 // indent of the first line, points
	rest    float64 // indent of the lines after it
	edge    float64 // indent of all lines on the right
	leading float64
}

// paragraph cuts cells into lines and makes a strip of each.
func (s *setter) paragraph(c []cell, f form) []strip {
	return paragraph(c, f, s.measure)
}

func paragraph(c []cell, f form, width float64) []strip {
	indent := func(n int) float64 {
		if n == 0 {
			return f.first
		}
		return f.rest
	}
	measure := func(n int) float64 { return width - indent(n) - f.edge }
	lines := breakLines(c, measure)
	strips := make([]strip, 0, len(lines))
	for n, l := range lines {
		advances := spread(c, l, f.align)
		x := indent(n)
		switch room := measure(n) - total(advances); f.align {
		case centred:
			x += room / 2
		case right:
			x += room
		}
		size := c[l.start].style.size
		strips = append(strips, strip{
			height: f.leading,
			runs:   runs(c, l, advances, x, baseline(f.leading, size)),
		})
	}
	return strips
}

// baseline returns how far below the top of a line its baseline is, where the
// em box of the characters stands in the middle of the line.
func baseline(leading, size float64) float64 { return (leading-size)/2 + ascent*size }

// ascent is the part of the em box above the baseline, as CJK fonts have it.
const ascent = 0.88

func total(advances []float64) float64 {
	sum := 0.0
	for _, a := range advances {
		sum += a
	}
	return sum
}
