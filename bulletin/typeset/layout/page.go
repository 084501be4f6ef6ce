package layout

import (
	"strconv"
	"strings"

	"jianbao/bulletin"
)

// A Document is what is to be drawn: pages of glyph runs, rules and pictures.
// All lengths are points of 1/72 inch, counted from the upper left corner of
// the page, downwards.
type Document struct {
	Title  string
	Author string
	Date   bulletin.Date
	Pages  []Page
}

// A Page is one side of paper.
type Page struct {
	Width, Height float64
	Runs          []Run
	Rules         []Rule
	Pictures      []Picture
}

// A Run is text in one face on one baseline. X is the pen's place before the
// first glyph, Y the baseline. Each glyph moves the pen by its own advance in
// the face and by Spacing, which may be negative.
//
// The Spacing of a run of one glyph is 0 but for two: a full-width mark that
// lost its blank half (it is at most -Squeezed times the size), and a character
// before the room that parts two scripts or fills a loose line. Both belong to
// the glyph: programs that read text from a page must take neither for an
// overlap nor for a space.
type Run struct {
	X, Y    float64
	Face    Face
	Size    float64
	Spacing float64
	Colour  Colour
	Text    string
}

// Squeezed is how far, in parts of its size, the next glyph must at least reach
// into the box of a mark for it to be one that lost its blank half.
const Squeezed = 0.4

// A Rule is a filled rectangle; X and Y are its upper left corner.
type Rule struct {
	X, Y, Width, Height float64
	Colour              Colour
}

// A Picture is scaled into its rectangle; X and Y are its upper left corner.
// Name is the name that it came under.
type Picture struct {
	X, Y, Width, Height float64
	Name                string
}

// A Colour is 0xRRGGBB.
type Colour uint32

// Black is the colour of ordinary text.
const Black Colour = 0

// RGB returns the three parts of a colour.
func (c Colour) RGB() (r, g, b uint8) { return uint8(c >> 16), uint8(c >> 8), uint8(c) }

// colourOf reads #rrggbb; what cannot be read is black.
func colourOf(s string) Colour {
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 24)
	if err != nil {
		return Black
	}
	return Colour(n)
}

// A Face is one font, as far as the layout must know it.
type Face interface {
	// Name is the name of the font.
	Name() string
	// Advance is the width of a character in parts of the size.
	Advance(r rune) float64
}

// Metrics are the fonts that there are. Role is body, masthead, heading, kai or
// latin; Pick returns the face of that role, or a fallback, that has the
// character, and false where no font has it.
type Metrics interface {
	Pick(role string, r rune) (Face, bool)
}
