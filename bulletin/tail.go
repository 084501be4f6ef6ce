package bulletin

import "slices"

// tail reads the lists, the roles and the print line.
func (p *parser) tail(lines []line) {
	for _, l := range lines {
		p.tailLine(l)
	}
	p.closeLists()
}

// keptLabel begins a line of the tail that is kept as it is, as 报头附注 does
// in the head; no further label is looked for in them.
const keptLabel = "附注"

func (p *parser) tailLine(l line) {
	switch l.kind {
	case page:
		p.drop(l)
		return
	case notice:
		p.addNotice(l)
		return
	case annex:
		p.closeLists()
	}
	switch f := firstLabel(l.text); {
	case f.value == "":
	case f.label == keptLabel:
		p.leftover = append(p.leftover, f.value)
		return
	case f.kind == extraLabel:
		p.extra(l, f.value)
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
	if blankRuns.MatchString(fold(text)) && p.doc.PrintRun == 0 {
		p.leftover = append(p.leftover, text)
		p.problem(Ask, "blank-run", l.no, blankRun.With(text))
		return
	}
	if text = p.counts(text); text == "" {
		return
	}
	if organ, d, written, ok := cutPrintDate(text); ok {
		p.printLine(l, organ, d, written)
		return
	}
	organ, dated, hasDate := cutDate(text)
	name := organName(squeeze(organ))
	known := organ == "" || slices.Contains(p.doc.Organs, name)
	switch {
	case known && (!hasDate || dated.date == p.doc.Date), p.isRunningHead(l):
		p.drop(l)
	case hasDate && !p.dated && (organ == "" || isName(organ)):
		p.signed(l, organ, dated)
	case p.openList > 0 && !hasDate:
		p.continueList(l, text)
	case !hasDate && isOrgan(text) && len(p.doc.Organs) == 0:
		p.addOrgans(l, text)
	default:
		p.unknown(l, text)
	}
}

// signed takes the date of a signature, where the head has none, and its organ.
func (p *parser) signed(l line, organ string, d dating) {
	p.setDate(l, d)
	if organ != "" {
		p.addOrgans(l, organ)
	}
}

// tailField reads one label with its value.
func (p *parser) tailField(l line, f field) {
	p.closeLists()
	f.value = p.counts(f.value)
	switch f.kind {
	case listLabel:
		p.list(l, f)
	case roleLabel:
		p.role(l, f)
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
		p.headField(l, f)
	}
}

func (p *parser) role(l line, f field) {
	if !areNames(f.value) {
		p.unknown(l, f.label+"："+f.value)
		return
	}
	p.doc.Roles = append(p.doc.Roles, Role{Label: f.label, Names: Names(f.value)})
}

// headField reads a label that says outright what a line of the head is; some
// offices print it in the tail. Where the value is not what the label says, or
// is there already, the line is kept as unknown.
func (p *parser) headField(l line, f field) {
	value := squeeze(f.value)
	taken := value != ""
	switch {
	case value == "":
	case f.kind == mastheadLabel && p.doc.Masthead == "":
		p.doc.Masthead = mastheadName(value)
	case f.kind == titleLabel && p.doc.Title == "":
		p.doc.Title = value
	case f.kind == copyLabel && p.doc.CopyNo == "":
		p.doc.CopyNo = value
	case f.kind == urgencyLabel && isUrgency(value):
		p.setUrgency(l, value)
	case f.kind == numberLabel || f.kind == totalLabel:
		taken = p.numberField(f)
	case f.kind == dateLabel || f.kind == printDateLabel:
		taken = p.dateField(l, f)
	case f.kind == printOrganLabel && p.doc.PrintOrgan == "":
		p.doc.PrintOrgan = value
	default:
		taken = false
	}
	if !taken {
		p.unlabelled(l, f)
	}
}

// unlabelled keeps a labelled line that no fact takes.
func (p *parser) unlabelled(l line, f field) {
	if f.kind == otherLabel {
		p.leftover = append(p.leftover, f.label+"："+f.value)
		return
	}
	p.unknown(l, f.label+"："+f.value)
}

// numberField reads 期号：第8期 and 总期号：108.
func (p *parser) numberField(f field) bool {
	rest, n, ok := cutNumber(f.value)
	bare, isBare := number(squeeze(fold(f.value)))
	switch {
	case ok && rest == "":
	case isBare && f.kind == totalLabel:
		n = Number{Kind: Ordinary, Total: bare}
	case isBare:
		n = Number{Kind: Ordinary, No: bare}
	default:
		n = Number{Kind: Ordinary, Label: squeeze(f.value)}
	}
	if !p.fits(n) {
		return false
	}
	p.setNumber(n)
	return true
}

// dateField reads 日期：2021年7月15日 and 印发日期：….
func (p *parser) dateField(l line, f field) bool {
	rest, d, ok := cutDate(f.value)
	switch {
	case !ok || rest != "":
		return false
	case f.kind == dateLabel && !p.dated:
		p.setDate(l, d)
	case f.kind == printDateLabel && p.doc.PrintDate.IsZero() && d.date.Real():
		p.doc.PrintDate = d.date
	case !d.date.Real():
		p.problem(Ask, "impossible-date", l.no, impossibleDate.With(d.text))
		return false
	default:
		return f.kind == dateLabel && d.date == p.doc.Date
	}
	return true
}

// unknown keeps a line of the tail that no rule takes, and asks.
func (p *parser) unknown(l line, text string) {
	p.leftover = append(p.leftover, text)
	p.problem(Ask, "unknown-line", l.no, unknownLine.With(text))
}
