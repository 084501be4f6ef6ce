package bulletin

import (
	"regexp"
	"strings"
)

const (
	count  = `([0-9〇○零一二两三四五六七八九十百千]+)`
	inYear = `(?:[〔\[【(] *(` + numeral + `{4}) *[〕\]】)] *年?|(` + numeral + `{4}) *年) *度? *`
	inKind = `(正刊|增刊|专刊|特刊)`
)

var (
	numberForm = regexp.MustCompile(`^(.*?)[—–\- ]*\(?(?:` + inYear + `)?` + inKind + `? *\(? *(第?) *` + count + ` *[期号] *\)? *` + inKind +
		`? *\)?(?:[ ,、·]*\(? *总 *第? *` + count + ` *期 *\)?)? *$`)
	totalForm = regexp.MustCompile(`^\(? *总 *第? *` + count + ` *期 *\)? *$`)
	termForm  = regexp.MustCompile(`学期|学年|季度|半年`)
)

// cutNumber takes the number line off the end of a line of the head: 第8期,
// 第8期（总第108期）, 〔2025〕第5期, 【2026】4号, 增刊第2期, 总第377期. What
// stands before it (a masthead) comes back as rest.
func cutNumber(text string) (rest string, n Number, ok bool) {
	if len(text) > short || !strings.ContainsAny(text, "期号") {
		return text, Number{}, false
	}
	folded := fold(text)
	if m := totalForm.FindStringSubmatch(folded); m != nil {
		n.Kind = Ordinary
		n.Total, ok = number(m[1])
		return "", n, ok
	}
	m := numberForm.FindStringSubmatchIndex(folded)
	if m == nil {
		return text, Number{}, false
	}
	part := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return folded[m[2*i]:m[2*i+1]]
	}
	n, ok = numberOf(part(2)+part(3), part(4)+part(7), part(5), part(6), part(8))
	rest, _ = at(text, folded, m[3], m[3])
	rest = strings.TrimFunc(rest, isSpace)
	if !ok || strings.ContainsAny(rest, clauses+"，：") || width(rest) > 30 {
		return text, Number{}, false
	}
	if termForm.MatchString(text) {
		n.Label, rest = squeeze(text), ""
	}
	return rest, n, true
}

// numberOf makes a Number of its parts. A bare 4号 or 3期 is none: 第, a year
// or a kind must stand before it.
func numberOf(year, kind, ordinal, no, total string) (n Number, ok bool) {
	if ordinal == "" && year == "" && kind == "" {
		return Number{}, false
	}
	n.Kind = Ordinary
	if kind != "" {
		n.Kind = Kind(kind)
	}
	if n.No, ok = number(no); !ok {
		return Number{}, false
	}
	if year != "" {
		if n.Year, ok = number(year); !ok {
			return Number{}, false
		}
	}
	if total != "" {
		n.Total, ok = number(total)
	}
	return n, ok
}
