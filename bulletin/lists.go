package bulletin

import "strings"

// listLines is over how many lines a list may go on.
const listLines = 200

// list begins a list of recipients.
func (p *parser) list(l line, f field) {
	if !isUnits(f.value) {
		p.leftover = append(p.leftover, f.label+"："+f.value)
		p.problem(Block, "list-sentence", l.no, listSentence.With(f.label, f.value))
		return
	}
	p.doc.Lists = append(p.doc.Lists, List{Label: f.label, Text: squeeze(f.value), Line: l.no})
	p.openList = listLines
	p.closeList(&p.doc.Lists[len(p.doc.Lists)-1])
}

// continueList adds a line to the list above it, which had no full stop. Where
// no separator stands between, the line was wrapped inside a name, or somebody
// forgot the separator: the two names tell.
func (p *parser) continueList(l line, text string) {
	list := &p.doc.Lists[len(p.doc.Lists)-1]
	text = squeeze(text)
	switch {
	case l.kind == printed || !isUnits(text) || !isUnits(lastName(list.Text)+firstName(text)):
		p.unknown(l, text)
		return
	case list.Text == "" || strings.ContainsRune(separators, lastRune(list.Text)) || strings.ContainsRune(separators, firstRune(text)):
		list.Text += text
	case l.indent && !(isWhole(list.Text) && beginsName(text)):
		list.Text += text
	case isWhole(list.Text) || width(firstName(text)) > 3:
		p.problem(Ask, "list-wrapped", l.no, listWrapped.With(list.Label, text))
		list.Text += "、" + text
	default:
		p.problem(Ask, "list-joined", l.no, listJoined.With(list.Label, text))
		list.Text += text
	}
	p.closeList(list)
}

const separators = "、，,；;"

// isWhole reports whether the last name of a list ends like one.
func isWhole(list string) bool {
	name := lastName(list)
	return width(name) > 1 && (hasSuffix(name, bodies) || hasSuffix(name, classes))
}

// lastName returns the last name of a row of units.
func lastName(list string) string {
	i := strings.LastIndexAny(list, separators)
	if i < 0 {
		return list
	}
	return list[i+len(string(firstRune(list[i:]))):]
}

// classes are what a name ends with that stands for several units or people.
var classes = strings.Fields("领导 单位 部门 机关 园区 同志 书记 主任 市长 县长 局长 常委 成员 办事处 中学 小学 医院 银行 企业 科室 乡镇")

// levels are the characters that begin the name of a unit: whose it is.
const levels = "中省市县区旗州盟各本自全国局机有"

func beginsName(text string) bool {
	return strings.ContainsRune(levels, firstRune(text)) && width(firstName(text)) > 2
}

// firstName returns the first name of a row of units.
func firstName(text string) string {
	if i := strings.IndexAny(text, separators); i >= 0 {
		return text[:i]
	}
	return strings.TrimRight(text, "。.")
}

// closeList takes the closing full stop off a list; without one it stays open
// for the next line.
func (p *parser) closeList(list *List) {
	text := strings.TrimRight(list.Text, "。")
	if p.openList--; text != list.Text || strings.HasSuffix(text, ".") {
		p.openList = 0
	}
	list.Text = strings.TrimSuffix(text, ".")
	if p.openList == 0 {
		list.Text = strings.TrimRight(list.Text, separators)
	}
}

// closeLists ends the list that is open: something else follows.
func (p *parser) closeLists() {
	if n := len(p.doc.Lists); n > 0 {
		p.doc.Lists[n-1].Text = strings.TrimRight(p.doc.Lists[n-1].Text, separators)
	}
	p.openList = 0
}

// isUnits reports whether what stands behind the label of a list can be a row
// of units, and is no sentence.
func isUnits(value string) bool {
	var scratch parser
	text := strings.TrimRight(scratch.counts(value), "。")
	if strings.ContainsAny(text, "。！？!?") {
		return false
	}
	for _, name := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if isSentence(name) {
			return false
		}
	}
	return true
}

// isSentence reports whether one name of a list is none: 展改革工作要点已印发.
func isSentence(name string) bool {
	name = strings.TrimRight(name, "。.")
	if beginsWithDate(name) {
		return true
	}
	return containsAny(name, clauseWords) && (!isOrgan(name) || strings.ContainsAny(name, "已了是请"))
}
