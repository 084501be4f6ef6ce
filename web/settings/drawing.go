package settings

import (
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

// The route is drawn from top to bottom, so that it fits beside its form and on
// a telephone. All lengths are units of the drawing.
const (
	boxWidth  = 232
	boxHeight = 54
	boxGap    = 26
	boxLeft   = 4
	tip       = 4
	detour    = 28 // how far the way around a step that is skipped swings out
)

// A drawing is a route with the places of its boxes.
type drawing struct {
	Width, Height int
	Boxes         []box
}

// A box is one step.
type box struct {
	No                   int
	Kind, Words          fault.Reason
	Who                  string // decides, as far as there is room
	X, Y, W, H           int
	Middle, Below, Arrow int // across; the lower edge; where the arrow ends, 0 after the last
	Skip                 bool
	Out                  int // how far the way around it goes
	Over, Under          int // where that begins and ends
}

func drawingOf(r workflow.Route, lang fault.Lang) drawing {
	d := drawing{Width: boxLeft*2 + boxWidth + detour, Height: boxLeft*2 + len(r)*(boxHeight+boxGap) - boxGap}
	for n, step := range r {
		b := box{
			No: n + 1, Kind: step.Kind.Title(), Who: shortened(setup.Deciders(step).In(lang)), Words: setup.StepWords(step), Skip: step.Skip != "",
			X: boxLeft, Y: boxLeft + n*(boxHeight+boxGap), W: boxWidth, H: boxHeight,
		}
		b.Middle, b.Below, b.Out = b.X+b.W/2, b.Y+b.H, b.X+b.W+detour/2
		b.Over, b.Under = b.Y-boxGap/2, b.Below+boxGap/2
		if n+1 < len(r) {
			b.Arrow = b.Below + boxGap
		}
		d.Boxes = append(d.Boxes, b)
	}
	return d
}

// Where the words of a box and the tip of its arrow are.

// TextX is where the words of a box begin.
func (b box) TextX() int { return b.X + 12 }

// TextY is the base line of its first words.
func (b box) TextY() int { return b.Y + 22 }

// SecondY is the base line of its second words.
func (b box) SecondY() int { return b.Y + 42 }

// TipLeft, TipRight and TipTop are the corners of the tip of its arrow.
func (b box) TipLeft() int { return b.Middle - tip }

// TipRight is the right corner.
func (b box) TipRight() int { return b.Middle + tip }

// TipTop is where the tip begins.
func (b box) TipTop() int { return b.Arrow - 2*tip }

// shortened is a text as far as a box has room for it.
func shortened(text string) string {
	room := boxWidth - 24
	var fits []rune
	for _, r := range text {
		wide := 7
		if r >= 0x2E80 {
			wide = 13
		}
		if room -= wide; room < 13 {
			return string(fits) + "…"
		}
		fits = append(fits, r)
	}
	return string(fits)
}
