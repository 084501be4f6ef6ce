package repair

// brackets makes (…) full-width where Chinese stands between, and mends a pair
// of which one half is full-width already. Brackets without a partner are left.
func brackets(w *row) []patch {
	chinese := w.countHan()
	var open []int
	var found []patch
	for i, g := range w.glyphs {
		switch {
		case g.kept:
		case g.r == '(' || g.r == '（':
			open = append(open, i)
		case (g.r == ')' || g.r == '）') && len(open) > 0:
			from := open[len(open)-1]
			open = open[:len(open)-1]
			if chinese[i] > chinese[from] {
				found = w.pair(found, from, i, '(', "（", ')', "）")
			}
		}
	}
	return found
}

// quotes makes “…” of "…" where Chinese stands between or beside. A line whose
// quotes do not come out even is left: nobody knows which of them is wrong.
func quotes(w *row) []patch {
	chinese := w.countHan()
	open := -1
	var found []patch
	for i, g := range w.glyphs {
		if g.kept {
			continue
		}
		opens := g.r == '“' || g.r == '"' && open < 0
		closes := g.r == '”' || g.r == '"' && open >= 0
		switch {
		case opens && open >= 0, closes && open < 0:
			return nil
		case opens:
			open = i
		case closes:
			if chinese[i] > chinese[open] || w.besideHan(open) || w.besideHan(i) {
				found = w.pair(found, open, i, '"', "“", '"', "”")
			}
			open = -1
		}
	}
	if open >= 0 {
		return nil
	}
	return found
}

// pair adds the patch of a pair, of which one half may be right already.
func (w *row) pair(found []patch, from, to int, opens rune, opening string, closes rune, closing string) []patch {
	var changes []change
	if w.is(from, opens) {
		changes = append(changes, w.put(from, from+1, opening))
	}
	if w.is(to, closes) {
		changes = append(changes, w.put(to, to+1, closing))
	}
	if changes == nil {
		return found
	}
	return append(found, patch{
		changes: changes, from: from, to: to + 1,
		guarded: w.beside(from, from+1) || w.beside(to, to+1),
	})
}

// countHan returns for each glyph how many Chinese characters stand before it.
func (w *row) countHan() []int {
	counts, n := make([]int, len(w.glyphs)), 0
	for i, g := range w.glyphs {
		counts[i] = n
		if g.class == han {
			n++
		}
	}
	return counts
}
