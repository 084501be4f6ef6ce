package workflow

import (
	"reflect"
	"slices"

	"github.com/google/uuid"

	"jianbao/fault"
)

var (
	nothingOwn  = fault.Say("workflow.nothing-own", "%s没有可收回的意见", "%s has decided nothing that could be taken back")
	usedAlready = fault.Say("workflow.used-already", "后面的环节已经据此办理，不能再收回；可请现在的办理人退回", "a later step has acted on it, so it cannot be taken back; whoever has it now can return it")
	tookBack    = fault.Say("workflow.fact.took-back", "收回%s时的意见（%s）", "took back what was said at the %s (%s)")
	notEarlier  = fault.Say("workflow.not-earlier", "只能退到前面的环节", "it can only be returned to an earlier step")
	notCounter  = fault.Say("workflow.not-countersign", "只有会签可以提出异议；这一环节请同意，或写明理由退回", "only those who countersign object; at this step approve it, or return it with a reason")
	objection   = fault.Say("workflow.objection", "%s提出的异议还没有收回：%s", "the objection of %s stands: %s")
	sameRoute   = fault.Say("workflow.same-route", "本期用的就是现行流程", "the issue has the present route already")
	rerouted    = fault.Say("workflow.fact.rerouted", "由%d步的流程改为%d步的流程", "from a route of %d steps to one of %d")
)

var (
	notUsed = Rule{"not-used",
		fault.Say("workflow.rule.not-used", "后面的环节还没有据此办理", "no later step has acted on it"),
		func(c Case) []fault.Reason {
			d, has := c.ownDecision()
			return unless(!has || !c.Issue.used(d), usedAlready.With())
		}}
	earlierStep = Rule{"earlier-step",
		fault.Say("workflow.rule.earlier-step", "退到前面的环节", "it goes back to an earlier step"),
		func(c Case) []fault.Reason {
			return unless(c.Order.AtStep >= 0 && c.Order.AtStep < c.Issue.Step, notEarlier.With())
		}}
	countersigned = Rule{"countersign",
		fault.Say("workflow.rule.countersign", "会签环节", "the step is a countersign"),
		func(c Case) []fault.Reason {
			return unless(c.Issue.Current().Kind == CountersignStep, notCounter.With())
		}}
	noObjection = Rule{"no-objection",
		fault.Say("workflow.rule.no-objection", "没有未收回的异议", "no objection stands"),
		func(c Case) (reasons []fault.Reason) {
			for n := range c.Issue.Route {
				for _, d := range c.Issue.Objections(n) {
					reasons = append(reasons, objection.With(d.Name, d.Note))
				}
			}
			return reasons
		}}
	otherRoute = Rule{"other-route",
		fault.Say("workflow.rule.other-route", "现行流程与本期的不同", "the present route is another than the issue's"),
		func(c Case) []fault.Reason {
			return unless(!reflect.DeepEqual(c.Issue.Route, c.Series.Route), sameRoute.With())
		}}
)

// ownDecision is the last thing that stands which the actor decided, or
// somebody in their place: an approval, an objection or the submission.
func (c Case) ownDecision() (own Decision, has bool) {
	for _, d := range c.Issue.Decisions {
		may := d.Act == Submit || d.Act == Approve || d.Act == Object
		if may && c.Issue.stands(d) && d.by([]uuid.UUID{c.Actor.Person.ID}) && c.Actor.Person.Active {
			own, has = d, true
		}
	}
	return own, has
}

// used reports whether something has been built on a decision: a later step
// decided, or the text was changed since.
func (i Issue) used(d Decision) bool {
	later := func(other Decision) bool { return i.stands(other) && other.Act != Return && other.Step > d.Step }
	changed := func(a Amendment) bool { return a.Round == i.Round && !a.At.Before(d.At) }
	return slices.ContainsFunc(i.Decisions, later) || slices.ContainsFunc(i.Amendments, changed) || i.Emergency != nil
}

// applyTakeBack undoes the actor's last decision. The submission taken back is
// a draft again; an objection taken back may let the issue go on.
func applyTakeBack(c Case, next *Change) []fault.Reason {
	own, _ := c.ownDecision()
	issue := &next.Issue
	issue.takeBack(TakeBack, func(d Decision) bool {
		return d.Step == own.Step && d.Seat == own.Seat && d.Act == own.Act && d.Digest == own.Digest
	})
	facts := []fault.Reason{tookBack.With(issue.Route[own.Step].Kind.Title(), own.Act.Title())}
	if own.Act == Submit {
		issue.State, issue.Step = Draft, 0
		return facts
	}
	return append(facts, issue.advance(own.Step)...)
}

// applyReroute puts a draft on the route that the series has now. What was
// decided on the old one counts no more (docs/adr/0009).
func applyReroute(c Case, next *Change) []fault.Reason {
	next.Issue.restart()
	next.Issue.Route, next.Issue.Assigned = c.Series.Route, nil
	return []fault.Reason{rerouted.With(len(c.Issue.Route), len(c.Series.Route))}
}
