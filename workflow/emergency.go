package workflow

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// An Emergency is a sign-off that did not wait for everybody whom the route
// asks (紧急签发). It holds for one digest, and stands open on the issue until
// somebody else, who may sign, approves it afterwards.
type Emergency struct {
	By     uuid.UUID `json:"by"`
	ByName string    `json:"by_name"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	Digest Digest    `json:"digest"`
	// Steps are those that had not decided.
	Steps []int `json:"steps"`
	// Ratified is the approval afterwards, or nil.
	Ratified *Decision `json:"ratified,omitempty"`
}

// Open reports whether the approval afterwards is still to come; a nil
// Emergency is none.
func (e *Emergency) Open() bool { return e != nil && e.Ratified == nil }

// covers reports whether the emergency stands for what the issue is now.
func (e *Emergency) covers(i Issue) bool { return e != nil && e.Digest == i.Digest() }

var (
	hurried     = fault.Say("workflow.fact.expedited", "未经%s，须事后补签", "without %s; to be approved afterwards")
	wasRatified = fault.Say("workflow.fact.ratified", "补签%s的紧急签发：%s", "approved the emergency release by %s: %s")
	noEmergency = fault.Say("workflow.no-emergency", "没有待补签的紧急签发", "no emergency release waits for an approval")
	ownHaste    = fault.Say("workflow.own-haste", "%s自己作了紧急签发，须由他人补签", "%s made the emergency release; somebody else must approve it")
	unratified  = fault.Say("workflow.unratified", "%s的紧急签发还没有补签", "the emergency release by %s has not been approved yet")
	authorHaste = fault.Say("workflow.author-haste", "%s改过本期正文，不能自行%s", "%s wrote in this text and may not do this: %s")
)

var (
	notAuthor = Rule{"not-author",
		fault.Say("workflow.rule.not-author", "不能是改过正文的人", "nobody who wrote in the text does it"),
		func(c Case) []fault.Reason {
			return unless(!slices.Contains(c.Issue.Authors, c.Actor.Person.ID), authorHaste.With(c.Actor.Name(), c.Order.Act.Title()))
		}}
	toRatify = Rule{"to-ratify",
		fault.Say("workflow.rule.to-ratify", "有待补签的紧急签发", "an emergency release waits for an approval"),
		func(c Case) []fault.Reason { return unless(c.Issue.Emergency.Open(), noEmergency.With()) }}
	otherThanHasty = Rule{"other-than-hasty",
		fault.Say("workflow.rule.other-than-hasty", "补签的不能是紧急签发的人，也不能是改过正文的人", "neither who released in the emergency nor an author approves it afterwards"),
		func(c Case) []fault.Reason {
			e, hands := c.Issue.Emergency, c.hands(c.Issue.Route.signatory())
			if !e.Open() {
				return nil
			}
			reasons := unless(!slices.Contains(hands, e.By), ownHaste.With(e.ByName))
			isAuthor := slices.ContainsFunc(c.Issue.Authors, func(id uuid.UUID) bool { return slices.Contains(hands, id) })
			return append(reasons, unless(!isAuthor, authorHaste.With(c.Actor.Name(), c.Order.Act.Title()))...)
		}}
	ratified = Rule{"ratified",
		fault.Say("workflow.rule.ratified", "紧急签发已经补签", "an emergency release has been approved"),
		func(c Case) []fault.Reason {
			if !c.Issue.Emergency.Open() {
				return nil
			}
			return []fault.Reason{unratified.With(c.Issue.Emergency.ByName)}
		}}
)

// applyExpedite approves the issue for now, and remembers who was not asked.
func applyExpedite(c Case, next *Change) []fault.Reason {
	issue := &next.Issue
	d := c.decision(Expedite, c.Issue.Step)
	issue.Decisions = append(slices.Clone(issue.Decisions), d)
	issue.Emergency = &Emergency{
		By: d.Person, ByName: d.Name, At: d.At, Reason: c.Order.Note, Digest: d.Digest, Steps: c.Issue.Unapproved(),
	}
	issue.Step = len(issue.Route)
	var facts []fault.Reason
	for _, n := range issue.Emergency.Steps {
		facts = append(facts, hurried.With(issue.Route[n].Kind.Title()))
	}
	return facts
}

// applyRatify enters the approval that was to come.
func applyRatify(c Case, next *Change) []fault.Reason {
	issue := &next.Issue
	d := c.decision(Ratify, issue.Route.signatory())
	facts := []fault.Reason{wasRatified.With(issue.Emergency.ByName, issue.Emergency.Reason)}
	if d.For != uuid.Nil {
		facts = append(facts, inPlaceOf.With(d.Name, d.ForName))
	}
	issue.Decisions = append(slices.Clone(issue.Decisions), d)
	made := *issue.Emergency
	made.Ratified = &d
	issue.Emergency = &made
	return facts
}
