package copies

import (
	"slices"
	"strings"

	"jianbao/fault"
)

// An Apportionment is how somebody wants a plan's copies given out: the
// equation, edited. Shares has one number for each of the plan's, in their order.
type Apportionment struct {
	// PrintRun is how many are printed; 0 is as many as the text says.
	PrintRun int
	Shares   []int
	File     int
	Spare    int
	// Unexplained is why what is left over has nowhere to go; "" says nothing,
	// and nil leaves what was said of as many.
	Unexplained *string
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
// is no assumption any more. Copy numbers last as long as the numbers that they
// belong to, and so does what was said of copies left over unless something else
// is said of them now.
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
	next = next.printing(p.said(), a.PrintRun).settle(p)
	if a.Unexplained == nil {
		return next
	}
	next.Unexplained, next.Reason = 0, ""
	return next.Explained(*a.Unexplained)
}

// said is the print run that the text says, 0 for none.
func (p Plan) said() int {
	if p.RunSet {
		return p.TextRun
	}
	return p.PrintRun
}

// printing returns the plan with the print run that somebody set, 0 for nobody,
// over the one that the text says.
func (p Plan) printing(said, set int) Plan {
	p.PrintRun, p.RunSet, p.TextRun = said, false, 0
	if set != 0 && set != said {
		p.PrintRun, p.RunSet, p.TextRun = set, true, said
	}
	return p
}

// Explained enters what is left over of the print run as unexplained, if
// somebody says why.
func (p Plan) Explained(why string) Plan {
	if why = strings.TrimSpace(why); why != "" && p.Difference() > 0 {
		p.Unexplained, p.Reason = p.Difference(), why
	}
	return p
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
// spare ones, the print run while the text says what it said then, and what was
// said of copies that are left over, while as many are.
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
	if before.RunSet && next.PrintRun == before.TextRun {
		next = next.printing(before.TextRun, before.PrintRun)
	}
	next.Spare = before.Spare
	return next.settle(before)
}
