// Package textdiff shows by character what became of a text, for the pages that
// put two versions of one beside each other.
//
//	for _, l := range textdiff.Compare(older, newer) {
//		fmt.Println(l.Line, l.Pieces)
//	}
//
// Whatever two texts are given, nothing that came or went is left out; of what
// stayed only what stands beside it is shown.
package textdiff

import (
	"slices"
	"strings"
	"time"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// A Line is one line of the newer text with what came and went in it.
type Line struct {
	Line   int // 1-based, in the newer text
	Pieces []Piece
}

// A Piece is a run of characters: kept, new or gone.
type Piece struct{ Kept, New, Gone string }

// beside is how many characters are shown beside a change.
const beside = 24

// patience is how long two texts are compared; the answer is coarser then, and
// still a true one.
const patience = 300 * time.Millisecond

// Against returns a text as a whole, with what of it is not in another one as
// new.
func Against(other, text string) (all []Piece) {
	d := diffmatchpatch.New()
	d.DiffTimeout = patience
	for _, part := range d.DiffCleanupSemantic(d.DiffMain(other, text, false)) {
		switch part.Type {
		case diffmatchpatch.DiffEqual:
			all = append(all, Piece{Kept: part.Text})
		case diffmatchpatch.DiffInsert:
			all = append(all, Piece{New: part.Text})
		}
	}
	return all
}

// Compare returns the lines of a text in which it differs from an older one, by
// character.
func Compare(older, newer string) []Line {
	d := diffmatchpatch.New()
	d.DiffTimeout = patience
	var all []Line
	line := Line{Line: 1}
	flush := func() {
		if slices.ContainsFunc(line.Pieces, func(p Piece) bool { return p.Kept == "" }) {
			line.shorten()
			all = append(all, line)
		}
		line = Line{Line: line.Line + 1}
	}
	for _, part := range d.DiffCleanupSemantic(d.DiffMain(older, newer, false)) {
		if part.Type == diffmatchpatch.DiffDelete {
			line.Pieces = append(line.Pieces, Piece{Gone: strings.ReplaceAll(part.Text, "\n", "↵")})
			continue
		}
		for n, text := range strings.SplitAfter(part.Text, "\n") {
			if n > 0 {
				flush()
			}
			line.add(text, part.Type == diffmatchpatch.DiffInsert)
		}
	}
	flush()
	return all
}

func (l *Line) add(text string, isNew bool) {
	switch {
	case isNew && text != "":
		l.Pieces = append(l.Pieces, Piece{New: strings.ReplaceAll(text, "\n", "↵")})
	case strings.TrimSuffix(text, "\n") != "":
		l.Pieces = append(l.Pieces, Piece{Kept: strings.TrimSuffix(text, "\n")})
	}
}

// shorten leaves of what was kept only what stands beside a change.
func (l *Line) shorten() {
	for n := range l.Pieces {
		kept := []rune(l.Pieces[n].Kept)
		first, last := n == 0, n == len(l.Pieces)-1
		switch {
		case first && !last && len(kept) > beside:
			l.Pieces[n].Kept = "…" + string(kept[len(kept)-beside:])
		case last && !first && len(kept) > beside:
			l.Pieces[n].Kept = string(kept[:beside]) + "…"
		case !first && !last && len(kept) > 2*beside:
			l.Pieces[n].Kept = string(kept[:beside]) + " … " + string(kept[len(kept)-beside:])
		}
	}
}
