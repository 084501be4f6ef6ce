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
	move := func(from, to Account, n int, why string) {
		if n == 0 {
			return
		}
		all = append(all, Entry{
			ID: id(), Seq: len(all) + 1, At: at, By: by, From: from, To: to, Count: n, Reason: why,
		})
	}
	stock := Account{Kind: Stock}
	move(Account{Kind: Made}, stock, p.PrintRun, runTerm.With().In(lang))
	for _, s := range p.Shares {
		move(stock, OfUnit(s.Unit), s.Copies, s.Label)
	}
	move(stock, Account{Kind: OnFile}, p.File, OnFile.Title().In(lang))
	move(stock, Account{Kind: Unexplained}, p.Unexplained, p.Reason)
	return all
}
