package workflow

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients/copies"
)

// A Widening is that somebody asked for an issue that is out to go to one more
// unit, or to one in more copies (增发), and what whoever answers for it decided:
// the distribution is widened only with the consent of the issuer (Regulation
// art. 31).
type Widening struct {
	Unit   uuid.UUID `json:"unit"`
	Name   string    `json:"name"`
	Copies int       `json:"copies"` // on paper; 0 is mail alone
	By     uuid.UUID `json:"by"`
	ByName string    `json:"by_name"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	// Decision is Grant or Deny; "" while it waits.
	Decision    Act       `json:"decision,omitempty"`
	Decided     uuid.UUID `json:"decided,omitzero"`
	DecidedName string    `json:"decided_name,omitempty"`
	DecidedAt   time.Time `json:"decided_at,omitzero"`
}

// Asked returns what waits to be decided, the first one first.
func (i Issue) Asked() []Widening {
	var open []Widening
	for _, w := range i.Widenings {
		if w.Decision == "" {
			open = append(open, w)
		}
	}
	return open
}

// granted reports whether the distribution was widened to a unit, and what it is
// called.
func (i Issue) granted(unit uuid.UUID) (name string, is bool) {
	for _, w := range i.Widenings {
		if w.Unit == unit && w.Decision == Grant {
			return w.Name, true
		}
	}
	return "", false
}

// waiting returns the place of what was asked for a unit and waits, or -1.
func (i Issue) waiting(unit uuid.UUID) int {
	return slices.IndexFunc(i.Widenings, func(w Widening) bool { return w.Unit == unit && w.Decision == "" })
}

var (
	widenAsked   = fault.Say("workflow.fact.widen", "申请向%s增发：纸质%d份", "asked to give %s the issue too: %d copies on paper")
	widenGranted = fault.Say("workflow.fact.granted", "同意向%s增发（%s申请：%s）", "consented that %s gets the issue too (asked by %s: %s)")
	widenDenied  = fault.Say("workflow.fact.denied", "不同意向%s增发（%s申请：%s）", "did not consent that %s gets the issue too (asked by %s: %s)")
	nothingAsked = fault.Say("workflow.nothing-asked", "没有待决定的增发申请", "no wider distribution was asked for")
	askedBefore  = fault.Say("workflow.asked-before", "已申请向%s增发，待决定", "it was asked for %s already, and waits to be decided")
	badExtra     = fault.Say("workflow.bad-extra", "份数须在0到%d之间，现为%d", "the copies are from 0 to %d, not %d")
	onListOnly   = fault.Say("workflow.extra-none", "%s已在名单上；增发请写明份数", "%s is on the lists; say how many copies more")
	ownWiden     = fault.Say("workflow.own-widen", "增发是%s申请的，须由他人决定", "%s asked for it; somebody else must decide")
)

var (
	newAsk = Rule{"new-ask",
		fault.Say("workflow.rule.new-ask", "增发写明单位和份数，且没有同样的申请待决定", "the unit and its copies are named, and the same does not wait already"),
		func(c Case) (reasons []fault.Reason) {
			unit, n := c.Order.Unit, c.Order.Print.Extra
			if unit == uuid.Nil {
				return nil
			}
			reasons = append(reasons, unless(c.Issue.waiting(unit) < 0, askedBefore.With(c.unitName(unit)))...)
			reasons = append(reasons, unless(n >= 0 && n <= copies.MaxEntry, badExtra.With(copies.MaxEntry, n))...)
			_, known := c.recipient(unit)
			return append(reasons, unless(n != 0 || !known, onListOnly.With(c.unitName(unit)))...)
		}}
	wideningAsked = Rule{"asked",
		fault.Say("workflow.rule.asked", "有待决定的增发申请", "a wider distribution waits to be decided"),
		func(c Case) []fault.Reason {
			if c.Order.Unit != uuid.Nil {
				return unless(c.Issue.waiting(c.Order.Unit) >= 0, nothingAsked.With())
			}
			return unless(len(c.Issue.Asked()) > 0, nothingAsked.With())
		}}
	otherThanWidens = Rule{"other-than-widens",
		fault.Say("workflow.rule.other-than-widens", "决定增发的不能是申请的人", "whoever asked for a wider distribution does not decide on it"),
		func(c Case) []fault.Reason {
			n := c.Issue.waiting(c.Order.Unit)
			return unless(n < 0 || c.Issue.Widenings[n].By != c.Actor.Person.ID, ownWiden.With(c.Actor.Name()))
		}}
	extraTaken = Rule{"extra-taken",
		fault.Say("workflow.rule.extra-taken", "台账记得下增发的份数", "the ledger takes the copies"),
		func(c Case) []fault.Reason {
			_, err := c.extra()
			return reasonsOf(err)
		}}
)

// extra are the entries of what was asked for the unit of the order.
func (c Case) extra() ([]copies.Entry, error) {
	n := c.Issue.waiting(c.Order.Unit)
	if n < 0 || c.Ledger == nil || c.Issue.Widenings[n].Copies == 0 {
		return nil, nil
	}
	w := c.Issue.Widenings[n]
	s := c.slip(copies.Slip{Reason: w.Reason, Person: c.Actor.Name()})
	s.By = w.ByName
	return c.Ledger.Do(copies.Order{Act: copies.ActExtra, Account: copies.OfUnit(w.Unit), Count: w.Copies, Slip: s})
}

func applyWiden(c Case, next *Change) []fault.Reason {
	w := Widening{
		Unit: c.Order.Unit, Name: c.unitName(c.Order.Unit), Copies: c.Order.Print.Extra,
		By: c.Actor.Person.ID, ByName: c.Actor.Name(), At: moment(c.Now), Reason: c.Order.Note,
	}
	next.Issue.Widenings = append(slices.Clone(c.Issue.Widenings), w)
	return []fault.Reason{widenAsked.With(w.Name, w.Copies)}
}

// applyGrant gives the unit its copies, in the ledger with the name of who
// consented; mail goes to it by [Resend].
func applyGrant(c Case, next *Change) []fault.Reason {
	entries, err := c.extra()
	if err != nil {
		return reasonsOf(err) // extraTaken has said so already
	}
	w := c.settleAsked(next, Grant)
	facts := []fault.Reason{widenGranted.With(w.Name, w.ByName, w.Reason)}
	if next.Moved = entries; len(entries) > 0 {
		facts = append(facts, c.entered(entries)...)
	}
	return facts
}

func applyDeny(c Case, next *Change) []fault.Reason {
	w := c.settleAsked(next, Deny)
	return []fault.Reason{widenDenied.With(w.Name, w.ByName, w.Reason)}
}

// settleAsked enters what was decided on the unit of the order.
func (c Case) settleAsked(next *Change, decision Act) Widening {
	next.Issue.Widenings = slices.Clone(c.Issue.Widenings)
	w := &next.Issue.Widenings[c.Issue.waiting(c.Order.Unit)]
	w.Decision, w.Decided, w.DecidedName, w.DecidedAt = decision, c.Actor.Person.ID, c.Actor.Name(), moment(c.Now)
	return *w
}
