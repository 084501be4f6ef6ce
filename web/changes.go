package web

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/sergi/go-diff/diffmatchpatch"

	"jianbao/workflow"
)

// Changes are what became of a text since somebody last saw it.
type changes struct {
	Since time.Time
	Lines []changedLine
}

// A changedLine is one line of the newer text with what came and went in it.
type changedLine struct {
	Line   int // 1-based, in the newer text
	Pieces []piece
}

// A piece is a run of characters: kept, new or gone.
type piece struct{ Kept, New, Gone string }

// beside is how many characters are shown beside a change.
const beside = 24

// A glance is the version of an issue that somebody looked at, and when; the
// zero glance is none.
type glance struct {
	Version int
	At      time.Time
}

// changesFor compares an issue's text with the one that a person last saw: on
// the page, or because they did something about it. It returns nil if they never
// did, or nothing was changed since.
func changesFor(who uuid.UUID, seen glance, issue workflow.Issue, events []workflow.Event, texts []workflow.TextVersion) *changes {
	var acted time.Time
	for _, e := range events {
		if e.By == who && e.At.After(acted) {
			acted = e.At
		}
	}
	before := -1
	for n, text := range texts {
		if seen.Version > 0 && text.Version <= seen.Version || !text.At.After(acted) {
			before = n
		}
	}
	if before < 0 || texts[before].Text == issue.Text {
		return nil
	}
	since := acted
	if seen.At.After(since) {
		since = seen.At
	}
	return &changes{Since: since, Lines: compare(texts[before].Text, issue.Text)}
}

// compare returns the lines of a text in which it differs from an older one, by
// character.
func compare(older, newer string) []changedLine {
	d := diffmatchpatch.New()
	d.DiffTimeout = 300 * time.Millisecond // a coarser answer then; still a true one
	var all []changedLine
	line := changedLine{Line: 1}
	flush := func() {
		if slices.ContainsFunc(line.Pieces, func(p piece) bool { return p.Kept == "" }) {
			line.shorten()
			all = append(all, line)
		}
		line = changedLine{Line: line.Line + 1}
	}
	for _, part := range d.DiffCleanupSemantic(d.DiffMain(older, newer, false)) {
		if part.Type == diffmatchpatch.DiffDelete {
			line.Pieces = append(line.Pieces, piece{Gone: strings.ReplaceAll(part.Text, "\n", "↵")})
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

func (l *changedLine) add(text string, isNew bool) {
	switch {
	case isNew && text != "":
		l.Pieces = append(l.Pieces, piece{New: strings.ReplaceAll(text, "\n", "↵")})
	case strings.TrimSuffix(text, "\n") != "":
		l.Pieces = append(l.Pieces, piece{Kept: strings.TrimSuffix(text, "\n")})
	}
}

// shorten leaves of what was kept only what stands beside a change.
func (l *changedLine) shorten() {
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
