package bulletin

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var (
	runForm   = regexp.MustCompile(`\(? *(?:本期)? *(?:共 *印 *[发制]?|印 *数|印 *[发制]|印) *:? *` + count + ` *份 *[,，;； ]*\)?`)
	fileForm  = regexp.MustCompile(`\(? *(?:存 *档|留 *存) *:? *` + count + ` *份? *\)?`)
	printForm = regexp.MustCompile(`^(.*[日号0-9]) *(?:印发|印制|编印|印) *$`)
)

// counts takes the print run and the file copies out of a text.
func (p *parser) counts(text string) (rest string) {
	if len(text) > 8*short || !strings.ContainsAny(text, "印存") {
		return text
	}
	text = cutCount(text, runForm, &p.doc.PrintRun)
	text = cutCount(text, fileForm, &p.doc.FileCopies)
	if strings.Trim(text, "（()）。，,；; 　") == "" {
		return ""
	}
	return text
}

// cutCount sets n from the last place of form in text and takes it out.
func cutCount(text string, form *regexp.Regexp, n *int) string {
	folded := fold(text)
	all := form.FindAllStringSubmatchIndex(folded, -1)
	if len(all) == 0 || *n != 0 {
		return text
	}
	m := all[len(all)-1]
	v, ok := number(folded[m[2]:m[3]])
	if !ok || v == 0 {
		return text
	}
	*n = v
	before, after := at(text, folded, m[0], m[1])
	return strings.TrimFunc(before+after, isSpace)
}

// isPrintLine reports whether a folded line is a print run, the file copies, or
// an organ and a date with 印发.
func isPrintLine(folded string) bool {
	if !strings.ContainsAny(folded, "印存") {
		return false
	}
	var scratch parser
	rest := scratch.counts(folded)
	if rest == "" {
		return true
	}
	_, _, _, ok := cutPrintDate(rest)
	return ok
}

// cutPrintDate splits 某某局办公室    2021年7月15日印发.
func cutPrintDate(text string) (organ string, d Date, written string, ok bool) {
	m := printForm.FindStringSubmatch(text)
	if m == nil {
		return "", Date{}, "", false
	}
	organ, dating, ok := cutDate(m[1])
	if !ok || organ != "" && !isName(organ) {
		return "", Date{}, "", false
	}
	return organ, dating.date, dating.text, true
}

// tail reads the lists, the roles and the print line.
func (p *parser) tail(lines []line) {
	for _, l := range lines {
		p.tailLine(l)
	}
}

func (p *parser) tailLine(l line) {
	if l.kind == page {
		p.drop(l)
		return
	}
	rest, found := fields(l.text)
	if rest != "" {
		p.tailText(l, rest)
	}
	for _, f := range found {
		p.tailField(l, f)
	}
}

// tailText reads what stands in the tail without a label.
func (p *parser) tailText(l line, text string) {
	if text = p.counts(text); text == "" {
		return
	}
	if organ, d, written, ok := cutPrintDate(text); ok {
		p.printLine(l, organ, d, written)
		return
	}
	organ, dated, hasDate := cutDate(text)
	name := organName(squeeze(organ))
	switch {
	case slices.Contains(p.doc.Organs, name) && (!hasDate || dated.date == p.doc.Date), p.isRunningHead(l):
		p.drop(l)
	case hasDate && p.doc.Date.IsZero() && dated.date.Real() && (organ == "" || isName(organ)):
		p.doc.Date = dated.date
		p.signed(l, organ)
	case p.openList > 0:
		p.continueList(l, text)
	case !hasDate && isOrgan(text) && len(p.doc.Organs) == 0:
		p.addOrgans(l, text)
	default:
		p.unknown(l, text)
	}
}

// signed takes the organ of a signature; it is not repeated if the head has it.
func (p *parser) signed(l line, organ string) {
	if organ != "" {
		p.addOrgans(l, organ)
	}
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
	p.openList = 0
}

// listLines is over how many lines a list may go on.
const listLines = 200

// continueList adds a line to the list above it, which had no full stop. An
// indented line was wrapped, perhaps inside a name; any other begins a new name
// that somebody forgot to separate.
func (p *parser) continueList(l line, text string) {
	list := &p.doc.Lists[len(p.doc.Lists)-1]
	text = squeeze(text)
	switch {
	case list.Text == "" || l.indent || strings.ContainsRune("、，,；;", lastRune(list.Text)):
		list.Text += text
	default:
		p.problem(Ask, "list-wrapped", l.no, listWrapped.With(list.Label, text))
		list.Text += "、" + text
	}
	p.closeList(list)
}

// closeList takes the closing full stop off a list; without one it stays open
// for the next line.
func (p *parser) closeList(list *List) {
	text := strings.TrimRight(list.Text, "。")
	if p.openList--; text != list.Text || strings.HasSuffix(text, ".") {
		p.openList = 0
	}
	list.Text = strings.TrimSuffix(text, ".")
}

// tailField reads one label with its value.
func (p *parser) tailField(l line, f field) {
	p.openList = 0
	f.value = p.counts(f.value)
	switch f.kind {
	case listLabel:
		p.doc.Lists = append(p.doc.Lists, List{Label: f.label, Text: squeeze(f.value), Line: l.no})
		p.openList = listLines
		p.closeList(&p.doc.Lists[len(p.doc.Lists)-1])
		if isSentence(f.value) {
			p.problem(Ask, "list-sentence", l.no, listSentence.With(f.label, f.value))
		}
	case roleLabel:
		p.doc.Roles = append(p.doc.Roles, Role{Label: f.label, Names: Names(f.value)})
	case phoneLabel:
		p.numbers(l, f, &p.doc.Phones)
	case faxLabel:
		p.numbers(l, f, &p.doc.Faxes)
	case emailLabel:
		p.emails(l, f)
	case runLabel:
		p.copies(l, f, &p.doc.PrintRun)
	case fileLabel:
		p.copies(l, f, &p.doc.FileCopies)
	case organLabel:
		p.addOrgans(l, f.value)
	case undertakerLabel:
		p.doc.Undertakers = append(p.doc.Undertakers, squeeze(f.value))
	default:
		p.unknown(l, f.label+"："+f.value)
	}
}

// tokens splits the value behind a contact label.
func tokens(value string) []string {
	return strings.FieldsFunc(value, func(r rune) bool { return isSpace(r) || separatesNames(r) && r != '/' })
}

// numbers reads telephone numbers.
func (p *parser) numbers(l line, f field, into *[]string) {
	for _, t := range tokens(f.value) {
		if !strings.ContainsFunc(t, unicode.IsDigit) {
			p.unknown(l, t)
			continue
		}
		*into = append(*into, fold(t))
		if f.kind == phoneLabel && isLocal(fold(t)) {
			p.problem(Ask, "phone-area", l.no, phoneArea.With(t))
		}
	}
}

// isLocal reports whether a telephone number has seven or eight digits and
// nothing else: without an area code no reader elsewhere can call it.
func isLocal(number string) bool {
	bare := strings.ReplaceAll(number, "-", "")
	return (len(bare) == 7 || len(bare) == 8) && strings.Trim(bare, "0123456789") == "" && bare[0] != '0' && !strings.HasPrefix(bare, "400")
}

func (p *parser) emails(l line, f field) {
	for _, t := range tokens(f.value) {
		if t = fold(t); strings.Contains(t, "@") {
			p.doc.Emails = append(p.doc.Emails, t)
		} else {
			p.unknown(l, t)
		}
	}
}

// copies reads a number of copies: 32份, 三十, 2 份.
func (p *parser) copies(l line, f field, into *int) {
	text := strings.TrimRight(squeeze(fold(f.value)), "份。.")
	if n, ok := number(text); ok && *into == 0 {
		*into = n
	} else if f.value != "" {
		p.unknown(l, f.label+"："+f.value)
	}
}

// unknown keeps a line of the tail that no rule takes, and asks.
func (p *parser) unknown(l line, text string) {
	p.leftover = append(p.leftover, text)
	p.problem(Ask, "unknown-line", l.no, unknownLine.With(text))
}
