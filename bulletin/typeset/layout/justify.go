package layout

// maxStretch is the most that a gap between two characters is widened by, in
// parts of a character. A line that would need more stays ragged: it holds a
// long address, and letter-spaced it would look worse.
const maxStretch = 0.25

// Room between two characters from loose on, and up to letterSpaced, could be
// read as a space by a program: the characters before it are runs by themselves,
// which say that the room is theirs.
const loose, letterSpaced = 0.09, 0.26

// An alignment says where a line that is not as wide as its measure stands.
type alignment uint8

const (
	justified alignment = iota
	left
	centred
	right
)

func alignmentOf(s string) alignment {
	switch s {
	case "centre":
		return centred
	case "right":
		return right
	}
	return left
}

// spread returns the advances of the cells of a line after its fix.
func spread(c []cell, s strand, align alignment) []float64 {
	line := c[s.start:s.end]
	advances := make([]float64, len(line))
	for i := range line {
		advances[i] = line[i].advance
	}
	switch {
	case s.fix < 0:
		squeeze(line, advances, -s.fix)
	case s.fix > 0 && !s.last && align == justified:
		stretch(line, advances, s.fix)
	}
	return advances
}

// squeeze takes over points from the blank halves of the marks of a line, from
// that of the last one first: nobody sees it.
func squeeze(line []cell, advances []float64, over float64) {
	last := len(line) - 1
	taken := min(over, line[last].right)
	advances[last] -= taken
	over -= taken
	give := 0.0
	for i := range line[:last] {
		give += line[i].giveRight() + line[i+1].giveLeft()
	}
	if give <= 0 || over <= 0 {
		return
	}
	share := min(1, over/give)
	for i := range line[:last] {
		// before an opening mark, whose ink is on the right, the next cell
		// begins sooner
		advances[i] -= (line[i].giveRight() + line[i+1].giveLeft()) * share
	}
}

// stretch shares room points out among the gaps of a line.
func stretch(line []cell, advances []float64, room float64) {
	gaps := 0
	for i := 1; i < len(line); i++ {
		if isGap(line[i-1], line[i]) {
			gaps++
		}
	}
	if gaps == 0 || room/float64(gaps) > maxStretch*line[0].style.pitch {
		return
	}
	for i := 1; i < len(line); i++ {
		if isGap(line[i-1], line[i]) {
			advances[i-1] += room / float64(gaps)
		}
	}
}

// isGap says whether room may be put between two cells: not inside of a word,
// a number or a dash, nor where there is some already.
func isGap(a, b cell) bool {
	switch {
	case b.class == mark, b.class == space:
		return false
	case a.class == tie || b.class == tie, a.gapped:
		return false
	}
	return a.class != word || b.class != word
}

// runs turns the cells of one line into runs, the first beginning at x, on
// baseline y. Neighbours of one face, size and colour at the same distance make
// one run; a mark that lost its blank half is a run by itself, and so is what
// stands before some room.
func runs(c []cell, s strand, advances []float64, x, y float64) []Run {
	var all []Run
	b := runBuilder{baseline: y}
	line := c[s.start:s.end]
	for i, k := range line {
		next := x + advances[i]
		if i+1 < len(line) {
			next -= line[i+1].trim
		}
		if k.face != nil {
			all = b.put(all, k, x-k.trim, next)
		}
		x += advances[i]
	}
	return b.flush(all)
}

// A runBuilder collects glyphs that stand at an even distance.
type runBuilder struct {
	baseline float64
	run      Run
	text     []rune
	end      float64 // where the last glyph ends by its own advance
}

// put adds a glyph at x, with the next one at next, to the run, or closes the
// run and begins another.
func (b *runBuilder) put(all []Run, k cell, x, next float64) []Run {
	reach := next - x - k.bare
	part := reach / k.style.size
	odd := part <= -Squeezed || part >= loose && part < letterSpaced
	if odd || !b.takes(k, x) {
		all = b.flush(all)
		b.run = Run{X: x, Y: b.baseline, Face: k.face, Size: k.style.size, Colour: k.style.colour}
		b.end = x
	}
	if len(b.text) > 0 {
		b.end += b.run.Spacing
	}
	b.end += k.bare
	b.text = append(b.text, k.r)
	if odd {
		b.run.Spacing = reach
		all = b.flush(all)
	}
	return all
}

// takes says whether the glyph may go on the run at x. The second glyph of a
// run settles its spacing.
func (b *runBuilder) takes(k cell, x float64) bool {
	const near = 0.02 // points
	r := &b.run
	switch n := len(b.text); {
	case n == 0 || r.Face != k.face || r.Size != k.style.size || r.Colour != k.style.colour:
		return false
	case n == 1:
		r.Spacing = x - b.end
		return true
	}
	off := x - b.end - r.Spacing
	return -near < off && off < near
}

func (b *runBuilder) flush(all []Run) []Run {
	if len(b.text) == 0 {
		return all
	}
	b.run.Text = string(b.text)
	b.text = b.text[:0]
	return append(all, b.run)
}
