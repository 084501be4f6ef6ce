package copies

import (
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// Opening returns the entries that a release writes for its plan: the print run
// comes into stock, and from there each unit, the file and the unexplained
// account get theirs; spare copies stay in stock. Entries are numbered from 1
// and dated at; by is who released and id makes their ids. A unit that stands
// in several lists gets one entry for each. The entries reasons are sentences
// in lang.
//
// It is meant for a plan without objections ([Plan.Check]): of any other the
// entries cannot all be posted.
func Opening(p Plan, at time.Time, by string, lang fault.Lang, id func() uuid.UUID) []Entry {
	var all []Entry
	move := func(act Act, from, to Account, n int, why string) {
		if n == 0 {
			return
		}
		all = append(all, Entry{
			ID: id(), Seq: len(all) + 1, At: at, By: by, From: from, To: to, Count: n, Reason: why, Act: act,
		})
	}
	stock := Account{Kind: Stock}
	move(ActPrint, Account{Kind: Made}, stock, p.PrintRun, runTerm.With().In(lang))
	for _, s := range p.Shares {
		move(ActAllot, stock, OfUnit(s.Unit), s.Copies, s.Label)
	}
	move(ActFile, stock, Account{Kind: OnFile}, p.File, OnFile.Title().In(lang))
	move(ActLose, stock, Account{Kind: Unexplained}, p.Unexplained, p.Reason)
	return all
}

// Number gives copy numbers to the entries of an opening, from first on: the
// print run gets them all, and each unit in its turn the lowest that are left, so
// that the numbers follow the printed lists. The entries are changed in place
// and returned.
func Number(entries []Entry, first int) []Entry {
	held := map[Account]Numbers{}
	for i := range entries {
		e := &entries[i]
		if e.From.Kind == Made {
			e.Numbers = Numbers{{first, first + e.Count - 1}}
			first += e.Count
		} else {
			e.Numbers = held[e.From].Lowest(e.Count)
			held[e.From] = held[e.From].Without(e.Numbers)
		}
		held[e.To] = held[e.To].With(e.Numbers)
	}
	return entries
}
