package bulletin

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// deepestHead is how many lines, not counting blank ones, the head is looked
// for under the masthead.
const deepestHead = 16

// headLabels are the kinds of labels that belong to a head wherever they stand
// in it.
var headLabels = map[labelKind]bool{
	mastheadLabel: true, numberLabel: true, totalLabel: true, dateLabel: true, copyLabel: true, urgencyLabel: true,
	titleLabel: true, extraLabel: true, organLabel: true, undertakerLabel: true,
}

// head reads the head and returns the index of the first line that is not part
// of it.
func (p *parser) head() int {
	m := mastheadAt(p.lines)
	if p.namedMasthead() {
		m = -1
	}
	end := max(p.headEnd(m), m+1)
	i := 0
	for i < len(p.lines) {
		next := p.headLine(i, m, end)
		if next == i {
			break
		}
		i = next
	}
	return p.listsUnderTitle(i)
}

// namedMasthead reports whether a line of the head says outright what the
// bulletin is called.
func (p *parser) namedMasthead() bool {
	return slices.ContainsFunc(p.lines[:min(len(p.lines), deepestHead)], func(l line) bool {
		return l.kind == labelled && valueOf(l.text).kind == mastheadLabel
	})
}

// headEnd returns the index behind the last line that is certainly of the head:
// a number, a date, an organ with its date. What stands above it and is not
// understood is kept as the head's, too.
func (p *parser) headEnd(masthead int) int {
	end, numbered, dated := 0, false, false
	for i := masthead + 1; i < len(p.lines) && i <= masthead+deepestHead; i++ {
		l := p.lines[i]
		if l.kind != plain {
			if l.kind == section || l.kind == contents || l.kind == details || l.kind == outline || l.kind == marked || l.kind == row || l.kind == picture || l.kind == printed {
				break
			}
			if l.kind == labelled && !headLabels[valueOf(l.text).kind] {
				break
			}
			continue
		}
		if l.forced || width(l.text) > 60 || stopped(l.text) && !bracketed(l.text) {
			break
		}
		_, text := fields(l.text)
		line := l.text
		if len(text) > 0 {
			line, _ = fields(l.text)
		}
		rest, _, hasDate := cutDate(line)
		_, _, hasNumber := cutNumber(rest)
		if hasNumber && !numbered || hasDate && !dated && (rest == "" || hasNumber || isName(rest)) {
			end, numbered, dated = i+1, numbered || hasNumber, dated || hasDate
		}
	}
	return end
}

// headLine reads the line i and returns the index of the next one, or i when
// the head is over.
func (p *parser) headLine(i, masthead, end int) int {
	l := p.lines[i]
	if l.forced {
		return i
	}
	if p.secret(l) {
		return i + 1
	}
	switch l.kind {
	case page:
		if i < end {
			p.drop(l)
			return i + 1
		}
		return i
	case plain:
		if p.openList > 0 && i != masthead && p.listGoesOnIn(l) {
			p.tailLine(l)
			return i + 1
		}
		if i > masthead && masthead >= 0 && mastheadName(l.text) == p.doc.Masthead {
			p.drop(l)
			return i + 1
		}
	case urgency:
		p.setUrgency(l, l.text)
		return i + 1
	case notice:
		p.addNotice(l)
		return i + 1
	case labelled:
		return p.headLabel(i)
	}
	switch {
	case i < masthead:
		p.aboveMasthead(i)
		return i + 1
	case l.kind == plain && (i != masthead && p.headSegments(l) || p.headText(i, i == masthead)):
		return i + 1
	case l.kind == plain && i < end:
		p.strayHead(l)
		return i + 1
	}
	return i
}

// secret reports whether a line is a classification label. Its text is not
// kept: see Reading.Label.
func (p *parser) secret(l line) bool { return p.classified && isLabelLine(l) && p.cornerOf(l) }

var cornerForm = regexp.MustCompile(`[0-9]{4,8}`)

// cornerOf takes what stands beside a label: urgency and copy number.
func (p *parser) cornerOf(l line) bool {
	text := squeeze(fold(l.text))
	for word := range urgencyWords {
		if strings.Contains(text, word) {
			p.doc.Urgency = word
		}
	}
	if m := cornerForm.FindString(text); m != "" && !strings.Contains(text, m+"年") && p.doc.CopyNo == "" {
		p.doc.CopyNo = m
	}
	return true
}

func (p *parser) setUrgency(l line, text string) {
	if p.doc.Urgency != "" {
		p.drop(l)
		return
	}
	p.doc.Urgency = strings.Trim(squeeze(text), "【】[]〔〕（）()")
}

func (p *parser) addNotice(l line) {
	all := strings.Fields(p.doc.Notice)
	for _, n := range noticesIn(l.text) {
		if slices.Contains(all, n) {
			p.problem(Note, "dropped-layout", l.no, droppedLayout.With(n))
			continue
		}
		all = append(all, n)
	}
	p.doc.Notice = strings.Join(all, " ")
}

var copyForm = regexp.MustCompile(`^(?:份号:?|编号:?|№|[Nn][Oo][.:]?|#)? *\(?([0-9]{4,8})\)?$`)

// isCopyNumber reports whether a text is the serial number of one printed copy
// (GB/T 9704-2012 7.2.1: six digits).
func isCopyNumber(text string) bool { return len(text) < 60 && copyForm.MatchString(fold(text)) }

func (p *parser) aboveMasthead(i int) {
	l := p.lines[i]
	_, found := fields(l.text)
	switch {
	case l.kind == plain && p.headSegments(l), len(found) > 0 && p.headText(i, false):
	case isOrgan(l.text):
		p.addOrgans(l, l.text)
	default:
		p.extra(l, l.text)
	}
}

// extra keeps a line of the head that no rule takes. One in another script is
// the name in the language of a minority, which is no doubt.
func (p *parser) extra(l line, text string) {
	p.doc.Extra = append(p.doc.Extra, text)
	severity := Ask
	if !strings.ContainsFunc(text, func(r rune) bool { return r < 0x250 && !isSpace(r) || unicode.Is(unicode.Han, r) }) {
		severity = Note
	}
	p.problem(severity, "unknown-head", l.no, unknownHead.With(text))
}

// strayHead keeps a line between number and date that is neither: a title, or
// something of the office's own.
func (p *parser) strayHead(l line) {
	if p.doc.Title == "" && (p.doc.Number != Number{}) && isHeading(strings.Trim(l.text, "（）()"), 40) {
		p.doc.Title = squeeze(strings.Trim(l.text, "（）()"))
		if kind := Kind(lastRunes(p.doc.Title, 2)); p.doc.Number.No == 0 && (kind == Supplement || kind == Special || kind == Feature) {
			p.doc.Number.Kind = kind
		}
		return
	}
	p.extra(l, l.text)
}

// headLabel reads a line of the head that begins with a label.
func (p *parser) headLabel(i int) int {
	l := p.lines[i]
	f := valueOf(l.text)
	switch {
	case f.kind == remarkLabel && !p.doc.Remark.Slot:
		return p.remark(i)
	case f.kind == remarkLabel, f.kind == noteLabel,
		f.kind == listLabel && !isUnits(f.value),
		f.kind == roleLabel && (!areNames(f.value) || f.label == "供稿" && len(p.doc.Lists) == 0),
		f.kind == otherLabel, f.kind == dateLabel && p.dated:
		return i
	}
	p.tailLine(l)
	return i + 1
}

// listGoesOnIn reports whether a line under a list at the top of the text is
// more of that list.
func (p *parser) listGoesOnIn(l line) bool {
	rest, _ := fields(l.text)
	list := p.doc.Lists[len(p.doc.Lists)-1].Text
	_, _, dated := cutDate(rest)
	return rest != "" && !dated && isUnits(rest) && (strings.ContainsAny(rest, separators) || l.indent || strings.ContainsRune(separators, lastRune(list)))
}

// headText reads a line of name, number, organ and date, in any mixture that
// offices print. It is false, and nothing is changed, if the line holds
// anything else.
func (p *parser) headText(i int, masthead bool) bool {
	l := p.lines[i]
	rest, found := fields(l.text)
	rest, d, hasDate := cutDate(rest)
	rest, n, hasNumber := cutNumber(rest)
	switch {
	case hasDate && p.dated,
		hasNumber && !p.fits(n),
		!masthead && rest != "" && !p.takesOrgan(i, rest, hasDate || len(found) > 0):
		return false
	}
	if masthead {
		p.doc.Masthead = mastheadName(rest)
	} else if rest != "" {
		p.addOrgans(l, rest)
	}
	if hasNumber {
		p.setNumber(n)
	}
	if hasDate {
		p.setDate(l, d)
	}
	for _, f := range found {
		p.tailField(l, f)
	}
	return true
}

var gap = regexp.MustCompile(`[\t　]+| {2,}`)

// headSegments reads a line whose parts stand apart: notice, number, organ,
// date, copy number in any order. It is false, and nothing is changed, if one
// of them is none of these.
func (p *parser) headSegments(l line) bool {
	if len(l.text) > short {
		return false
	}
	takes := p.segments(l, []string{l.text})
	if takes == nil {
		takes = p.segments(l, gap.Split(l.text, -1))
	}
	if takes == nil {
		takes = p.segments(l, strings.FieldsFunc(l.text, isSpace))
	}
	for _, take := range takes {
		take()
	}
	return takes != nil
}

func (p *parser) segments(l line, parts []string) (takes []func()) {
	for _, part := range parts {
		take := p.segment(l, part)
		if take == nil {
			return nil
		}
		takes = append(takes, take)
	}
	return takes
}

var placeholder = regexp.MustCompile(`^(?:[%{<]+[^%{}<> ]{1,40}[%}>]+|[Xx×*_]{2,})$`)

// segment returns what takes a part of a head line, or nil where it is not
// understood.
func (p *parser) segment(l line, part string) (take func()) {
	number, n, isNumber := cutNumber(part)
	rest, d, isDate := cutDate(part)
	switch {
	case isCopyNumber(part) && p.doc.CopyNo == "":
		return func() { p.doc.CopyNo = copyForm.FindStringSubmatch(fold(part))[1] }
	case isUrgency(part):
		return func() { p.setUrgency(l, part) }
	case len(noticesIn(part)) > 0:
		return func() { p.addNotice(line{no: l.no, text: part}) }
	case isNumber && number == "" && p.fits(n):
		return func() { p.setNumber(n) }
	case isDate && rest == "" && !p.dated:
		return func() { p.setDate(l, d) }
	case isOrgan(part) && (len(p.doc.Organs) == 0 || p.sameOffice(part)):
		return func() { p.addOrgans(l, part) }
	case placeholder.MatchString(part):
		return func() { p.extra(l, part) }
	}
	return nil
}

// fits reports whether a number can be added to the one that is known: a head
// has one number, one total, and perhaps a kind on a line of its own.
func (p *parser) fits(n Number) bool {
	known := p.doc.Number
	switch {
	case n.No > 0 && known.No > 0, n.Total > 0 && known.Total > 0:
		return false
	case n.Label != "" && known.Label != "":
		return n.IsBlank() && known.IsBlank()
	case n.Label != "" && n.No == 0 && !n.IsBlank():
		return known.No == 0 && known.Total == 0
	}
	return true
}

func (p *parser) setNumber(n Number) {
	known := p.doc.Number
	total, label := max(known.Total, n.Total), known.Label
	if n.Label != "" {
		label += n.Label
	}
	if n.No == 0 {
		year := max(known.Year, n.Year)
		if n.Kind == Ordinary || n.Kind == "" {
			n.Kind = known.Kind
		}
		n.No, n.Year = known.No, year
	} else if n.Kind == Ordinary && known.Kind != "" {
		n.Kind = known.Kind
	}
	if n.Kind == "" {
		n.Kind = Ordinary
	}
	n.Total, n.Label, n.Year = total, label, max(n.Year, known.Year)
	p.doc.Number = n
}

func (p *parser) setDate(l line, d dating) {
	p.dated = true
	if !d.date.Real() {
		p.problem(Ask, "impossible-date", l.no, impossibleDate.With(d.text))
		return
	}
	p.doc.Date = d.date
	if d.clock != "" {
		p.problem(Note, "time-of-day", l.no, timeOfDay.With(d.clock))
	}
}

// takesOrgan reports whether rest, a part of line i, is an organ: it says so
// itself, or the date stands beside it or right below.
func (p *parser) takesOrgan(i int, rest string, beside bool) bool {
	if !isName(rest) || containsAny(rest, actions) {
		return false
	}
	if len(p.doc.Organs) > 0 && p.dated {
		return p.sameOffice(rest) && i > 0 && i+1 < len(p.lines)
	}
	return beside || isOrgan(rest) || !p.dated && i+1 < len(p.lines) && isDateLine(p.lines[i+1])
}

func isDateLine(l line) bool {
	if l.kind != plain {
		return false
	}
	rest, _, ok := cutDate(l.text)
	return ok && rest == ""
}

// listsUnderTitle reads a title with the lists that stand right below it, as
// some offices print them at the top of the text.
func (p *parser) listsUnderTitle(i int) int {
	if i+2 >= len(p.lines) || p.lines[i].kind != plain || p.lines[i].forced || p.doc.Title != "" || !isHeading(p.lines[i].text, 40) {
		return i
	}
	next := i + 1
	for next < len(p.lines) && p.lines[next].kind == labelled {
		if f := valueOf(p.lines[next].text); f.kind != listLabel || !isUnits(f.value) {
			break
		}
		next++
	}
	if next == i+1 || !slices.ContainsFunc(p.lines[next:min(len(p.lines), next+3)], func(l line) bool { return isBody(l) || isShortSentence(l) }) {
		return i
	}
	p.doc.Title = squeeze(p.lines[i].text)
	for _, l := range p.lines[i+1 : next] {
		p.tailLine(l)
	}
	return next
}
