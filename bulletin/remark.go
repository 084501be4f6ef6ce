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
	if len(said) == 1 && p.signedInline(p.lines[i], said) {
		return next
	}
	end, signed := p.remarkEnd(next)
	for _, l := range p.lines[next:end] {
		said = append(said, l.text)
	}
	if !signed {
		if len(said) > 0 && p.signedInline(p.lines[end-1], said) {
			return end
		}
		return p.unsigned(i, end, said)
	}
	p.sign(p.lines[end:], said)
	if _, ok := nameAlone(p.lines[end], true); ok {
		return end + 2
	}
	return end + 1
}

// sign sets the remark and its signature, which is one line or two.
func (p *parser) sign(lines []line, said []string) {
	r := &p.doc.Remark
	by, d, _ := p.signature(lines, true)
	if r.By, r.Date = by, d.date; !d.date.Real() {
		p.problem(Ask, "impossible-date", lines[0].no, impossibleDate.With(d.text))
		r.By, r.Date = "", Date{}
		said = append(said, lines[0].text)
		if _, alone := nameAlone(lines[0], true); alone {
			said = append(said, lines[1].text)
		}
	}
	r.Text = strings.Join(said, "\n")
}

// signedInline takes a signature off the end of the last thing said.
func (p *parser) signedInline(l line, said []string) bool {
	last := said[len(said)-1]
	at := strings.LastIndexAny(last, "。！？”")
	if at < 0 {
		return false
	}
	at += len(string(firstRune(last[at:])))
	behind := line{no: l.no, text: strings.TrimFunc(last[at:], func(r rune) bool { return isSpace(r) || strings.ContainsRune("（()）", r) })}
	if _, _, ok := p.signature([]line{behind}, false); !ok {
		return false
	}
	said[len(said)-1] = strings.TrimFunc(last[:at], isSpace)
	p.sign([]line{behind}, said)
	return true
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
		if l.kind != plain || l.bold > 0 || l.fresh {
			break
		}
		if l.forced {
			continue
		}
		if _, _, ok := p.signature(p.lines[i:], i > from); ok {
			return i, true
		}
		if !stopped(l.text) && !l.ends {
			break
		}
	}
	return from, false
}

// signature reads a name and a date, whose year may be missing, on one line or
// on two. Where words stand above it (said) a bare name is enough.
func (p *parser) signature(lines []line, said bool) (by string, d dating, ok bool) {
	l := lines[0]
	if width(l.text) > 40 {
		return "", dating{}, false
	}
	if name, alone := nameAlone(l, said); alone {
		if len(lines) < 2 || lines[1].kind != plain {
			return "", dating{}, false
		}
		rest, d, ok := cutShortDate(lines[1].text, p.doc.Date.Year)
		return name, d, ok && rest == ""
	}
	rest, d, ok := cutShortDate(l.text, p.doc.Date.Year)
	names := Names(strings.TrimLeft(rest, "—－-– "))
	if !ok || len(names) != 1 || !isPerson(names[0]) {
		return "", dating{}, false
	}
	return names[0], d, true
}

// nameAlone reads a line that is a person's name and nothing else, set apart by
// a dash or an indent as signatures are.
func nameAlone(l line, said bool) (name string, ok bool) {
	text := strings.TrimLeft(l.text, "—－-– ")
	names := Names(text)
	if (said || l.indent || text != l.text) && len(names) == 1 && isPerson(names[0]) {
		return names[0], true
	}
	return "", false
}

func isPerson(name string) bool {
	for _, r := range name {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	n := width(name) // with a post behind it: 王某某副市长
	return n >= 2 && n <= 7 && !isOrgan(name)
}
