package bulletin

import (
	"strings"
)

// doubled are the surnames of two characters that are met in offices.
var doubled = words("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 司空 令狐 宇文 长孙 夏侯 轩辕 端木 南宫 百里 东郭 独孤 呼延 闻人 澹台 公冶 宗政 濮阳 淳于 单于 太史 申屠 仲孙 钟离 鲜于 闾丘 赫连")

// Names reads the names behind a label of the tail. Two-character names are
// printed with a space inside (乔 栋), so a token of one Han character joins
// with the next such token; longer tokens are separate people (张 三 李四 is
// 张三 and 李四). A double surname joins with what follows it.
func Names(text string) []string {
	var names []string
	for _, group := range strings.FieldsFunc(text, separatesNames) {
		names = append(names, namesIn(strings.FieldsFunc(group, isSpace))...)
	}
	return names
}

func separatesNames(r rune) bool { return strings.ContainsRune("、，,；;/。", r) }

func namesIn(tokens []string) []string {
	var names []string
	for len(tokens) > 0 {
		n := tokensOfName(tokens)
		names = append(names, strings.Join(tokens[:n], ""))
		tokens = tokens[n:]
	}
	return names
}

// tokensOfName says how many of the tokens are the first name.
func tokensOfName(t []string) int {
	switch {
	case len(t) == 1:
		return 1
	case doubled[t[0]] && width(t[1]) <= 2:
		return 2
	case len(t) > 2 && doubled[t[0]+t[1]] && oneHan(t[0]) && width(t[2]) <= 2:
		return 3
	case oneHan(t[0]) && oneHan(t[1]):
		return 2
	}
	return 1
}

func oneHan(s string) bool { return width(s) == 1 && isHan(firstRune(s)) }
