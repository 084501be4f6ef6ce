package workflow

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// A Purpose is why something is sent. Each dispatch of an issue has one.
type Purpose string

// The purposes.
const (
	Released Purpose = "release" // 印发
	Resent   Purpose = "resend"  // 补发: the same, once more, to one unit
	Revoked  Purpose = "recall"  // 撤销通知
)

// A QueueOrder is what happens to letters of an issue that have not gone.
type QueueOrder string

// The orders. Letters that the relay is taking at this moment are not stopped
// by any of them.
const (
	PauseQueue  QueueOrder = "pause"
	ResumeQueue QueueOrder = "resume"
	CancelQueue QueueOrder = "cancel"
)

// A Recalling is a recall that somebody asked for, and what somebody else
// decided. Until then nothing of the issue leaves.
type Recalling struct {
	By     uuid.UUID `json:"by"`
	ByName string    `json:"by_name"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	// Secret says that the issue was classified afterwards: what is told of the
	// recall has nothing of the issue but its name and number.
	Secret bool `json:"secret,omitempty"`

	Confirmed     uuid.UUID `json:"confirmed,omitzero"`
	ConfirmedName string    `json:"confirmed_name,omitempty"`
	ConfirmedAt   time.Time `json:"confirmed_at,omitzero"`
}

// Open reports whether a recall waits for its second person.
func (r *Recalling) Open() bool { return r != nil && r.Confirmed == uuid.Nil }

// A Holder is a unit that has an issue, or may have it: by mail, on paper, or
// both.
type Holder struct {
	Unit uuid.UUID
	Name string
	// Addresses took a letter, or may have; the last one first.
	Addresses []string
	Paper     int // copies that the ledger has with the unit
}

var (
	anyDesk    = Who{Roles: []accounts.Role{accounts.Clerk, accounts.Editor, accounts.Reviewer, accounts.Signatory}}
	outState   = []State{Dispatching, Dispatched, Archived}
	recallable = []State{Dispatching, Dispatched, Archived, Corrected}
)

// afterMoves are the lines of the table for what is out already.
var afterMoves = []Move{
	{Act: Correct, Who: editorOrClerk,
		From: outState, Stays: true,
		Needs: []Rule{reasonGiven, noCorrection, noRecallOpen}, Apply: applyCorrect},
	{Act: Supersede, Who: robot,
		From: outState, To: []State{Corrected},
		Needs: []Rule{itsCorrection, noRecallOpen}, Apply: applySupersede},
	{Act: Abandon, Who: editorOrClerk,
		From: outState, Stays: true,
		If: []Rule{itsCorrection}, Apply: applyAbandon},
	{Act: Recall, Who: anyDesk,
		From: recallable, Stays: true,
		Needs: []Rule{reasonGiven, noRecallOpen}, Apply: applyRecall},
	{Act: Confirm, Who: responsible,
		From: recallable, To: []State{Recalled},
		If: []Rule{recallOpen}, Needs: []Rule{otherThanAsked}, Apply: applyConfirm},
	{Act: Uphold, Who: responsible,
		From: recallable, Stays: true,
		If: []Rule{recallOpen}, Needs: []Rule{reasonGiven, otherThanAsked}, Apply: applyUphold},
}

var (
	correctionOpen = fault.Say("workflow.correction-open", "已经有一份更正在办理，不能再办一份", "a correction of it is on its way already")
	recallAsked    = fault.Say("workflow.recall-asked", "%s已提出撤销，待他人决定", "%s asked for its recall, which waits for somebody else")
	noRecallAsked  = fault.Say("workflow.no-recall-asked", "没有人提出撤销", "nobody asked for its recall")
	ownRecall      = fault.Say("workflow.own-recall", "撤销是%s提出的，须由他人决定", "%s asked for the recall; somebody else must decide")
	notListed      = fault.Say("workflow.not-listed", "这个单位不在本期名单上，也没有收到过本期；发给新的单位是增发，须经同意", "the unit is neither on the lists of the issue nor has it; a new recipient needs consent")
	otherCorrects  = fault.Say("workflow.other-corrects", "这不是本期的更正", "that is not its correction")
)

var (
	noCorrection = Rule{"no-correction",
		fault.Say("workflow.rule.no-correction", "没有正在办理的更正", "no correction is on its way"),
		func(c Case) []fault.Reason {
			return unless(c.Issue.CorrectedBy == uuid.Nil, correctionOpen.With())
		}}
	itsCorrection = Rule{"its-correction",
		fault.Say("workflow.rule.its-correction", "由本期的更正取代", "its own correction takes its place"),
		func(c Case) []fault.Reason {
			return unless(c.Order.By == c.Issue.CorrectedBy && c.Order.By != uuid.Nil, otherCorrects.With())
		}}
	noRecallOpen = Rule{"no-recall-open",
		fault.Say("workflow.rule.no-recall-open", "没有待决定的撤销", "no recall waits to be decided"),
		func(c Case) []fault.Reason {
			if !c.Issue.Recall.Open() {
				return nil
			}
			return []fault.Reason{recallAsked.With(c.Issue.Recall.ByName)}
		}}
	recallOpen = Rule{"recall-open",
		fault.Say("workflow.rule.recall-open", "有待决定的撤销", "a recall waits to be decided"),
		func(c Case) []fault.Reason { return unless(c.Issue.Recall.Open(), noRecallAsked.With()) }}
	otherThanAsked = Rule{"other-than-asked",
		fault.Say("workflow.rule.other-than-asked", "决定撤销的不能是提出撤销的人", "whoever asked for a recall does not decide on it"),
		func(c Case) []fault.Reason {
			r := c.Issue.Recall
			return unless(!r.Open() || r.By != c.Actor.Person.ID, ownRecall.With(c.Actor.Name()))
		}}
	listedUnit = Rule{"listed-unit",
		fault.Say("workflow.rule.listed-unit", "补发的单位在本期名单上，或者收到过本期", "what is sent again goes to a unit that is listed or has it"),
		func(c Case) []fault.Reason {
			_, known := c.recipient(c.Order.Unit)
			return unless(known || c.Order.Unit == uuid.Nil, notListed.With())
		}}
)

// recipient is what a unit is called in an issue, whether by its lists or
// because it has the issue.
func (c Case) recipient(unit uuid.UUID) (name string, known bool) {
	for _, place := range c.Issue.Circulation.All() {
		if place.Unit == unit {
			return place.Name, true
		}
	}
	if name, is := c.Issue.granted(unit); is {
		return name, true
	}
	n := slices.IndexFunc(c.Holders, func(h Holder) bool { return h.Unit == unit })
	if n < 0 {
		return "", false
	}
	return c.Holders[n].Name, true
}
