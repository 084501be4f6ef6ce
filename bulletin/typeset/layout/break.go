package layout

import (
	"math"
	"strings"
)

// A strand is a part of the cells of a paragraph that stands on one line: the
// cells from start up to end, the spaces at its end left out.
type strand struct {
	start, end int
	// fix is what justifying has to add to (or, if negative, take from) the
	// natural width to make the line as wide as its measure.
	fix  float64
	last bool
}

// The levels of a break: what must give way before a line is broken there.
const (
	fair    = iota // nothing
	inWord         // a word or number and unit may be parted where addresses are
	inside         // anything may be parted, but no line begins or ends wrongly
	anyhow         // nothing else fits on a line
	slackEm = 4    // a fair line may be this many characters short
)

// allowed says at which level a line may end before cell i.
func allowed(c []cell, i int) int {
	a, b := c[i-1], c[i]
	switch {
	case b.class == mark:
		return anyhow + 1
	case b.class == space, b.class == closing, b.class == stop, b.class == query, a.class == opening, a.class == prefix:
		return anyhow
	case b.class == tie && !dash(c, i):
		return anyhow
	}
	before, spaced := a.r, a.class == space
	if spaced {
		if i < 2 {
			return fair
		}
		before = c[i-2].r
	}
	switch {
	case !glued(before, b.r, spaced):
		return fair
	case a.class == word && b.class == word && strings.ContainsRune(wordEnds, a.r):
		return inWord
	case !spaced && a.class != b.class && a.class != tie:
		return inWord
	}
	return inside
}

// dash says whether cell i begins a dash of two characters, which may stand at
// the beginning of a line; a single one joins two words and may not.
func dash(c []cell, i int) bool {
	return c[i].r == '—' && i+1 < len(c) && c[i+1].r == '—' && c[i-1].r != '—'
}

// breakLines cuts the cells of a paragraph into lines. measure returns the
// width of line n in points. No line is wider than its measure once its fix is
// made, unless one cell alone is.
func breakLines(c []cell, measure func(n int) float64) []strand {
	var lines []strand
	for at := 0; at < len(c); {
		for len(lines) > 0 && at < len(c) && c[at].class == space {
			at++
		}
		if at == len(c) {
			break
		}
		if len(lines) > 0 && c[at].class == opening && c[at].left > 0 {
			c[at].trimLeft(c[at].left)
		}
		l := nextLine(c, at, measure(len(lines)))
		lines = append(lines, l)
		at = l.end
	}
	mendLast(c, lines, measure)
	for i := range lines {
		lines[i].end = beforeSpaces(c, lines[i].start, lines[i].end)
	}
	return lines
}

// nextLine returns the line that begins at cell start: the fairest break that
// does not leave it far too short, and of those the one that needs the smallest
// fix. Levels are tried from fair to anyhow.
func nextLine(c []cell, start int, measure float64) strand {
	ends := reach(c, start, measure)
	for level := fair; level <= anyhow; level++ {
		best := strand{end: -1}
		for _, e := range ends {
			if e.end < len(c) && allowed(c, e.end) > level {
				continue
			}
			if best.end < 0 || better(e, best) {
				best = e
			}
		}
		short := slackEm * c[start].style.pitch
		if best.end >= 0 && (best.fix <= short || best.last || level >= inside) {
			return best
		}
	}
	end := start + 1
	for end < len(c) && c[end].class == mark {
		end++
	}
	return strand{start: start, end: end, last: end == len(c)}
}

// better prefers the line that ends the paragraph, and else the one that needs
// less fixing, either way.
func better(a, b strand) bool {
	if a.last || b.last {
		return a.last
	}
	return math.Abs(a.fix) < math.Abs(b.fix)
}

// reach returns every line from start that fits the measure, squeezed or not,
// with the fix that it needs.
func reach(c []cell, start int, measure float64) []strand {
	var all []strand
	width, give := 0.0, 0.0
	for i := start; i < len(c); i++ {
		width += c[i].advance
		if c[i].class == space && i+1 < len(c) {
			continue // a line ends at the cell before a space
		}
		if i > start {
			give += c[i].giveLeft()
		}
		if width-give-c[i].right > measure+hair {
			if c[i].class == mark || c[i].advance <= 0 {
				continue
			}
			break
		}
		all = append(all, candidate(c, start, i, measure-width))
		give += c[i].giveRight()
	}
	return all
}

// candidate makes the line that ends with cell i and has room points left
// (negative: too much).
func candidate(c []cell, start, i int, room float64) strand {
	end := i + 1
	for end < len(c) && c[end].class == space {
		end++
	}
	s := strand{start: start, end: end, fix: room, last: end == len(c)}
	if s.last && room >= 0 {
		s.fix = 0
	}
	return s
}

// maxSqueeze is how much of a mark inside a line may be squeezed away, in parts
// of a character; more would be seen. The last mark of a line may lose all of
// its blank half.
const maxSqueeze = 0.2

func (c *cell) giveLeft() float64  { return min(c.left, maxSqueeze*c.style.pitch) }
func (c *cell) giveRight() float64 { return min(c.right, maxSqueeze*c.style.pitch) }

// mendLast takes a character more to a last line that would hold one alone
// (孤字), if the line before has enough and stays dense.
func mendLast(c []cell, lines []strand, measure func(n int) float64) {
	n := len(lines)
	if n < 2 || visible(c[lines[n-1].start:lines[n-1].end]) > 1 {
		return
	}
	const enough, loose = 8, 3 // characters
	before := &lines[n-2]
	for i := before.end - 1; i > before.start+enough; i-- {
		if allowed(c, i) > fair {
			continue
		}
		fix := measure(n-2) - widthOf(c[before.start:beforeSpaces(c, before.start, i)])
		if fix < loose*c[i].style.pitch {
			before.fix, before.end = fix, i
			lines[n-1].start = i
		}
		return
	}
}

// beforeSpaces returns the end of a line without the spaces at it.
func beforeSpaces(c []cell, start, end int) int {
	for end > start+1 && c[end-1].class == space {
		end--
	}
	return end
}

// visible counts the cells that are neither marks nor spaces.
func visible(c []cell) int {
	n := 0
	for _, x := range c {
		if x.class == ideograph || x.class == word {
			n++
		}
	}
	return n
}
