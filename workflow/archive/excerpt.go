package archive

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A Span is a part of an excerpt. Hit says that it is a word that was asked for.
type Span struct {
	Text string
	Hit  bool
}

// mostExcerpts is how many places of an issue are shown.
const mostExcerpts = 3

// Excerpt returns up to three places of the passages at which words of the query
// stand, as they are written, with up to around characters before and behind
// each; "…" stands where something is left out. Places that show another word
// come first. Without words it is the beginning of the first passage.
func Excerpt(passages []string, q Query, around int) (places [][]Span) {
	if len(q.Words) == 0 {
		for _, p := range passages {
			if strings.TrimSpace(p) != "" {
				return [][]Span{{{Text: cut(p, 0, 2*around)}}}
			}
		}
		return nil
	}
	left := slices.Clone(q.Words)
	for pass := 0; pass < 2; pass++ { // first what shows a new word, then more of the same
		for _, p := range passages {
			hits := hitsIn(p, q.Words)
			fresh := slices.ContainsFunc(hits, func(h hit) bool { return slices.Contains(left, h.word) })
			if len(hits) == 0 || len(places) == mostExcerpts || fresh != (pass == 0) {
				continue
			}
			first := hits[slices.IndexFunc(hits, func(h hit) bool { return !fresh || slices.Contains(left, h.word) })]
			spans, shown := marked(p, hits, first, around)
			if place := spans; !slices.ContainsFunc(places, func(other []Span) bool { return slices.Equal(other, place) }) {
				places = append(places, place)
			}
			left = slices.DeleteFunc(left, func(w string) bool { return slices.Contains(shown, w) })
		}
	}
	return places
}

// A hit is where a word stands in a passage, in bytes.
type hit struct {
	from, to int
	word     string
}

// hitsIn finds the words in a passage, in order and apart from each other.
func hitsIn(passage string, words []string) (all []hit) {
	f := fold(passage)
	for _, word := range words {
		run := []rune(word)
		for n := 0; n+len(run) <= len(f.runes); n++ {
			if slices.Equal(f.runes[n:n+len(run)], run) {
				last := f.from[n+len(run)-1]
				_, size := utf8.DecodeRuneInString(passage[last:])
				all = append(all, hit{f.from[n], last + size, word})
			}
		}
	}
	slices.SortFunc(all, func(a, b hit) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to
	})
	end := 0
	return slices.DeleteFunc(all, func(h hit) bool {
		if h.from < end {
			return true
		}
		end = h.to
		return false
	})
}

// marked is the passage around a hit, and the words that it shows.
func marked(passage string, hits []hit, at hit, around int) (spans []Span, shown []string) {
	from, to := back(passage, at.from, around), ahead(passage, at.to, around)
	if from > 0 {
		spans = append(spans, Span{Text: "…"})
	}
	here := from
	for _, h := range hits {
		if h.from < from || h.to > to {
			continue
		}
		if h.from > here {
			spans = append(spans, Span{Text: passage[here:h.from]})
		}
		spans, shown, here = append(spans, Span{Text: passage[h.from:h.to], Hit: true}), append(shown, h.word), h.to
	}
	if here < to {
		spans = append(spans, Span{Text: passage[here:to]})
	}
	if to < len(passage) {
		spans = append(spans, Span{Text: "…"})
	}
	return spans, shown
}

// back goes n characters back from a place, ahead n forward.
func back(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}

func ahead(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// cut is n characters of a text, with … if there are more.
func cut(text string, from, n int) string {
	if to := ahead(text, from, n); to < len(text) {
		return text[from:to] + "…"
	}
	return text[from:]
}
