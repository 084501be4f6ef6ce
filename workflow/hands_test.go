package workflow

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// standsIn lets one act for another for a day.
func (c *course) standsIn(deputy, person Actor) *accounts.Delegation {
	c.staff.Delegations = append(c.staff.Delegations, accounts.Delegation{
		ID: uuid.New(), Person: person.Person.ID, Deputy: deputy.Person.ID, From: c.now, Until: c.now.AddDate(0, 0, 1), Reason: "出差",
	})
	return &c.staff.Delegations[len(c.staff.Delegations)-1]
}

func TestADeputyDecidesUnderBothNames(t *testing.T) {
	c := newCourse(t)
	deputy := someone("副局长", accounts.Reader)
	c.staff.People = append(c.staff.People, deputy.Person)
	c.does(c.editor, Submit, Review, 1)
	c.does(c.reviewer, Approve, Review, 2)
	c.does(c.headA, Approve, Review, 2)
	c.does(c.headB, Approve, Review, 3)
	c.refuses(deputy, Order{Act: Approve}, fault.Forbidden, onlyRole)
	c.standsIn(deputy, c.signatory)
	c.refuses(deputy, Order{Act: Approve, For: c.headA.Person.ID}, fault.Forbidden, onlyRole)
	c.doing(deputy, Order{Act: Approve, For: c.signatory.Person.ID}, Review, 4)
	d := c.issue.Decisions[len(c.issue.Decisions)-1]
	if d.Name != "副局长" || d.ForName != "局长" || d.For != c.signatory.Person.ID || !c.told(inPlaceOf) {
		t.Errorf("the books: %+v", d)
	}
	c.does(c.signatory, TakeBack, Review, 3) // what was said in one's name is one's own
	c.does(deputy, Approve, Review, 4)       // whose deputy they are is known
}

func TestADelegationEndsWithItsDay(t *testing.T) {
	c := newCourse(t)
	c.does(c.editor, Submit, Review, 1)
	c.standsIn(c.clerk, c.reviewer).Until = c.now.Add(30 * time.Second)
	c.refuses(c.clerk, Order{Act: Approve}, fault.Forbidden, onlyRole)
	c.standsIn(c.headA, c.clerk) // the clerk is no reviewer, so neither is the deputy
	c.standsIn(c.clerk, c.reviewer)
	c.refuses(c.headA, Order{Act: Approve}, fault.Forbidden, onlyRole)
	for n := range c.staff.People { // the reviewer leaves, and the delegation with them
		c.staff.People[n].Active = c.staff.People[n].ID != c.reviewer.Person.ID
	}
	c.refuses(c.clerk, Order{Act: Approve}, fault.Forbidden, onlyRole)
}

func TestADeputyHoldsNoSecondOffice(t *testing.T) {
	c := newCourse(t)
	c.does(c.editor, Submit, Review, 1)
	c.standsIn(c.editor, c.reviewer)
	c.refuses(c.editor, Order{Act: Approve}, fault.Blocked, ownText)
	c.does(c.reviewer, Approve, Review, 2)
	c.standsIn(c.reviewer, c.headA)
	c.refuses(c.reviewer, Order{Act: Approve}, fault.Blocked, twoOffices)
	c.does(c.headB, Approve, Review, 2)
	c.standsIn(c.headB, c.headA)
	c.refuses(c.headB, Order{Act: Approve, For: c.headA.Person.ID}, fault.Blocked, decidedAlready)
	c.does(c.headA, Approve, Review, 3)
	c.standsIn(c.headB2, c.signatory)
	c.doing(c.headB2, Order{Act: Approve, For: c.signatory.Person.ID}, Review, 4)
	c.standsIn(c.signatory, c.clerk) // whoever was stood in for has held the office, too
	c.refuses(c.signatory, Order{Act: Approve}, fault.Blocked, twoOffices)
}

func TestTheTwoPersonExceptionIsRecorded(t *testing.T) {
	c := newCourse(t)
	both := Actor{Person: accounts.Person{ID: uuid.New(), Name: "老王", Active: true, Grants: []accounts.Grant{
		{Role: accounts.Editor}, {Role: accounts.Reviewer}, {Role: accounts.Signatory}, {Role: accounts.Clerk}}}}
	route := Route{{Kind: EditStep, Role: accounts.Editor}, {Kind: ReviewStep, Role: accounts.Reviewer}, {Kind: SignOffStep, Role: accounts.Signatory}, {Kind: RecheckStep, Role: accounts.Clerk}}
	c.on(route)
	c.does(both, Submit, Review, 1)
	c.refuses(both, Order{Act: Approve}, fault.Blocked, ownText)
	c.series.TwoPerson = &Exception{Reason: "全室两人", ByName: "主任", By: uuid.New(), At: c.now}
	c.does(both, Approve, Review, 2)
	if d := c.issue.Decisions[1]; !d.Exception || !c.told(byException) {
		t.Errorf("used, and not told: %+v", d)
	}
	c.refuses(both, Order{Act: Approve}, fault.Blocked, ownText) // never signs what they wrote
	c.does(c.signatory, Approve, Review, 3)
	if d := c.issue.Decisions[2]; d.Exception || c.told(byException) {
		t.Errorf("not used, and told: %+v", d)
	}
	c.does(both, Approve, Approved, 4)
}

func TestWhatASecretaryEntersFromPaper(t *testing.T) {
	c := newCourse(t)
	c.does(c.editor, Submit, Review, 1)
	c.does(c.reviewer, Approve, Review, 2)
	c.does(c.headA, Approve, Review, 2)
	c.does(c.headB, Approve, Review, 3)
	scan := File{Name: "签批单.pdf", Type: "application/pdf", Data: []byte("%PDF-1.7")}
	paper := func(change func(*PaperSignature)) Order {
		p := PaperSignature{Person: c.signatory.Person.ID, At: c.now, Consent: Circled, Scan: scan}
		change(&p)
		return Order{Act: Record, Paper: &p}
	}
	asIs := paper(func(*PaperSignature) {})
	c.refuses(c.reviewer, asIs, fault.Forbidden, onlyRole)
	c.refuses(c.clerk, paper(func(p *PaperSignature) { p.Person = c.headA.Person.ID }), fault.Blocked, paperWho)
	c.refuses(c.clerk, paper(func(p *PaperSignature) { p.Person = uuid.New() }), fault.Blocked, paperWho)
	c.refuses(c.clerk, paper(func(p *PaperSignature) { p.Consent = "nodded" }), fault.Blocked, paperConsent)
	c.refuses(c.clerk, paper(func(p *PaperSignature) { p.At = c.now.AddDate(0, 0, 1) }), fault.Blocked, paperDay)
	c.refuses(c.clerk, paper(func(p *PaperSignature) { p.At = c.now.AddDate(0, 0, -1) }), fault.Blocked, paperDay)
	c.refuses(c.clerk, paper(func(p *PaperSignature) { p.Scan.Data = nil }), fault.Blocked, emptyFile)
	c.refuses(c.clerk, paper(func(p *PaperSignature) { p.Scan.Name = "../签.pdf" }), fault.Blocked, nameSigns)
	own := c.clerk
	own.Person.Grants = append(own.Person.Grants, accounts.Grant{Role: accounts.Signatory})
	c.staff.People = append([]accounts.Person{own.Person}, c.staff.People...)
	c.refuses(own, paper(func(p *PaperSignature) { p.Person = own.Person.ID }), fault.Blocked, paperSelf)
	wrote := c.editor
	wrote.Person.Grants = append(wrote.Person.Grants, accounts.Grant{Role: accounts.Clerk})
	c.refuses(wrote, asIs, fault.Blocked, paperAuthor)

	c.doing(c.clerk, asIs, Review, 4)
	d := c.issue.Decisions[len(c.issue.Decisions)-1]
	if d.Name != "局长" || d.Paper == nil || d.Paper.ByName != "收发员" || d.Paper.Consent != Circled || d.Paper.Scan.SHA256 != scan.Listed().SHA256 || !c.told(paperFact) {
		t.Errorf("the books: %+v", d)
	}
	if len(c.last.Files) != 1 {
		t.Error("the scan is not kept")
	}
}
