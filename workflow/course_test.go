package workflow

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
)

// A course is one issue on its way, with nothing around it but its series and
// its people: Decide alone moves it.
type course struct {
	t        *testing.T
	issue    Issue
	series   Series
	staff    Staff
	register []RegisterLine
	now      time.Time
	last     Change

	editor, editor2, reviewer, signatory, clerk, headA, headB, headB2 Actor
	unitA, unitB                                                      Named
}

func someone(name string, role accounts.Role, heads ...uuid.UUID) Actor {
	p := accounts.Person{ID: uuid.New(), Name: name, Active: true, Heads: heads}
	if role != "" {
		p.Grants = []accounts.Grant{{Role: role}}
	}
	return Actor{Person: p}
}

// newCourse opens an issue on the full route, with two units that countersign.
func newCourse(t *testing.T) *course {
	c := &course{t: t, now: time.Date(2021, 7, 15, 2, 0, 0, 0, time.UTC)}
	c.unitA, c.unitB = Named{uuid.New(), "市统计局"}, Named{uuid.New(), "市能源局"}
	c.editor, c.editor2 = someone("程继东", accounts.Editor), someone("陈玉宝", accounts.Editor)
	c.reviewer, c.signatory = someone("乔栋", accounts.Reviewer), someone("局长", accounts.Signatory)
	c.clerk, c.headA = someone("收发员", accounts.Clerk), someone("统计局长", "", c.unitA.ID)
	c.headB, c.headB2 = someone("能源局长", "", c.unitB.ID), someone("能源副局长", "", c.unitB.ID)
	for _, a := range []Actor{c.editor, c.editor2, c.reviewer, c.signatory, c.clerk, c.headA, c.headB, c.headB2} {
		c.staff.People = append(c.staff.People, a.Person)
	}
	c.on(FullRoute(c.unitA, c.unitB))
	return c
}

// on opens a new issue on a route.
func (c *course) on(route Route) *course {
	c.t.Helper()
	if err := route.Validate(); err != nil {
		c.t.Fatal(err)
	}
	c.series = Series{ID: uuid.New(), Masthead: "简报", Route: route, Template: 1, TwoPerson: c.series.TwoPerson, Total: c.series.Total}
	c.issue = OpenIssue(c.series, c.editor, aDraft("甲"), c.now, uuid.New).Issue
	return c
}

// try makes an act and returns how it failed; the issue moves if it did not.
func (c *course) try(actor Actor, order Order) error {
	c.now = c.now.Add(time.Minute)
	order.Version, order.NewID = c.issue.Version, uuid.New
	change, err := Decide(Case{
		Issue: c.issue, Series: c.series, Actor: actor, Order: order, Now: c.now, Register: c.register, Staff: c.staff,
	}, uuid.New())
	if err != nil {
		return err
	}
	if change.Given != nil {
		c.register = append(c.register, *change.Given)
	}
	c.issue, c.last = change.Issue, change
	return nil
}

// does makes acts that must succeed, and says where the issue must stand then.
func (c *course) does(actor Actor, act Act, state State, step int) {
	c.t.Helper()
	c.doing(actor, Order{Act: act, Note: "理由"}, state, step)
}

func (c *course) doing(actor Actor, order Order, state State, step int) {
	c.t.Helper()
	if err := c.try(actor, order); err != nil {
		c.t.Fatalf("%s by %s: %v", order.Act, actor.Name(), err)
	}
	if c.issue.State != state || c.issue.Step != step {
		c.t.Fatalf("after %s by %s it is %s at step %d, not %s at %d", order.Act, actor.Name(), c.issue.State, c.issue.Step, state, step)
	}
}

// refuses makes an act that must fail with a reason.
func (c *course) refuses(actor Actor, order Order, code fault.Code, key fault.Sentence) {
	c.t.Helper()
	if order.Note == "" {
		order.Note = "理由"
	}
	c.refusesAsIs(actor, order, code, key)
}

func (c *course) refusesAsIs(actor Actor, order Order, code fault.Code, key fault.Sentence) {
	c.t.Helper()
	err := c.try(actor, order)
	e := fault.As(err)
	if e == nil || e.Code != code {
		c.t.Fatalf("%s by %s: %v, not %s", order.Act, actor.Name(), err, code)
	}
	for _, r := range append(e.Reasons, e.Message) {
		if r.Key == key.Key {
			return
		}
	}
	c.t.Fatalf("%s by %s: %v does not say %s", order.Act, actor.Name(), err, key.Key)
}

// told reports whether the last event has a fact.
func (c *course) told(s fault.Sentence) bool {
	for _, f := range c.last.Event.Facts {
		if f.Key == s.Key {
			return true
		}
	}
	return false
}

// signed takes the issue to its sign-off.
func (c *course) signed() *course {
	c.t.Helper()
	c.does(c.editor, Submit, Review, 1)
	c.does(c.reviewer, Approve, Review, 2)
	c.does(c.headA, Approve, Review, 2)
	c.does(c.headB, Approve, Review, 3)
	c.does(c.signatory, Approve, Review, 4)
	return c
}

// approved takes the issue through its whole route.
func (c *course) approved() *course {
	c.t.Helper()
	c.signed().does(c.clerk, Approve, Approved, 5)
	return c
}

func TestTheFullRoute(t *testing.T) {
	c := newCourse(t).approved()
	if open := c.issue.Unapproved(); len(open) != 0 {
		t.Errorf("steps %v are open", open)
	}
	c.does(c.clerk, Register, Registered, 5)
	if c.issue.Date != bulletin.DateOf(c.now) || c.issue.Number.No != 1 {
		t.Errorf("%+v, %s", c.issue.Number, c.issue.Date)
	}
	if without := FullRoute(); without.Validate() != nil || len(without) != 4 {
		t.Errorf("nobody to countersign: %v", without.Validate())
	}
}

func TestTheDeadlineCountsFromTheMomentTheStepWasReached(t *testing.T) {
	c := newCourse(t)
	c.does(c.editor, Submit, Review, 1)
	at := c.issue.Reached
	c.doing(c.clerk, Order{Act: Reassign, To: c.reviewer.Person.ID, Note: "专办"}, Review, 1)
	if !at.Equal(c.issue.Reached) {
		t.Error("reassigned, and the deadline begins anew")
	}
	c.does(c.reviewer, Approve, Review, 2)
	if !c.issue.Reached.Equal(moment(c.now)) {
		t.Errorf("reached %s, at %s", c.issue.Reached, c.now)
	}
}
