package layout

// A strip is what is never parted by the end of a page: a line of text, a row
// of a table, a picture. Its contents are placed from its own upper left corner.
type strip struct {
	height   float64
	runs     []Run
	rules    []Rule
	pictures []Picture
	keep     bool // stays with the strip that follows
	newPage  bool // begins a page
	snap     bool // what follows begins on a line of the grid
	gap      bool // empty: not at the top of a page
	// header is repeated above this strip where it begins a page: the first row
	// of a table that goes on.
	header *strip
}

// place puts the strip on a page.
func (s strip) place(p *Page, x, y float64) {
	for _, r := range s.runs {
		r.X += x
		r.Y += y
		p.Runs = append(p.Runs, r)
	}
	for _, r := range s.rules {
		r.X += x
		r.Y += y
		p.Rules = append(p.Rules, r)
	}
	for _, q := range s.pictures {
		q.X += x
		q.Y += y
		p.Pictures = append(p.Pictures, q)
	}
}

// A stack fills pages with strips.
type stack struct {
	depth   float64 // of the type area
	leading float64 // of the grid
	first   float64 // where the first page's strips begin: below the head
}

// A placed strip is one that has its page and its distance from the top of the
// type area.
type placed struct {
	strip
	page int
	y    float64
}

const hair = 0.01 // points; sums of floats are not exact

// fill places the strips on pages. A strip whose index is in breaks begins a
// page. It returns the strips in order and the depth that the last page is
// filled to.
func (k stack) fill(strips []strip, breaks map[int]bool) (all []placed, page int, y float64) {
	y = k.first
	for i := 0; i < len(strips); i++ {
		s := strips[i]
		full := y+k.need(strips, i) > k.depth+hair
		if y > 0 && (s.newPage || breaks[i] || full) {
			page, y = page+1, 0
		}
		if s.gap && y == 0 {
			continue
		}
		if s.header != nil && y == 0 {
			all = append(all, placed{*s.header, page, 0})
			y = s.header.height
		}
		all = append(all, placed{s, page, y})
		y += s.height
		if s.snap {
			y = k.snap(y)
		}
	}
	return all, page, y
}

// need returns the room that a strip needs together with those it must not be
// parted from: a heading and the first line below it.
func (k stack) need(strips []strip, i int) float64 {
	need := strips[i].height
	for j := i; j+1 < len(strips) && strips[j].keep; j++ {
		need += strips[j+1].height
	}
	if need > k.depth {
		return strips[i].height
	}
	return need
}

// snap returns the next line of the grid at or below y.
func (k stack) snap(y float64) float64 {
	n := int((y - hair) / k.leading)
	if y <= hair {
		return 0
	}
	return float64(n+1) * k.leading
}

// withTail places the strips and the tail: at the foot of the last page, or,
// where it does not fit there, on a new one together with the last strips. It
// returns the number of the last page.
func (k stack) withTail(strips, tail []strip, alone bool) (all []placed, page int) {
	height := heightOf(tail)
	if height > k.depth-2*k.leading {
		return k.longTail(strips, tail)
	}
	all, page, y := k.fill(strips, nil)
	if y+height <= k.depth+hair {
		return k.atFoot(all, tail, page), page
	}
	if i := k.lastLines(strips, all, page, height); i > 0 && !alone {
		moved, last, y := k.fill(strips, map[int]bool{i: true})
		if y+height <= k.depth+hair {
			return k.atFoot(moved, tail, last), last
		}
	}
	return k.atFoot(all, tail, page+1), page + 1
}

// atFoot adds strips at the foot of a page.
func (k stack) atFoot(all []placed, tail []strip, page int) []placed {
	y := k.depth - heightOf(tail)
	for _, t := range tail {
		all = append(all, placed{t, page, y})
		y += t.height
	}
	return all
}

// longTail places a tail that is longer than a page: it follows the text, and
// what is on the last page of it stands at the foot.
func (k stack) longTail(strips, tail []strip) (all []placed, page int) {
	n := len(strips)
	strips = append(append(strips[:n:n], strip{height: k.leading, gap: true}), tail...)
	all, page, y := k.fill(strips, nil)
	last := len(all) - len(tail)
	for last < len(all) && all[last].page < page {
		last++
	}
	for i := last; i < len(all); i++ {
		all[i].y += max(0, k.depth-y)
	}
	return all, page
}

// lastLines returns the index of the strip that begins the page of the tail:
// the last line but one, or the heading that it must stay with. It is 0 where
// the last page has nothing to give.
func (k stack) lastLines(strips []strip, all []placed, page int, tail float64) int {
	onPage := 0
	for _, p := range all {
		if p.page == page {
			onPage++
		}
	}
	height := 0.0
	found := 0
	for i := len(strips) - 1; i > 0 && len(strips)-i < onPage; i-- {
		height += strips[i].height
		if height+tail > k.depth {
			break
		}
		if strips[i-1].keep || strips[i].gap {
			continue
		}
		found = i
		if len(strips)-i >= 2 {
			break
		}
	}
	return found
}
