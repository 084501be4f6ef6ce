package workflow

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// A chancery is Staffing and Comments in memory.
type chancery struct {
	books    *memory
	staff    Staff
	comments []Comment
}

func (c *chancery) Staff(context.Context, uuid.UUID, []uuid.UUID) (Staff, error) { return c.staff, nil }

func (c *chancery) AddDelegation(_ context.Context, d accounts.Delegation) error {
	c.staff.Delegations = append(c.staff.Delegations, d)
	return nil
}

func (c *chancery) ChangeDelegation(_ context.Context, id uuid.UUID, decide func(accounts.Delegation) (accounts.Delegation, error)) error {
	for n, d := range c.staff.Delegations {
		if d.ID == id {
			next, err := decide(d)
			if err == nil {
				c.staff.Delegations[n] = next
			}
			return err
		}
	}
	return fault.New(fault.NotFound, missing.With())
}

func (c *chancery) Running(context.Context) (all []Issue, err error) {
	for _, i := range c.books.issues {
		if i.running() {
			all = append(all, i)
		}
	}
	return all, nil
}

func (c *chancery) AddComment(_ context.Context, comment Comment) error {
	c.comments = append(c.comments, comment)
	return nil
}

func (c *chancery) ChangeComment(_ context.Context, id uuid.UUID, decide func(Comment) (Comment, error)) (Comment, error) {
	n := slices.IndexFunc(c.comments, func(x Comment) bool { return x.ID == id })
	if n < 0 {
		return Comment{}, fault.New(fault.NotFound, missing.With())
	}
	next, err := decide(c.comments[n])
	if err == nil {
		c.comments[n] = next
	}
	return next, err
}

func (c *chancery) CommentsOf(context.Context, uuid.UUID) ([]Comment, error) { return c.comments, nil }

// staffed gives an office its people, so that delegations and comments work.
func (o *office) staffed() *chancery {
	c := &chancery{books: o.books}
	for _, a := range []Actor{o.editor, o.reviewer, o.clerk, o.nobody} {
		c.staff.People = append(c.staff.People, a.Person)
	}
	o.Staff, o.Comments, o.Books = c, c, staffedBooks{o.books, &c.staff}
	return c
}

// staffedBooks shows decisions who the people are.
type staffedBooks struct {
	*memory
	staff *Staff
}

func (b staffedBooks) Change(ctx context.Context, id uuid.UUID, register bool, decide func(Case) (Change, error)) (Issue, error) {
	return b.memory.Change(ctx, id, register, func(c Case) (Change, error) {
		c.Staff = *b.staff
		return decide(c)
	})
}

func TestWorkIsGivenToSomebodyFit(t *testing.T) {
	c := newCourse(t)
	c.does(c.editor, Submit, Review, 1)
	give := func(from, to Actor, step int) Order {
		return Order{Act: Reassign, From: from.Person.ID, To: to.Person.ID, AtStep: step}
	}
	c.refuses(c.headA, give(Actor{}, c.reviewer, 0), fault.Forbidden, onlyRole)
	c.refuses(c.clerk, give(Actor{}, c.headA, 0), fault.Blocked, unfit)
	c.refuses(c.clerk, give(Actor{}, someone("外人", accounts.Reviewer), 0), fault.Blocked, noSuccessor)
	c.refuses(c.clerk, give(c.headA, c.editor, 2), fault.Blocked, unfitAuthor)
	c.refuses(c.clerk, give(c.editor2, c.clerk, 2), fault.Blocked, notTheirs)
	c.refuses(c.clerk, give(c.headA, c.clerk, 5), fault.Blocked, stepGone)
	c.refusesAsIs(c.clerk, give(Actor{}, c.reviewer, 0), fault.Blocked, noReason)

	second := someone("副主任", accounts.Reviewer)
	c.staff.People = append(c.staff.People, second.Person)
	c.doing(c.clerk, Order{Act: Reassign, To: second.Person.ID, Note: "专办"}, Review, 1)
	c.refuses(c.reviewer, Order{Act: Approve}, fault.Forbidden, onlyNamed)
	c.doing(second, Order{Act: Reassign, From: second.Person.ID, To: c.reviewer.Person.ID, Note: "回避"}, Review, 1)
	c.does(c.reviewer, Approve, Review, 2)
	c.doing(c.headA, Order{Act: Reassign, From: c.headA.Person.ID, To: c.editor2.Person.ID, Note: "出差"}, Review, 2)
	c.refuses(c.headA, Order{Act: Approve}, fault.Forbidden, onlyNamed)
	c.does(c.editor2, Approve, Review, 2)
	if d := c.issue.Decisions[len(c.issue.Decisions)-1]; d.Seat != c.unitA.ID || !c.issue.Passed(1) {
		t.Errorf("it counts for %s", d.Seat)
	}
	c.does(c.headB, Return, Draft, 0)
	c.does(c.editor, Submit, Review, 1)
	c.does(second, Approve, Review, 2)
	c.does(c.editor2, Approve, Review, 2) // a seat that was taken over stays so
}

func TestNobodyLeavesWorkBehind(t *testing.T) {
	o := newOffice(t)
	staff := o.staffed()
	named := Named{o.reviewer.Person.ID, o.reviewer.Name()}
	o.books.series.Route = Route{{Kind: EditStep, Role: accounts.Editor}, {Kind: ReviewStep, People: []Named{named}}}
	first := o.does(t, o.editor, o.opened(t), Order{Act: Submit})
	second := o.opened(t, "第 9 期")
	issues, _ := staff.Running(t.Context())
	blocked := func(issues []Issue, all ...Series) int {
		e := fault.As(MayLeave(o.reviewer.Person, issues, all))
		if e == nil {
			return 0
		}
		return len(e.Reasons)
	}
	if n := blocked(issues, o.books.series); n != 3 { // two issues and the route
		t.Errorf("%d reasons", n)
	}
	turned := DefaultRoute()
	turned[1].Overdue = OverdueRule{Do: Escalate, To: named}
	if n := blocked(nil, Series{Route: turned}); n != 1 {
		t.Errorf("%d reasons of whom overdue work is escalated to", n)
	}
	successor := someone("继任", accounts.Reviewer)
	staff.staff.People = append(staff.staff.People, successor.Person)
	admin := someone("管理员", accounts.Admin)
	if _, err := o.HandOver(t.Context(), o.clerk, o.reviewer.Person.ID, successor.Person.ID, "调离"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("by a clerk: %v", err)
	}
	if n, err := o.HandOver(t.Context(), admin, o.reviewer.Person.ID, o.nobody.Person.ID, ""); n != 0 || !fault.Is(err, fault.Blocked) {
		t.Errorf("without a reason: %d %v", n, err)
	}
	n, err := o.HandOver(t.Context(), admin, o.reviewer.Person.ID, successor.Person.ID, "调离")
	if n != 2 || err != nil {
		t.Fatalf("%d %v", n, err)
	}
	issues, _ = staff.Running(t.Context())
	if n := blocked(issues); n != 0 {
		t.Errorf("%d things are left", n)
	}
	if tasks := TasksOf(successor.Person.ID, issues); len(tasks) != 2 {
		t.Errorf("the successor has %d", len(tasks))
	}
	first = o.books.issues[first.ID]
	o.does(t, successor, first, Order{Act: Approve})
	if o.books.issues[second.ID].State != Draft {
		t.Error("the draft moved")
	}
}

func TestADelegationIsOnesOwnToMake(t *testing.T) {
	o := newOffice(t)
	staff := o.staffed()
	want := accounts.Delegation{Person: o.reviewer.Person.ID, Deputy: o.nobody.Person.ID, From: o.now, Until: o.now.AddDate(0, 0, 3), Absent: true, Reason: "休假"}
	nobody := want
	nobody.Deputy = uuid.New()
	for what, c := range map[string]struct {
		actor Actor
		d     accounts.Delegation
		code  fault.Code
	}{
		"another's":       {o.clerk, want, fault.Forbidden},
		"to nobody known": {o.reviewer, nobody, fault.Invalid},
		"without a span":  {o.reviewer, accounts.Delegation{Person: o.reviewer.Person.ID}, fault.Invalid},
	} {
		if _, err := o.Delegate(t.Context(), c.actor, c.d); !fault.Is(err, c.code) {
			t.Errorf("%s: %v", what, err)
		}
	}
	d, err := o.Delegate(t.Context(), o.reviewer, want)
	if err != nil || d.ByName != o.reviewer.Name() || len(staff.staff.Delegations) != 1 {
		t.Fatalf("%+v %v", d, err)
	}
	issue := o.does(t, o.editor, o.opened(t), Order{Act: Submit})
	issue = o.does(t, o.nobody, issue, Order{Act: Approve})
	if got := issue.Decisions[1]; got.Name != "路人" || got.ForName != "乔栋" {
		t.Errorf("%+v", got)
	}
	if err := o.EndDelegation(t.Context(), o.clerk, d.ID); !fault.Is(err, fault.Forbidden) {
		t.Errorf("ended by another: %v", err)
	}
	o.now = o.now.Add(time.Hour)
	if err := o.EndDelegation(t.Context(), o.reviewer, d.ID); err != nil || staff.staff.Delegations[0].Holds(o.books.series.ID, o.now) {
		t.Errorf("%+v %v", staff.staff.Delegations[0], err)
	}
	if err := o.EndDelegation(t.Context(), o.reviewer, d.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("ended twice: %v", err)
	}
}

func TestACommentIsOnAPlaceOfTheText(t *testing.T) {
	o := newOffice(t)
	o.staffed()
	issue := o.opened(t)
	say := func(actor Actor, version, line int, quote, words string) error {
		_, err := o.Comment(t.Context(), actor, issue.ID, version, line, quote, words)
		return err
	}
	for what, c := range map[string]struct {
		err  error
		want fault.Code
	}{
		"a stranger":       {say(o.nobody, issue.Version, 1, "", "好"), fault.Forbidden},
		"no such line":     {say(o.reviewer, issue.Version, 9999, "", "好"), fault.Invalid},
		"no such words":    {say(o.reviewer, issue.Version, 1, "没有的话", "好"), fault.Invalid},
		"nothing said":     {say(o.reviewer, issue.Version, 1, "", " "), fault.Invalid},
		"an older version": {say(o.reviewer, issue.Version-1, 1, "", "好"), fault.Conflict},
		"classified words": {say(o.reviewer, issue.Version, 1, "", "机密★1年"), fault.Refused},
	} {
		if !fault.Is(c.err, c.want) {
			t.Errorf("%s: %v, not %s", what, c.err, c.want)
		}
	}
	words := strings.Fields(issue.Text)[0]
	line := 1 + strings.Count(issue.Text[:strings.Index(issue.Text, words)], "\n")
	c, err := o.Comment(t.Context(), o.reviewer, issue.ID, issue.Version, line, words, "刊名再核")
	if err != nil || !c.Open() {
		t.Fatal(c, err)
	}
	if now := o.books.issues[issue.ID]; now.Version != issue.Version || now.Digest() != issue.Digest() {
		t.Error("a comment changed the issue")
	}
	if _, err := o.SettleComment(t.Context(), o.nobody, issue.ID, c.ID); !fault.Is(err, fault.Forbidden) {
		t.Errorf("settled by a stranger: %v", err)
	}
	other := o.opened(t, "第 9 期")
	if _, err := o.SettleComment(t.Context(), o.editor, other.ID, c.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("settled from another issue: %v", err)
	}
	if c, err = o.SettleComment(t.Context(), o.editor, issue.ID, c.ID); err != nil || c.Open() || c.SettledName != "程继东" {
		t.Errorf("%+v %v", c, err)
	}
	if _, err := o.SettleComment(t.Context(), o.editor, issue.ID, c.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("settled twice: %v", err)
	}
}

// Whoever left decides nothing, though the route still names them or somebody
// named them as deputy, nor does anybody in their place.
func TestWhoLeftDecidesNothing(t *testing.T) {
	c := newCourse(t)
	leaver := someone("调离者", accounts.Reviewer)
	c.on(Route{{Kind: EditStep, Role: accounts.Editor}, {Kind: ReviewStep, People: []Named{{leaver.Person.ID, leaver.Name()}}}})
	c.does(c.editor, Submit, Review, 1)
	leaver.Person.Active = false
	c.staff.People = append(c.staff.People, leaver.Person)
	c.refuses(leaver, Order{Act: Approve}, fault.Forbidden, onlyNamed)
	c.refuses(leaver, Order{Act: Return, Note: "理由"}, fault.Forbidden, onlyNamed)
	c.staff.Delegations = []accounts.Delegation{{Person: leaver.Person.ID, Deputy: c.reviewer.Person.ID, From: c.now, Until: c.now.AddDate(1, 0, 0)}}
	c.refuses(c.reviewer, Order{Act: Approve}, fault.Forbidden, onlyNamed)

	named := Named{c.reviewer.Person.ID, c.reviewer.Name()}
	c.on(Route{{Kind: EditStep, Role: accounts.Editor}, {Kind: ReviewStep, People: []Named{named}}})
	c.does(c.editor, Submit, Review, 1)
	c.staff.Delegations = []accounts.Delegation{{Person: named.ID, Deputy: leaver.Person.ID, From: c.now, Until: c.now.AddDate(1, 0, 0)}}
	c.refuses(leaver, Order{Act: Approve}, fault.Forbidden, onlyNamed)
}
