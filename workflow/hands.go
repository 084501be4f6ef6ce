package workflow

import (
	"slices"

	"github.com/google/uuid"

	"jianbao/fault"
)

var (
	ownText        = fault.Say("workflow.own-text", "%s改过本期正文，%s须由他人办理", "%s wrote in this text; the %s must be done by somebody else")
	twoOffices     = fault.Say("workflow.two-offices", "%s已在本期办理%s，不能再办理%s", "%s has done the %s of this issue and may not do its %s")
	decidedAlready = fault.Say("workflow.decided-already", "%s在这一环节已经表示同意", "%s has approved at this step already")
	seatTaken      = fault.Say("workflow.seat-taken", "%s所代表的一方已经表示同意", "the side that %s decides for has approved already")
	objectedTo     = fault.Say("workflow.objected-already", "%s在这一环节提出的异议还在；请先收回", "the objection of %s at this step stands; take it back first")
	byException    = fault.Say("workflow.fact.exception", "按两人办刊例外办理（%s，%s设定）", "allowed by the two-person exception (%s, set by %s)")
	inPlaceOf      = fault.Say("workflow.fact.delegated", "%s代%s办理", "%s in place of %s")
)

var (
	otherHands = Rule{"other-hands",
		fault.Say("workflow.rule.other-hands", "编辑、审核、签发不能是同一人（两人办刊例外除外）", "editor, reviewer and signatory are different people, but for the two-person exception"),
		func(c Case) []fault.Reason {
			why, allowed := c.sameHands()
			if allowed {
				return nil
			}
			return why
		}}
	notTwice = Rule{"not-twice",
		fault.Say("workflow.rule.not-twice", "一人一票，一席一票", "nobody decides twice at one step, nor two people for one seat"),
		againstTwice}
)

// sameHands tells which pair of hands would hold two offices of the issue, or
// nil; and whether the two-person exception allows it. Whoever stands in for
// another brings both pairs along. The exception never lets an author sign.
func (c Case) sameHands() (why []fault.Reason, allowed bool) {
	step := c.Issue.Step
	if step >= len(c.Issue.Route) {
		return nil, true
	}
	hands, here := c.hands(step), c.Issue.Route[step].Kind.Title()
	allowed = c.Series.TwoPerson != nil
	if slices.ContainsFunc(c.Issue.Authors, func(id uuid.UUID) bool { return slices.Contains(hands, id) }) {
		why = append(why, ownText.With(c.signer().Name, here))
		allowed = allowed && step != c.Issue.Route.signatory()
	}
	for n, at := range c.Issue.Route {
		if n == step || n == 0 { // whoever submitted is an author
			continue
		}
		if slices.ContainsFunc(c.Issue.Approvals(n), func(d Decision) bool { return d.by(hands) }) {
			why = append(why, twoOffices.With(c.signer().Name, at.Kind.Title(), here))
			break
		}
	}
	return why, allowed
}

func againstTwice(c Case) []fault.Reason {
	hands := c.hands(c.Issue.Step)
	for _, d := range c.Issue.Objections(c.Issue.Step) {
		if d.by(hands) {
			return []fault.Reason{objectedTo.With(d.Name)}
		}
	}
	h, sits := c.handAt(c.Issue.Step)
	for _, d := range c.Issue.Approvals(c.Issue.Step) {
		if d.by(hands) {
			return []fault.Reason{decidedAlready.With(d.Name)}
		}
		if sits && d.Seat == h.Seat {
			return []fault.Reason{seatTaken.With(c.signer().Name)}
		}
	}
	return nil
}

// told is what history keeps of how a decision came about: under the exception,
// in whose place.
func (c Case) told(d *Decision) (facts []fault.Reason) {
	if why, allowed := c.sameHands(); why != nil && allowed {
		d.Exception = true
		facts = append(facts, byException.With(c.Series.TwoPerson.Reason, c.Series.TwoPerson.ByName))
	}
	if d.For != uuid.Nil {
		facts = append(facts, inPlaceOf.With(d.Name, d.ForName))
	}
	return facts
}
