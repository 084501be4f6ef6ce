package repair

import (
	"fmt"
	"slices"
	"strings"

	"jianbao/bulletin"
	"jianbao/fault"
)

var (
	offerGone   = fault.Say("repair.offer-gone", "第%d行已经改动，“%s”这一处不能再改，请重新查看", "line %d has changed and %q can no longer be repaired; look again")
	offersClash = fault.Say("repair.offers-clash", "第%d行有两处修改互相重叠，请逐处修改", "two repairs in line %d overlap; make them one after the other")
	notApplied  = fault.Say("repair.not-applied", "没有修改", "nothing was repaired")
)

// finders holds what each rule does.
var finders = map[Rule]func(*row) []patch{
	Width: width, Brackets: brackets, Quotes: quotes, Latin: fullLatin, DigitSpace: digitSpace,
	HanSpace: hanSpace, Lists: lists, Ellipsis: ellipsis, Dash: dash, Repeated: repeated,
}

// A patch is what a rule would do at one place of a row: the changes, and the
// glyphs from and to that show it.
type patch struct {
	changes  []change
	from, to int
	guarded  bool
}

// one is the patch of a single change.
func (w *row) one(i, end int, text string) patch {
	return patch{changes: []change{w.put(i, end, text)}, from: i, to: end, guarded: w.beside(i, end)}
}

// nearby is how many glyphs may stand between two patches that are offered as
// one: 7 月 13 日.
const nearby = 6

// longestMerge is how many glyphs an offer of several changes may span.
const longestMerge = 24

// merged makes one patch of those that stand side by side.
func (w *row) merged(patches []patch) []patch {
	var out []patch
	for _, p := range patches {
		if n := len(out) - 1; n >= 0 && out[n].guarded == p.guarded && p.from-out[n].to <= nearby && p.to-out[n].from <= longestMerge {
			out[n].changes = append(out[n].changes, p.changes...)
			out[n].to = p.to
			continue
		}
		out = append(out, p)
	}
	return out
}

// Offers returns every repair that the rules (all of them, if none is named)
// would make in a text, ordered by line, rule and place. Line ends are counted
// as bulletin.Parse counts them.
func Offers(text string, guard Guard, rules ...Rule) []Offer {
	if len(rules) == 0 {
		rules = Rules()
	}
	lines := physical(text)
	zone := zones(lines, bulletin.Parse(text).Document)
	watch := guard.watch()
	var offers []Offer
	for i, line := range lines {
		if zone[i] == left || strings.TrimSpace(line) == "" {
			continue
		}
		w := newRow(line, zone[i])
		watch.mark(w)
		for _, rule := range rules {
			if find := finders[rule]; find != nil {
				for _, p := range find(w) {
					offers = append(offers, w.offer(rule, i+1, p))
				}
			}
		}
	}
	return offers
}

// offer shows a patch with the characters next to it.
func (w *row) offer(rule Rule, line int, p patch) Offer {
	from, to := w.shown(p)
	before := w.words(from, to, nil)
	return Offer{
		Key:     fmt.Sprintf("%s:%d:%d", rule, line, p.changes[0].from),
		Rule:    rule,
		Line:    line,
		Before:  before,
		After:   w.words(from, to, p.changes),
		Place:   w.words(max(0, from-around), from, nil) + before + w.words(to, min(len(w.glyphs), to+around), nil),
		Guarded: p.guarded,
		line:    w.text,
		changes: p.changes,
	}
}

// shownLength is how many characters of a place are shown whole, around how
// many are shown on either side of it.
const (
	shownLength = 40
	around      = 10
)

// words returns the glyphs from i to before end with changes made. Where they
// are many, the middle is left out: what changes stands at the ends.
func (w *row) words(i, end int, changes []change) string {
	if end-i <= shownLength {
		return altered(w.text, w.offset(i), w.offset(end), changes)
	}
	half := shownLength / 2
	return altered(w.text, w.offset(i), w.offset(i+half), changes) + "…" +
		altered(w.text, w.offset(end-half), w.offset(end), changes)
}

// shown returns the glyphs that Before shows: the patch with one character on
// either side, or the whole of a number there.
func (w *row) shown(p patch) (from, to int) {
	from, to = max(0, p.from-1), min(len(w.glyphs), p.to+1)
	for n := 0; n < around && w.inNumber(from) && w.inNumber(from-1); n++ {
		from--
	}
	for n := 0; n < around && w.inNumber(to-1) && w.inNumber(to); n++ {
		to++
	}
	return from, to
}

// Apply makes some of the offers of a text. An offer whose place has changed
// since, and offers that overlap, are a fault.Conflict that names all of them;
// the text then comes back unchanged. The lines of the result end in LF.
func Apply(text string, offers ...Offer) (string, error) {
	if len(offers) == 0 {
		return text, nil
	}
	lines := physical(text)
	byLine := map[int][]change{}
	var reasons []fault.Reason
	for _, o := range offers {
		if o.Line < 1 || o.Line > len(lines) || lines[o.Line-1] != o.line || o.changes == nil {
			reasons = append(reasons, offerGone.With(o.Line, o.Before))
			continue
		}
		byLine[o.Line] = append(byLine[o.Line], o.changes...)
	}
	for n, changes := range byLine {
		slices.SortFunc(changes, func(a, b change) int { return a.from - b.from })
		if overlaps(changes) {
			reasons = append(reasons, offersClash.With(n))
			continue
		}
		lines[n-1] = altered(lines[n-1], 0, len(lines[n-1]), changes)
	}
	if len(reasons) > 0 {
		return text, fault.New(fault.Conflict, notApplied.With(), reasons...)
	}
	return strings.Join(lines, "\n"), nil
}

// ApplyRule makes everything that one rule offers and nobody guards, and says
// what it made.
func ApplyRule(text string, rule Rule, guard Guard) (repaired string, made []Offer) {
	made = slices.DeleteFunc(Offers(text, guard, rule), func(o Offer) bool { return o.Guarded })
	repaired, err := Apply(text, made...)
	if err != nil { // the offers of one rule never overlap, and the text is theirs
		return text, nil
	}
	return repaired, made
}

// Pick returns the offers with the given keys, in their order. A key that none
// of them has is left out: the caller looks again.
func Pick(offers []Offer, keys ...string) []Offer {
	wanted := map[string]bool{}
	for _, k := range keys {
		wanted[k] = true
	}
	return slices.DeleteFunc(slices.Clone(offers), func(o Offer) bool { return !wanted[o.Key] })
}

func overlaps(sorted []change) bool {
	for i := 1; i < len(sorted); i++ {
		if sorted[i].from < sorted[i-1].to || sorted[i] == sorted[i-1] {
			return true
		}
	}
	return false
}

// altered returns the bytes from and to of a line with those changes made that
// lie between; changes are in order and disjoint.
func altered(line string, from, to int, changes []change) string {
	var b strings.Builder
	for _, c := range changes {
		if c.from < from || c.to > to {
			continue
		}
		b.WriteString(line[from:c.from])
		b.WriteString(c.text)
		from = c.to
	}
	b.WriteString(line[from:to])
	return b.String()
}

// physical splits a text into its lines as bulletin counts them.
func physical(text string) []string {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	return strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n")
}
