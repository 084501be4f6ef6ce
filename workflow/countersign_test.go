package workflow

import (
	"testing"

	"jianbao/accounts"
	"jianbao/fault"
)

func TestHowManyMustApprove(t *testing.T) {
	c := newCourse(t)
	third := someone("丙", "")
	c.staff.People = append(c.staff.People, third.Person)
	for _, n := range []struct {
		need   int
		actors []Actor // the last of them takes it on
	}{
		{0, []Actor{c.headA}}, {1, []Actor{third}}, {2, []Actor{c.headB, third}}, {All, []Actor{third, c.headB2, c.headA}},
	} {
		route := FullRoute(c.unitA, c.unitB)
		route[2].Need, route[2].People = n.need, []Named{{third.Person.ID, third.Name()}}
		c.on(route)
		c.does(c.editor, Submit, Review, 1)
		c.does(c.reviewer, Approve, Review, 2)
		for i, actor := range n.actors {
			step := 2
			if i == len(n.actors)-1 {
				step = 3
			}
			c.does(actor, Approve, Review, step)
		}
	}
}

func TestOneSeatIsFilledOnce(t *testing.T) {
	c := newCourse(t)
	c.does(c.editor, Submit, Review, 1)
	c.refuses(c.headA, Order{Act: Approve}, fault.Forbidden, onlyRole)
	c.does(c.reviewer, Approve, Review, 2)
	c.refuses(c.signatory, Order{Act: Approve}, fault.Forbidden, onlyNamed)
	c.does(c.headB, Approve, Review, 2)
	c.refuses(c.headB, Order{Act: Approve}, fault.Blocked, decidedAlready)
	c.refuses(c.headB2, Order{Act: Approve}, fault.Blocked, seatTaken) // the other head of the unit
	left := c.headA
	left.Person.Active = false
	c.refuses(left, Order{Act: Approve}, fault.Forbidden, onlyNamed)
	c.does(c.headA, Approve, Review, 3)
}

func TestAnObjectionBlocksUntilItIsTakenBackOrReturned(t *testing.T) {
	c := newCourse(t)
	c.does(c.editor, Submit, Review, 1)
	c.refuses(c.reviewer, Order{Act: Object}, fault.Blocked, notCounter)
	c.does(c.reviewer, Approve, Review, 2)
	c.refusesAsIs(c.headA, Order{Act: Object}, fault.Blocked, noReason)
	c.does(c.headA, Object, Review, 2)
	c.refuses(c.headA, Order{Act: Approve}, fault.Blocked, objectedTo)
	c.does(c.headB, Approve, Review, 2)
	c.refuses(c.reviewer, Order{Act: Expedite}, fault.Blocked, objection)
	c.does(c.headA, TakeBack, Review, 2)
	c.does(c.headA, Object, Review, 2)
	c.doing(c.headB, Order{Act: Return, AtStep: 1, Note: "请再核"}, Review, 1)
	c.does(c.reviewer, Approve, Review, 2)
	if len(c.issue.Objections(2)) != 0 || len(c.issue.Approvals(2)) != 0 {
		t.Error("what was said before the return still stands")
	}
	c.does(c.headA, Approve, Review, 2)
	c.does(c.headB2, Approve, Review, 3)
}

func TestAnyOfManyWithAnObjectionWaits(t *testing.T) {
	c := newCourse(t)
	route := FullRoute(c.unitA, c.unitB)
	route[2].Need = 1
	c.on(route)
	c.does(c.editor, Submit, Review, 1)
	c.does(c.reviewer, Approve, Review, 2)
	c.does(c.headA, Object, Review, 2)
	c.does(c.headB, Approve, Review, 2)
	c.does(c.headA, TakeBack, Review, 3) // nothing is in the way any more
}

func TestADecisionIsTakenBackUntilTheNextStepUsedIt(t *testing.T) {
	c := newCourse(t)
	c.does(c.editor, Submit, Review, 1)
	c.does(c.editor, TakeBack, Draft, 0)
	c.does(c.editor, Submit, Review, 1)
	c.refuses(c.headA, Order{Act: TakeBack}, fault.Forbidden, nothingOwn)
	c.does(c.reviewer, Approve, Review, 2)
	c.does(c.reviewer, TakeBack, Review, 1)
	if len(c.issue.Decisions) != 3 || c.issue.Decisions[2].Back != TakeBack || !c.told(tookBack) {
		t.Errorf("the books: %+v", c.issue.Decisions)
	}
	c.does(c.reviewer, Approve, Review, 2)
	c.does(c.headA, Approve, Review, 2)
	c.refuses(c.reviewer, Order{Act: TakeBack}, fault.Blocked, usedAlready)
	c.refuses(c.editor, Order{Act: TakeBack}, fault.Blocked, usedAlready)
	c.does(c.headB, Approve, Review, 3)
	c.does(c.headB, TakeBack, Review, 2)
	c.does(c.headB, Approve, Review, 3)
	c.does(c.signatory, Approve, Review, 4)
	c.does(c.clerk, Approve, Approved, 5)
	c.does(c.clerk, TakeBack, Review, 4)
	c.does(c.clerk, Approve, Approved, 5)
	c.does(c.clerk, Register, Registered, 5)
	c.refuses(c.clerk, Order{Act: TakeBack}, fault.Blocked, wrongState)
}

func TestAnIssueIsReturnedToAnyEarlierStep(t *testing.T) {
	c := newCourse(t).signed()
	for _, to := range []int{4, 5, -1} {
		c.refuses(c.clerk, Order{Act: Return, AtStep: to}, fault.Blocked, notEarlier)
	}
	c.refusesAsIs(c.clerk, Order{Act: Return, AtStep: 3}, fault.Blocked, noReason)
	c.doing(c.clerk, Order{Act: Return, AtStep: 2, Note: "会签后又有改动"}, Review, 2)
	if len(c.issue.Approvals(1)) != 1 || len(c.issue.Approvals(3)) != 0 {
		t.Error("the review counts no more, or the sign-off still does")
	}
	c.does(c.headA, Approve, Review, 2)
	c.does(c.headB, Approve, Review, 3)
	c.does(c.signatory, Approve, Review, 4)
	c.does(c.clerk, Approve, Approved, 5)
	c.doing(c.clerk, Order{Act: Return, AtStep: 4, Note: "校样有误"}, Review, 4)
	c.does(c.clerk, Approve, Approved, 5)
	c.doing(c.clerk, Order{Act: Return, Note: "重写"}, Draft, 0)
	if c.issue.Round != 2 || len(c.issue.Unapproved()) != 5 {
		t.Errorf("round %d, open: %v", c.issue.Round, c.issue.Unapproved())
	}
}

func TestWhoIsWaitedFor(t *testing.T) {
	c := newCourse(t)
	names := func() (all string) {
		for _, p := range c.issue.WaitsFor(c.staff, c.now) {
			all += p.Name + " "
		}
		return all
	}
	if got := names(); got != "" {
		t.Errorf("a draft waits for %s", got)
	}
	c.does(c.editor, Submit, Review, 1)
	c.does(c.reviewer, Approve, Review, 2)
	c.does(c.headB, Approve, Review, 2)
	if got := names(); got != "统计局长 " {
		t.Errorf("waits for %s", got)
	}
	away := accounts.Delegation{Person: c.headA.Person.ID, Deputy: c.headB2.Person.ID, From: c.now, Until: c.now.AddDate(0, 0, 1), Absent: true}
	c.staff.Delegations = []accounts.Delegation{away}
	if got := names(); got != "能源副局长 " {
		t.Errorf("waits for %s", got)
	}
}
