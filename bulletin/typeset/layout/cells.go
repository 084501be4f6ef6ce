package layout

import "unicode"

// A style is how characters are set. Pitch is the width of a full-width
// character in points; on the grid of GB/T 9704 it is a little less than the
// size.
type style struct {
	role   string
	size   float64
	pitch  float64
	colour Colour
}

// A span is text in one style.
type span struct {
	text  string
	style style
}

// A cell is one character on a line. Left and right are the blank parts of a
// punctuation mark, which may be squeezed away; trim is what has been squeezed
// from its left, and advance how far the next cell is from this one.
type cell struct {
	r           rune
	class       class
	face        Face
	style       style
	advance     float64
	left, right float64
	trim        float64
	gapped      bool    // room follows already: two scripts meet
	bare        float64 // the advance that the face itself gives
}

// geta (下駄) stands where no font has the character.
const geta = '〓'

// cells measures text, picks a face for every character and squeezes marks that
// follow one another. missing is called for every character without a glyph.
func cells(m Metrics, spans []span, missing func(rune)) []cell {
	n := 0
	for _, s := range spans {
		n += len(s.text)
	}
	all := make([]cell, 0, n/2)
	for _, s := range spans {
		for _, r := range s.text {
			if !invisible(r) {
				all = append(all, cellOf(m, r, s.style, missing))
			}
		}
	}
	latinQuotes(m, all)
	squeezeNeighbours(all)
	partScripts(all)
	return all
}

func cellOf(m Metrics, r rune, s style, missing func(rune)) cell {
	if r == '\t' || r == '\u00a0' {
		r = ' '
	}
	c := cell{r: r, class: classOf(r), style: s}
	role := s.role
	if (role == "body" || role == "kai") && (c.class == word || c.class == space) {
		role = "latin"
	}
	face, ok := m.Pick(role, r)
	if !ok && r == wideSpace {
		return cell{r: r, class: ideograph, style: s, advance: s.pitch}
	}
	if !ok {
		missing(r)
		c.r, c.class = geta, ideograph
		if face, ok = m.Pick(s.role, geta); !ok {
			return cell{r: r, class: ideograph, style: s, advance: s.pitch}
		}
	}
	c.measure(face)
	return c
}

// measure gives the cell its advance: a full-width glyph has the pitch, a
// narrower one half of what the pitch takes away.
func (c *cell) measure(face Face) {
	c.face = face
	em := face.Advance(c.r)
	c.bare = em * c.style.size
	switch {
	case c.class == mark:
		c.advance = c.bare
	case em > 0.95:
		c.advance = c.bare + (c.style.pitch - c.style.size)
	default:
		c.advance = c.bare + (c.style.pitch-c.style.size)/2
	}
	if em < 0.95 {
		return
	}
	switch half := c.style.pitch / 2; c.class {
	case opening:
		c.left = half
	case closing, stop:
		c.right = half
	}
}

// latinQuotes sets the apostrophe of a Latin word in the Latin face.
func latinQuotes(m Metrics, all []cell) {
	for i := 1; i+1 < len(all); i++ {
		c := &all[i]
		if c.r != '’' || all[i-1].class != word || all[i+1].class != word || !unicode.IsLetter(all[i+1].r) {
			continue
		}
		if face, ok := m.Pick("latin", c.r); ok {
			c.class, c.left, c.right = word, 0, 0
			c.measure(face)
		}
	}
}

// squeezeNeighbours takes one of the two blank halves between marks that follow
// one another, or the one there is: 。” and 》（ take one and a half characters.
func squeezeNeighbours(all []cell) {
	for i := 0; i+1 < len(all); i++ {
		a, b := &all[i], &all[i+1]
		switch {
		case a.right > 0 && (b.class == closing || b.class == stop || b.class == opening):
			a.advance -= a.right
			a.right = 0
		case a.class == opening && b.class == opening && b.left > 0:
			b.trimLeft(b.left)
		}
	}
}

// trimLeft takes some of the blank on the left of a cell.
func (c *cell) trimLeft(by float64) {
	c.trim += by
	c.advance -= by
	c.left -= by
}

// latinGap is the room between Chinese characters and Latin letters or digits
// where the text has no space, in parts of a character, as word processors put
// it there.
const latinGap = 0.125

func partScripts(all []cell) {
	for i := 0; i+1 < len(all); i++ {
		a, b := &all[i], &all[i+1]
		if a.class == ideograph && b.class == word || a.class == word && b.class == ideograph {
			a.advance += latinGap * a.style.pitch
			a.gapped = true
		}
	}
}
