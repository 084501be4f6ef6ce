// Package weave brings two texts together that were made from the same one: what
// an editor typed, and what somebody else saved meanwhile.
//
//	places := weave.Compare(base, mine, theirs)
//	for _, p := range places {
//		if p.Open() { … } // both changed it, and otherwise: a person chooses
//	}
//	text := weave.Join(places, func(n int) weave.Side { return chosen[n] })
//
// Texts are compared by line, as diff3 does. A place that only one of the two
// changed is settled by that; one that both changed alike is no question. The
// functions are pure, and the same texts have the same places in the same order,
// so that a choice can name its place by its index.
package weave

import (
	"slices"
	"strings"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// A Side says which of the two texts stands at a place.
type Side string

// The sides. Both is mine, and theirs below it.
const (
	Mine   Side = "mine"
	Theirs Side = "theirs"
	Both   Side = "both"
)

// A Place is a run of lines. Where the texts are the same, or one of them is as
// it was, Settled is the side that stands; otherwise it is "" and a person
// chooses.
type Place struct {
	Base, Mine, Theirs []string
	Settled            Side
}

// Open reports whether a person has to choose.
func (p Place) Open() bool { return p.Settled == "" }

// Same reports whether both texts read alike here.
func (p Place) Same() bool { return slices.Equal(p.Mine, p.Theirs) }

// Lines are those of a side.
func (p Place) Lines(side Side) []string {
	switch side {
	case Mine:
		return p.Mine
	case Theirs:
		return p.Theirs
	}
	return slices.Concat(p.Mine, p.Theirs)
}

// Compare returns the places of two texts that were made from base, in order.
// Without a base, "", every difference is open.
func Compare(base, mine, theirs string) []Place {
	b, m, t := strings.Split(base, "\n"), strings.Split(mine, "\n"), strings.Split(theirs, "\n")
	if base == "" {
		return unfounded(m, t)
	}
	inMine, inTheirs := matches(b, m), matches(b, t)
	var all []Place
	var atB, atM, atT int
	for n := range b {
		if inMine[n] < 0 || inTheirs[n] < 0 {
			continue
		}
		all = change(all, b[atB:n], m[atM:inMine[n]], t[atT:inTheirs[n]])
		all = same(all, b[n])
		atB, atM, atT = n+1, inMine[n]+1, inTheirs[n]+1
	}
	return change(all, b[atB:], m[atM:], t[atT:])
}

// unfounded compares two texts of which nobody knows what they were made from.
func unfounded(m, t []string) (all []Place) {
	var atM, atT int
	for n, there := range matches(m, t) {
		if there < 0 {
			continue
		}
		all = open(all, Place{Mine: m[atM:n], Theirs: t[atT:there]})
		all = same(all, m[n])
		atM, atT = n+1, there+1
	}
	return open(all, Place{Mine: m[atM:], Theirs: t[atT:]})
}

func open(all []Place, p Place) []Place {
	if len(p.Mine)+len(p.Theirs) == 0 {
		return all
	}
	return append(all, p)
}

// same adds a line that all texts have.
func same(all []Place, line string) []Place {
	if n := len(all) - 1; n >= 0 && all[n].Same() {
		p := &all[n]
		p.Base, p.Mine, p.Theirs = append(p.Base, line), append(p.Mine, line), append(p.Theirs, line)
		return all
	}
	return append(all, Place{Base: []string{line}, Mine: []string{line}, Theirs: []string{line}, Settled: Mine})
}

// change adds what stands between two lines that all texts have.
func change(all []Place, base, mine, theirs []string) []Place {
	if len(base)+len(mine)+len(theirs) == 0 {
		return all
	}
	p := Place{Base: base, Mine: slices.Clone(mine), Theirs: slices.Clone(theirs)}
	switch {
	case slices.Equal(mine, theirs), slices.Equal(base, theirs):
		p.Settled = Mine
	case slices.Equal(base, mine):
		p.Settled = Theirs
	}
	return append(all, p)
}

// matches returns for each line of a its index in b, or -1.
func matches(a, b []string) []int {
	ids := map[string]rune{}
	code := func(lines []string) []rune {
		runes := make([]rune, len(lines))
		for n, line := range lines {
			if ids[line] == 0 {
				ids[line] = runeOf(len(ids) + 1)
			}
			runes[n] = ids[line]
		}
		return runes
	}
	in := make([]int, 0, len(a))
	atB := 0
	for _, d := range diffmatchpatch.New().DiffMainRunes(code(a), code(b), false) {
		for range []rune(d.Text) {
			switch d.Type {
			case diffmatchpatch.DiffEqual:
				in = append(in, atB)
				atB++
			case diffmatchpatch.DiffDelete:
				in = append(in, -1)
			case diffmatchpatch.DiffInsert:
				atB++
			}
		}
	}
	return in
}

// runeOf numbers lines by characters that strings can hold: not the surrogates.
func runeOf(n int) rune {
	if n >= 0xD800 {
		n += 0x800
	}
	return rune(n)
}

// Join writes the text in which every open place reads as it was chosen, and the
// others as they are settled.
func Join(places []Place, chosen func(n int) Side) string {
	var lines []string
	for n, p := range places {
		side := p.Settled
		if picked := chosen(n); picked != "" {
			side = picked
		}
		lines = append(lines, p.Lines(side)...)
	}
	return strings.Join(lines, "\n")
}
