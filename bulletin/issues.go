package bulletin

// split cuts a text into its bulletins; there is at least one part. Another
// bulletin begins where a number line comes that is not the one of the head,
// with a masthead right above it, and its date or organ right below.
func split(lines []line) [][]line {
	var parts [][]line
	start := 0
	name, known := nameAndNumber(lines)
	for i := 1; i < len(lines); i++ {
		l := lines[i]
		if i < start+4 || l.kind != plain || l.forced || l.led() || len(l.text) > short {
			continue
		}
		rest, n, ok := plainNumber(l.text)
		if !ok || n.No == 0 && n.Total == 0 || sameIssue(n, known) {
			continue
		}
		at := i
		if rest == "" {
			at = above(lines, start, i, name)
		} else if mastheadName(rest) != name && rank(rest) < 3 {
			continue
		}
		if at < 0 || !below(lines, i) {
			continue
		}
		at = cornersAbove(lines, start, at)
		parts = append(parts, lines[start:at])
		start, known = at, n
	}
	return append(parts, lines[start:])
}

// sameIssue reports whether two number lines can be of one bulletin, whose head
// runs on its later pages.
func sameIssue(a, b Number) bool {
	if a.No != b.No || a.Year > 0 && b.Year > 0 && a.Year != b.Year {
		return false
	}
	return a.No > 0 || a.Total == b.Total
}

// nameAndNumber returns masthead and number of the first bulletin.
func nameAndNumber(lines []line) (name string, n Number) {
	if m := mastheadAt(lines); m >= 0 {
		rest, _, _ := cutNumber(lines[m].text)
		name = mastheadName(rest)
	}
	for _, l := range lines[:min(len(lines), deepestHead)] {
		if l.kind != plain {
			continue
		}
		rest, _, _ := cutDate(l.text)
		if _, found, ok := cutNumber(rest); ok && (found.No > 0 || found.Total > 0) {
			return name, found
		}
	}
	return name, Number{}
}

// above returns the index of the masthead in the three lines above a number.
func above(lines []line, start, i int, name string) int {
	for k, seen := i-1, 0; k > start && seen < 3; k-- {
		l := lines[k]
		if l.kind == page {
			continue
		}
		if seen++; l.kind == notice || l.kind == urgency {
			continue
		}
		if _, _, number := cutNumber(l.text); l.kind != plain || stopped(l.text) || number {
			return -1
		}
		if mastheadName(l.text) == name && name != "" || rank(l.text) >= 2 && isMastheadName(l.text) {
			return k
		}
	}
	return -1
}

// below reports whether a date, or an organ, stands in the lines below a number.
func below(lines []line, i int) bool {
	for k, seen := i, 0; k < len(lines) && seen <= 3; k++ {
		if lines[k].kind == page {
			continue
		}
		if seen++; lines[k].kind != plain {
			continue
		}
		if rest, _, ok := cutDate(lines[k].text); ok && (rest == "" || isName(rest)) {
			return true
		}
		if k > i && isOrgan(lines[k].text) {
			return true
		}
	}
	return false
}

// cornersAbove takes what stands above a masthead along: notices, urgency, copy
// number, a label, the name in another script.
func cornersAbove(lines []line, start, at int) int {
	for at-1 > start {
		l := lines[at-1]
		if l.kind != notice && l.kind != urgency && !isLabelLine(l) && !(l.kind == plain && isCopyNumber(l.text)) {
			break
		}
		at--
	}
	return at
}
