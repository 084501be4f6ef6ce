package bulletin

import (
	"strings"

	"jianbao/fault"
)

// check doubts the document as a whole: the year, and what is missing.
func (p *parser) check() {
	d := &p.doc
	if why := p.notABulletin(); len(why) > 0 {
		p.problem(Block, "not-a-bulletin", 0, notABulletin.With())
		for _, r := range why {
			p.problem(Ask, "not-a-bulletin-because", 0, r)
		}
	}
	if d.Number.Kind == "" {
		d.Number.Kind = Ordinary
	}
	p.checkYear()
	if d.Number.IsBlank() {
		p.problem(Ask, "blank-number", 0, blankNumber.With(d.Number.Label))
	}
	p.checkSecrets()
	if d.Remark.By != "" && d.Remark.Date.Year == 0 {
		d.Remark.Date.Year = d.Date.Year
	}
	_, month := isMonth(d.Number.Label)
	if month && d.Date.IsZero() && !p.dated {
		p.problem(Ask, "no-day", 0, noDay.With(d.Number.Label))
	}
	for _, miss := range []struct {
		missing bool
		s       Severity
		code    string
		reason  fault.Sentence
	}{
		{len(d.Items()) == 0 && p.traits() > 2, Block, "no-items", noItems},
		{d.Masthead == "", Ask, "no-masthead", noMasthead},
		{d.Number.No == 0 && d.Number.Total == 0 && d.Number.Label == "", Ask, "no-number", noNumber},
		{len(d.Organs) == 0, Ask, "no-organ", noOrgan},
		{d.Date.IsZero() && !p.dated && !month, Ask, "no-date", noDate},
		{len(d.Lists) == 0, Ask, "no-list", noList},
		{d.PrintRun == 0, Ask, "no-print-run", noPrintRun},
		{d.Role("签发") == nil && d.Role("签发人") == nil, Note, "no-signatory", noSignatory},
	} {
		if miss.missing {
			p.problem(miss.s, miss.code, 0, miss.reason.With())
		}
	}
}

func (p *parser) checkYear() {
	n, date := &p.doc.Number, p.doc.Date
	switch {
	case n.No == 0 && n.Total == 0 && n.Label == "" || date.IsZero():
	case n.Year == 0:
		n.Year, n.YearFromDate = date.Year, true
		p.problem(Note, "year-from-date", 0, yearFromDate.With(date.Year))
	case n.Year != date.Year:
		p.problem(Ask, "year-differs", 0, yearDiffers.With(n.Year, date.Year))
	}
}

// checkSecrets tells of the words of classification in the text: no label, but
// worth a look.
func (p *parser) checkSecrets() {
	for _, l := range p.lines {
		if !strings.Contains(l.text, "密") {
			continue
		}
		for _, word := range []string{"绝密", "机密", "秘密"} {
			if strings.Contains(l.text, word) {
				p.problem(Note, "secret-word", l.no, secretWord.With(word))
				break
			}
		}
	}
}

// notABulletin returns why the text is no bulletin: it needs two of the traits of
// one and an item. A form with its head and no text yet is a bulletin that cannot
// be submitted.
func (p *parser) notABulletin() []fault.Reason {
	if len(p.lines) == 0 {
		return []fault.Reason{emptyText.With()}
	}
	var why []fault.Reason
	if len(p.doc.Items()) == 0 && p.traits() < 3 {
		why = append(why, noItems.With())
	}
	if p.traits() < 2 {
		why = append(why, fewTraits.With())
	}
	return why
}

func (p *parser) traits() int {
	d, n := p.doc, 0
	_, corrects := d.Corrects()
	for _, has := range []bool{
		corrects,
		hasSuffix(d.Masthead, mastheads) && !strings.ContainsAny(d.Masthead, "，、"),
		d.Number.No > 0 || d.Number.Total > 0 || d.Number.Label != "",
		p.dated || !d.Date.IsZero(),
		len(d.Sections) > 0 && d.Sections[0].Name != "" || len(d.Sections) > 1,
		len(d.Lists) > 0,
		d.PrintRun > 0,
	} {
		if has {
			n++
		}
	}
	return n
}

// IsBulletin reports whether the text is a bulletin at all.
func (r Reading) IsBulletin() bool { return r.Refusal() == nil }

// Refusal returns the one error for a text that cannot be taken, or nil:
// fault.Refused where it bears a classification label and must not be kept
// anywhere, fault.Invalid, with everything that is missing, where it is no
// bulletin.
func (r Reading) Refusal() *fault.Error {
	if r.Label != nil {
		return r.Label.Refusal()
	}
	var refusal *fault.Error
	for _, p := range r.Problems {
		switch p.Code {
		case "not-a-bulletin":
			refusal = fault.New(fault.Invalid, p.Reason)
		case "not-a-bulletin-because":
			if refusal != nil {
				refusal.Reasons = append(refusal.Reasons, p.Reason)
			}
		}
	}
	return refusal
}
