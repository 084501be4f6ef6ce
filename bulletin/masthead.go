package bulletin

import "strings"

// mastheads are the words a bulletin's name ends with.
var mastheads = strings.Fields("简报 简讯 快报 快讯 专报 内参 动态 信息 要情 月报 周报 日报 旬报 季报 年报 通讯 参阅 参考 摘报 摘要 导报 通报 舆情 资讯 要闻 专刊 情况 交流 呈阅件 专递 直报 要报 反映")

// headLines is how deep a masthead is looked for when no number line, date or
// section says where the head goes on.
const headLines = 3

// mastheadAt returns the index of the line that holds the name of the bulletin,
// or -1. It stands above the number line; an organ may stand above it.
func mastheadAt(lines []line) int {
	limit, numbered := headLimit(lines)
	best := -1
	for i, l := range lines[:limit] {
		if l.kind == plain && isMastheadName(l.text) && (best < 0 || rank(l.text) >= rank(lines[best].text)) {
			best = i
		}
	}
	if numbered && (best < 0 || rank(lines[best].text) < 3) {
		if rest, _, _ := cutNumber(lines[limit].text); rest != "" {
			return limit
		}
		if best < 0 && limit+1 < len(lines) && lines[limit+1].kind == plain && rank(lines[limit+1].text) == 3 && isMastheadName(lines[limit+1].text) {
			return limit + 1 // the number stands in the corner above the name
		}
	}
	if best >= 0 && (rank(lines[best].text) == 0 || !numbered && rank(lines[best].text) < 2) {
		return -1
	}
	return best
}

// isMastheadName reports whether a line can be the name of a bulletin: no
// number of a copy, no code, no placeholder.
func isMastheadName(text string) bool {
	return isName(text) && !isCopyNumber(text) && !kindForm.MatchString(fold(text)) && strings.ContainsFunc(text, isWord) && firstRune(text) != '（' && firstRune(text) != '('
}

// rank says how much a line looks like a masthead.
func rank(text string) int {
	name := mastheadName(text)
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

// mastheadName is the name without layout and without the marks of a title.
func mastheadName(text string) string {
	name := squeeze(text)
	if strings.HasPrefix(name, "《") && strings.HasSuffix(name, "》") {
		name = strings.Trim(name, "《》")
	}
	return name
}

// headLimit returns the index of the first line below which no masthead is, and
// whether it holds the number.
func headLimit(lines []line) (limit int, numbered bool) {
	for i, l := range lines {
		if l.kind == urgency || l.kind == notice || l.kind == page || isLabelLine(l) {
			continue
		}
		if l.forced || l.fresh || l.led() {
			return i, false
		}
		if l.kind != plain {
			if f := valueOf(l.text); l.kind == labelled && (headLabels[f.kind] || f.kind == listLabel && isUnits(f.value)) {
				continue // lists may stand at the very top
			}
			return i, false
		}
		if _, _, ok := cutNumber(l.text); ok && !kindForm.MatchString(fold(l.text)) {
			return i, true
		}
		if _, _, ok := cutDate(l.text); ok {
			return i, false
		}
		if i >= 4*headLines || stopped(l.text) && !bracketed(l.text) {
			return min(i, headLines), false
		}
	}
	return min(len(lines), headLines), false
}

func bracketed(text string) bool {
	return strings.ContainsRune("（(《〔[", firstRune(text)) && strings.ContainsRune("）)》〕]", lastRune(text))
}

// isLabelLine reports whether a line is a classification label.
func isLabelLine(l line) bool { _, ok := labelOf(l.raw); return ok }
