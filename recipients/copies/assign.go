package copies

import (
	"slices"

	"jianbao/fault"
)

var (
	noFirst      = fault.Say("copies.no-first", "起始份号须在1到%d之间，现为%d", "the first copy number is from 1 to %d, not %d")
	pastLast     = fault.Say("copies.past-last", "份号只有六位：从%06d起编不下%d份", "copy numbers have six digits: from %06d on there is no room for %d copies")
	shareCount   = fault.Say("copies.share-count", "%s：%s应得%d份，写了%d个份号（%s）", "%s: %s gets %d copies and has %d numbers (%s)")
	shareOutside = fault.Say("copies.share-outside", "%s：%s的份号%s不在本期的%s之内", "%s: the numbers of %s, %s, are not among those of the issue, %s")
	shareTwice   = fault.Say("copies.share-twice", "份号%s同时编给了%s和%s", "the numbers %s were given to %s and to %s")
)

// Numbered reports whether the copies of the plan have numbers.
func (p Plan) Numbered() bool { return p.First > 0 }

// numbers are those of the whole print run, nil where there are none.
func (p Plan) numbers() Numbers {
	if !p.Numbered() || p.PrintRun < 1 {
		return nil
	}
	return Numbers{{p.First, p.First + p.PrintRun - 1}}
}

// Spared returns the copy numbers that no unit has: of the file copies, the spare
// and the unexplained ones.
func (p Plan) Spared() Numbers {
	left := p.numbers()
	for _, s := range p.Shares {
		left = left.Without(s.Numbers)
	}
	return left
}

// Number returns the plan with copy numbers from first on (份号, GB/T 9704-2012
// clause 7.2.1: six digits). byHand has the numbers of each share that a person
// chose, in the order of Shares, and may be shorter; every other share gets, in
// the order of the printed lists, which is the protocol's, the lowest numbers
// that are left. It returns every reason against what was chosen: other numbers
// than copies, numbers that the issue does not have, numbers given twice, with
// both names. A first of 0 takes the numbers away.
func (p Plan) Number(first int, byHand []Numbers) (Plan, []fault.Reason) {
	p.Shares = slices.Clone(p.Shares)
	for i := range p.Shares {
		p.Shares[i].Numbers = nil
	}
	p.First = first
	switch {
	case first == 0:
		return p, nil
	case first < 0 || first > MaxNumber:
		return p, []fault.Reason{noFirst.With(MaxNumber, first)}
	case first+p.PrintRun-1 > MaxNumber:
		return p, []fault.Reason{pastLast.With(first, p.PrintRun)}
	}
	if reasons := p.choose(byHand); len(reasons) > 0 {
		return p, reasons
	}
	left := p.Spared()
	for i := range p.Shares {
		if s := &p.Shares[i]; s.Numbers == nil {
			s.Numbers = left.Lowest(s.Copies)
			left = left.Without(s.Numbers)
		}
	}
	return p, nil
}

// choose gives shares the numbers that a person chose for them.
func (p Plan) choose(byHand []Numbers) (reasons []fault.Reason) {
	all := p.numbers()
	for i := range p.Shares[:min(len(byHand), len(p.Shares))] {
		s, chosen := &p.Shares[i], byHand[i]
		if len(chosen) == 0 {
			continue
		}
		if n := chosen.Count(); n != s.Copies {
			reasons = append(reasons, shareCount.With(s.Label, s.Name, s.Copies, n, chosen.String()))
		}
		if outside := chosen.Without(all); outside != nil {
			reasons = append(reasons, shareOutside.With(s.Label, s.Name, outside.String(), all.String()))
		}
		for _, other := range p.Shares[:i] {
			if twice := chosen.Without(chosen.Without(other.Numbers)); twice != nil {
				reasons = append(reasons, shareTwice.With(twice.String(), other.Name, s.Name))
			}
		}
		s.Numbers = chosen
	}
	return reasons
}
