package ready

import (
	"slices"
	"strings"

	"jianbao/bulletin"
	"jianbao/fault"
)

var (
	leaderTitle = fault.Say("ready.leader-title", "“%s%s”：名录中的职务是“%s”，请核对", "%s%s: the list of leaders has the title %s")
	leaderName  = fault.Say("ready.leader-name", "“%s%s”：名录中担任此职的是“%s”，姓名是否有误", "%s%s: on the list of leaders it is %s who bears the title; is the name right?")
	leaderOrder = fault.Say("ready.leader-order", "“%s”排在“%s”前面，与名录的排序不同", "%s stands before %s, against the order of the list")
)

// A mention is the name of a leader in a text, from one rune to before another.
type mention struct {
	Leader
	from, to int
}

// A roster is the list of leaders by the first character of their names.
type roster map[rune][]Leader

func rosterOf(leaders []Leader) roster {
	r := roster{}
	for _, l := range leaders {
		if l.Name = squeezed(l.Name); l.Name != "" {
			r[firstRune(l.Name)] = append(r[firstRune(l.Name)], l)
		}
	}
	for _, same := range r {
		slices.SortStableFunc(same, func(a, b Leader) int { return len(b.Name) - len(a.Name) })
	}
	return r
}

// mentions returns the names of the roster in a text, the longest at each place.
func (r roster) mentions(runes []rune) []mention {
	var found []mention
	for i := 0; i < len(runes); i++ {
		for _, l := range r[runes[i]] {
			if name := []rune(l.Name); startsWith(runes[i:], name) {
				found = append(found, mention{l, i, i + len(name)})
				i += len(name) - 1
				break
			}
		}
	}
	return found
}

func startsWith(runes, word []rune) bool {
	return len(runes) >= len(word) && slices.Equal(runes[:len(word)], word)
}

// checkLeaders looks at names and titles of leaders, the gravest slip of a
// bulletin. It asks all the same: the list may be behind the office's own
// elections, and then the text is right.
func checkLeaders(t *text) []Finding {
	if len(t.Leaders) == 0 {
		return nil
	}
	roster := rosterOf(t.Leaders)
	var found []Finding
	for _, p := range t.passages {
		runes := []rune(squeezed(p.text))
		names := roster.mentions(runes)
		add := func(code string, words string, reason fault.Reason) {
			found = append(found, Finding{code, bulletin.Ask, t.place(p, words), p.item, reason})
		}
		for i, m := range names {
			for _, title := range t.wrongTitles(runes, m) {
				add(LeaderTitle, m.Name, leaderTitle.With(title, m.Name, strings.Join(m.Titles, "、")))
			}
			if title := behind(runes, m.to); title != "" && len(m.Titles) > 0 && !bears(title, m.Titles, t.Home) {
				add(LeaderTitle, m.Name, leaderTitle.With(m.Name, title, strings.Join(m.Titles, "、")))
			}
			if i > 0 && m.Rank < names[i-1].Rank && listed(runes[names[i-1].to:m.from]) {
				add(LeaderOrder, m.Name, leaderOrder.With(names[i-1].Name, m.Name))
			}
		}
		for _, slip := range t.slips(runes, names) {
			add(LeaderName, slip.name, leaderName.With(slip.title, slip.name, slip.meant))
		}
	}
	return found
}

// wrongTitles returns the titles in front of a name (市委副书记、代市长杜汇良) that
// the list does not give to it.
func (t *text) wrongTitles(runes []rune, m mention) []string {
	var wrong []string
	for at := m.from; len(m.Titles) > 0; {
		phrase := phraseBefore(runes, at)
		if !endsWithTitle(phrase) {
			break
		}
		if !bears(phrase, m.Titles, t.Home) {
			wrong = append(wrong, cut(phrase))
		}
		at -= len([]rune(phrase)) + 1
		if at <= 0 || runes[at] != '、' {
			break
		}
	}
	return wrong
}

// listed reports whether the words between two names make a list of them:
// separators and titles, and nothing that anybody does.
func listed(between []rune) bool {
	const longest = 60
	if len(between) == 0 || len(between) > longest {
		return false
	}
	if title := behind(between, 0); title != "" {
		between = between[len([]rune(title)):]
	}
	words := strings.TrimPrefix(string(between), "以")
	rest := strings.TrimLeft(words, "、，,和及")
	if rest == words {
		return false
	}
	for _, part := range strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune("、，,和及", r) }) {
		if !endsWithTitle(part) {
			return false
		}
	}
	return true
}

// A slip is a name that is one character off one of the list.
type slip struct{ title, name, meant string }

// slips looks behind every title for a name that is nobody's on the list and
// nearly that of somebody who bears the title.
func (t *text) slips(runes []rune, names []mention) []slip {
	var found []slip
	next := 0
	for i := 2; i < len(runes); i++ {
		for next < len(names) && names[next].to <= i {
			next++
		}
		if next < len(names) && names[next].from <= i || !endsWithTitle(string(runes[max(0, i-3):i])) {
			continue
		}
		phrase := cut(phraseBefore(runes, i))
		for _, l := range t.Leaders {
			name := []rune(squeezed(l.Name))
			written, near := nearly(runes[i:], name)
			if near && bears(phrase, l.Titles, t.Home) && (len(name) > 2 || t.surely(phrase, runes[i], name[0], l)) {
				found = append(found, slip{phrase, written, l.Name})
				break
			}
		}
	}
	return found
}

// surely reports whether a name of two characters, of which one differs, is
// still likely to be that of a leader: it needs the title in full, and the
// surname.
func (t *text) surely(phrase string, first, surname rune, l Leader) bool {
	const inFull = 4
	return first == surname && slices.ContainsFunc(l.Titles, func(title string) bool {
		title = plainTitle(squeezed(title))
		return len([]rune(title)) >= inFull && strings.HasSuffix(plainTitle(phrase), title)
	})
}

// notNames are words that begin with a surname and follow a title: 书记高度重视.
var notNames = strings.Fields("高度 高位 高质 高效 安排 方案 方面 任务 任职 任命 成立 成员 常务 于是 向前 明确 全体 全程 全面 强调 支持 严格 " +
	"平时 应当 应邀 都要 关心 关于 关注 解决 要求 党组 党委 党员 别的 宣布 农业 农村 连续 满意 郑重 时任 和平 时候 专题 办公 会议 主持")

// nearly reports whether a text begins with a name that is one character off:
// another character, two that changed places, or one that is missing. It returns
// the words that are written.
func nearly(runes, name []rune) (written string, near bool) {
	n := len(name)
	if n < 2 || len(runes) < n || slices.Contains(notNames, string(runes[:2])) {
		return "", false
	}
	var differ []int
	for i := range name {
		if runes[i] != name[i] {
			differ = append(differ, i)
		}
	}
	swapped := n > 2 && len(differ) == 2 && differ[1] == differ[0]+1 &&
		runes[differ[0]] == name[differ[1]] && runes[differ[1]] == name[differ[0]]
	if len(differ) == 1 || swapped {
		return string(runes[:n]), true
	}
	if n > 2 && startsWith(runes, append([]rune{name[0]}, name[2:]...)) {
		return string(runes[:n-1]), true
	}
	return "", false
}
