package ready

import (
	"slices"
	"strings"
	"unicode"
)

// titleWords end a title: 副市长 and 党组书记 as well as 市长 and 书记.
var titleWords = strings.Fields("书记 主席 总理 委员长 部长 省长 市长 州长 盟长 旗长 县长 区长 镇长 乡长 局长 厅长 处长 科长 司长 署长 " +
	"主任 常委 秘书长 检察长 院长 校长 行长 会长 理事长 董事长 总经理 司令员 政委 巡视员 调研员 组长")

// titleEnds are the last characters of the titleWords.
const titleEnds = "记席理长任委员"

// titleBehind are the titles that stand behind a name (边东局长). Others would
// be taken for the beginning of a word (会长期).
var titleBehind = strings.Fields("总书记 书记 主席 总理 委员长 部长 省长 市长 州长 盟长 旗长 县长 区长 局长 厅长 主任 秘书长")

// qualifiers change what the title behind them says: 市长 is not 副市长.
var qualifiers = strings.Fields("副 代 原 前 常务 候任 名誉 助理")

// cutters stand between a sentence and the title that follows: 由市科技局局长.
// Cutting too much only makes a title less exact, never wrong.
var cutters = strings.Fields("由 在 与 和 同 向 对 请 受 让 的 了 及 暨 是 经 给 会见 陪同 邀请 随同 根据 听取")

// endsWithTitle reports whether a phrase ends with a title.
func endsWithTitle(phrase string) bool {
	if !strings.ContainsRune(titleEnds, lastRune(phrase)) {
		return false
	}
	return slices.ContainsFunc(titleWords, func(w string) bool { return strings.HasSuffix(phrase, w) })
}

// plainTitle makes one form of 宣传部部长 and 宣传部长.
var plainTitle = strings.NewReplacer("部部长", "部长", "局局长", "局长", "厅厅长", "厅长", "院院长", "院长", "校校长", "校长", "处处长", "处长", "科科长", "科长").Replace

// cut takes what does not belong to the title off the front of a phrase.
func cut(phrase string) string {
	from := 0
	for _, c := range cutters {
		if i := strings.LastIndex(phrase, c); i >= 0 && i+len(c) < len(phrase) {
			from = max(from, i+len(c))
		}
	}
	return phrase[from:]
}

// bears reports whether a title phrase of a text agrees with one of the titles
// on the list: one of the two is the end of the other, and what is before it
// there changes nothing (市长 for 鄂尔多斯市市长, but not for 副市长).
func bears(phrase string, titles []string, home string) bool {
	phrase = plainTitle(cut(phrase))
	for _, listed := range titles {
		for _, title := range strings.Split(plainTitle(squeezed(listed)), "、") {
			before, exact := strings.CutSuffix(phrase, title)
			if exact && !qualifies(before) && !foreign(before, home) {
				return true
			}
			before, shorter := strings.CutSuffix(title, phrase)
			if shorter && !qualifies(before) {
				return true
			}
		}
	}
	return false
}

// qualifies reports whether words change the title that follows them.
func qualifies(before string) bool {
	return slices.ContainsFunc(qualifiers, func(q string) bool { return strings.HasSuffix(before, q) })
}

// foreign reports whether the words before a short title name another place than
// the home of the series: 包头市|市长. Without a home nobody knows.
func foreign(before, home string) bool {
	if home == "" || len([]rune(before)) < 2 || !strings.ContainsRune("市县区旗省州盟", lastRune(before)) {
		return false
	}
	stem := strings.TrimRight(home, "市县区旗省州盟")
	return !strings.Contains(before, stem)
}

// phraseBefore returns the run of Chinese characters that ends before i: what
// may be a title.
func phraseBefore(runes []rune, i int) string {
	begin := i
	for begin > 0 && i-begin < longestTitle && unicode.Is(unicode.Han, runes[begin-1]) {
		begin--
	}
	return string(runes[begin:i])
}

// longestTitle is the length of the longest title, with its organ.
const longestTitle = 24

// behind returns the title that stands at i, or "".
func behind(runes []rune, i int) string {
	rest := string(runes[i:min(len(runes), i+6)])
	qualifier := ""
	for _, q := range qualifiers {
		if strings.HasPrefix(rest, q) {
			qualifier = q
		}
	}
	for _, w := range titleBehind {
		if after, ok := strings.CutPrefix(rest[len(qualifier):], w); ok && !strings.HasPrefix(after, "期") && !strings.HasPrefix(after, "办") && !strings.HasPrefix(after, "会") {
			return qualifier + w
		}
	}
	return ""
}
