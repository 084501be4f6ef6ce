package bulletin

import (
	"strings"
	"unicode"
)

// A labelKind says what the words behind a label are.
type labelKind int

const (
	noLabel labelKind = iota
	listLabel
	roleLabel
	phoneLabel
	faxLabel
	emailLabel
	runLabel
	fileLabel
	organLabel
	undertakerLabel
	remarkLabel
	noteLabel
	mastheadLabel
	numberLabel
	totalLabel
	dateLabel
	printDateLabel
	printOrganLabel
	copyLabel
	urgencyLabel
	titleLabel
	extraLabel
	otherLabel
)

// labels is the closed table: a word that is not in it is no label.
var labels = table(map[labelKind]string{
	listLabel: "报 送 发 呈报 呈送 呈阅 报送 报阅 送阅 上报 抄报 抄送 抄发 主送 主报 分送 分发 印发 下发 本期增发 本期增送 增发 增送 加发 " +
		"发送 发至 发送范围 发放范围 印发范围 分送范围 发送对象 发送单位 抄送单位 主送单位 分送单位 报送单位",
	roleLabel: "编辑 责任编辑 责编 执行编辑 本期编辑 本期责编 编审 编发 编校 主编 副主编 执行主编 总编 总编辑 编委 审核 审核人 审稿 审定 审签 审阅 审批 " +
		"核稿 核签 初审 复审 终审 校对 校核 复核 签发 签发人 会签 供稿 撰稿 拟稿 拟稿人 统稿 采编 文字 摄影 排版 制作 分析 预报 监制 打印 印制 " +
		"值班员 值班 值班长 值班领导 带班领导 带班 联系人 联络员 信息员 通讯员 顾问 责任人 起草 起草人",
	phoneLabel:      "电话 联系电话 值班电话 办公电话 咨询电话 热线 热线电话 手机 Tel tel TEL",
	faxLabel:        "传真 传真电话 Fax fax FAX",
	emailLabel:      "邮箱 电子邮箱 电子信箱 投稿邮箱 联系邮箱 邮件 电子邮件 电邮 信箱 Email E-mail email e-mail EMAIL E-MAIL",
	runLabel:        "共印 印数 印发份数 印制份数 印刷份数 印量 份数",
	fileLabel:       "存档 存档份数 留存 归档 存",
	organLabel:      "主办 主办单位 编印 编印单位 主编单位 编发单位 编制单位 主管 主管单位",
	undertakerLabel: "承办 承办单位 协办 协办单位",
	remarkLabel:     "领导批示 批示 领导批示栏 领导阅批 领导阅示 批示栏 批示意见",
	noteLabel:       "编者按 按语 按 编者的话 编前语 编者注",
	mastheadLabel:   "简报名称 刊名",
	numberLabel:     "期号 期数 刊期",
	totalLabel:      "总期号 总期数",
	dateLabel:       "日期 编发日期 签发日期 出刊日期 出版日期 编印日期 时间 编发时间",
	printDateLabel:  "印发日期 印发时间",
	printOrganLabel: "印发机关 印发单位",
	copyLabel:       "份号",
	urgencyLabel:    "紧急程度 缓急程度",
	titleLabel:      "标题",
	extraLabel:      "报头附注",
	otherLabel:      "附注 主题词 关键词 地址 网址 邮编 邮政编码 公众号 微信公众号 投稿信箱",
})

const longestLabel = 7

func table(kinds map[labelKind]string) map[string]labelKind {
	t := map[string]labelKind{}
	for k, names := range kinds {
		for _, n := range strings.Fields(names) {
			t[n] = k
		}
	}
	return t
}

// A field is a label and what stands behind it on its line.
type field struct {
	label string
	kind  labelKind
	value string
}

// fields splits a line at its labels. What stands before the first one is
// returned as rest. A label may be letter-spaced (抄　报：).
func fields(text string) (rest string, found []field) {
	runes := []rune(text)
	start, from := 0, 0 // of the value that is open, and of the search
	value := func(end int) {
		v := strings.TrimFunc(string(runes[start:end]), isSpace)
		if len(found) == 0 {
			rest = v
		} else {
			found[len(found)-1].value = v
		}
	}
	for i, r := range runes {
		if r != '：' && r != ':' {
			continue
		}
		begin, label := labelBefore(runes, from, i)
		if label != "" {
			value(begin)
			found = append(found, field{label: label, kind: labels[label]})
			start = i + 1
		}
		from = i + 1
	}
	value(len(runes))
	return rest, found
}

// labelBefore returns the longest label that ends before the colon at end and
// begins at from or later, at the start of the line or after a separator.
func labelBefore(runes []rune, from, end int) (begin int, label string) {
	var letters []rune
	for i := end - 1; i >= from && len(letters) < longestLabel && end-i < 24; i-- {
		if isSpace(runes[i]) {
			continue
		}
		letters = append([]rune{runes[i]}, letters...)
		if word := string(letters); labels[word] != noLabel && separates(runes, i) {
			begin, label = i, word
		}
	}
	return begin, label
}

func separates(runes []rune, i int) bool {
	return i == 0 || isSpace(runes[i-1]) || strings.ContainsRune("，,；;、。（(|/", runes[i-1])
}

// beginsWithLabel reports whether a label stands at the very start.
func beginsWithLabel(text string) bool { return firstLabel(text).kind != noLabel }

// firstLabel returns the label at the start of a line with all that follows it.
func firstLabel(text string) field {
	begin := firstRunes(text, 24)
	i := strings.IndexAny(begin, "：:")
	if i < 0 {
		return field{}
	}
	word := squeeze(begin[:i])
	value := strings.TrimFunc(strings.TrimLeft(text[i:], "：:"), isSpace)
	return field{label: word, kind: labels[word], value: value}
}

// valueOf returns what stands between the first label of a line and the next.
func valueOf(text string) (f field) {
	if _, found := fields(text); len(found) > 0 {
		return found[0]
	}
	return field{}
}

// clauseWords show that what stands behind a list's label is a sentence
// (发：展改革工作要点已印发) and not a row of units.
var clauseWords = strings.Fields("已 了 正在 指出 强调 显示 表示 要求 召开 开展 启动 举行 举办 完成 是 请")

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// areNames reports whether what stands behind a role can be names, or nothing.
func areNames(text string) bool {
	if strings.ContainsAny(strings.TrimRight(text, "。"), clauses+"：") {
		return false
	}
	for _, n := range Names(text) {
		if !isNameOf(n) {
			return false
		}
	}
	return true
}

// posts are the words that a name with a post ends with: 王某某副市长.
var posts = strings.Fields("长 任 记 员 师 授 席 理 干 ） )")

// isNameOf reports whether a word can name a person, or the office that did the
// work.
func isNameOf(word string) bool {
	if isPerson(word) && width(word) <= 4 || placeholder.MatchString(word) || !strings.ContainsFunc(word, isHan) && width(word) <= 40 {
		return true
	}
	return width(word) <= 16 && !containsAny(word, clauseWords) && (isOrgan(word) || hasSuffix(word, posts) || strings.Contains(word, "·") || width(word) <= 3 || doubled[firstRunes(word, 2)] && width(word) <= 5)
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
