package bulletin

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// bodies are the words an organ's name ends with.
var bodies = strings.Fields("局 委 厅 办 部 院 所 站 中心 室 会 政府 公司 集团 学 校 组 指挥部 社 行 处 科 队 司 署 团 馆 台 区 党委 党组 支部 总部 厂 矿 盟 旗 库 公室 管理局 街道 乡 镇")

// verbs are what an organ does for the bulletin, written behind its name.
var verbs = []string{"编印", "主办", "编发", "编制", "主编", "印发", "编"}

// actions are words of headlines: a line that has one is no organ, though it
// ends like one (县委召开全县工作会).
var actions = strings.Fields("召开 举行 举办 开展 启动 关于 组织开展 出席 圆满 成功 顺利 推进 加强 深入 赴 扎实 全力 积极 部署")

// mostOrgans bounds the organs of one bulletin.
const mostOrgans = 50

// isName reports whether a text could be a name of an organ or a bulletin.
func isName(text string) bool {
	return text != "" && within(text, 60) && within(squeeze(text), 40) && (!stopped(text) || bracketEnd(text)) && !strings.ContainsAny(text, clauses+"，,：:")
}

// bracketEnd admits names such as 示例市科技局（外专局）.
func bracketEnd(text string) bool { return strings.ContainsRune("）)》", lastRune(text)) }

// isOrgan reports whether a text reads like the name of one or more organs.
func isOrgan(text string) bool {
	if !isName(text) {
		return false
	}
	name := organName(squeeze(text))
	if bracketEnd(name) {
		name = name[:max(0, strings.LastIndexAny(name, "（("))]
	}
	return width(name) > 2 && hasSuffix(name, bodies) && !containsAny(name, actions) && !dayOrNumber.MatchString(name)
}

// dayOrNumber is what no organ has in its name.
var dayOrNumber = regexp.MustCompile(`第[^第]{1,6}期|[0-9０-９]年|[0-9０-９]日`)

func hasSuffix(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(s, w) })
}

// organName takes the word for what the organ does off its name: 办公室编 is
// the 办公室.
func organName(name string) string {
	for _, verb := range verbs {
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
		if name, ok := undertaker(part); ok {
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

// undertaker reads 示例市情报所承办.
func undertaker(part string) (name string, ok bool) {
	for _, verb := range []string{"承办", "协办"} {
		if name, ok := strings.CutSuffix(part, verb); ok && hasSuffix(name, bodies) {
			return name, true
		}
	}
	return "", false
}

// sameOffice reports whether an organ's name begins like one that is known, as
// those of one town do: 示例市委办公室, 示例市政府办公室.
func (p *parser) sameOffice(name string) bool {
	return isOrgan(name) && width(name) <= 20 && slices.ContainsFunc(p.doc.Organs, func(o string) bool {
		return strings.TrimPrefix(firstRunes(o, 4), "中共")[:3] == strings.TrimPrefix(firstRunes(name, 4), "中共")[:3]
	})
}

func isWord(r rune) bool { return unicode.IsLetter(r) }
