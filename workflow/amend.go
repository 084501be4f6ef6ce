package workflow

import (
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// An Amendment is a change of what was signed already, made before it goes to
// press, and what somebody else found it to be (Regulation art. 25(1)). Until
// then the issue waits; afterwards decisions for From count for To as far as
// the class says.
type Amendment struct {
	Round  int       `json:"round"`
	From   Digest    `json:"from"`
	To     Digest    `json:"to"`
	By     uuid.UUID `json:"by"`
	ByName string    `json:"by_name"`
	At     time.Time `json:"at"`
	// Scope says that lists or copies changed with it: whom the issue goes to is
	// the approver's to decide (Regulation art. 31).
	Scope bool `json:"scope,omitempty"`
	// Before is the state it was made in, to which a change that reopens nothing
	// leads back.
	Before State `json:"before"`

	Class     Class     `json:"class,omitempty"` // "" until somebody classed it
	Classed   uuid.UUID `json:"classed,omitzero"`
	ClassedBy string    `json:"classed_by,omitempty"`
	ClassedAt time.Time `json:"classed_at,omitzero"`
}

// A Class is what a change of a signed text is.
type Class string

// The classes of changes.
const (
	Layout    Class = "layout"    // 版式调整: reopens nothing
	Slip      Class = "slip"      // 错漏字: reopens the recheck and what follows it
	Substance Class = "substance" // 实质性修改: reopens the original signatory's step
)

// Classes lists every class, the least first.
func Classes() []Class { return []Class{Layout, Slip, Substance} }

var classWords = map[Class]fault.Sentence{
	Layout:    fault.Say("workflow.class.layout", "版式调整", "layout only"),
	Slip:      fault.Say("workflow.class.slip", "错漏字", "typing slip"),
	Substance: fault.Say("workflow.class.substance", "实质性修改", "change of substance"),
}

// Title returns what people call the class.
func (c Class) Title() fault.Reason { return classWords[c].With() }

// reopens reports whether a change of a class undoes a step that was passed. A
// change that nobody has classed undoes everything.
func (r Route) reopens(class Class, step int) bool {
	switch class {
	case Layout:
		return false
	case Slip:
		for n := range step + 1 {
			if r[n].Kind == RecheckStep {
				return true
			}
		}
		return false
	case Substance:
		return step >= r.signatory()
	}
	return true
}

// carries reports whether a decision for one digest counts for another at a
// step: they are the same, or changes of this round led from the first to the
// second of which none reopened the step.
func (i Issue) carries(from, now Digest, step int) bool {
	reached := map[Digest]bool{from: true}
	for _, a := range i.Amendments {
		if a.Round == i.Round && reached[a.From] && !i.Route.reopens(a.Class, step) {
			reached[a.To] = true
		}
	}
	return reached[now]
}

// Unclassed returns the change that waits for its class, and whether there is
// one.
func (i Issue) Unclassed() (Amendment, bool) {
	for _, a := range i.Amendments {
		if a.Round == i.Round && a.Class == "" {
			return a, true
		}
	}
	return Amendment{}, false
}

var (
	amended      = fault.Say("workflow.fact.amended", "签发后改动：%s → %s，待认定", "changed after the sign-off: %s → %s, to be classed")
	sameDigest   = fault.Say("workflow.fact.same-digest", "内容没有变，意见仍然有效", "nothing that was decided on has changed; the decisions stand")
	classedAs    = fault.Say("workflow.fact.classed", "%s的改动认定为%s：%s → %s", "the change by %s was classed as %s: %s → %s")
	reopenedStep = fault.Say("workflow.fact.reopened", "重新办理：%s", "to be done again: %s")
	toClass      = fault.Say("workflow.to-class", "%s的改动还没有认定：版式调整、错漏字，还是实质性修改", "the change by %s has not been classed: layout, typing slip or substance")
	noneToClass  = fault.Say("workflow.none-to-class", "没有待认定的改动", "no change waits to be classed")
	ownChange    = fault.Say("workflow.own-change", "%s作了这处改动，须由他人认定", "%s made the change; somebody else must class it")
	scopeChanged = fault.Say("workflow.scope-changed", "改动涉及发送名单或份数，应认定为实质性修改，由签发人决定", "lists or copies changed with it, which is the signatory's to decide: class it as substance")
	decidedOn    = fault.Say("workflow.decided-on", "%s在本期办理过%s，不能再改动正文；请先收回意见，或请他人改动", "%s has done the %s of this issue and may not change it; take the decision back, or let somebody else change it")
	notSigned    = fault.Say("workflow.not-signed", "还没有签发，改动请先退回编辑", "it has not been signed off; return it to the editor to change it")
)

var (
	allClassed = Rule{"all-classed",
		fault.Say("workflow.rule.all-classed", "签发后的改动都已认定", "changes after the sign-off have been classed"),
		func(c Case) []fault.Reason {
			a, waits := c.Issue.Unclassed()
			return unless(!waits, toClass.With(a.ByName))
		}}
	changeWaits = Rule{"change-waits",
		fault.Say("workflow.rule.change-waits", "有待认定的改动", "a change waits to be classed"),
		func(c Case) []fault.Reason {
			_, waits := c.Issue.Unclassed()
			return unless(waits, noneToClass.With())
		}}
	// othersChange: to class a change is part of the recheck, which the office
	// makes of what others prepared (art. 25(1)). Whoever changed the text would
	// be the judge of whether their own change is seen by the signatory.
	othersChange = Rule{"others-change",
		fault.Say("workflow.rule.others-change", "改动由改动者以外的人认定", "a change is classed by somebody else than who made it"),
		func(c Case) []fault.Reason {
			a, waits := c.Issue.Unclassed()
			return unless(!waits || a.By != c.Actor.Person.ID, ownChange.With(c.Actor.Name()))
		}}
	scopeIsSubstance = Rule{"scope-is-substance",
		fault.Say("workflow.rule.scope-is-substance", "名单、份数的改动属于实质性修改", "a change of lists or copies is one of substance"),
		func(c Case) []fault.Reason {
			a, _ := c.Issue.Unclassed()
			return unless(!a.Scope || c.Order.Class == "" || c.Order.Class == Substance, scopeChanged.With())
		}}
	signedOffRule = Rule{"signed-off",
		fault.Say("workflow.rule.signed-off", "已经签发", "it has been signed off"),
		func(c Case) []fault.Reason {
			for n := range c.Issue.Route {
				if n <= c.Issue.Route.signatory() && !c.Issue.Passed(n) {
					return []fault.Reason{notSigned.With()}
				}
			}
			return nil
		}}
)

// sameKind keeps an issue that has a number the kind that it was given for.
var sameKind = Rule{"same-kind",
	fault.Say("workflow.rule.same-kind", "已编号的，刊别不变", "an issue that has its number stays of its kind"),
	func(c Case) []fault.Reason {
		n := c.Issue.Number
		if n.IsZero() || c.Order.Draft == nil {
			return nil
		}
		kind := c.Order.Draft.Reading.Document.Number.Kind
		return unless(n.Kind == kind, otherKind.With(string(n.Kind), string(kind)))
	}}

// decidedNothing keeps approvals worth something: whoever approved would change
// what they approved, and the approval would go on counting. That holds for every
// decision of the round, since a second change may lead back to a text that was
// decided on before.
var decidedNothing = Rule{"decided-nothing",
	fault.Say("workflow.rule.decided-nothing", "改动的人没有办理过本期审签（两人办刊例外除外）", "whoever changes it has decided nothing about it, but for the two-person exception"),
	func(c Case) []fault.Reason {
		for _, d := range c.Issue.Decisions {
			excepted := c.Series.TwoPerson != nil && d.Step != c.Issue.Route.signatory()
			if excepted || d.Step == 0 || d.Act != Approve || !c.Issue.stands(d) || !d.by([]uuid.UUID{c.Actor.Person.ID}) {
				continue
			}
			return []fault.Reason{decidedOn.With(c.Actor.Name(), c.Issue.Route[d.Step].Kind.Title())}
		}
		return nil
	}}

// applyAmend takes the new text. Where it changes what was decided upon, the
// issue waits for somebody to say how much.
func applyAmend(c Case, next *Change) []fault.Reason {
	issue := &next.Issue
	issue.take(*c.Order.Draft, c.Series)
	issue.keepReaders(c.Issue)
	issue.Template = c.Series.Template
	next.Text = textOf(c, *issue)
	files := exchangeFiles(c, next)
	from, to := c.Issue.Digest(), issue.Digest()
	if from == to {
		return []fault.Reason{sameDigest.With()}
	}
	issue.author(c.Actor.Person.ID)
	if c.Issue.scope() != issue.scope() {
		issue.keepSigned(c)
	}
	issue.Amendments = append(issue.Amendments[:len(issue.Amendments):len(issue.Amendments)], Amendment{
		Round: issue.Round, From: from, To: to, By: c.Actor.Person.ID, ByName: c.Actor.Name(), At: moment(c.Now),
		Scope: c.Issue.scope() != issue.scope(), Before: c.Issue.State,
	})
	issue.Emergency = nil // it was for what the text was
	issue.State, issue.Step = Review, issue.Route.signatory()
	return append([]fault.Reason{amended.With(string(from), string(to))}, files...)
}

// applyClass says what the change is, and takes the issue to the first step
// that it reopened.
func applyClass(c Case, next *Change) []fault.Reason {
	issue := &next.Issue
	last := len(issue.Amendments) - 1
	issue.Amendments = append([]Amendment{}, issue.Amendments...)
	a := &issue.Amendments[last]
	a.Class, a.Classed, a.ClassedBy, a.ClassedAt = c.Order.Class, c.Actor.Person.ID, c.Actor.Name(), moment(c.Now)
	facts := []fault.Reason{classedAs.With(a.ByName, a.Class.Title(), string(a.From), string(a.To))}
	if a.Class == Substance {
		issue.recallSignatories(a.From)
	}
	issue.advance(0)
	if issue.State == Approved {
		issue.State = a.Before
		return facts
	}
	return append(facts, reopenedStep.With(issue.Current().Kind.Title()))
}

// recallSignatories gives the signatory's step to those who signed before:
// "按程序报原签批人复审" (Regulation art. 25(1)). Reassigning can give it on.
func (i *Issue) recallSignatories(signed Digest) {
	step := i.Route.signatory()
	var assigned []Assignment
	for _, a := range i.Assigned {
		if a.Step != step {
			assigned = append(assigned, a)
		}
	}
	for _, d := range i.Decisions {
		if d.Step != step || d.Act != Approve || !i.stands(d) || !i.carries(d.Digest, signed, step) {
			continue
		}
		person, name := d.Person, d.Name
		if d.For != uuid.Nil {
			person, name = d.For, d.ForName
		}
		assigned = append(assigned, Assignment{Step: step, Seat: d.Seat, Person: person, Name: name, Only: true})
	}
	i.Assigned = assigned
}

// scope is the digest of whom the issue goes to, and in how many copies.
func (i Issue) scope() Digest {
	return Issue{Circulation: i.Circulation, Copies: i.Copies}.Digest()
}
