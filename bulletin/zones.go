package bulletin

import (
	"slices"
	"strings"
	"unicode"
)

// A cluster is a run of lines that could be a tail: lists, roles, copies, and
// short lines between them.
type cluster struct {
	from, to int
	list     bool // it has a list of units
	printed  bool // it has a print run or a print line
	edited   bool // it names an editor, a reviewer, a signatory
	lines    int  // of those that are certainly of a tail
}

func (c *cluster) add(l line) {
	c.lines++
	if l.kind == printed {
		c.printed = true
		return
	}
	_, found := fields(l.text)
	for _, f := range found {
		c.list = c.list || f.kind == listLabel
		c.printed = c.printed || f.kind == runLabel
		c.edited = c.edited || f.kind == roleLabel && f.label != "联系人" && f.label != "联络员"
	}
}

// zones finds where the tail begins and where the annexes behind it begin. The
// tail is the last cluster, unless an earlier one is complete (with its print
// run) or says more.
func (p *parser) zones(from int) (tail, annexes int) {
	c, rest := p.tailCluster(from)
	if c.lines == 0 {
		if at := p.annexAt(from); at >= 0 {
			return p.signedAt(from, at), at
		}
		n := len(p.lines)
		return p.signedAt(from, n), n
	}
	return p.signedAt(from, c.from), rest
}

// tailCluster returns the cluster that is the tail, one without lines if there
// is none, and where it ends.
func (p *parser) tailCluster(from int) (c cluster, rest int) {
	var best, now cluster
	list := false // the last list has no full stop yet
	for i := from; i < len(p.lines); i++ {
		l := p.lines[i]
		switch {
		case isTail(l):
			if now.lines == 0 {
				now.from = i
			}
			now.add(l)
			list = valueOf(l.text).kind == listLabel && !stopped(l.text)
			now.to = i + 1
			continue
		case now.lines > 0 && l.kind == annex:
			print := printBelow(p.lines, i)
			if print < 0 || now.printed {
				return now, i
			}
			i, list = print-1, false // the annexes are only named here
			continue
		case now.lines > 0 && isBody(l) && !(list && listGoesOn(l)):
			if now.printed {
				return now, i
			}
			if now.list && now.lines > 1 {
				best = now
			}
			now, list = cluster{}, false
		case now.lines > 0 && !now.list && !now.printed && isShortSentence(l):
			now = cluster{} // 联系人：… stood in the text
		}
		list = list && !stopped(l.text)
	}
	if best.lines > 0 && !now.list && !now.printed && !now.edited {
		return best, best.to
	}
	return now, len(p.lines)
}

// namedAnnexes is over how many lines a tail may name its annexes.
const namedAnnexes = 8

// printBelow returns the index of the list or print line that comes right after
// the annexes that line i begins to name, or -1.
func printBelow(lines []line, i int) int {
	for k := i + 1; k < len(lines) && k <= i+namedAnnexes; k++ {
		l := lines[k]
		if l.kind == printed || l.kind == labelled && valueOf(l.text).kind == listLabel && isTail(l) {
			return k
		}
		if l.kind != plain && l.kind != outline || !within(l.text, 39) {
			break
		}
	}
	return -1
}

// listGoesOn reports whether a line that looks like body can be a row of units.
func listGoesOn(l line) bool {
	return l.kind == plain && !l.forced && !l.fresh && l.bold == 0 &&
		!strings.ContainsAny(strings.TrimRight(l.text, stops), "。！？") && !beginsWithDate(l.text) && isUnits(l.text)
}

// isTail reports whether a line can begin the tail.
func isTail(l line) bool {
	if l.kind != labelled || l.fresh || l.forced || l.level > 0 {
		return l.kind == printed && !l.fresh && !l.forced
	}
	f := valueOf(l.text)
	switch f.kind {
	case listLabel:
		return isUnits(f.value)
	case roleLabel:
		return areNames(f.value) && (f.label != "供稿" || strings.ContainsAny(firstLabel(l.text).value, "：:")) // alone it credits the item above
	case phoneLabel, faxLabel:
		return f.value == "" || strings.ContainsFunc(f.value, unicode.IsDigit) && width(f.value) <= 80 || placeholder.MatchString(f.value)
	case emailLabel:
		return f.value == "" || strings.ContainsAny(f.value, "@＠")
	case runLabel, fileLabel:
		_, ok := copiesIn(f.value)
		return ok
	case organLabel, undertakerLabel, printOrganLabel:
		return isName(f.value) || isOrgan(f.value)
	case printDateLabel:
		_, _, ok := cutDate(f.value)
		return ok
	case otherLabel:
		return f.label == keptLabel
	}
	return false
}

// isBody reports whether a line cannot stand in a tail.
func isBody(l line) bool {
	switch l.kind {
	case section, contents, details, marked, outline, row, picture:
		return true
	case plain:
		return l.forced || l.bold > 0 || l.ends || !within(l.text, 39) || strings.ContainsAny(strings.TrimRight(l.text, stops), "。！？")
	}
	return l.ends
}

// isShortSentence reports whether a line is a sentence, and not a word of an
// office's own in its tail.
func isShortSentence(l line) bool {
	return l.kind == plain && strings.HasSuffix(l.text, "。") && !within(l.text, 7)
}

// annexAt finds the first title of an annex in a text without a tail, or -1.
func (p *parser) annexAt(from int) int {
	body := false
	for i := from; i < len(p.lines); i++ {
		l := p.lines[i]
		switch l.kind {
		case contents, details, page, annex:
		default:
			body = body || !p.signs(l, false)
		}
		if body && l.kind == annex && isHeading(strings.TrimRight(l.text, "：:"), 40) {
			return i
		}
	}
	return -1
}

// signedAt returns where a signature above the tail begins: organ and date on
// one line or two, or the organ of the head once more.
func (p *parser) signedAt(from, tail int) int {
	i := tail
	if i-1 > from && p.signs(p.lines[i-1], true) {
		i--
		for i-1 > from && tail-i < 4 && p.signs(p.lines[i-1], false) {
			i--
		}
	}
	return i
}

// signs reports whether a line is one of a signature. Without a date only an
// organ, and as the last line only one that the head names.
func (p *parser) signs(l line, last bool) bool {
	if l.kind != plain || l.forced || l.fresh || l.ends || l.bold > 0 {
		return false
	}
	organ, _, dated := cutDate(l.text)
	known := slices.Contains(p.doc.Organs, organName(squeeze(organ)))
	if dated {
		return organ == "" || known || isOrgan(organ)
	}
	return known || !last && isOrgan(organ)
}

// annexes reads what follows the tail. Lines of the tail that nothing took come
// first, in an annex without a title.
func (p *parser) annexes(lines []line) {
	untitled := p.leftover
	var all []Annex
	for i, l := range lines {
		text, _ := unmark(clean(l.raw))
		if l.forced && !l.fresh {
			text = l.text
		}
		switch {
		case l.kind == page:
			p.drop(l)
		case l.kind == annex || i == 0 && len(untitled) == 0 && isHeading(text, 40) && (p.doc.PrintRun > 0 || !p.doc.PrintDate.IsZero()):
			all = append(all, Annex{Title: text})
		case len(all) == 0:
			untitled = append(untitled, text)
		default:
			last := &all[len(all)-1]
			last.Lines = append(last.Lines, text)
		}
	}
	if len(untitled) > 0 {
		p.doc.Annexes = append(p.doc.Annexes, Annex{Lines: untitled})
	}
	p.doc.Annexes = append(p.doc.Annexes, all...)
}
