package forms

import (
	"fmt"

	"github.com/skip2/go-qrcode"
)

// quiet is the width of the empty zone around a code, in modules (ISO/IEC 18004
// clause 6.3.8).
const quiet = 4

// codeOf returns the modules of the code of a text, without the quiet zone; true
// is dark. Level M bears the fold of a sheet of paper.
func codeOf(text string) ([][]bool, error) {
	q, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return nil, fmt.Errorf("the code of an address of %d characters: %w", len(text), err)
	}
	q.DisableBorder = true
	return q.Bitmap(), nil
}

// code draws a code into a square, its quiet zone within it: each row of dark
// modules as one rectangle.
func (s *sheet) code(x, y, side float64, modules [][]bool) {
	module := side / float64(len(modules)+2*quiet)
	for row, line := range modules {
		for from := 0; from < len(line); from++ {
			to := from
			for to < len(line) && line[to] {
				to++
			}
			if to > from {
				s.rule(x+float64(quiet+from)*module, y+float64(quiet+row)*module, float64(to-from)*module, module)
				from = to
			}
		}
	}
}
