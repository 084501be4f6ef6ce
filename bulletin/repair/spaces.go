package repair

import "strings"

// counters may follow a number at the start of a line: 29 家 is a number, 1 总则
// a heading with its ordinal.
const counters = "年月日号时分秒家个项名人位万亿千百元件次条种批期届所处户亩吨公里米岁周天度"

// closing are the marks between which and Chinese no space stands.
const closing = "，。、；：？！“”‘’（）《》〈〉【】〔〕…—"

// wordLength is the longest word of Chinese that may be a name or a cell of a
// row of columns: a space beside it may be meant.
const wordLength = 4

// widestGap is the most spaces that may be a slip; wider gaps are columns.
const widestGap = 3

// digitSpace takes out one or two spaces between Chinese and a number in the
// items (7 月 13 日, 33.8% 的). Latin runs keep theirs (GPT 4 发布), and wider
// gaps are columns.
func digitSpace(w *row) []patch {
	return w.gaps(func(i, end int) (yes, doubtful bool) {
		if end-i > 2 || !plainSpaces(w.text[w.offset(i):w.offset(end)]) {
			return false, false
		}
		switch {
		case w.at(i-1) == han && w.at(end) == digit:
			return !w.latinAfter(end), false
		case w.numeric(i-1) && w.at(end) == han:
			return !w.latinBefore(i-1) && !w.ordinal(i-1, end), false
		}
		return false, false
	})
}

// hanSpace takes out spaces between Chinese characters, or between one and a
// full-width mark, in the items. Where one of the words is as short as a name
// or the gap as wide as a column's, only a person may.
func hanSpace(w *row) []patch {
	return w.gaps(func(i, end int) (yes, doubtful bool) {
		before, after := w.closes(i-1), w.closes(end)
		if end-i > widestGap || !(before || w.at(i-1) == han) || !(after || w.at(end) == han) {
			return false, false
		}
		if end-i > 1 || !plainSpaces(w.text[w.offset(i):w.offset(end)]) {
			return true, true
		}
		if before || after {
			return true, false
		}
		return true, w.wordBefore(i-1) <= wordLength || w.wordAfter(end) <= wordLength
	})
}

// gaps offers to take out the runs of spaces inside an item's line that a rule
// says yes to.
func (w *row) gaps(rule func(i, end int) (yes, doubtful bool)) []patch {
	if w.zone != body {
		return nil
	}
	var found []patch
	for i := 1; i < len(w.glyphs); i++ {
		if w.glyphs[i].class != space {
			continue
		}
		end := i
		for w.at(end) == space {
			end++
		}
		if yes, doubtful := rule(i, end); yes {
			p := w.one(i, end, "")
			p.guarded = p.guarded || doubtful
			found = append(found, p)
		}
		i = end
	}
	return w.merged(found)
}

// plainSpaces reports whether a gap is typed with the space bar.
func plainSpaces(s string) bool { return strings.Trim(s, " \u00a0\u2009\u202f") == "" }

func (w *row) closes(i int) bool {
	return w.at(i) == mark && strings.ContainsRune(closing, w.glyphs[i].r)
}

// numeric reports whether a glyph ends a number.
func (w *row) numeric(i int) bool {
	return w.at(i) == digit || w.at(i-1) == digit && strings.ContainsRune("%‰％℃", w.glyphs[i].r)
}

func (w *row) inNumber(i int) bool {
	return w.at(i) == digit || w.at(i) == mark && strings.ContainsRune(".,%‰％", w.glyphs[i].r)
}

// latinBefore reports whether the number that ends at i belongs to a Latin run.
func (w *row) latinBefore(i int) bool {
	for w.inNumber(i) {
		i--
	}
	for w.at(i) == space {
		i--
	}
	return w.at(i) == latin
}

// latinAfter reports whether the number that begins at i belongs to one.
func (w *row) latinAfter(i int) bool {
	for w.inNumber(i) {
		i++
	}
	for w.at(i) == space {
		i++
	}
	return w.at(i) == latin
}

// ordinal reports whether the number that ends at i is the ordinal of a
// heading: at most two digits at the start of the line, with no counter at end.
func (w *row) ordinal(i, end int) bool {
	first := w.firstOf(i)
	return w.glyphs[first].left < 0 && i-first < 2 && !strings.ContainsRune(counters, w.glyphs[end].r)
}

// firstOf returns the first glyph of the number that ends at i.
func (w *row) firstOf(i int) int {
	for w.inNumber(i - 1) {
		i--
	}
	return i
}

// wordBefore returns the length of the word that ends at i, as far as it
// matters.
func (w *row) wordBefore(i int) int {
	n := 0
	for ; n <= wordLength && w.at(i-n).isLetter(); n++ {
	}
	return n
}

// wordAfter returns the length of the word that begins at i, as far as it
// matters.
func (w *row) wordAfter(i int) int {
	n := 0
	for ; n <= wordLength && w.at(i+n).isLetter(); n++ {
	}
	return n
}
