package bulletin

import (
	"regexp"
	"strings"
)

// short is the length in bytes beyond which a line is text without a look at
// the patterns: none of the forms of head and tail is that long.
const short = 300

var (
	sectionForm = regexp.MustCompile(`^(?:[【〖][^【】〖〗]{1,60}[】〗]|≡+[^≡]{1,30}≡+|[\[［][^\[\]［］]{1,30}[\]］])$`)
	pageForm    = regexp.MustCompile(`^(?:[-—–·~]+ *[0-9]{1,4} *[-—–·~]+|第 *[0-9]{1,4} *页(?: *[,，/]? *共 *[0-9]{1,4} *页)?|[0-9]{1,3}(?: */ *[0-9]{1,3})?|[Pp]age *[0-9]{1,4})$`)
	annexForm   = regexp.MustCompile(`^附 *(?:件|表|录|图)? *[0-9一二三四五六七八九十]* *(?:[:、.]|$)`)
	outlineForm = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)、?|[0-9]{1,2}[.、]|\([0-9]{1,2}\)|[0-9]{1,2}\)|[①-⑳])`)
	chapterForm = regexp.MustCompile(`^[一二三四五六七八九十]{1,3}、`)
	afterNumber = regexp.MustCompile(`^[0-9]{1,2}\.[0-9]`)
	hashForm    = regexp.MustCompile(`^#{1,6} +`)
)

// markers begin an item; they are layout.
const markers = "★☆■□◆◇●○▲△◎※►▶•▪▫‣➢➤❖✦✧"

var (
	contentsWords = words("本期要目 本期目录 目录 要目 目次 本期导读 导读 内容提要 本期提要 本期内容提要 本期主要内容")
	detailsWords  = words("本期详情 详情 正文 本期内容")
	urgencyWords  = words("特急 加急 特提 平急 急件")
	noticeWords   = strings.Fields("内部资料 内部参阅 内部刊物 内部文件 内部参考 内部使用 仅供参考 仅供参阅 仅供内部参考 注意保存 妥善保管 妥善保存 请勿外传 不得外传 严禁外传 不得翻印 严禁翻印 不得转载 请勿转载 注意保密 阅后即毁 供领导参阅 供领导参考")
)

func words(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// class sets the kind of a line and takes off its marks, its marker and the
// asterisks of an explicit lead.
func (l *line) class() {
	l.force()
	if m := hashForm.FindString(l.text); m != "" && !l.forced {
		l.level = strings.Count(m, "#")
		l.text = strings.TrimRight(l.text[len(m):], "# ")
		l.bold = len(l.text)
	}
	if rest := withoutMarker(l.text); rest != l.text && !l.forced {
		l.marker, l.text, l.fresh = firstRune(l.text), rest, true
		l.force()
	}
	if l.forced || l.text == "" {
		return
	}
	if bold, text := cutBold(l.text); bold > 0 {
		l.text, l.bold = text, bold
	}
	l.kind = kindOf(l.text)
	if l.fresh && l.kind != section && l.kind != row && l.kind != picture {
		l.kind = marked
	}
	if l.led() && l.kind == section {
		l.kind = plain
	}
}

// force takes the paragraph mark off the start.
func (l *line) force() {
	if rest, ok := strings.CutPrefix(l.text, Mark); ok {
		l.text, l.forced = strings.TrimLeftFunc(rest, isSpace), true
	}
}

// withoutMarker takes ★ or the bullet of a list off a line.
func withoutMarker(text string) string {
	r := firstRune(text)
	if strings.ContainsRune(markers, r) {
		return strings.TrimLeftFunc(text, func(r rune) bool { return isSpace(r) || strings.ContainsRune(markers, r) })
	}
	if strings.ContainsRune("-*+·", r) && !pageForm.MatchString(fold(firstRunes(text, 20))) {
		if rest := strings.TrimPrefix(text, string(r)); rest != "" && (isSpace(firstRune(rest)) || r == '·') {
			return strings.TrimLeftFunc(rest, isSpace)
		}
	}
	return text
}

// cutBold reads an explicit lead, **导语。**正文, perhaps behind a number:
// （一）**产业发展。**正文. It returns how many bytes of the text without
// asterisks are the lead. A stop right behind the asterisks belongs to it.
func cutBold(text string) (bold int, without string) {
	number := ""
	if !strings.HasPrefix(text, "**") {
		if m := outlineForm.FindString(fold(firstRunes(text, 8))); m != "" {
			number = firstRunes(text, width(m))
		}
		if number == "" || !strings.HasPrefix(text[len(number):], "**") {
			return 0, text
		}
	}
	rest := text[len(number)+2:]
	end := strings.Index(rest, "**")
	if end < 1 {
		return 0, text
	}
	lead, after := strings.TrimFunc(rest[:end], isSpace), rest[end+2:]
	if lead == "" || strings.HasPrefix(lead, "*") {
		return 0, text
	}
	if r := firstRune(after); strings.ContainsRune("。！？：:", r) && after != "" && !stopped(lead) {
		lead, after = lead+string(r), strings.TrimPrefix(after, string(r))
	}
	after = strings.TrimLeftFunc(after, isSpace)
	return len(number + lead), number + lead + after
}

// kindOf returns the kind of a line that bears no marker. The order is the
// rule: the narrower form comes first.
func kindOf(text string) kind {
	switch {
	case isRow(text):
		return row
	case strings.HasPrefix(text, "![") && pictureForm.MatchString(text):
		return picture
	case len(text) > short:
		return kindOfLong(text)
	}
	switch first := firstRune(text); {
	case beginsWithLabel(text):
		return kindOfShort(text, labelled)
	case strings.ContainsRune(beginnings, first), len(text) <= longestNotice:
		return kindOfShort(text, plain)
	case strings.ContainsAny(text, "印存留归") && isPrintLine(fold(text)):
		return printed
	}
	return plain
}

// beginnings are the characters that lines of a form begin with; a line with
// another is ordinary text unless it is short.
const beginnings = "【〖[≡=附一二三四五六七八九十0123456789０１２３４５６７８９(（①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳-—–·~第Pp"

// longestNotice bounds a line of notices, urgency or contents, in bytes.
const longestNotice = 120

// kindOfShort is kindOf for what may have a form; otherwise is what it is
// without one.
func kindOfShort(text string, otherwise kind) kind {
	folded := fold(text)
	bare := strings.Trim(squeeze(text), "≡=【】〖〗[]—-*：:《》<>■★●")
	switch {
	case pageForm.MatchString(folded):
		return page
	case contentsWords[bare]:
		return contents
	case detailsWords[bare]:
		return details
	case isUrgency(text):
		return urgency
	case sectionForm.MatchString(text):
		return section
	case len(noticesIn(text)) > 0:
		return notice
	case annexForm.MatchString(folded):
		return annex
	case otherwise == labelled:
		return labelled
	case isPrintLine(folded):
		return printed
	case isOutline(folded):
		return outline
	}
	return otherwise
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

func isUrgency(text string) bool {
	return len(text) < 40 && urgencyWords[strings.Trim(squeeze(text), "【】[]〔〕（）()")]
}

// isOutline keeps 3.5亿元 apart from 3.甲镇.
func isOutline(folded string) bool {
	return outlineForm.MatchString(folded) && !afterNumber.MatchString(folded)
}

// noticesIn returns the notices of a line that holds nothing else.
func noticesIn(text string) []string {
	rest := strings.Trim(squeeze(text), "（）()【】[]")
	var found []string
	for rest != "" {
		word := ""
		for _, w := range noticeWords {
			if strings.HasPrefix(rest, w) && len(w) > len(word) {
				word = w
			}
		}
		if word == "" {
			return nil
		}
		found = append(found, word)
		rest = strings.TrimLeft(rest[len(word):], "，,、；;·。！*")
	}
	return found
}

// sectionName returns 科技政策 for 【科技政策】.
func sectionName(text string) string {
	return squeeze(strings.Trim(text, "【】〖〗≡[]［］"))
}
