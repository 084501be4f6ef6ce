package bulletin

import (
	"regexp"
	"strings"
)

// short is the length in bytes beyond which a line is text without a look at
// the patterns: none of the forms of head and tail is that long.
const short = 300

var (
	sectionForm = regexp.MustCompile(`^[【〖][^【】〖〗]{1,60}[】〗]$`)
	pageForm    = regexp.MustCompile(`^(?:[-—–·]+ *[0-9]{1,4} *[-—–·]+|第 *[0-9]{1,4} *页(?: *[,，/]? *共 *[0-9]{1,4} *页)?)$`)
	annexForm   = regexp.MustCompile(`^附 *(?:件|表|录|图)? *[0-9一二三四五六七八九十]* *(?:[:、.]|$)`)
	outlineForm = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[.、]|\([0-9]{1,2}\))`)
	chapterForm = regexp.MustCompile(`^[一二三四五六七八九十]{1,3}、`)
	afterNumber = regexp.MustCompile(`^[0-9]{1,2}\.[0-9]`)
)

// markers begin an item; they are layout.
const markers = "★☆■□◆◇●○▲△◎※►▶"

var (
	contentsWords = words("本期要目 本期目录 目录 要目 目次 本期导读 导读 内容提要 本期提要")
	detailsWords  = words("本期详情 详情 正文 本期内容")
	urgencyWords  = words("特急 加急 特提 平急")
	noticeWords   = strings.Fields("内部资料 内部参阅 内部刊物 内部文件 内部参考 仅供参考 仅供参阅 注意保存 妥善保管 请勿外传 不得外传 严禁外传 注意保密 阅后即毁")
)

func words(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// class sets the kind of a line and takes its marker off.
func (l *line) class() {
	if strings.ContainsRune(markers, firstRune(l.text)) {
		l.text = strings.TrimLeftFunc(l.text, func(r rune) bool {
			return isSpace(r) || strings.ContainsRune(markers, r)
		})
		l.kind = marked
		if !sectionForm.MatchString(l.text) {
			return
		}
	}
	l.kind = kindOf(l.text)
}

// kindOf returns the kind of a line that bears no marker. The order is the
// rule: the narrower form comes first.
func kindOf(text string) kind {
	if len(text) > short {
		return kindOfLong(text)
	}
	folded := fold(text)
	bare := strings.Trim(squeeze(text), "≡=【】〖〗—-*：:")
	switch {
	case pageForm.MatchString(folded):
		return page
	case contentsWords[bare]:
		return contents
	case detailsWords[bare]:
		return details
	case sectionForm.MatchString(text):
		return section
	case urgencyWords[bare]:
		return urgency
	case len(noticesIn(text)) > 0:
		return notice
	case annexForm.MatchString(folded):
		return annex
	case beginsWithLabel(text):
		return labelled
	case isPrintLine(folded):
		return printed
	case isOutline(folded):
		return outline
	}
	return plain
}

// kindOfLong classes what is too long for anything but a list or a paragraph.
func kindOfLong(text string) kind {
	begin := firstRunes(text, 24)
	switch {
	case beginsWithLabel(begin):
		return labelled
	case isOutline(fold(begin)):
		return outline
	}
	return plain
}

// isOutline keeps 3.5亿元 apart from 3.甲镇.
func isOutline(folded string) bool {
	return outlineForm.MatchString(folded) && !afterNumber.MatchString(folded)
}

// noticesIn returns the notices of a line that holds nothing else.
func noticesIn(text string) []string {
	rest := squeeze(text)
	var found []string
	for rest != "" {
		word := ""
		for _, w := range noticeWords {
			if strings.HasPrefix(rest, w) {
				word = w
			}
		}
		if word == "" {
			return nil
		}
		found = append(found, word)
		rest = strings.TrimLeft(rest[len(word):], "，,、；;·。！")
	}
	return found
}

// sectionName returns 科技政策 for 【科技政策】.
func sectionName(text string) string {
	return squeeze(strings.Trim(text, "【】〖〗"))
}
