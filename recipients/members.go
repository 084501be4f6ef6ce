package recipients

import "strings"

// The separators of a list, the strongest first (domain rule: a list is split
// on ；, then on ，, then on 、).
const (
	byName  = 1 // 、
	byComma = 2 // ，
	byGroup = 3 // ；
)

func strength(r rune) int {
	switch r {
	case '、':
		return byName
	case '，', ',':
		return byComma
	case '；', ';':
		return byGroup
	}
	return 0
}

// A member is what stands between two separators.
type member struct {
	printed string
	before  string // the separators in front, as written
	level   int    // the strongest of them; byGroup for the first member
}

// members cuts a tidy list at its separators. Separators inside brackets do
// not count: 各县（市、区）委办 is one member.
func members(text string) []member {
	inside := bracketed(text)
	var all []member
	m := member{level: byGroup}
	start := 0 // of the member that is being read
	for i, r := range text {
		level := strength(r)
		if level == 0 || inside[i] {
			continue
		}
		if i > start {
			m.printed = text[start:i]
			all = append(all, m)
			m = member{}
		}
		m.before += string(r)
		m.level = max(m.level, level)
		start = i + len(string(r))
	}
	if start < len(text) {
		m.printed = text[start:]
		all = append(all, m)
	}
	return all
}

const (
	openers = "（([〔【《“「『"
	closers = "）)]〕】》”」』"
)

// bracketed marks the bytes that stand inside a pair of brackets. A bracket
// without its partner is an ordinary sign and marks nothing, so that one slip
// does not glue the rest of a list together.
func bracketed(text string) []bool {
	depth := make([]int, len(text)) // first the steps at each byte, then their sum
	type open struct{ at, kind int }
	var stack []open
	for i, r := range text {
		if k := kind(openers, r); k >= 0 {
			stack = append(stack, open{i, k})
		}
		top := len(stack) - 1
		if top < 0 || stack[top].kind != kind(closers, r) {
			continue
		}
		depth[stack[top].at]++
		depth[i]--
		stack = stack[:top]
	}
	inside := make([]bool, len(text))
	sum := 0
	for i := range inside {
		sum += depth[i]
		inside[i] = sum > 0
	}
	return inside
}

// kind returns the number of a bracket among the brackets of its side, or -1.
func kind(side string, r rune) int {
	before, _, found := strings.Cut(side, string(r))
	if !found {
		return -1
	}
	return len([]rune(before))
}
