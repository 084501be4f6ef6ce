package bulletin

import (
	"slices"
	"strings"
)

// withoutPages leaves out page numbers and the head that runs on every page, so
// that a paragraph is seen to go on behind them.
func (p *parser) withoutPages(lines []line) []line {
	kept := make([]line, 0, len(lines))
	runs := runningLines(lines)
	paged := false
	for _, l := range lines {
		if l.kind == page || p.isRunningHead(l) || l.kind == plain && runs[squeeze(l.text)] {
			p.drop(l)
			paged = true
			continue
		}
		l.paged = paged
		kept = append(kept, l)
		paged = false
	}
	return kept
}

// longestRunning bounds a running head, in characters.
const longestRunning = 60

// runningLines finds the short lines that stand beside more than one page
// number: they run, too.
func runningLines(lines []line) map[string]bool {
	seen, runs := map[string]bool{}, map[string]bool{}
	for i, l := range lines {
		if l.kind != plain || l.forced || !within(l.text, longestRunning/2) || stopped(l.text) {
			continue
		}
		if i > 0 && lines[i-1].kind == page || i+1 < len(lines) && lines[i+1].kind == page {
			name := squeeze(l.text)
			runs[name] = seen[name]
			seen[name] = true
		}
	}
	return runs
}

// isRunningHead reports whether a line is the masthead once more, perhaps with
// number, organ, date and page.
func (p *parser) isRunningHead(l line) bool {
	if p.doc.Masthead == "" || l.kind != plain || l.forced || l.fresh || !within(l.text, longestRunning) {
		return false
	}
	if r := firstRune(l.text); r != firstRune(p.doc.Masthead) && r != '《' {
		return false
	}
	rest, found := strings.CutPrefix(squeeze(l.text), p.doc.Masthead)
	if !found {
		rest, found = strings.CutPrefix(squeeze(l.text), "《"+p.doc.Masthead+"》")
	}
	if !found {
		return false
	}
	for rest != "" {
		before := rest
		rest = strings.Trim(rest, "—-|·　 ")
		if i := strings.LastIndex(rest, "第"); i >= 0 && pageForm.MatchString(fold(rest[i:])) {
			rest = rest[:i]
		}
		rest, _, _ = cutDate(rest)
		rest, _, _ = cutNumber(rest)
		if slices.Contains(p.doc.Organs, organName(rest)) || pageForm.MatchString(fold(rest)) {
			rest = ""
		}
		if rest == before {
			return false
		}
	}
	return true
}
