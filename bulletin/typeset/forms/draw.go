package forms

import (
	"strings"

	"jianbao/bulletin/typeset"
	"jianbao/bulletin/typeset/fonts"
	"jianbao/bulletin/typeset/layout"
)

// A4 in millimetres (ISO 216).
const paperWidth, paperHeight = 210.0, 297.0

const mm = typeset.PointsPerMM

// A sheet is one page being drawn; its lengths are millimetres from the upper
// left corner, its sizes of type points.
type sheet struct {
	set  *fonts.Set
	page layout.Page
}

func newSheet(set *fonts.Set, width, height float64) *sheet {
	return &sheet{set: set, page: layout.Page{Width: width * mm, Height: height * mm}}
}

// noStart are marks that begin no line.
const noStart = "，。、；：？！）】》〉”’％…—"

// a piece is a character with its face.
type piece struct {
	r    rune
	face *fonts.Face
}

// pieces picks the faces of a text. What no font has is shown as 〓.
func (s *sheet) pieces(role fonts.Role, text string) []piece {
	var all []piece
	for _, r := range text {
		of := role
		if r < 0x80 {
			of = fonts.Latin
		}
		face, ok := s.set.Pick(of, r)
		if !ok {
			r = '〓'
			face, _ = s.set.Pick(role, r)
		}
		all = append(all, piece{r, face})
	}
	return all
}

// wrap breaks a text into lines no wider than width. A number stays on one line
// where it can.
func (s *sheet) wrap(role fonts.Role, size, width float64, text string) [][]piece {
	var lines [][]piece
	for _, part := range strings.Split(text, "\n") {
		var line []piece
		w := 0.0
		for _, p := range s.pieces(role, part) {
			advance := p.face.Advance(p.r) * size / mm
			if w+advance > width && len(line) > 0 && !strings.ContainsRune(noStart, p.r) {
				keep := whole(line, p.r)
				lines = append(lines, line[:len(line)-keep])
				line = append([]piece(nil), line[len(line)-keep:]...)
				w = s.width(line, size)
			}
			line, w = append(line, p), w+advance
		}
		lines = append(lines, line)
	}
	return lines
}

// whole returns how many characters at the end of a line belong to the number or
// word that r goes on with.
func whole(line []piece, r rune) int {
	n := 0
	for r > ' ' && r < 0x80 && r != ',' && n < len(line) {
		if last := line[len(line)-1-n].r; last <= ' ' || last >= 0x80 || last == ',' {
			break
		}
		n++
	}
	if n == len(line) {
		return 0
	}
	return n
}

func (s *sheet) width(line []piece, size float64) float64 {
	w := 0.0
	for _, p := range line {
		w += p.face.Advance(p.r) * size / mm
	}
	return w
}

// put draws one line with its upper edge at y; runs end where the face changes.
func (s *sheet) put(x, y, size float64, line []piece) {
	for len(line) > 0 {
		n := 1
		for n < len(line) && line[n].face == line[0].face {
			n++
		}
		text := ""
		for _, p := range line[:n] {
			text += string(p.r)
		}
		s.page.Runs = append(s.page.Runs, layout.Run{X: x * mm, Y: y*mm + 0.88*size, Face: line[0].face, Size: size, Colour: layout.Black, Text: text})
		x += s.width(line[:n], size)
		line = line[n:]
	}
}

// text draws a text in a box and returns its height.
func (s *sheet) text(x, y, width, size float64, role fonts.Role, text string) float64 {
	step := size * leading / mm
	lines := s.wrap(role, size, width, text)
	for n, line := range lines {
		s.put(x, y+float64(n)*step, size, line)
	}
	return float64(len(lines)) * step
}

// leading is the distance of lines, in parts of the size of type.
const leading = 1.35

// height is what text would return.
func (s *sheet) height(width, size float64, role fonts.Role, text string) float64 {
	return float64(len(s.wrap(role, size, width, text))) * size * leading / mm
}

// middle draws one line in the middle between x and x+width.
func (s *sheet) middle(x, y, width, size float64, role fonts.Role, text string) {
	line := s.pieces(role, text)
	s.put(x+(width-s.width(line, size))/2, y, size, line)
}

// rule draws a filled rectangle.
func (s *sheet) rule(x, y, width, height float64) {
	s.page.Rules = append(s.page.Rules, layout.Rule{X: x * mm, Y: y * mm, Width: width * mm, Height: height * mm, Colour: layout.Black})
}

// hair is how thick the lines of a form are.
const hair = 0.2

// box draws the frame of a rectangle.
func (s *sheet) box(x, y, width, height float64) {
	s.rule(x, y, width, hair)
	s.rule(x, y+height-hair, width, hair)
	s.rule(x, y, hair, height)
	s.rule(x+width-hair, y, hair, height)
}
