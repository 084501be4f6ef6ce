package word

import (
	"math"
	"strings"

	"jianbao/bulletin/typeset"
)

// twips turns points into twentieths of a point, the unit of Word.
func twips(points float64) int { return int(math.Round(points * 20)) }

// twipsMM turns millimetres into twips.
func twipsMM(mm float64) int { return twips(mm * typeset.PointsPerMM) }

// emuMM and emuPerPixel are the unit of drawings: English metric units per
// millimetre, and per pixel of a screen of 96 dots to the inch.
const (
	emuMM       = 36000
	emuPerPixel = 9525
)

// halfPoints is the unit of sizes of type.
func halfPoints(points float64) int { return int(math.Round(points * 2)) }

// eighths is the unit of the thickness of borders, an eighth of a point, from
// 2 to 96; 0 stays 0.
func eighths(mm float64) int {
	if mm <= 0 {
		return 0
	}
	return min(96, max(2, int(math.Round(mm*typeset.PointsPerMM*8))))
}

// hex turns #d7000f into D7000F.
func hex(colour string) string { return strings.ToUpper(strings.TrimPrefix(colour, "#")) }

// justification is the word of the schema for an alignment.
func justification(align string) string {
	if align == "centre" {
		return "center"
	}
	return align
}

// A geometry is the measures of a template's paper in twips.
type geometry struct {
	width, height            int
	top, bottom, left, right int
	measure                  int // width of the type area
	leading                  int // distance of two lines
	size                     float64
	tracking                 int // what is added to a character, negative
}

func geometryOf(look typeset.Template) geometry {
	p, grid := look.Paper, look.Grid
	g := geometry{
		width: twipsMM(p.Width), height: twipsMM(p.Height), top: twipsMM(p.Top), left: twipsMM(p.Left),
		leading: twips(look.Leading(grid)), size: grid.Size, tracking: twips(look.Pitch(grid) - grid.Size),
	}
	// A full line must fit although the tracking is rounded.
	g.measure = max(twipsMM(p.Measure), grid.Characters*(twips(grid.Size)+g.tracking))
	g.right = g.width - g.left - g.measure
	g.bottom = g.height - g.top - twipsMM(p.Depth)
	return g
}

// indent is the width of some characters of the body.
func (g geometry) indent(characters float64) int {
	return int(math.Round(characters * float64(twips(g.size)+g.tracking)))
}
