package workflow

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A Decision is what one person said at one step, bound to the digest that
// they saw. Decisions are kept for good; Back says why one counts no more.
type Decision struct {
	Step   int       `json:"step"`
	Round  int       `json:"round"`
	Person uuid.UUID `json:"person"` // who decided
	Name   string    `json:"name"`
	// For is who was stood in for (代), if somebody was.
	For     uuid.UUID `json:"for,omitzero"`
	ForName string    `json:"for_name,omitempty"`
	// Seat is what the decision counts for: a unit, or a person.
	Seat   uuid.UUID `json:"seat,omitzero"`
	At     time.Time `json:"at"`
	Act    Act       `json:"act"`
	Note   string    `json:"note,omitempty"`
	Digest Digest    `json:"digest"`
	// Back is the act that took the decision back, or "".
	Back Act `json:"back,omitempty"`
	// Exception says that only the two-person exception allowed it.
	Exception bool `json:"exception,omitempty"`
	// Paper is set where it was made on paper and entered by a clerk.
	Paper *Signature `json:"paper,omitempty"`
}

// by reports whether one of the people made the decision, or was stood in for.
func (d Decision) by(people []uuid.UUID) bool {
	return slices.Contains(people, d.Person) || d.For != uuid.Nil && slices.Contains(people, d.For)
}

// A Signature is how a decision was made on paper (Regulation art. 22): who
// entered it, when, and on which scan it can be seen.
type Signature struct {
	By      uuid.UUID  `json:"by"`
	ByName  string     `json:"by_name"`
	At      time.Time  `json:"at"` // of the entry; the decision's is the day it was signed
	Consent Consent    `json:"consent"`
	Scan    Attachment `json:"scan"`
}

// A Consent is how somebody agrees on paper (Regulation art. 22: circling the
// name, or a signature, counts as consent).
type Consent string

// The kinds of consent.
const (
	Signed  Consent = "signed"  // 签名
	Circled Consent = "circled" // 圈阅
	Written Consent = "written" // 批注“同意”
)

var consentWords = map[Consent]fault.Sentence{
	Signed:  fault.Say("workflow.consent.signed", "签名", "signature"),
	Circled: fault.Say("workflow.consent.circled", "圈阅", "circled as read"),
	Written: fault.Say("workflow.consent.written", "批注同意", "consent in writing"),
}

// Title returns what people call the kind of consent.
func (c Consent) Title() fault.Reason { return consentWords[c].With() }

// Current returns the step the issue is at.
func (i Issue) Current() Step {
	if i.Step < len(i.Route) {
		return i.Route[i.Step]
	}
	return Step{}
}

// stands reports whether a decision was made in this round and not taken back.
func (i Issue) stands(d Decision) bool { return d.Round == i.Round && d.Back == "" }

// Counts reports whether a decision counts for the issue as it stands now: it was
// made in this round, was not taken back, and no change since reopens its step.
func (i Issue) Counts(d Decision) bool {
	return i.stands(d) && i.carries(d.Digest, i.Digest(), d.Step)
}

// Approvals returns the decisions that approve a step as the issue stands now:
// of this round, and for its digest or one from which changes led here that do
// not reopen the step.
func (i Issue) Approvals(step int) []Decision {
	var now Digest
	var out []Decision
	for _, d := range i.Decisions {
		if d.Step != step || !i.stands(d) || d.Act != Submit && d.Act != Approve {
			continue
		}
		if now == "" {
			now = i.Digest() // only where it matters: it hashes the whole issue
		}
		if i.carries(d.Digest, now, step) {
			out = append(out, d)
		}
	}
	return out
}

// Objections returns the objections that stand at a step. One is enough to keep
// the issue there, until it is taken back or the issue is returned.
func (i Issue) Objections(step int) []Decision {
	var out []Decision
	for _, d := range i.Decisions {
		if d.Step == step && d.Act == Object && i.stands(d) {
			out = append(out, d)
		}
	}
	return out
}

// Passed reports whether a step is done as the issue stands now.
func (i Issue) Passed(step int) bool {
	if _, skipped := i.skipped(step); skipped {
		return true
	}
	return len(i.Objections(step)) == 0 && len(i.Approvals(step)) >= i.Route[step].need()
}

// Unapproved returns the steps of the route that the issue, as it stands now,
// has not passed.
func (i Issue) Unapproved() []int {
	var open []int
	for n := range i.Route {
		if !i.Passed(n) {
			open = append(open, n)
		}
	}
	return open
}

var skippedStep = fault.Say("workflow.fact.skipped", "%s免办：%s", "the %s was passed over: %s")

// advance takes the issue from a step on to the first that it has not passed,
// and tells which were passed over; it is approved if there is none.
func (i *Issue) advance(from int) (facts []fault.Reason) {
	for i.Step = from; i.Step < len(i.Route) && i.Passed(i.Step); i.Step++ {
		if rule, skipped := i.skipped(i.Step); skipped {
			facts = append(facts, skippedStep.With(i.Route[i.Step].Kind.Title(), rule.Says.With()))
		}
	}
	i.State = Review
	if i.Step == len(i.Route) {
		i.State = Approved
	}
	return facts
}

// takeBack ends the decisions of this round that an act undoes; they stay in
// the books.
func (i *Issue) takeBack(act Act, which func(Decision) bool) {
	i.Decisions = slices.Clone(i.Decisions)
	for n, d := range i.Decisions {
		if i.stands(d) && which(d) {
			i.Decisions[n].Back = act
		}
	}
}

// restart begins another way through the route: decisions so far stay in the
// books and count no more. Whoever took over a seat keeps it; work that was
// given to one of many is given anew.
func (i *Issue) restart() {
	i.State, i.Step, i.Emergency = Draft, 0, nil
	i.Assigned = slices.DeleteFunc(slices.Clone(i.Assigned), func(a Assignment) bool { return a.Only })
	i.Round++
}

// signedOff is when the responsible person signed what the issue is now
// (Regulation art. 9(12)): the last decision at the signatory's step, or the
// emergency release.
func (i Issue) signedOff() (last time.Time) {
	if len(i.Route) > 0 {
		for _, d := range i.Approvals(max(0, i.Route.signatory())) {
			if d.At.After(last) {
				last = d.At
			}
		}
	}
	if last.IsZero() && i.Emergency.covers(i) {
		return i.Emergency.At
	}
	return last
}
