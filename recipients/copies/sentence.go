package copies

import (
	"fmt"
	"strconv"
	"strings"

	"jianbao/fault"
)

var (
	termWith  = fault.Say("copies.term-detail", "%s %d（%s）", "%s %d (%s)")
	termPlain = fault.Say("copies.term", "%s %d", "%s %d")
	spareTerm = fault.Say("copies.spare", "备用", "spare")
	nowhere   = fault.Say("copies.no-terms", "没有去向", "nowhere to go")
)

// Sentence writes the plan as people do: 20 = 报 8（4×2）＋送 11＋存档 1. What a
// collective entry gets is shown as units × copies where all get the same, and
// as a sum where not. A plan that does not add up has ≠ in place of =.
func (p Plan) Sentence(lang fault.Lang) string {
	sign := "="
	if p.Difference() != 0 {
		sign = "≠"
	}
	return fmt.Sprintf("%d %s %s", p.PrintRun, sign, p.arithmetic().In(lang))
}

// arithmetic is the right side of the sentence.
func (p Plan) arithmetic() terms {
	var all terms
	for _, label := range p.labels() {
		all = append(all, p.list(label))
	}
	tail := func(name fault.Reason, n int, why string) {
		switch {
		case n == 0:
		case why == "":
			all = append(all, termPlain.With(name, n))
		default:
			all = append(all, termWith.With(name, n, why))
		}
	}
	tail(OnFile.Title(), p.File, "")
	tail(spareTerm.With(), p.Spare, "")
	tail(Unexplained.Title(), p.Unexplained, strings.TrimSpace(p.Reason))
	if len(all) == 0 {
		all = terms{nowhere.With()}
	}
	return all
}

// labels returns the lists of the plan in the order in which they first stand.
func (p Plan) labels() []string {
	var labels []string
	seen := map[string]bool{}
	for _, s := range p.Shares {
		if !seen[s.Label] {
			seen[s.Label] = true
			labels = append(labels, s.Label)
		}
	}
	return labels
}

// list is the term of one list: its collective entries one by one, then all
// others as one number.
func (p Plan) list(label string) fault.Reason {
	total, others := 0, 0
	var entries []string
	groups := map[string][]int{}
	for _, s := range p.Shares {
		switch {
		case s.Label != label:
			continue
		case !s.Collective:
			others += s.Copies
		default:
			if groups[s.Entry] == nil {
				entries = append(entries, s.Entry)
			}
			groups[s.Entry] = append(groups[s.Entry], s.Copies)
		}
		total += s.Copies
	}
	if len(entries) == 0 {
		return termPlain.With(label, total)
	}
	var detail []string
	for _, e := range entries {
		detail = append(detail, product(groups[e]))
	}
	if others > 0 {
		detail = append(detail, strconv.Itoa(others))
	}
	return termWith.With(label, total, strings.Join(detail, "＋"))
}

// product writes the copies of one collective entry: 4×2, or 3＋2＋2＋1.
func product(counts []int) string {
	equal := true
	parts := make([]string, len(counts))
	for i, n := range counts {
		equal = equal && n == counts[0]
		parts[i] = strconv.Itoa(n)
	}
	if equal {
		return fmt.Sprintf("%d×%d", len(counts), counts[0])
	}
	return strings.Join(parts, "＋")
}

// terms is a sum in words.
type terms []fault.Reason

// In returns the sum in a language. It makes terms an argument that a sentence
// can be given (see [fault.Reason]).
func (t terms) In(lang fault.Lang) string {
	parts := make([]string, len(t))
	for i, r := range t {
		parts[i] = r.In(lang)
	}
	if lang == fault.EN {
		return strings.Join(parts, " + ")
	}
	return strings.Join(parts, "＋")
}
