package workflow

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// amend changes the text of a signed issue.
func (c *course) amend(actor Actor, word string) {
	c.t.Helper()
	draft := aDraft(word)
	c.doing(actor, Order{Act: Amend, Draft: &draft}, Review, c.issue.Route.signatory())
}

// The classes of Regulation art. 25(1), from an issue that was approved and
// from one that had its number.
func TestWhatAChangeReopensGoesByItsClass(t *testing.T) {
	for _, registered := range []bool{false, true} {
		from := Approved
		start := func() *course {
			c := newCourse(t).approved()
			if registered {
				from = Registered
				c.does(c.clerk, Register, Registered, 5)
			}
			c.amend(c.editor2, "乙")
			return c
		}
		c := start()
		c.doing(c.reviewer, Order{Act: Classify, Class: Layout}, from, 5)
		if e := c.last.Event; !c.told(classedAs) || e.Facts[0].Args[2] != string(c.issue.Amendments[0].From) || e.Facts[0].Args[3] != string(c.issue.Digest()) {
			t.Errorf("both digests are named: %v", e.Facts)
		}
		c = start()
		c.doing(c.reviewer, Order{Act: Classify, Class: Slip}, Review, 4)
		c.does(c.clerk, Approve, Approved, 5)
		c = start()
		c.doing(c.reviewer, Order{Act: Classify, Class: Substance}, Review, 3)
		c.does(c.signatory, Approve, Review, 4)
		c.does(c.clerk, Approve, Approved, 5)
		c.doing(c.clerk, Order{Act: Register}, Registered, 5)
		if len(c.register) != 1 || c.issue.Number.No != 1 {
			t.Errorf("it has number %+v, the register %d lines", c.issue.Number, len(c.register))
		}
	}
}

func TestAChangeOfSubstanceGoesToWhoeverSigned(t *testing.T) {
	c := newCourse(t).approved()
	other := someone("另一位局长", accounts.Signatory)
	c.staff.People = append(c.staff.People, other.Person)
	c.amend(c.editor, "乙")
	c.doing(c.clerk, Order{Act: Classify, Class: Substance}, Review, 3)
	c.refuses(other, Order{Act: Approve}, fault.Forbidden, onlyNamed)
	c.doing(c.clerk, Order{Act: Reassign, From: c.signatory.Person.ID, To: other.Person.ID, Note: "原签发人出国"}, Review, 3)
	c.refuses(c.signatory, Order{Act: Approve}, fault.Forbidden, onlyNamed)
	c.does(other, Approve, Review, 4)
}

func TestAChangeIsClassedBySomebodyElse(t *testing.T) {
	c := newCourse(t)
	draft := aDraft("乙")
	c.does(c.editor, Submit, Review, 1)
	c.refuses(c.editor, Order{Act: Amend, Draft: &draft}, fault.Blocked, notSigned)
	c = newCourse(t).approved()
	c.refuses(c.clerk, Order{Act: Classify, Class: Slip}, fault.Blocked, wrongState)
	c.refuses(c.clerk, Order{Act: Amend, Draft: &draft}, fault.Blocked, decidedOn)
	c.does(c.clerk, TakeBack, Review, 4)
	c.amend(c.clerk, "乙")
	c.refuses(c.clerk, Order{Act: Classify, Class: Layout}, fault.Blocked, ownChange)
	c.refuses(c.editor, Order{Act: Classify, Class: Layout}, fault.Forbidden, onlyRole)
	c.refuses(c.reviewer, Order{Act: Classify, Class: "nothing"}, fault.Invalid, incomplete)
	c.refuses(c.editor, Order{Act: Amend, Draft: &draft}, fault.Blocked, toClass)
	c.refuses(c.signatory, Order{Act: Approve}, fault.Blocked, toClass)
	c.refuses(c.reviewer, Order{Act: Expedite}, fault.Blocked, toClass)
	c.doing(c.reviewer, Order{Act: Classify, Class: Slip}, Review, 4)
	c.refuses(c.clerk, Order{Act: Approve}, fault.Blocked, ownText) // who changed it rechecks nothing
	if a := c.issue.Amendments[0]; a.ByName != "收发员" || a.ClassedBy != "乔栋" || a.Class != Slip {
		t.Errorf("the books: %+v", a)
	}
}

// A second change may lead back to a text that was decided on; whoever decided on
// it then would become its author.
func TestWhoeverDecidedDoesNotLeadTheTextBack(t *testing.T) {
	c := newCourse(t).approved()
	other := someone("另一收发员", accounts.Clerk)
	c.staff.People = append(c.staff.People, other.Person)
	before := aDraft(c.issue.Text)
	c.amend(c.editor, "乙")
	c.doing(c.reviewer, Order{Act: Classify, Class: Substance}, Review, 3)
	c.does(c.signatory, Approve, Review, 4)
	c.does(other, Approve, Approved, 5)
	c.refuses(c.clerk, Order{Act: Amend, Draft: &before}, fault.Blocked, decidedOn)
}

func TestListsAreTheSignatorys(t *testing.T) {
	c := newCourse(t).approved()
	draft := aDraft("甲")
	draft.Circulation.Lists[0].Entries[0].Recipients[0].Unit = uuid.New()
	c.doing(c.editor, Order{Act: Amend, Draft: &draft}, Review, 3)
	c.refuses(c.reviewer, Order{Act: Classify, Class: Layout}, fault.Blocked, scopeChanged)
	c.refuses(c.reviewer, Order{Act: Classify, Class: Slip}, fault.Blocked, scopeChanged)
	c.doing(c.reviewer, Order{Act: Classify, Class: Substance}, Review, 3)
}

func TestChangesAddUp(t *testing.T) {
	c := newCourse(t).approved()
	c.amend(c.editor, "乙")
	c.doing(c.reviewer, Order{Act: Classify, Class: Layout}, Approved, 5)
	c.amend(c.editor, "丙")
	c.doing(c.reviewer, Order{Act: Classify, Class: Slip}, Review, 4)
	c.doing(c.clerk, Order{Act: Return, AtStep: 2, Note: "请会签再看"}, Review, 2)
	c.does(c.headA, Approve, Review, 2)
	c.does(c.headB, Approve, Review, 3)
	c.does(c.signatory, Approve, Review, 4)
	c.does(c.clerk, Approve, Approved, 5)
	same := aDraft("丙")
	c.doing(c.editor, Order{Act: Amend, Draft: &same}, Approved, 5) // nothing that was decided on
	if !c.told(sameDigest) || len(c.issue.Amendments) != 2 {
		t.Errorf("%v", c.last.Event.Facts)
	}
	c.doing(c.clerk, Order{Act: Return, Note: "重写"}, Draft, 0)
	c.does(c.editor, Submit, Review, 1)
	if len(c.issue.Approvals(1)) != 0 {
		t.Error("a decision of an earlier round counts")
	}
}

func TestAnEmergencyIsOpenUntilSomebodyElseApproved(t *testing.T) {
	c := newCourse(t)
	c.does(c.editor, Submit, Review, 1)
	c.refuses(c.clerk, Order{Act: Expedite}, fault.Forbidden, onlyRole)
	c.refusesAsIs(c.reviewer, Order{Act: Expedite}, fault.Blocked, noReason)
	own := c.editor
	own.Person.Grants = append(own.Person.Grants, accounts.Grant{Role: accounts.Reviewer})
	c.refuses(own, Order{Act: Expedite}, fault.Blocked, authorHaste)
	c.does(c.reviewer, Expedite, Approved, 5)
	if e := c.issue.Emergency; !e.Open() || len(e.Steps) != 4 || e.Reason == "" || !c.told(hurried) {
		t.Fatalf("%+v", e)
	}
	c.does(c.clerk, Register, Registered, 5)
	c.does(c.clerk, Schedule, Scheduled, 5)
	c.does(Actor{Robot: Robot}, Release, Dispatching, 5)
	if c.issue.Date.IsZero() || c.last.Release.Digest != c.issue.Emergency.Digest {
		t.Errorf("dated %s, sent %s", c.issue.Date, c.last.Release.Digest)
	}
	c.does(Actor{Robot: Robot}, Finish, Dispatched, 5)
	c.refuses(c.clerk, Order{Act: Archive, Filing: &Filing{}}, fault.Blocked, unratified)
	hasty := c.reviewer
	hasty.Person.Grants = append(hasty.Person.Grants, accounts.Grant{Role: accounts.Signatory})
	c.refuses(hasty, Order{Act: Ratify}, fault.Blocked, ownHaste)
	c.refuses(c.clerk, Order{Act: Ratify}, fault.Forbidden, onlyRole)
	c.does(c.signatory, Ratify, Dispatched, 5)
	if e := c.issue.Emergency; e.Open() || e.Ratified.Name != "局长" || !c.told(wasRatified) {
		t.Errorf("%+v", e)
	}
	c.refuses(c.signatory, Order{Act: Ratify}, fault.Blocked, noEmergency)
	c.doing(c.clerk, Order{Act: Archive, Filing: &Filing{}}, Archived, 5)
}

func TestNothingIsTakenBackFromUnderAnEmergency(t *testing.T) {
	c := newCourse(t)
	c.does(c.editor, Submit, Review, 1)
	c.does(c.reviewer, Approve, Review, 2)
	c.does(c.headA, Approve, Review, 2)
	c.does(c.signatory, Expedite, Approved, 5)
	c.refuses(c.headA, Order{Act: TakeBack}, fault.Blocked, usedAlready)
}

func TestAnEmergencyHoldsForWhatItWasDeclaredFor(t *testing.T) {
	c := newCourse(t)
	c.does(c.editor, Submit, Review, 1)
	c.does(c.reviewer, Expedite, Approved, 5)
	draft := aDraft("乙")
	c.refuses(c.editor, Order{Act: Amend, Draft: &draft}, fault.Blocked, notSigned)
	c.issue.take(draft, c.series) // behind the table's back
	c.refuses(c.clerk, Order{Act: Register}, fault.Blocked, notApproved)
	c.doing(c.clerk, Order{Act: Return, Note: "不急了"}, Draft, 0)
	if c.issue.Emergency.Open() {
		t.Error("nothing was released, and it waits for an approval")
	}
}

// A file is changed after the sign-off as the text is: in one change, that
// somebody else classes.
func TestFilesAreChangedAfterTheSignOff(t *testing.T) {
	o := newOffice(t)
	pdf := func(name, words string) File {
		return File{Name: name, Type: "application/pdf", Data: []byte("%PDF-1.4 " + words)}
	}
	issue := o.opened(t)
	var err error
	for _, name := range []string{"一.pdf", "二.pdf"} {
		f := pdf(name, "旧")
		if issue, err = o.Attach(t.Context(), o.editor, issue.ID, issue.Version, f.Name, f.Type, f.Data); err != nil {
			t.Fatal(err)
		}
	}
	issue = o.does(t, o.editor, issue, Order{Act: Submit})
	issue = o.does(t, o.reviewer, issue, Order{Act: Approve})
	before := issue
	amend := func(r Rewrite) (Issue, error) {
		r.Text = issue.Text
		return o.Amend(t.Context(), o.editor, issue.ID, issue.Version, r)
	}
	for name, bad := range map[string]Rewrite{
		"no such file": {Drop: []string{"三.pdf"}}, "the same name": {Add: []File{pdf("一.pdf", "新")}}, "empty": {Add: []File{{Name: "空.pdf"}}},
		"twice": {Add: []File{pdf("三.pdf", "甲"), pdf("三.PDF", "乙")}},
	} {
		if _, err := amend(bad); !fault.Is(err, fault.Blocked) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := amend(Rewrite{Add: []File{pdf("机密★名单.pdf", "")}}); !fault.Is(err, fault.Refused) {
		t.Errorf("a labelled file: %v", err)
	}
	issue, err = amend(Rewrite{Drop: []string{"一.pdf"}, Add: []File{pdf("三.pdf", "新"), pdf("一.pdf", "新")}})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, a := range issue.Attachments {
		names = append(names, a.Name)
	}
	if !slices.Equal(names, []string{"一.pdf", "二.pdf", "三.pdf"}) || issue.Attachments[0].SHA256 == before.Attachments[0].SHA256 {
		t.Errorf("%v", issue.Attachments)
	}
	waits, ok := issue.Unclassed()
	if !ok || waits.Scope || issue.State != Review || o.books.files[issue.Attachments[0].SHA256] == nil {
		t.Errorf("%+v", waits)
	}
	signed := issue.Decisions[len(issue.Decisions)-1]
	if issue.Counts(signed) {
		t.Error("the sign-off counts for a change that nobody has classed")
	}
	issue = o.does(t, o.reviewer, issue, Order{Act: Classify, Class: Slip})
	if issue.State != Approved || !issue.Counts(signed) {
		t.Errorf("a slip on a route without a recheck leads to %s; the sign-off counts: %t", issue.State, issue.Counts(signed))
	}
}
