package bulletin

import (
	"regexp"
	"strings"
)

var (
	contributorForm = regexp.MustCompile(`[（(](?:(?:供稿|来稿|报送|提供)(?:单位|人)?[：: ]*([^（）()]{1,40})|(?:供稿|通讯员|信息员|撰稿|作者)[：: ]+([^（）()]{1,40})|([^（）()]{1,40}?)[ 　]*(?:供稿|来稿|报送|提供))[）)]$`)
	bareForm        = regexp.MustCompile(`[（(]([^（）()0-9a-zA-Z０-９]{3,24})[）)]$`)
)

// lastBracket is how many characters a contributor in brackets is looked for
// at the end of an item.
const lastBracket = 48

// takeContributor takes （甲县农业农村局供稿） off the end of the item. Text that
// bears a paragraph mark, a row and a picture have none.
func (b *bodyReader) takeContributor(it *Item, next int) {
	last := len(it.Paragraphs) - 1
	text := it.Paragraphs[last]
	if it.Contributor != "" || b.lines[next-1].forced || b.lines[next-1].ends || b.lines[next-1].kind != plain && b.lines[next-1].kind != marked && b.lines[next-1].kind != outline {
		return
	}
	if r := lastRune(text); r != '）' && r != ')' {
		return
	}
	who, at := contributorAt(lastRunes(text, lastBracket))
	if at < 0 {
		return
	}
	rest := strings.TrimFunc(strings.TrimSuffix(text, lastRunes(text, lastBracket)[at:]), isSpace)
	if rest == "" {
		return
	}
	it.Contributor, it.Paragraphs[last] = who, rest
}

// contributorAt finds a contributor in brackets at the end of a text, and where
// it begins; -1 where there is none. A bracket that says only who, without
// 供稿, must hold the name of an organ and stand behind a full stop.
func contributorAt(text string) (who string, at int) {
	if m := contributorForm.FindStringSubmatchIndex(text); m != nil {
		parts := contributorForm.FindStringSubmatch(text)
		who = squeeze(parts[1] + parts[2] + parts[3])
		if who != "" {
			return who, m[0]
		}
	}
	m := bareForm.FindStringSubmatchIndex(text)
	if m == nil {
		return "", -1
	}
	before, inside := strings.TrimRightFunc(text[:m[0]], isSpace), text[m[2]:m[3]]
	if before != "" && !strings.ContainsRune("。！？”", lastRune(before)) || !areOrgans(inside) {
		return "", -1
	}
	return squeeze(inside), m[0]
}

// areOrgans reports whether a text is the names of organs, perhaps with a
// person behind one: 市科技局 张某某.
func areOrgans(text string) bool {
	for _, part := range strings.FieldsFunc(text, separatesNames) {
		first, _, _ := strings.Cut(strings.TrimFunc(part, isSpace), " ")
		if !isOrgan(first) {
			return false
		}
	}
	return true
}

// contributor reads a bracket that is a contributor and nothing else.
func contributor(text string) (who string, ok bool) {
	if r := firstRune(text); len(text) > short || r != '（' && r != '(' {
		return "", false
	}
	who, at := contributorAt(text)
	return who, at == 0
}

// credit names the contributor of the last item, unless one is named already.
func (b *bodyReader) credit(who string) bool {
	it := b.lastItem()
	if it == nil || it.Contributor != "" || who == "" {
		return false
	}
	it.Contributor = squeeze(who)
	return true
}
