package bulletin

import (
	"regexp"
	"strings"
)

// leader is what stands around an entry of a contents list: bullets and numbers
// before it, dots and a page number behind it.
var leader = regexp.MustCompile(`^(?:[·•●★■◆ ]+|(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[、.．]|[（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)])+|(?:[.…·—]{2,}|[\t　 ]{2,})[（(]?[0-9]*[）)]?$|[。！？]$`)

// entry returns what an entry of the contents list and its place in the body
// have in common.
func entry(l line) string {
	if len(l.text) > short {
		return ""
	}
	return squeeze(leader.ReplaceAllString(sectionName(l.text), ""))
}

// findDetails notes for every line where the next ≡本期详情≡ is.
func (b *bodyReader) findDetails() {
	b.details = make([]int, len(b.lines))
	next := -1
	for i := len(b.lines) - 1; i >= 0; i-- {
		if b.lines[i].kind == details {
			next = i
		}
		b.details[i] = next
	}
}

// contents reads the contents list that line i heads. It ends where the body
// says so (≡本期详情≡), where one of its entries comes again, or at the first
// paragraph. A list without such an end is none, and its lines are read as body.
func (b *bodyReader) contents(i int) int {
	if end := b.details[i]; end > i && len(b.doc.Contents) == 0 {
		return b.setContents(i+1, end, end+1)
	}
	seen := map[string]bool{}
	for end := i + 1; end < len(b.lines); end++ {
		l := b.lines[end]
		e := entry(l)
		lead, _ := splitLead(l.text)
		switch {
		case seen[e] && e != "", lead != "" && seen[entry(line{text: lead})]:
			return b.setContents(i+1, b.beforeSections(i+1, end), b.beforeSections(i+1, end))
		case l.kind == contents, l.ends, l.forced, strings.HasSuffix(l.text, "。") && width(l.text) > 24:
			at := b.beforeSections(i+1, end)
			return b.setContents(i+1, at, at)
		}
		seen[e] = true
		if name, text, ok := strings.Cut(l.text, "】"); ok && name != "" && text != "" {
			seen[entry(line{text: name})], seen[entry(line{text: text})] = true, true
		}
	}
	b.drop(b.lines[i])
	return i + 1
}

// beforeSections steps back over the section heads right above the first line
// of the body, unless the list is made of sections itself.
func (b *bodyReader) beforeSections(from, end int) int {
	at := end
	for at > from && (b.lines[at-1].kind == section) {
		at--
	}
	return at
}

func (b *bodyReader) setContents(from, end, next int) int {
	for _, l := range b.lines[from:end] {
		b.doc.Contents = append(b.doc.Contents, clean(l.raw))
	}
	return next
}

// headlessContents reads a contents list without a name: three bullets or more
// right at the start of the body, most of which come again below.
func (b *bodyReader) headlessContents(from int) int {
	end := from
	for end < len(b.lines) && b.lines[end].kind == marked && isHeading(b.lines[end].text, 40) {
		end++
	}
	if end-from < 3 {
		return from
	}
	below := map[string]bool{}
	for _, l := range b.lines[end:] {
		lead, _ := splitLead(l.text)
		below[entry(l)], below[entry(line{text: lead})] = true, true
	}
	again := 0
	for _, l := range b.lines[from:end] {
		if below[entry(l)] {
			again++
		}
	}
	if 2*again < end-from {
		return from
	}
	return b.setContents(from, end, end)
}
