package copies

import (
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

var lateShare = fault.Say("copies.late-share", "%s（签发后变更，经同意）", "%s (changed after the sign-off, with consent)")

// Opening returns the entries that a release writes for its plan: the print run
// comes into stock, and from there each unit, the file and the unexplained
// account get theirs; spare copies stay in stock. Entries are numbered from 1
// and dated at; by is who released and id makes their ids. A unit that stands
// in several lists gets one entry for each. The entries reasons are sentences
// in lang; who consented to a share that changed after the sign-off is the
// Person of its entry. Where the plan has copy numbers, so have the entries: the
// file gets the lowest that no unit has.
//
// It is meant for a plan without objections ([Plan.Check], [Plan.Number]): of any
// other the entries cannot all be posted.
func Opening(p Plan, at time.Time, by string, lang fault.Lang, id func() uuid.UUID) []Entry {
	var all []Entry
	left := p.numbers()
	for _, s := range p.Shares {
		left = left.Without(s.Numbers)
	}
	enter := func(e Entry) {
		if e.Count == 0 {
			return
		}
		if p.Numbered() && e.Numbers == nil {
			e.Numbers = left.Lowest(e.Count)
			left = left.Without(e.Numbers)
		}
		e.ID, e.Seq, e.At, e.By = id(), len(all)+1, at, by
		all = append(all, e)
	}
	stock := Account{Kind: Stock}
	enter(Entry{Act: ActPrint, From: Account{Kind: Made}, To: stock, Count: p.PrintRun, Numbers: p.numbers(), Reason: runTerm.With().In(lang)})
	for _, s := range p.Shares {
		why := s.Label
		if s.Consent != "" {
			why = lateShare.With(s.Label).In(lang)
		}
		enter(Entry{Act: ActAllot, From: stock, To: OfUnit(s.Unit), Count: s.Copies, Numbers: s.Numbers, Reason: why, Person: s.Consent})
	}
	enter(Entry{Act: ActFile, From: stock, To: Account{Kind: OnFile}, Count: p.File, Reason: OnFile.Title().In(lang)})
	enter(Entry{Act: ActLose, From: stock, To: Account{Kind: Unexplained}, Count: p.Unexplained, Reason: p.Reason})
	return all
}
