package repair

import (
	"strings"
	"unicode"
)

// titles are those that the package knows. Those of two characters stand for
// all that end with them: 副市长, 党组书记.
var titles = strings.Fields("书记 主席 总理 委员长 部长 省长 市长 州长 盟长 旗长 县长 区长 镇长 乡长 局长 厅长 处长 科长 司长 署长 " +
	"主任 常委 秘书长 检察长 院长 校长 行长 会长 理事长 董事长 总经理 司令员 政委 巡视员 调研员 组长 同志")

// A watch finds names and titles in a line.
type watch struct {
	words map[rune][][]rune // by their first letter
}

func (g Guard) watch() *watch {
	w := &watch{words: map[rune][][]rune{}}
	for _, list := range [][]string{titles, g.Names, g.Titles} {
		for _, word := range list {
			letters := lettersOf(word)
			if len(letters) > 0 {
				w.words[letters[0]] = append(w.words[letters[0]], letters)
			}
		}
	}
	return w
}

// lettersOf returns the letters of a word: a name is known with a space inside
// (乔 栋) as well.
func lettersOf(word string) []rune {
	var letters []rune
	for _, r := range word {
		if classOf(r).isLetter() {
			letters = append(letters, unicode.ToLower(narrow(r)))
		}
	}
	return letters
}

// mark notes which letters of a row are part of a name or title.
func (w *watch) mark(r *row) {
	var letters []rune
	var where []int
	for i, g := range r.glyphs {
		if g.class.isLetter() {
			letters = append(letters, unicode.ToLower(narrow(g.r)))
			where = append(where, i)
		}
	}
	for i, letter := range letters {
		for _, word := range w.words[letter] {
			if !begins(letters[i:], word) {
				continue
			}
			if r.known == nil {
				r.known = make([]bool, len(r.glyphs))
			}
			for k := range word {
				r.known[where[i+k]] = true
			}
		}
	}
}

func begins(letters, word []rune) bool {
	if len(word) > len(letters) {
		return false
	}
	for i, r := range word {
		if letters[i] != r {
			return false
		}
	}
	return true
}

// beside reports whether the glyphs from i to before end stand in or next to a
// name or title, with nothing but spaces and punctuation between.
func (r *row) beside(i, end int) bool {
	if r.known == nil || len(r.glyphs) == 0 {
		return false
	}
	knows := func(i int) bool { return i >= 0 && i < len(r.known) && r.known[i] }
	first := min(i, len(r.glyphs)-1)
	if knows(r.glyphs[first].left) || i >= len(r.glyphs) && knows(first) {
		return true
	}
	for k := i; k < end; k++ {
		if knows(k) {
			return true
		}
	}
	return end > i && knows(r.glyphs[end-1].right)
}
