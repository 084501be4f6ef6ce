package bulletin

import (
	"strings"
	"unicode"
)

// remarkLines is how many lines a transcribed remark may have.
const remarkLines = 8

// remark reads the 领导批示 slot at line i and what is written in it. It is
// filled if words stand behind its label, if a signature (王某某 7月18日)
// follows, or if a few sentences stand between it and the first section. A
// paragraph mark behind them ends it.
func (p *parser) remark(i int) (next int) {
	r := &p.doc.Remark
	r.Slot = true
	var said []string
	if f := firstLabel(p.lines[i].text); f.value != "" {
		said = append(said, f.value)
	}
	next = i + 1
	if p.lines[i].ends {
		return p.unsigned(i, next, said)
	}
	end, signed := p.remarkEnd(next)
	for _, l := range p.lines[next:end] {
		said = append(said, l.text)
	}
	if !signed {
		return p.unsigned(i, end, said)
	}
	r.Text = strings.Join(said, "\n")
	r.By, r.Date, _ = signature(p.lines[end], p.doc.Date.Year)
	return end + 1
}

// unsigned sets a remark without a name, which is no doubt only if it is empty.
func (p *parser) unsigned(i, next int, said []string) int {
	p.doc.Remark.Text = strings.Join(said, "\n")
	if len(said) > 0 {
		p.problem(Ask, "remark-unsigned", p.lines[i].no, remarkUnsigned.With())
	}
	return next
}

// remarkEnd returns the index of the signature (signed) or of the line after
// the remark's words; from itself where the slot is empty.
func (p *parser) remarkEnd(from int) (end int, signed bool) {
	for i := from; i < len(p.lines) && i < from+remarkLines; i++ {
		l := p.lines[i]
		if l.kind == section && i <= from+3 || i > from && p.lines[i-1].ends {
			return i, false
		}
		if l.kind != plain {
			break
		}
		if _, _, ok := signature(l, p.doc.Date.Year); ok {
			return i, true
		}
		if !stopped(l.text) {
			break
		}
	}
	return from, false
}

// signature reads a line of a name and a date, whose year may be missing.
func signature(l line, year int) (by string, d Date, ok bool) {
	if width(l.text) > 40 {
		return "", Date{}, false
	}
	rest, d, ok := cutShortDate(l.text, year)
	names := Names(rest)
	if !ok || len(names) != 1 || !isPerson(names[0]) {
		return "", Date{}, false
	}
	return names[0], d, true
}

func isPerson(name string) bool {
	for _, r := range name {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	n := width(name)
	return n >= 2 && n <= 4
}
