package workflow

import (
	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/copies"
)

var (
	otherCopies  = fault.Say("workflow.fact.apportioned", "份数由“%s”改为“%s”", "copies changed from “%s” to “%s”")
	signerAgain  = fault.Say("workflow.fact.scope-again", "签发后改动分发范围或份数，由原签发人决定", "scope or copies changed after the sign-off, which is for whoever signed")
	gotNumbers   = fault.Say("workflow.fact.stamped", "编份号%s", "copy numbers %s")
	tookNumbers  = fault.Say("workflow.fact.unstamped", "不编份号", "the copies have no numbers")
	lostNumbers  = fault.Say("workflow.fact.numbers-lost", "份数有变，原编份号作废", "other copies: their numbers have to be given anew")
	alreadyFixed = fault.Say("workflow.same-copies", "份数没有变", "the copies are as they were")
)

var (
	sharesFit = Rule{"shares-fit",
		fault.Say("workflow.rule.shares-fit", "份数是这份名单的，且不为负", "the copies are those of the lists, and none is below zero"),
		func(c Case) []fault.Reason {
			if a := c.Order.Print.Apportion; a != nil {
				return a.Against(c.Issue.Copies)
			}
			return nil
		}}
	numbersFit = Rule{"numbers-fit",
		fault.Say("workflow.rule.numbers-fit", "每份有且只有一个份号", "every copy has one number, and no two the same"),
		func(c Case) []fault.Reason {
			_, reasons := c.Issue.Copies.Number(c.Order.Print.First, c.Order.Print.ByHand)
			return reasons
		}}
)

// applyApportion gives the copies out otherwise. Who gets how many is part of
// what was signed (Regulation art. 25(2), 31): after the sign-off whoever signed
// decides again, before it everybody after the editor does.
func applyApportion(c Case, next *Change) []fault.Reason {
	issue, before := &next.Issue, c.Issue.Copies
	issue.Copies = before.Apportion(*c.Order.Print.Apportion)
	issue.Circulation = c.Issue.Circulation.WithCopies(issue.Copies.Given())
	facts := []fault.Reason{otherCopies.With(before.Sentence(fault.ZH), issue.Copies.Sentence(fault.ZH))}
	if before.Numbered() && !issue.Copies.Numbered() {
		facts = append(facts, lostNumbers.With())
	}
	from, to := c.Issue.Digest(), issue.Digest()
	switch {
	case from == to && before.Unexplained == issue.Copies.Unexplained && before.Reason == issue.Copies.Reason:
		return []fault.Reason{alreadyFixed.With()}
	case from == to: // why copies are left over is nothing that was signed
		return facts
	case c.Issue.State == Draft:
		return facts
	case !c.signed():
		issue.author(c.Actor.Person.ID)
		issue.restart()
		return append(facts, newCircle.With())
	}
	issue.author(c.Actor.Person.ID)
	issue.keepSigned(c)
	issue.Emergency = nil
	issue.Amendments = append(issue.Amendments[:len(issue.Amendments):len(issue.Amendments)], Amendment{
		Round: issue.Round, From: from, To: to, By: c.Actor.Person.ID, ByName: c.Actor.Name(), At: moment(c.Now),
		Scope: true, Before: c.Issue.State, Class: Substance, ClassedBy: artThirtyOne.With().In(fault.ZH), ClassedAt: moment(c.Now),
	})
	issue.recallSignatories(from)
	issue.advance(0)
	return append(facts, signerAgain.With())
}

// artThirtyOne stands where a change is classed: nobody need class what can only
// be of substance.
var artThirtyOne = fault.Say("workflow.by-rule", "条例第三十一条", "art. 31 of the Regulation")

// signed reports whether the issue has been signed off as it stands.
func (c Case) signed() bool { return len(signedOffRule.Against(c)) == 0 }

// applyStamp gives the copies numbers, which no decision depends on.
func applyStamp(c Case, next *Change) []fault.Reason {
	next.Issue.Copies, _ = c.Issue.Copies.Number(c.Order.Print.First, c.Order.Print.ByHand)
	if !next.Issue.Copies.Numbered() {
		return []fault.Reason{tookNumbers.With()}
	}
	first := next.Issue.Copies.First
	return []fault.Reason{gotNumbers.With(copies.Numbers{{First: first, Last: first + next.Issue.Copies.PrintRun - 1}}.String())}
}

// apportioned keeps, over a text that is read anew, the copies that people set.
func (i *Issue) apportioned(before copies.Plan) {
	i.Copies = i.Copies.Keep(before)
	i.Circulation = i.Circulation.WithCopies(i.Copies.Given())
}

// Lateness is what an issue was signed off as, before its circulation or copies
// were changed once more.
type Lateness struct {
	Before recipients.Circulation `json:"before"`
}

// keepSigned remembers whom the issue went to when it was signed off first, so
// that what came later can be told apart.
func (i *Issue) keepSigned(c Case) {
	if i.Late == nil && c.signed() {
		i.Late = &Lateness{Before: c.Issue.Circulation}
	}
}

// Signers returns the names of those who signed the issue off as it stands.
func (i Issue) Signers() (names string) {
	add := func(name string) {
		if names != "" {
			names += "、"
		}
		names += name
	}
	if e := i.Emergency; e.covers(i) {
		add(e.ByName)
	}
	if len(i.Route) > 0 {
		for _, d := range i.Approvals(max(0, i.Route.signatory())) {
			add(d.Name)
		}
	}
	return names
}

// late says who was added, taken off or given other copies after the first
// sign-off, with whose consent (Regulation art. 31), and returns the plan with
// that consent, for the ledger.
func (i Issue) late() (copies.Plan, []fault.Reason) {
	plan := i.Copies
	if i.Late == nil {
		return plan, nil
	}
	consent := i.Signers()
	d := recipients.Compare(i.Late.Before, i.Circulation)
	type place struct {
		label string
		unit  uuid.UUID
	}
	changed := map[place]bool{}
	for _, p := range d.Added {
		changed[place{p.Label, p.Unit}] = true
	}
	for _, s := range append(d.Moved, d.Copies...) {
		changed[place{s.After.Label, s.After.Unit}] = true
	}
	plan.Shares = append([]copies.Share(nil), plan.Shares...)
	for n, s := range plan.Shares {
		if changed[place{s.Label, s.Unit}] {
			plan.Shares[n].Consent = consent
		}
	}
	return plan, d.Late(consent)
}
