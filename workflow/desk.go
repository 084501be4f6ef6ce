package workflow

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
)

// A Desk is where people and robots act on issues. Pages, API, command line
// and scheduler all call it; it reads, asks [Decide] inside the transaction,
// and writes. All fields are required.
type Desk struct {
	Books  Books
	Render Renderer
	Now    func() time.Time
	NewID  func() uuid.UUID
}

// Open reads a text and makes it a new draft of a series, with the actor as
// its author. It fails with fault.Forbidden if the actor is no editor there,
// and with fault.Invalid and all reasons if the text is no bulletin; then
// nothing is kept.
func (d *Desk) Open(ctx context.Context, actor Actor, series uuid.UUID, text string) (Issue, error) {
	s, err := d.Books.Series(ctx, series)
	if err != nil {
		return Issue{}, err
	}
	if actor.Robot == "" && !actor.Person.Has(accounts.Editor, s.ID) {
		return Issue{}, fault.New(fault.Forbidden, mayNotOpen.With(actor.Name()))
	}
	draft, err := d.read(ctx, s, text)
	if err != nil {
		return Issue{}, err
	}
	change := OpenIssue(s, actor, draft, d.Now(), d.NewID)
	return change.Issue, d.Books.Open(ctx, change)
}

// OpenIssue returns the change that makes a draft of a series.
func OpenIssue(s Series, actor Actor, draft DraftText, now time.Time, newID func() uuid.UUID) Change {
	issue := Issue{
		ID: newID(), Series: s.ID, State: Draft, Route: s.Route, Template: s.Template,
		Round: 1, Version: 1, Opened: moment(now), Changed: moment(now),
	}
	issue.take(draft, s)
	if actor.Robot == "" {
		issue.author(actor.Person.ID)
	}
	c := Case{Issue: issue, Series: s, Actor: actor, Order: Order{Act: Open}, Now: now}
	next := Change{Issue: issue, Text: textOf(c, issue)}
	record(c, newID(), &next, "", nil)
	return next
}

// Save replaces the text of a draft. A text that is no bulletin is refused and
// the draft stays as it was.
func (d *Desk) Save(ctx context.Context, actor Actor, id uuid.UUID, version int, text string) (Issue, error) {
	_, series, err := d.load(ctx, id)
	if err != nil {
		return Issue{}, err
	}
	draft, err := d.read(ctx, series, text)
	if err != nil {
		return Issue{}, err
	}
	return d.act(ctx, actor, id, Order{Act: Save, Version: version, Draft: &draft})
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
// if there is no such issue, and writes nothing then. A text is never taken
// from the order: Save has its own method, and Circulate reads what the issue
// has.
func (d *Desk) Act(ctx context.Context, actor Actor, id uuid.UUID, order Order) (Issue, error) {
	order.Draft = nil
	switch order.Act {
	case Save:
		return Issue{}, fault.New(fault.Invalid, noSuchAct.With(string(order.Act)))
	case Circulate:
		if err := d.resolveAgain(ctx, id, &order); err != nil {
			return Issue{}, err
		}
	}
	return d.act(ctx, actor, id, order)
}

func (d *Desk) act(ctx context.Context, actor Actor, id uuid.UUID, order Order) (Issue, error) {
	order.NewID = d.NewID
	register := order.Act == Register || order.Act == Withdraw
	return d.Books.Change(ctx, id, register, func(c Case) (Change, error) {
		c.Actor, c.Order, c.Now = actor, order, d.Now()
		return Decide(c, d.NewID())
	})
}

// Release renders an issue and releases it. What was rendered is released only
// if the issue is still at the version that was rendered.
func (d *Desk) Release(ctx context.Context, robot Actor, id uuid.UUID) (Issue, error) {
	issue, series, err := d.load(ctx, id)
	if err != nil {
		return Issue{}, err
	}
	c := Case{Issue: issue, Series: series, Now: d.Now()}
	if c.Missed() {
		return d.Act(ctx, robot, id, Order{Act: Miss, Version: issue.Version})
	}
	parts, err := d.Render.Render(ctx, series, issue)
	if err != nil {
		return Issue{}, err
	}
	return d.Act(ctx, robot, id, Order{Act: Release, Version: issue.Version, Parts: parts})
}

// Options returns what the actor may do with an issue now, and why not.
func (d *Desk) Options(ctx context.Context, actor Actor, id uuid.UUID) ([]Option, error) {
	issue, series, err := d.load(ctx, id)
	if err != nil {
		return nil, err
	}
	return Options(Case{Issue: issue, Series: series, Actor: actor, Now: d.Now()}), nil
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
