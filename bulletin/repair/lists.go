package repair

import "strings"

func (z zone) isList() bool { return z == list || z == listEnd }

// lists mends the punctuation of a list of recipients: a half-width , between
// names becomes 、 and ; becomes ；, and the list ends with 。
func lists(w *row) []patch {
	if !w.zone.isList() {
		return nil
	}
	var found []patch
	for i, g := range w.glyphs {
		if !g.kept && (g.r == ',' || g.r == ';') && w.besideHan(i) && g.right < len(w.glyphs) {
			found = append(found, w.widened(i, map[rune]string{',': "、", ';': "；"}[g.r]))
		}
	}
	if w.zone == listEnd {
		found = w.stop(found)
	}
	return found
}

// stop adds the closing 。 of a list behind its last name, before layout and a
// paragraph mark, in the place of a point.
func (w *row) stop(found []patch) []patch {
	end := len(w.glyphs)
	for end > 0 && (w.at(end-1) == space || w.is(end-1, '¶')) {
		end--
	}
	if end == 0 || w.is(end-1, '。') {
		return found
	}
	last := w.glyphs[end-1]
	switch {
	case strings.ContainsRune(".．", last.r):
		return append(found, w.one(end-1, end, "。"))
	case last.class.isLetter(), strings.ContainsRune("）)”》", last.r):
		p := w.one(end, end, "。")
		p.guarded = w.beside(end-1, end)
		return append(found, p)
	}
	return found
}
