package bulletin

import (
	"slices"
	"strings"
)

// mastheads are the words a bulletin's name ends with.
var mastheads = strings.Fields("简报 简讯 快报 快讯 专报 内参 动态 信息 要情 月报 周报 日报 旬报 季报 通讯 参阅 参考 摘报 摘要 导报 通报 舆情 资讯 要闻 专刊 情况 交流")

// bodies are the words an organ's name ends with.
var bodies = strings.Fields("局 委 厅 办 部 院 所 站 中心 室 会 政府 公司 集团 学 校 组 指挥部 社 行 处 科 队 司 署 团 馆 台 区 党委 党组 支部 总部 厂 矿 盟 旗 库 公室 管理局")

// headLines is how deep a masthead is looked for when no number line, date or
// section says where the head goes on.
const headLines = 3

// mostOrgans bounds the organs of one bulletin.
const mostOrgans = 50

// head reads the head and returns the index of the first line that is not part
// of it.
func (p *parser) head() int {
	m := mastheadAt(p.lines)
	i := 0
	for i < len(p.lines) {
		next := p.headLine(i, m)
		if next == i {
			break
		}
		i = next
	}
	return i
}

// headLine reads the line i and returns the index of the next one, or i when
// the head is over.
func (p *parser) headLine(i, masthead int) int {
	l := p.lines[i]
	switch l.kind {
	case page:
		p.drop(l)
		return i + 1
	case plain:
		if i > masthead && masthead >= 0 && squeeze(l.text) == p.doc.Masthead {
			p.drop(l)
			return i + 1
		}
	case urgency:
		if p.doc.Urgency != "" {
			p.drop(l)
		}
		p.doc.Urgency = squeeze(strings.Trim(l.text, "【】"))
		return i + 1
	case notice:
		p.addNotice(l)
		return i + 1
	case labelled:
		return p.headLabel(i)
	}
	switch {
	case i < masthead:
		p.aboveMasthead(l)
		return i + 1
	case l.kind == plain && p.headText(i, i == masthead):
		return i + 1
	}
	return i
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

func (p *parser) aboveMasthead(l line) {
	if isOrgan(l.text) {
		p.addOrgans(l, l.text)
		return
	}
	p.doc.Extra = append(p.doc.Extra, l.text)
	p.problem(Ask, "unknown-head", l.no, unknownHead.With(l.text))
}

// headLabel reads a line of the head that begins with a label.
func (p *parser) headLabel(i int) int {
	f := firstLabel(p.lines[i].text)
	switch {
	case f.kind == remarkLabel && !p.doc.Remark.Slot:
		return p.remark(i)
	case f.kind == remarkLabel, f.kind == noteLabel, f.kind == listLabel && isSentence(f.value):
		return i
	}
	p.tailLine(p.lines[i])
	return i + 1
}

// headText reads a line of name, number, organ and date, in any mixture that
// offices print. It is false, and nothing is changed, if the line holds
// anything else.
func (p *parser) headText(i int, masthead bool) bool {
	l := p.lines[i]
	rest, found := fields(l.text)
	rest, d, hasDate := cutDate(rest)
	rest, n, hasNumber := cutNumber(rest)
	known := p.doc.Number
	switch {
	case hasDate && p.dated,
		hasNumber && known.No > 0 && n.No > 0,
		!masthead && rest != "" && !p.takesOrgan(i, rest, hasDate || len(found) > 0):
		return false
	}
	if masthead {
		p.doc.Masthead = squeeze(rest)
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

// takesOrgan reports whether rest, a part of line i, is an organ: it says so
// itself, or the date stands beside it or right below.
func (p *parser) takesOrgan(i int, rest string, beside bool) bool {
	if len(p.doc.Organs) > 0 && p.dated || !isName(rest) {
		return false
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

// isName reports whether a text could be a name of an organ or a bulletin.
func isName(text string) bool {
	return text != "" && width(text) <= 60 && width(squeeze(text)) <= 40 && !stopped(text) && !strings.ContainsAny(text, clauses+"，,：:")
}

// isOrgan reports whether a text reads like the name of one or more organs.
func isOrgan(text string) bool {
	if !isName(text) {
		return false
	}
	name := organName(squeeze(text))
	return width(name) > 2 && hasSuffix(name, bodies)
}

func hasSuffix(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(s, w) })
}

// organName takes the word for what the organ does off its name: 办公室编 is
// the 办公室.
func organName(name string) string {
	for _, verb := range []string{"编印", "主办", "编发", "编制", "主编", "印发", "编"} {
		if s, ok := strings.CutSuffix(name, verb); ok && hasSuffix(s, bodies) {
			return s
		}
	}
	return name
}

// addOrgans adds the organs of a line: several are separated by 、 or by the
// spaces of the layout, where every part is an organ by itself.
func (p *parser) addOrgans(l line, text string) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return isSpace(r) || r == '、' })
	for _, part := range parts {
		if !isOrgan(part) {
			parts = []string{squeeze(text)}
			break
		}
	}
	for _, part := range parts {
		if name, ok := strings.CutSuffix(part, "承办"); ok && hasSuffix(name, bodies) {
			p.doc.Undertakers = append(p.doc.Undertakers, name)
			continue
		}
		switch name := organName(part); {
		case len(p.doc.Organs) == mostOrgans:
			p.unknown(l, part)
		case slices.Contains(p.doc.Organs, name):
			p.problem(Note, "dropped-layout", l.no, droppedLayout.With(part))
		default:
			p.doc.Organs = append(p.doc.Organs, name)
		}
	}
}

func (p *parser) setNumber(n Number) {
	total := max(p.doc.Number.Total, n.Total)
	if n.No == 0 {
		n = p.doc.Number
	}
	n.Total = total
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

// mastheadAt returns the index of the line that holds the name of the bulletin,
// or -1. It stands above the number line; an organ may stand above it.
func mastheadAt(lines []line) int {
	limit, numbered := headLimit(lines)
	best := -1
	for i, l := range lines[:limit] {
		if l.kind == plain && isName(l.text) && (best < 0 || rank(l.text) >= rank(lines[best].text)) {
			best = i
		}
	}
	if numbered && (best < 0 || rank(lines[best].text) < 3) {
		if rest, _, _ := cutNumber(lines[limit].text); rest != "" {
			return limit
		}
	}
	if best >= 0 && !numbered && rank(lines[best].text) < 2 {
		return -1
	}
	return best
}

// rank says how much a line looks like a masthead.
func rank(text string) int {
	name := squeeze(text)
	switch {
	case hasSuffix(name, mastheads):
		return 3
	case width(name) > 1 && width(text) >= 2*width(name)-1:
		return 2
	case isOrgan(text):
		return 0
	}
	return 1
}

// headLimit returns the index of the first line below which no masthead is, and
// whether it holds the number.
func headLimit(lines []line) (limit int, numbered bool) {
	for i, l := range lines {
		if l.kind == urgency || l.kind == notice {
			continue
		}
		if l.kind != plain {
			return i, false
		}
		if _, _, ok := cutNumber(l.text); ok {
			return i, true
		}
		if _, _, ok := cutDate(l.text); ok {
			return i, false
		}
		if i >= 4*headLines || stopped(l.text) {
			return min(i, headLines), false
		}
	}
	return min(len(lines), headLines), false
}
