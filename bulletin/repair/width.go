package repair

import "strings"

// narrow returns the half-width form of a full-width ASCII character.
func narrow(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

// wide returns the full-width form of an ASCII character.
func wide(r rune) string { return string(r - '!' + '！') }

// width makes , : ; ? and ! full-width where the letter on one side of them is
// Chinese: 1,000, 12:30 and Hello, world are left. One space behind goes with
// it where Chinese follows. The point at the end of a Chinese line becomes 。;
// no other point does, for it may part the two halves of a name.
func width(w *row) []patch {
	var found []patch
	for i, g := range w.glyphs {
		switch {
		case g.kept:
		case strings.ContainsRune(":?!", g.r), strings.ContainsRune(",;", g.r) && !w.zone.isList():
			if w.besideHan(i) {
				found = append(found, w.widened(i, wide(g.r)))
			}
		case g.r == '.' && !w.zone.isList() && w.at(i-1) == han && g.right == len(w.glyphs) && !w.is(i+1, '.'):
			found = append(found, w.one(i, i+1, "。"))
		}
	}
	return found
}

// widened puts a full-width mark in the place of a half-width one.
func (w *row) widened(i int, text string) patch {
	end := i + 1
	if w.is(end, ' ') && w.at(end+1) == han {
		end++
	}
	return w.one(i, end, text)
}

// fullWidthJoins are the full-width characters that belong to a number or a
// Latin word when they stand inside one.
const fullWidthJoins = "．－＆／＋＿＠"

// fullLatin makes full-width digits and Latin letters half-width, with what
// joins them (１８．５, Ｒ＆Ｄ) and a ％ behind.
func fullLatin(w *row) []patch {
	var found []patch
	for i := 0; i < len(w.glyphs); i++ {
		end := i
		for end < len(w.glyphs) && w.narrows(end) {
			end++
		}
		if end == i {
			continue
		}
		half := strings.Map(narrow, w.text[w.offset(i):w.offset(end)])
		found = append(found, w.one(i, end, half))
		i = end - 1
	}
	return found
}

// narrows reports whether a glyph is to be made half-width.
func (w *row) narrows(i int) bool {
	r := w.glyphs[i].r
	switch {
	case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
		return true
	case strings.ContainsRune(fullWidthJoins, r):
		return w.alnum(i-1) && w.alnum(i+1)
	}
	return r == '％' && w.at(i-1) == digit
}

// alnum reports whether a glyph is a digit or an ASCII letter in either width.
func (w *row) alnum(i int) bool {
	if w.at(i) == none {
		return false
	}
	r := narrow(w.glyphs[i].r)
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}
