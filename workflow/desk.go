package workflow

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow/ready"
)

// A Desk is where people and robots act on issues. Pages, API, command line
// and scheduler all call it; it reads, asks [Decide] inside the transaction,
// and writes. All fields but Staff,
// Comments, Limit and Missing are required.
type Desk struct {
	Books  Books
	Render Renderer
	Now    func() time.Time
	NewID  func() uuid.UUID
	// Staff is where the people are that routes name and deputies stand in for;
	// without it, [Desk.Options] knows of neither.
	Staff Staffing
	// Comments is where comments on the text are kept.
	Comments Comments
	// Letters is where the letters of issues are found.
	Letters LetterBook
	// Limit is how large a letter may be, in bytes as encoded for mail; 0 is
	// DefaultLimit. It should not exceed the SIZE that the relay declares.
	Limit int
	// Missing returns the characters of a text that no font has; nil if nobody
	// knows.
	Missing func(text string) []rune
}

// OpenIssue returns the change that makes a draft of a series.
func OpenIssue(s Series, actor Actor, draft DraftText, now time.Time, newID func() uuid.UUID) Change {
	issue := Issue{
		ID: newID(), Series: s.ID, State: Draft, Route: s.Route, Template: s.Template,
		Round: 1, Version: 1, Opened: moment(now), Changed: moment(now), Reached: moment(now),
	}
	issue.take(draft, s)
	if actor.Robot == "" {
		issue.author(actor.Person.ID)
	}
	c := Case{Issue: issue, Series: s, Actor: actor, Order: Order{Act: Open}, Now: now}
	next := Change{Issue: issue, Text: textOf(c, issue)}
	next.hand(c, draft.Source)
	record(c, newID(), &next, "", nil)
	return next
}

// Settle settles one problem of a draft's text by one of its choices.
func (d *Desk) Settle(ctx context.Context, actor Actor, id uuid.UUID, version int, code string, line int, choice string) (Issue, error) {
	issue, err := d.Books.Issue(ctx, id)
	if err != nil {
		return Issue{}, err
	}
	text, err := bulletin.Settle(issue.Text, code, line, choice)
	if err != nil {
		return Issue{}, err
	}
	return d.Save(ctx, actor, id, version, text)
}

// Act does what the order says. It fails as [Decide] does, with fault.NotFound
// if there is no such issue, and writes nothing then. Texts and files are never
// taken from the order: what brings them has its own method, and Circulate
// reads what the issue has.
func (d *Desk) Act(ctx context.Context, actor Actor, id uuid.UUID, order Order) (Issue, error) {
	order.Draft, order.File, order.Names, order.Add, order.Paper, order.By, order.How = nil, nil, nil, nil, nil, uuid.Nil, fault.Reason{}
	order.Filing, order.Warrant = nil, nil
	switch order.Act {
	case Archive, Destroy:
		return Issue{}, fault.New(fault.Invalid, notFiledNow.With())
	case Save, Attach, Detach, Arrange, Amend, Record, Trial:
		return Issue{}, fault.New(fault.Invalid, noSuchAct.With(string(order.Act)))
	case Circulate:
		if err := d.resolveAgain(ctx, id, &order); err != nil {
			return Issue{}, err
		}
	case Recall:
		if label, found := bulletin.Classified("", nil, order.Note); found {
			return Issue{}, label.Refusal()
		}
	case Post, Widen:
		if err := d.nameUnit(ctx, id, &order); err != nil {
			return Issue{}, err
		}
	case Handle, Steer:
		if err := d.letters(ctx, id, &order); err != nil {
			return Issue{}, err
		}
	case Resend:
		if err := d.address(ctx, id, &order); err != nil {
			return Issue{}, err
		}
	}
	return d.act(ctx, actor, id, order)
}

func (d *Desk) act(ctx context.Context, actor Actor, id uuid.UUID, order Order) (Issue, error) {
	register := order.Act == Register || order.Act == Withdraw || order.Act == Confirm
	findings, err := d.findings(ctx, id, order.Act)
	if err != nil {
		return Issue{}, err
	}
	return d.Books.Change(ctx, id, register, d.decision(actor, order, findings))
}

// decision is what an order comes to, for the books as they are under the lock.
func (d *Desk) decision(actor Actor, order Order, findings []ready.Finding) func(Case) (Change, error) {
	order.NewID = d.NewID
	return func(c Case) (Change, error) {
		c.Actor, c.Order, c.Now, c.Limit, c.Findings = actor, order, d.Now(), d.Limit, findings
		if order.Act.together() {
			c.Order.Version = c.Issue.Version
		}
		return Decide(c, d.NewID())
	}
}

// findings is the ready check where the act needs it. It is made before the
// transaction: what it looked at is the version that the order names, or the
// order is refused.
func (d *Desk) findings(ctx context.Context, id uuid.UUID, act Act) ([]ready.Finding, error) {
	if act != Submit && act != Release {
		return nil, nil
	}
	return d.Ready(ctx, id)
}

// Release renders an issue and releases it. What was rendered is released only
// if the issue is still at the version that was rendered. An issue that missed
// its time, or that cannot go out as it is although its time has come, is taken
// off its schedule and waits for a person; that is no error.
func (d *Desk) Release(ctx context.Context, robot Actor, id uuid.UUID) (Issue, error) {
	issue, series, err := d.load(ctx, id)
	if err != nil {
		return Issue{}, err
	}
	c := Case{Issue: issue, Series: series, Now: d.Now()}
	if c.Missed() {
		return d.Act(ctx, robot, id, Order{Act: Miss, Version: issue.Version})
	}
	parts, err := d.Render.Render(ctx, series, issue.marked())
	parts = issue.markedSubject(parts)
	var released Issue
	if err == nil {
		released, err = d.Act(ctx, robot, id, Order{Act: Release, Version: issue.Version, Parts: parts})
	}
	if refusal := fault.As(err); refusal != nil && (refusal.Code == fault.Blocked || refusal.Code == fault.Invalid) {
		return d.hold(ctx, robot, issue, refusal)
	}
	return released, err
}

// Options returns what the actor may do with an issue now, and why not.
func (d *Desk) Options(ctx context.Context, actor Actor, id uuid.UUID) ([]Option, error) {
	issue, series, err := d.load(ctx, id)
	if err != nil {
		return nil, err
	}
	var findings []ready.Finding
	if issue.State == Draft {
		if findings, err = d.Check(ctx, issue, series); err != nil {
			return nil, err
		}
	}
	return d.OptionsOf(ctx, actor, issue, series, findings)
}

// OptionsOf is [Desk.Options] of an issue as it was read, with what its ready
// check found, which is the dear part: a page that shows the findings has them
// already. Only Submit depends on them; who does not ask for it gives nil.
func (d *Desk) OptionsOf(ctx context.Context, actor Actor, issue Issue, series Series, findings []ready.Finding) ([]Option, error) {
	c := Case{Issue: issue, Series: series, Actor: actor, Now: d.Now(), Limit: d.Limit, Findings: findings}
	if d.Staff != nil {
		staff, err := d.Staff.Staff(ctx, series.ID, issue.PeopleNamed())
		if err != nil {
			return nil, err
		}
		c.Staff = staff
	}
	return Options(c), nil
}

func (d *Desk) load(ctx context.Context, id uuid.UUID) (Issue, Series, error) {
	issue, err := d.Books.Issue(ctx, id)
	if err != nil {
		return Issue{}, Series{}, err
	}
	series, err := d.Books.Series(ctx, issue.Series)
	return issue, series, err
}

// read parses a text and resolves its lists.
func (d *Desk) read(ctx context.Context, s Series, text string) (DraftText, error) {
	reading := bulletin.Parse(text)
	if refusal := reading.Refusal(); refusal != nil {
		return DraftText{}, refusal
	}
	directory, err := d.Books.Directory(ctx, s.ID)
	if err != nil {
		return DraftText{}, err
	}
	circulation := recipients.Resolve(directory, s.Place, d.Now(), listed(reading.Document))
	return DraftText{Text: text, Reading: reading, Circulation: circulation}, nil
}

func (d *Desk) resolveAgain(ctx context.Context, id uuid.UUID, order *Order) error {
	issue, series, err := d.load(ctx, id)
	if err != nil {
		return err
	}
	draft, err := d.read(ctx, series, issue.Text)
	order.Draft = &draft
	return err
}

func listed(d bulletin.Document) []recipients.Listed {
	lists := make([]recipients.Listed, len(d.Lists))
	for i, l := range d.Lists {
		lists[i] = recipients.Listed{Label: l.Label, Text: l.Text}
	}
	return lists
}
