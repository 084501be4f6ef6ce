package web

import (
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"

	"jianbao/web/page"
)

// classReopens says what each class of a change means for the decisions so far
// (Regulation art. 25(1)).
var classReopens = map[workflow.Class]fault.Sentence{
	workflow.Layout:    fault.Say("web.reopens.layout", "只动版式：已有意见都算数，不用重新办理", "nothing but the layout: all decisions stand and nothing is done again"),
	workflow.Slip:      fault.Say("web.reopens.slip", "改正错漏字：从复核起重新办理；流程里没有复核的，已有意见都算数", "typing slips put right: the recheck and what follows it are done again; on a route without a recheck all decisions stand"),
	workflow.Substance: fault.Say("web.reopens.substance", "改了实质内容：报原签发人复审，签发和以后的环节重新办理", "what it says has changed: whoever signed it off sees it again, and what follows is done again"),
}

// A classChoice is one class that a change may be given, with what it reopens.
type classChoice struct {
	workflow.Class
	Reopens fault.Reason
}

// particulars are what a form offers to choose from, as far as its act takes
// more than a note.
type particulars struct {
	Change  workflow.Amendment // classify: the change that waits
	Classes []classChoice
	// Steps are those before the present one, for return; that one and the later
	// ones, for reassign.
	Steps  []stepChoice
	People []accounts.Person      // reassign: the staff, also those who left
	Units  []recipients.Recipient // acts about one unit: those to choose from
}

// A stepChoice is one step of the route: its place as orders name it, and as
// people count.
type stepChoice struct {
	Place string
	At    int
	Title fault.Reason
}

// particulars returns what the form of an act offers for the issue as it stands.
func (v *issueView) particulars(act workflow.Act) (p particulars) {
	switch act {
	case workflow.Classify:
		p.Change, _ = v.Issue.Unclassed()
		p.Classes = classesOf(p.Change)
	case workflow.Return:
		p.Steps = v.steps(0, v.Issue.Step)
	case workflow.Reassign: // the editor's own step is not given on
		p.Steps = v.steps(max(1, v.Issue.Step), len(v.Issue.Route))
	case workflow.Resend:
		p.Units = v.mailed()
	case workflow.Grant, workflow.Deny:
		for _, w := range v.Issue.Asked() {
			p.Units = append(p.Units, recipients.Recipient{Unit: w.Unit, Name: w.Name})
		}
	}
	return p
}

// ownPages are the acts that take more than a form among others, by the page of
// each under the address of the issue (packages signed, filing and copies).
var ownPages = map[workflow.Act]string{
	workflow.Amend: "amend", workflow.Record: "record", workflow.Archive: "filing",
	workflow.Apportion: "copies", workflow.Stamp: "copies", workflow.Post: "copies", workflow.HandOut: "copies", workflow.Widen: "copies",
}

// pageOf is the page on which an act is done, or "" where its form stands among
// others. Of very many units one is looked for, and is sent the issue once more on
// its own page: nobody finds it in a list to choose from.
func (v *issueView) pageOf(act workflow.Act, p particulars) string {
	if act == workflow.Resend && len(p.Units) > page.PageRows {
		return "receipts"
	}
	return ownPages[act]
}

// voids is the number that an act makes stand for nothing: that of an issue
// which is withdrawn, but not of a correction, whose number is another's.
func (v *issueView) voids(act workflow.Act) workflow.Number {
	if act == workflow.Withdraw && v.Issue.Corrects == uuid.Nil {
		return v.Issue.Number
	}
	return workflow.Number{}
}

// mailed lists the units that get the issue by mail, each once.
func (v *issueView) mailed() (all []recipients.Recipient) {
	seen := map[uuid.UUID]bool{uuid.Nil: true}
	for _, place := range v.Issue.Circulation.All() {
		if !seen[place.Unit] && place.Channel.Mails() {
			seen[place.Unit] = true
			all = append(all, place.Recipient)
		}
	}
	return all
}

// classesOf lists the classes that a change may be given, the least first: one
// that touched lists or copies is of substance, whatever else it is.
func classesOf(change workflow.Amendment) (all []classChoice) {
	for _, class := range workflow.Classes() {
		if !change.Scope || class == workflow.Substance {
			all = append(all, classChoice{class, classReopens[class].With()})
		}
	}
	return all
}

// steps lists the steps of the route from one on until before another.
func (v *issueView) steps(from, until int) (all []stepChoice) {
	for n := from; n < min(until, len(v.Issue.Route)); n++ {
		all = append(all, stepChoice{strconv.Itoa(n), n + 1, v.Step(n)})
	}
	return all
}

// people fills in who can be chosen where work is given on.
func (s *server) people(ctx context.Context, v *issueView) error {
	n := slices.IndexFunc(v.Offers, func(o offer) bool { return o.Act == workflow.Reassign })
	if n < 0 {
		return nil
	}
	staff, err := s.Agenda.Staff(ctx, v.Issue.Series, v.Issue.PeopleNamed())
	v.Offers[n].People = staff.People
	return err
}

var choosePerson = fault.Say("web.choose-person", "请从名单里选人或单位", "choose a person or a unit from the list")

// chosen reads the id of a person or a unit, "" being nobody.
func chosen(id string) (uuid.UUID, error) {
	if id == "" {
		return uuid.Nil, nil
	}
	person, err := uuid.Parse(id)
	if err != nil {
		return uuid.Nil, fault.New(fault.Invalid, choosePerson.With()).Because(err)
	}
	return person, nil
}
