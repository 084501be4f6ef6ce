package receipts

import (
	"slices"

	"github.com/google/uuid"

	"jianbao/fault"
)

var (
	signedBefore = fault.Say("receipts.signed-before", "%s已签收过（%s，%s）；记错了的，请更正那一条", "%s has a receipt already (%s, %s); if that is wrong, correct it")
	holdsNoMore  = fault.Say("receipts.holds-no-more", "要更正的那一条已不是现在有效的签收，请看过最新的再改", "the receipt that is to be corrected does not hold any more; look at the newest first")
	nothingHolds = fault.Say("receipts.nothing-holds", "没有可以作废的签收", "there is no receipt to be voided")
)

// Standing returns the receipt that holds among those of one version and unit,
// in the order in which they were entered. The first one holds until another
// stands expressly in its place: somebody who signs a second time, or a second
// reply, changes nothing and is kept beside it. Once the one that holds is
// voided the next is the first.
func Standing(all []Receipt) (holds Receipt, any bool) {
	for _, r := range all {
		switch {
		case !any && r.Verdict != Void:
			holds, any = r, true
		case any && r.Corrects == holds.ID && r.Corrects != uuid.Nil:
			holds, any = r, r.Verdict != Void
		}
	}
	if !any {
		return Receipt{}, false
	}
	return holds, true
}

// Admit returns nil if a receipt may be added to those before it, and
// fault.Conflict with the reason otherwise: a correction stands in the place of
// what holds and of nothing else, and what a clerk enters never stands silently
// beside another. What units say themselves is always kept.
func Admit(before []Receipt, r Receipt) error {
	holds, any := Standing(before)
	switch {
	case r.Verdict == Void && !any:
		return fault.New(fault.Conflict, notEntered.With(), nothingHolds.With())
	case (r.Corrects != uuid.Nil || r.Verdict == Void) && (!any || r.Corrects != holds.ID):
		return fault.New(fault.Conflict, notEntered.With(), holdsNoMore.With())
	case r.Corrects == uuid.Nil && any && r.EnteredBy != "" && (r.Means.ByClerk() || r.Means == ByReply):
		at := holds.At.In(China).Format("2006-01-02 15:04")
		return fault.New(fault.Conflict, notEntered.With(), signedBefore.With(r.Name, holds.By, at))
	}
	return nil
}

// Corrected returns the receipt that stands in the place of one, and whether
// there is one.
func Corrected(all []Receipt, id uuid.UUID) (Receipt, bool) {
	n := slices.IndexFunc(all, func(r Receipt) bool { return r.Corrects == id })
	if n < 0 {
		return Receipt{}, false
	}
	return all[n], true
}
