package copies

import (
	"slices"

	"jianbao/fault"
)

// An Apportionment is how somebody wants a plan's copies given out: the
// equation, edited. Shares has one number for each of the plan's, in their order.
type Apportionment struct {
	// PrintRun counts only where the text prints none; see [Plan.RunSet].
	PrintRun int
	Shares   []int
	File     int
	Spare    int
}

var notTheShares = fault.Say("copies.not-the-shares", "名单有%d处，份数却有%d个", "there are %d places on the lists and %d numbers of copies")

// Against returns why an apportionment cannot be one of the plan: numbers below
// zero, or for other lists. That it adds up is not asked: [Plan.Check] says that
// of the plan it makes.
func (a Apportionment) Against(p Plan) []fault.Reason {
	if len(a.Shares) != len(p.Shares) {
		return []fault.Reason{notTheShares.With(len(p.Shares), len(a.Shares))}
	}
	return p.Apportion(a).negatives()
}

// Apportion returns the plan with its copies given out otherwise. What was set
// is no assumption any more. Copy numbers, and what was said of copies left over,
// last as long as the numbers that they belong to.
func (p Plan) Apportion(a Apportionment) Plan {
	next := p
	next.Shares = slices.Clone(p.Shares)
	for i, n := range a.Shares {
		s := &next.Shares[i]
		s.Set, s.Assumed = s.Set || s.Assumed || s.Copies != n, false
		s.Copies = n
	}
	next.FileSet, next.File = p.FileSet || p.File != a.File, a.File
	next.Spare = a.Spare
	if p.PrintRun == 0 || p.RunSet {
		next.PrintRun, next.RunSet = a.PrintRun, a.PrintRun != 0
	}
	return next.settle(p)
}

// settle drops what belonged to other numbers: reasons for another difference,
// and copy numbers of other shares.
func (p Plan) settle(before Plan) Plan {
	p.Unexplained, p.Reason = 0, ""
	if before.Unexplained > 0 && p.Difference() == before.Unexplained {
		p.Unexplained, p.Reason = before.Unexplained, before.Reason
	}
	same := p.PrintRun == before.PrintRun && len(p.Shares) == len(before.Shares)
	for i := range p.Shares {
		same = same && p.Shares[i].Unit == before.Shares[i].Unit && p.Shares[i].Copies == before.Shares[i].Copies
	}
	p.First = 0
	if same {
		p.First = before.First
	}
	for i := range p.Shares {
		p.Shares[i].Numbers = nil
		if same {
			p.Shares[i].Numbers = before.Shares[i].Numbers
		}
	}
	return p
}

// Keep returns the plan, read anew from text and directory, with what people had
// set in the one before: copies of units that are still listed, file copies,
// spare ones, the print run where the text prints none, and what was said of
// copies that are left over, while as many are.
func (p Plan) Keep(before Plan) Plan {
	next := p
	next.Shares = slices.Clone(p.Shares)
	for i := range next.Shares {
		s := &next.Shares[i]
		for _, b := range before.Shares {
			if b.Set && b.Unit == s.Unit && b.Label == s.Label {
				s.Copies, s.Assumed, s.Set = b.Copies, false, true
			}
		}
	}
	if before.FileSet {
		next.File, next.FileSet = before.File, true
	}
	if next.PrintRun == 0 && before.RunSet {
		next.PrintRun, next.RunSet = before.PrintRun, true
	}
	next.Spare = before.Spare
	return next.settle(before)
}
