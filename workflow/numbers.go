package workflow

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
)

// NextNumber returns the number after the highest that the register has for
// the kind and the year: numbers run within the year, each kind for itself,
// and a void number is never given again. Back issues that are entered later
// fill places below without moving it.
//
// The year is that of the date which the issue bears, and so of the day it was
// signed off (Regulation art. 9(12)): what was signed on 31 December and is
// registered in January is the last of the old year, not the first of the new.
func NextNumber(register []RegisterLine, kind bulletin.Kind, year int) Number {
	last := 0
	for _, line := range register {
		if line.Kind == kind && line.Year == year {
			last = max(last, line.No)
		}
	}
	return Number{Kind: kind, Year: year, No: last + 1}
}

// NextTotal returns the total number (总第N期) after the highest that the
// register has. It runs over all years and the kinds that the series names,
// each above the one before in the order of registration, void or not.
func NextTotal(register []RegisterLine, total Total) int {
	last := total.Last
	for _, line := range register {
		last = max(last, line.Total)
	}
	return last + 1
}

// Gaps returns the numbers below the highest of a kind and a year that the
// register does not have.
func Gaps(register []RegisterLine, kind bulletin.Kind, year int) []Number {
	given := map[int]bool{}
	for _, line := range register {
		if line.Kind == kind && line.Year == year {
			given[line.No] = true
		}
	}
	var gaps []Number
	for no := 1; no < NextNumber(register, kind, year).No; no++ {
		if !given[no] {
			gaps = append(gaps, Number{Kind: kind, Year: year, No: no})
		}
	}
	return gaps
}

// A YearOfNumbers is what the register has of one kind in one year.
type YearOfNumbers struct {
	Kind  bulletin.Kind
	Year  int
	Given int            // lines, void ones among them
	Next  Number         // that would be given now
	Gaps  []Number       // that stand for nothing, and nobody said why
	Void  []RegisterLine // that stand for nothing, with the reason
}

// GapReport goes through a register, by year and kind, the latest year first.
func GapReport(register []RegisterLine) (report []YearOfNumbers) {
	of := func(y YearOfNumbers) Number { return Number{Kind: y.Kind, Year: y.Year} }
	for _, line := range register {
		key := Number{Kind: line.Kind, Year: line.Year}
		n := slices.IndexFunc(report, func(y YearOfNumbers) bool { return of(y) == key })
		if n < 0 {
			n = len(report)
			report = append(report, YearOfNumbers{
				Kind: line.Kind, Year: line.Year,
				Next: NextNumber(register, line.Kind, line.Year), Gaps: Gaps(register, line.Kind, line.Year),
			})
		}
		report[n].Given++
		if line.Void != "" {
			report[n].Void = append(report[n].Void, line)
		}
	}
	slices.SortFunc(report, func(a, b YearOfNumbers) int {
		return cmp.Or(cmp.Compare(b.Year, a.Year), cmp.Compare(a.Kind, b.Kind))
	})
	return report
}

var (
	voidRefused = fault.Say("workflow.void-refused", "不能作废这个期号", "the number cannot be made void")
	voidClerk   = fault.Say("workflow.void-clerk", "%s没有本刊的“收发”职责，不能作废期号", "%s is no clerk of this series and may not make a number void")
	voidNoGap   = fault.Say("workflow.void-no-gap", "%d年第%d期不是空号；已登记的请撤回那一期", "number %[2]d of %[1]d is no gap; a number that was given is made void by withdrawing its issue")
)

// VoidGap enters why a number that the register leaves out stands for nothing
// (作废), under the actor's name. It fails with fault.Forbidden if the actor is
// no clerk of the series, and with fault.Blocked and all reasons if there is no
// such gap or no reason is given.
func (d *Desk) VoidGap(ctx context.Context, actor Actor, series uuid.UUID, number Number, why string) (RegisterLine, error) {
	return d.enter(ctx, series, func(s Series, register []RegisterLine) (RegisterLine, error) {
		if !actor.Person.Has(accounts.Clerk, s.ID) {
			return RegisterLine{}, fault.New(fault.Forbidden, voidClerk.With(actor.Name()))
		}
		gap := slices.Contains(Gaps(register, number.Kind, number.Year), number)
		reasons := unless(gap, voidNoGap.With(number.Year, number.No))
		reasons = append(reasons, unless(strings.TrimSpace(why) != "", noReason.With(voidRefused.With()))...)
		if len(reasons) > 0 {
			return RegisterLine{}, fault.New(fault.Blocked, voidRefused.With(), reasons...)
		}
		now := moment(d.Now())
		return RegisterLine{
			Number: number, Series: s.ID, Title: s.Masthead, At: now, By: actor.Name(), Back: true,
			Void: why, VoidBy: actor.Name(), VoidAt: now,
		}, nil
	})
}
