package repair

import (
	"regexp"
	"strings"
	"unicode"

	"jianbao/bulletin"
)

// A zone is where a line stands. Spaces are repaired in the items alone: in head
// and tail they part fields (organ and date on one line), and Parse and Format
// lay them out anew anyway.
type zone byte

const (
	frame   zone = iota // head and tail
	body                // the items
	list                // a list of recipients
	listEnd             // the last line of a list
	left                // tables and pictures: left alone
)

// pictured and tabled are the lines that are not touched.
var (
	tabled   = regexp.MustCompile(`^\s*\|.*\|\s*$`)
	pictured = regexp.MustCompile(`^\s*!\[.*\]\(.*\)\s*$`)
	tailLine = regexp.MustCompile(`^附件|^(?:印数|份数|存档|留存|电话|联系电话|值班电话|传真|邮箱|电子邮箱|` +
		`编辑|责任编辑|责编|编审|审核|审稿|校对|核稿|复核|签发|签发人|供稿|主编|拟稿|撰稿|统稿|制作|联系人)[:：]`)
)

// longestTailLine is the length in bytes beyond which a line is text.
const longestTailLine = 300

// wrapped is how many lines a list of recipients may run over.
const wrapped = 40

// zones says of every line where it stands.
func zones(lines []string, doc bulletin.Document) []zone {
	z := make([]zone, len(lines))
	starts := map[int]bool{}
	for _, l := range doc.Lists {
		starts[l.Line] = true
	}
	items := doc.Items()
	if len(items) > 0 {
		last := items[len(items)-1].Line
		for i := max(items[0].Line, 1); i <= len(lines) && (i <= last || !starts[i] && !isTail(lines[i-1])); i++ {
			z[i-1] = body
		}
	}
	for _, l := range doc.Lists {
		markList(z, lines, l, starts)
	}
	for i, l := range lines {
		if tabled.MatchString(l) || pictured.MatchString(l) {
			z[i] = left
		}
	}
	return z
}

// isTail reports whether a line behind the start of the last item is of the
// tail. Lists are known from the document.
func isTail(line string) bool {
	if len(line) > longestTailLine {
		return false
	}
	bare := squeezed(line)
	return strings.Contains(bare, "共印") || strings.HasSuffix(bare, "印发") || tailLine.MatchString(bare)
}

// markList marks the lines of a list. A list ends where the text that was read
// of it ends; where that cannot be seen, its first line alone is list.
func markList(z []zone, lines []string, l bulletin.List, starts map[int]bool) {
	if l.Line < 1 || l.Line > len(lines) {
		return
	}
	first := l.Line - 1
	z[first] = list
	ending := lastRunes(squeezed(strings.TrimRight(l.Text, listStops)), endingLength)
	read := ""
	for i := first; i < min(len(lines), first+wrapped) && ending != ""; i++ {
		if i > first && starts[i+1] {
			return
		}
		read = lastRunes(read+squeezed(lines[i]), 2*endingLength)
		if strings.HasSuffix(strings.TrimRight(read, listStops), ending) {
			for k := first; k < i; k++ {
				z[k] = list
			}
			z[i] = listEnd
			return
		}
	}
}

// endingLength is how many characters show that a list ends.
const endingLength = 6

// listStops may stand behind the last name of a list.
const listStops = "。.．¶"

func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func lastRunes(s string, n int) string {
	runes := []rune(s)
	return string(runes[max(0, len(runes)-n):])
}
