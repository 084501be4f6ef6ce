package bulletin

import (
	"strings"
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
)

// labels is the closed table: a word that is not in it is no label.
var labels = table(map[labelKind]string{
	listLabel: "报 送 发 呈报 呈送 报送 上报 抄报 抄送 抄发 主送 主报 分送 分发 印发 下发 本期增发 增发 发送 发至",
	roleLabel: "编辑 责任编辑 责编 执行编辑 本期编辑 编审 编发 主编 副主编 总编 总编辑 编委 审核 审核人 审稿 审定 审签 " +
		"核稿 校对 校核 复核 签发 签发人 会签 供稿 撰稿 拟稿 统稿 制作 分析 监制 打印 印制 值班员 值班 值班领导 带班领导 " +
		"联系人 信息员 通讯员 组长 顾问",
	phoneLabel:      "电话 联系电话 值班电话 热线 热线电话",
	faxLabel:        "传真 传真电话",
	emailLabel:      "邮箱 电子邮箱 邮件 电子邮件 电邮 Email E-mail email e-mail EMAIL E-MAIL",
	runLabel:        "共印 印数 印发份数 印制份数 印刷份数 份数",
	fileLabel:       "存档 存档份数 留存 归档",
	organLabel:      "主办 主办单位 编印 编印单位 主编单位 编发单位",
	undertakerLabel: "承办 承办单位 协办 协办单位",
	remarkLabel:     "领导批示 批示 领导批示栏 领导阅批",
	noteLabel:       "编者按 按语 按 编者的话 编前语",
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

// clauseWords show that what stands behind a list's label is a sentence
// (发：展改革工作要点已印发) and not a row of units.
var clauseWords = strings.Fields("已 了 正在 指出 强调 显示 表示 要求 召开 开展 启动 举行 举办 完成 是 请")

func isSentence(text string) bool {
	if strings.ContainsAny(text, "、；;") {
		return false
	}
	for _, w := range clauseWords {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
