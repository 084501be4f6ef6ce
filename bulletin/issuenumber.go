package bulletin

import (
	"fmt"
	"regexp"
	"strings"
)

const (
	count   = `([0-9〇○零一二两三四五六七八九十百千]+)`
	inYear  = `(?:[〔\[【(] *(` + numeral + `{4}) *[〕\]】)] *年?|(` + numeral + `{4}) *年?) *度? *`
	inKind  = `(正刊|增刊|专刊|特刊)`
	inTotal = `(?:[ ,、·/]*\(? *总 *(?:期数|期号)?:? *第? *` + count + ` *期? *\)?)`
	// blank is what stands in a form before a number was given: XX, ____, {no}.
	blank = `(?:[Xx×*_?□…\- ]{1,8}|[%{<\[]+[^%{}<>\[\] ]{1,30}[%}>\]]+| *)`
)

var (
	numberForm = regexp.MustCompile(`^(.*?)[—–\- ]*\(?(?:` + inYear + `)?` + inKind + `? *\(? *(第?) *` + count + ` *[期号辑] *\)? *\(?` + inKind +
		`?\)? *\)?` + inTotal + `? *$`)
	totalFirst  = regexp.MustCompile(`^\(? *总 *第? *` + count + ` *期 *\)?[ ,、·/]*第 *` + count + ` *期$`)
	totalForm   = regexp.MustCompile(`^\(? *总 *(?:期数|期号)?:? *第? *` + count + ` *期 *\)? *$`)
	latinForm   = regexp.MustCompile(`(?i)^(?:no|№|issue)[.: ]*([0-9]{1,4})$`)
	jointForm   = regexp.MustCompile(`^\(?(?:` + inYear + `)?第 *` + count + ` *(?:期 *)?[-—–~至、/] *第? *` + count + ` *期 *(?:\(?合刊\)?)?\)?` + inTotal + `?$`)
	markedForm  = regexp.MustCompile(`^(.*第 *` + count + ` *期.*?) *[(\[【]? *((?:更正|勘误|修订|补充|更新)[件版稿]?) *[)\]】]?$`)
	kindForm    = regexp.MustCompile(`^[(\[【]? *([增专特正]) *刊 *[)\]】]?$`)
	blankForm   = regexp.MustCompile(`^\(?(?:[〔\[【(] *` + `(?:` + numeral + `{4}|` + blank + `)` + ` *[〕\]】)] *年?|(?:` + numeral + `{4}|` + blank + `)年 *)?` + `(?:总 *)?第 *` + blank + ` *期 *\)? *(?:\(? *总 *第? *` + blank + ` *期 *\)?)?$`)
	blankYear   = regexp.MustCompile(`^[〔\[【( ]*(` + numeral + `{4})[〕\]】) ]*`)
	termForm    = regexp.MustCompile(`学期|学年|季度|半年`)
	termOnly    = regexp.MustCompile(`^` + numeral + `{4} *(?:[-—–~至] *` + numeral + `{4} *)?(?:学年|年) *度? *(?:第?[一二三四1234上下] *(?:学期|季度|半年))?(?:[刊号])?$`)
	longestRest = 30 // of a masthead before its number, in characters
)

// cutNumber takes the number line off the end of a line of the head: 第8期,
// 第8期（总第108期）, 〔2025〕第5期, 【2026】4号, 增刊第2期, 总第377期. What
// stands before it (a masthead) comes back as rest. A number that is not plain
// (a term's, two in one, a correction's, a blank one) keeps its words as Label.
func cutNumber(text string) (rest string, n Number, ok bool) {
	if len(text) > short {
		return text, Number{}, false
	}
	if rest, n, ok = plainNumber(text); ok {
		return rest, n, true
	}
	if n, ok = oddNumber(text); ok {
		return "", n, true
	}
	return text, Number{}, false
}

func plainNumber(text string) (rest string, n Number, ok bool) {
	if !strings.ContainsAny(text, "期号辑") {
		return text, Number{}, false
	}
	folded := fold(text)
	n.Kind = Ordinary
	if m := totalForm.FindStringSubmatch(folded); m != nil {
		n.Total, ok = number(m[1])
		return "", n, ok
	}
	if m := totalFirst.FindStringSubmatch(folded); m != nil {
		n.Total, _ = number(m[1])
		n.No, ok = number(m[2])
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
	if !ok || strings.ContainsAny(rest, clauses+"，：") || width(rest) > longestRest {
		return text, Number{}, false
	}
	if termForm.MatchString(text) {
		n.Label, rest = squeeze(text), ""
	}
	return rest, n, true
}

// oddNumber reads a whole line that is a number, but not a plain one.
func oddNumber(text string) (n Number, ok bool) {
	if len(text) > 120 || !strings.ContainsAny(text, "期刊号月年NnＮｎ№Ii") {
		return Number{}, false
	}
	folded := strings.Trim(fold(text), " ")
	n = Number{Kind: Ordinary, Label: squeeze(text)}
	if m := latinForm.FindStringSubmatch(folded); m != nil {
		n.No, ok = number(m[1])
		return n, ok
	}
	if m := jointForm.FindStringSubmatch(folded); m != nil {
		n.Year, _ = number(m[1] + m[2])
		n.No, _ = number(m[3])
		n.Total, _ = number(m[5])
		return n, true
	}
	if m := markedForm.FindStringSubmatch(folded); m != nil {
		rest, plain, ok := plainNumber(m[1])
		plain.Label = n.Label
		return plain, ok && rest == ""
	}
	if m := kindForm.FindStringSubmatch(folded); m != nil {
		return Number{Kind: Kind(m[1] + "刊")}, true
	}
	if year, ok := isMonth(text); ok {
		n.Year = year
		return n, true
	}
	if termOnly.MatchString(folded) && termForm.MatchString(folded) {
		return n, true
	}
	if blankForm.MatchString(folded) {
		if m := blankYear.FindStringSubmatch(folded); m != nil {
			n.Year, _ = number(m[1])
		}
		return n, true
	}
	return Number{}, false
}

// IsBlank reports whether a number line is a form that nobody filled in.
func (n Number) IsBlank() bool {
	return n.No == 0 && n.Label != "" && blankForm.MatchString(fold(n.Label))
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
		if n.Year, ok = number(year); !ok || n.Year < 1900 || n.Year > 2199 {
			return Number{}, false
		}
	}
	if total != "" {
		n.Total, ok = number(total)
	}
	return n, ok
}

// String returns the number line: 第 8 期, 2025年第42期（总第1268期）, 增刊第2期,
// 总第377期, or "" where there is none.
func (n Number) String() string {
	s := n.Label
	if s == "" && n.No > 0 {
		if n.Year > 0 && !n.YearFromDate {
			s = fmt.Sprintf("%d年", n.Year)
		}
		if n.Kind != "" && n.Kind != Ordinary {
			s += string(n.Kind)
		}
		s += fmt.Sprintf("第 %d 期", n.No)
	}
	switch {
	case n.Total == 0 || n.Label != "" && strings.Contains(n.Label, "总"):
		return s
	case s == "":
		return fmt.Sprintf("总第%d期", n.Total)
	}
	return fmt.Sprintf("%s（总第%d期）", s, n.Total)
}

// lines are the number line as it is written, or two lines where one would not
// be read back.
func (n Number) lines() []string {
	var all []string
	if _, read, _ := cutNumber(n.Label); n.Kind != "" && n.Kind != Ordinary && (n.Label == "" && n.No == 0 || n.Label != "" && read.Kind != n.Kind) {
		all = append(all, string(n.Kind))
	}
	if n.Label == "" || n.Total == 0 || strings.Contains(n.Label, "总") {
		if s := n.String(); s != "" {
			return append(all, s)
		}
		return all
	}
	return append(all, n.Label, Number{Total: n.Total}.String())
}
