package repair

import "strings"

// ellipsis makes …… of three to six points beside Chinese, and of three or more
// 。. Longer rows of points are leaders of a contents list.
func ellipsis(w *row) []patch {
	return w.runs(".。", func(i, end int) string {
		n := end - i
		if n < 3 || w.glyphs[i].r == '.' && (n > 6 || !w.besideHan(i)) {
			return ""
		}
		return "……"
	})
}

// dash makes —— of two to four hyphens beside Chinese, unless they begin a Latin
// word (--json).
func dash(w *row) []patch {
	return w.runs("-", func(i, end int) string {
		option := w.at(i-1) == space && w.at(end) == latin
		left, right := w.at(w.glyphs[i].left), w.at(w.glyphs[end-1].right)
		if end-i < 2 || end-i > 4 || option || left != han && right != han || left == none {
			return ""
		}
		return "——"
	})
}

// repeated takes out what was typed twice. Three 。 are an ellipsis, and ！！ may
// be meant.
func repeated(w *row) []patch {
	return w.runs("。，、；：", func(i, end int) string {
		if end-i < 2 || w.glyphs[i].r == '。' && end-i > 2 {
			return ""
		}
		return string(w.glyphs[i].r)
	})
}

// runs offers a text for every run of one of the marks; "" leaves the run.
func (w *row) runs(marks string, text func(i, end int) string) []patch {
	var found []patch
	for i := 0; i < len(w.glyphs); i++ {
		if w.glyphs[i].kept || !strings.ContainsRune(marks, w.glyphs[i].r) {
			continue
		}
		end := w.run(i)
		if s := text(i, end); s != "" {
			found = append(found, w.one(i, end, s))
		}
		i = end - 1
	}
	return found
}
