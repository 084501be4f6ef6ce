package bulletin

import (
	"regexp"
	"strings"
)

// leader is what stands around an entry of a contents list: bullets before it,
// dots and a page number behind it.
var leader = regexp.MustCompile(`^[·•●★■]+|[.…·—]{2,}[0-9]*$`)

// entry returns what an entry of the contents list and its place in the body
// have in common.
func entry(l line) string { return leader.ReplaceAllString(sectionName(l.text), "") }

// contents reads the contents list that line i heads. It ends where the body
// says so (≡本期详情≡), where one of its entries comes again, or at the first
// paragraph. A list without such an end is none, and its lines are read as body.
func (b *bodyReader) contents(i int) int {
	seen := map[string]bool{}
	for end := i + 1; end < len(b.lines); end++ {
		l := b.lines[end]
		switch {
		case l.kind == details:
			return b.setContents(i, end, end+1)
		case seen[entry(l)], strings.HasSuffix(l.text, "。") && width(l.text) > 24:
			return b.setContents(i, end, end)
		}
		seen[entry(l)] = true
	}
	return i + 1
}

func (b *bodyReader) setContents(from, end, next int) int {
	for _, l := range b.lines[from+1 : end] {
		b.doc.Contents = append(b.doc.Contents, clean(l.raw))
	}
	return next
}
