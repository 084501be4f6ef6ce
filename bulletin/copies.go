package bulletin

import (
	"regexp"
	"strings"
)

const (
	many      = `([0-9Oo〇○零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰]+)`
	unwritten = `(?:[Xx×*_?□…\- ]+|[%{<\[]+[^%{}<>\[\] ]{1,30}[%}>\]]+|[Nn])?`
)

var (
	runForm   = regexp.MustCompile(`\(? *(?:本期|本刊)? *(?:共 *印 *[发制刷]?|共计? *印|印 *数|印 *[发制刷]|打 *印|印) *:? *` + many + ` *[份本册]? *[,，;； ]*\)?`)
	runUnit   = regexp.MustCompile(`[份本册]`)
	fileForm  = regexp.MustCompile(`\(? *[,，;； ]*(?:其中)? *(?:存 *档|留 *存|归 *档|存) *[:(]? *` + many + ` *[份本册]? *\)? *\)?`)
	blankRuns = regexp.MustCompile(`^\(? *(?:本期)? *(?:共 *印 *[发制]?|印 *数|印 *[发制]) *:? *` + unwritten + ` *份 *\)?$`)
	printForm = regexp.MustCompile(`^(.*[日号0-9)]) *(?:印发|印制|编印|印刷|制发|印) *$`)
)

// counts takes the print run and the file copies out of a text.
func (p *parser) counts(text string) (rest string) {
	if len(text) > 8*short || !strings.ContainsAny(text, "印存留归") {
		return text
	}
	text = cutCount(text, runForm, &p.doc.PrintRun)
	text = cutCount(text, fileForm, &p.doc.FileCopies)
	if strings.Trim(text, "（()）。，,；; 　") == "" {
		return ""
	}
	return text
}

// cutCount sets n from the last place of form in text and takes it out. Without
// 份 behind it a number counts no copies, unless the line ends there.
func cutCount(text string, form *regexp.Regexp, n *int) string {
	folded := fold(text)
	all := form.FindAllStringSubmatchIndex(folded, -1)
	if len(all) == 0 || *n != 0 {
		return text
	}
	m := all[len(all)-1]
	v, ok := number(folded[m[2]:m[3]])
	if !ok || v == 0 || !runUnit.MatchString(folded[m[3]:m[1]]) && strings.Trim(folded[m[1]:], "。. )") != "" {
		return text
	}
	if m[0] > 0 && !runUnit.MatchString(folded[m[3]:m[1]]) && !strings.ContainsAny(folded[m[0]:m[1]], ":") {
		return text
	}
	*n = v
	before, after := at(text, folded, m[0], m[1])
	return strings.TrimFunc(before+after, isSpace)
}

// copiesIn reads what stands behind 共印 or 存档: 32份, 三十, 2 份, nothing.
func copiesIn(value string) (n int, ok bool) {
	text := strings.Trim(squeeze(fold(value)), "份本册。.()（）")
	if text == "" {
		return 0, true
	}
	return number(text)
}

// isPrintLine reports whether a folded line is a print run, the file copies, or
// an organ and a date with 印发.
func isPrintLine(folded string) bool {
	if !strings.ContainsAny(folded, "印存留归") || len(folded) > short/2 && !strings.Contains(folded, "印发") {
		return false
	}
	var scratch parser
	rest := scratch.counts(folded)
	if rest == "" || blankRuns.MatchString(folded) {
		return true
	}
	_, _, _, ok := cutPrintDate(rest)
	return ok
}

// cutPrintDate splits 某某局办公室    2021年7月15日印发.
func cutPrintDate(text string) (organ string, d Date, written string, ok bool) {
	m := printForm.FindStringSubmatch(strings.TrimRight(text, "。"))
	if m == nil {
		return "", Date{}, "", false
	}
	organ, dating, ok := cutDate(m[1])
	if !ok || organ != "" && !isName(organ) {
		return "", Date{}, "", false
	}
	return organ, dating.date, dating.text, true
}

// printLine takes the organ and date of the one print line.
func (p *parser) printLine(l line, organ string, d Date, written string) {
	if !d.Real() {
		p.problem(Ask, "impossible-date", l.no, impossibleDate.With(written))
	}
	if !d.Real() || !p.doc.PrintDate.IsZero() {
		p.unknown(l, l.text)
		return
	}
	p.doc.PrintDate, p.doc.PrintOrgan = d, squeeze(organ)
	if organ != "" && len(p.doc.Organs) == 0 {
		p.addOrgans(l, organ)
	}
	p.closeLists()
}

// copies reads a number of copies behind its label.
func (p *parser) copies(l line, f field, into *int) {
	if n, ok := copiesIn(f.value); ok && *into == 0 {
		*into = n
	} else if f.value != "" {
		p.unknown(l, f.label+"："+f.value)
	}
}
