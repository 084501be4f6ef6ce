package forms

import (
	"fmt"
	"strconv"

	"jianbao/bulletin/typeset/fonts"
	"jianbao/bulletin/typeset/layout"
	"jianbao/fault"
)

// A column of a grid.
type column struct {
	title  string
	width  float64 // mm
	middle bool    // set in the middle
}

// A cell is text, or a code that is to be scanned.
type cell struct {
	text string
	code [][]bool
}

// A grid is a ruled table over as many pages as it needs. Its title and header
// stand on each of them.
type grid struct {
	set           *fonts.Set
	width, height float64 // of the paper
	title, below  string  // the line under the title, left
	columns       []column
	size          float64 // of type, points
	rowHeight     float64 // the least
	foot          string  // right of the page number
	lang          fault.Lang

	pages []layout.Page
	sheet *sheet
	y     float64
}

const (
	margin     = 14.0 // mm, on all sides
	cellPad    = 1.2
	codeSide   = 21.0
	titleSize  = 18.0
	smallPrint = 9.0
)

var folio = fault.Say("forms.folio", "第%d页　共%d页", "page %d of %d")

func (g *grid) span() float64 {
	sum := 0.0
	for _, c := range g.columns {
		sum += c.width
	}
	return sum
}

// begin starts a page with title and header.
func (g *grid) begin() {
	g.end()
	g.sheet = newSheet(g.set, g.width, g.height)
	g.sheet.middle(0, margin-2, g.width, titleSize, fonts.Heading, g.title)
	g.y = margin + 8
	if g.below != "" {
		g.y += g.sheet.text(margin, g.y, g.span(), 10.5, fonts.Body, g.below) + 1
	}
	cells := make([]cell, len(g.columns))
	for i, c := range g.columns {
		cells[i].text = c.title
	}
	g.line(cells, fonts.Heading, 0)
}

func (g *grid) end() {
	if g.sheet != nil {
		g.pages = append(g.pages, g.sheet.page)
	}
}

// row adds a row, on a new page where this one is full. A row taller than a page
// is cut at its foot.
func (g *grid) row(cells []cell) {
	if g.sheet == nil || g.y+g.tall(cells, fonts.Body, g.rowHeight) > g.height-margin-4 {
		g.begin()
	}
	g.line(cells, fonts.Body, g.rowHeight)
}

func (g *grid) tall(cells []cell, role fonts.Role, least float64) float64 {
	sheet := g.sheet
	if sheet == nil {
		sheet = newSheet(g.set, g.width, g.height)
	}
	tall := least
	for i, c := range cells {
		h := sheet.height(g.columns[i].width-2*cellPad, g.size, role, c.text) + 2*cellPad
		if c.code != nil {
			h = codeSide + 1
		}
		tall = max(tall, h)
	}
	return tall
}

func (g *grid) line(cells []cell, role fonts.Role, least float64) {
	tall := g.tall(cells, role, least)
	x := margin
	for i, c := range cells {
		col := g.columns[i]
		g.sheet.box(x, g.y, col.width+hair, tall+hair)
		inner := col.width - 2*cellPad
		h := g.sheet.height(inner, g.size, role, c.text)
		top := g.y + (tall-h)/2
		switch {
		case c.code != nil:
			g.sheet.code(x+(col.width-codeSide)/2+hair/2, g.y+(tall-codeSide)/2+hair/2, codeSide, c.code)
		case col.middle || role == fonts.Heading:
			for n, l := range g.sheet.wrap(role, g.size, inner, c.text) {
				left := x + cellPad + (inner-g.sheet.width(l, g.size))/2
				g.sheet.put(left, top+float64(n)*g.size*leading/mm, g.size, l)
			}
		default:
			g.sheet.text(x+cellPad, top, inner, g.size, role, c.text)
		}
		x += col.width
	}
	g.y += tall
}

// document ends the grid and numbers its pages.
func (g *grid) document() layout.Document {
	if g.sheet == nil {
		g.begin()
	}
	g.end()
	g.sheet = nil
	for i := range g.pages {
		s := &sheet{set: g.set, page: g.pages[i]}
		y := g.height - margin + 1
		s.text(margin, y, g.span()/2, smallPrint, fonts.Body, g.foot)
		number := s.pieces(fonts.Body, folio.With(i+1, len(g.pages)).In(g.lang))
		s.put(margin+g.span()-s.width(number, smallPrint), y, smallPrint, number)
		g.pages[i] = s.page
	}
	return layout.Document{Title: g.title, Pages: g.pages}
}

// Register lays out a table as a register on A4 across: the columns as wide as
// what stands in them asks for. Rows may be shorter than the header. foot, which
// may be "", stands at the foot of every page.
func Register(title, foot string, header []string, rows [][]string, set *fonts.Set, lang fault.Lang) layout.Document {
	g := &grid{set: set, width: paperHeight, height: paperWidth, title: title, size: 9.5, rowHeight: 7, foot: foot, lang: lang}
	for i, w := range shares(header, rows, paperHeight-2*margin) {
		g.columns = append(g.columns, column{title: header[i], width: w, middle: numeric(i, rows)})
	}
	for _, row := range rows {
		cells := make([]cell, len(header))
		for i := range min(len(row), len(header)) {
			cells[i].text = row[i]
		}
		g.row(cells)
	}
	return g.document()
}

// shares parts a width among columns by the longest and the mean of their texts.
func shares(header []string, rows [][]string, width float64) []float64 {
	want, sum := make([]float64, len(header)), 0.0
	for i, h := range header {
		longest, all := weight(h), 0.0
		for _, row := range rows {
			if i < len(row) {
				w := weight(row[i])
				longest, all = max(longest, w), all+w
			}
		}
		mean := all / float64(max(1, len(rows)))
		want[i] = min(max(longest, weight(h))+1.5, max(weight(h)+1.5, 2*mean+4))
		sum += want[i]
	}
	for i := range want {
		want[i] *= width / sum
	}
	return want
}

// weight is the width of a text in characters of full width.
func weight(text string) (w float64) {
	for _, r := range text {
		if r < 0x80 {
			w += 0.55
		} else {
			w++
		}
	}
	return w
}

// numeric reports whether a column has nothing but numbers.
func numeric(column int, rows [][]string) bool {
	some := false
	for _, row := range rows {
		if column >= len(row) || row[column] == "" {
			continue
		}
		if _, err := strconv.Atoi(row[column]); err != nil {
			return false
		}
		some = true
	}
	return some
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}
