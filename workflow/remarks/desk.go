package remarks

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/bulletin/screening"
	"jianbao/fault"
	"jianbao/workflow"
)

// Books is where remarks are kept. Every method is one transaction.
type Books interface {
	// ChangeRemark reads a remark under a lock, with its series, the calendar of
	// that and the highest number of its slips in a year, under a lock where
	// numbers says so; it calls decide and writes the remark, its line of history
	// and the files. A remark of version 0 is new. It writes nothing if decide
	// fails, and returns decide's error; it fails with fault.NotFound, and with
	// fault.Conflict if it was changed meanwhile.
	ChangeRemark(ctx context.Context, of Remark, year int, numbers bool, decide func(Case) (Remark, Line, error), files ...[]byte) (Remark, error)

	// ShowRemark changes a remark as ChangeRemark does and, in the same
	// transaction, the issue that it is shown in, by the decision rewrite. Of the
	// two neither is written without the other; it fails as both do.
	ShowRemark(ctx context.Context, of Remark, in uuid.UUID, rewrite func(workflow.Case) (workflow.Change, error), decide func(Case) (Remark, Line, error)) (Remark, error)

	// Remark returns a remark with its history, or fault.NotFound.
	Remark(ctx context.Context, id uuid.UUID) (Remark, []Line, error)

	// Remarks returns the remarks of a series that were entered from one moment
	// until before another, in the order of their entry.
	Remarks(ctx context.Context, series uuid.UUID, from, until time.Time) ([]Remark, error)
}

var (
	sayOtherSeries = fault.Say("remarks.other-series", "只能在同一刊物里选登", "a remark is shown in its own series alone")
	ownIssue       = fault.Say("remarks.own-issue", "本刊%d年第%d期", "no. %[2]d of %[1]d of this bulletin")
)

// Issues is where issues are read.
type Issues interface {
	// Issue returns an issue, or fault.NotFound.
	Issue(ctx context.Context, id uuid.UUID) (workflow.Issue, error)
}

// Texts is where the texts of issues are changed, as [workflow.Desk] does.
type Texts interface {
	// Saving returns the decision that gives a draft a new text, over the version
	// that it was read as.
	Saving(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, text string) (func(workflow.Case) (workflow.Change, error), error)
}

// A Desk is where people act on remarks. Issues and Texts are needed for Show
// alone.
type Desk struct {
	Books  Books
	Issues Issues
	Texts  Texts
	Now    func() time.Time
	NewID  func() uuid.UUID
}

// Enter enters a remark on an issue, with the scan that shows it or nil; its
// bytes are kept under their SHA-256. What bears a classification label is
// refused before anything is written. It fails as [Decide] does.
func (d *Desk) Enter(ctx context.Context, actor workflow.Actor, issue workflow.Issue, text Writing, scan *workflow.File) (Remark, error) {
	name := ""
	var files [][]byte
	if scan != nil {
		name, text.Scan, files = scan.Name, scan.Listed(), [][]byte{scan.Data}
	}
	if label, found := bulletin.Classified(name, nil, text.Text); found {
		return Remark{}, label.Refusal()
	}
	if scan != nil {
		if err := screening.Refuse(scan.Name, scan.Data); err != nil {
			return Remark{}, err
		}
		if reasons := scan.Against(); len(reasons) > 0 || len(scan.Data) == 0 {
			return Remark{}, fault.New(fault.Invalid, sayRefused.With(), append(reasons, sayScan.With())...)
		}
	}
	of := Remark{ID: d.NewID(), Series: issue.Series, Issue: issue.ID}
	return d.change(ctx, actor, of, Order{Act: Enter, Text: &text}, files...)
}

// Act does what the order says with a remark; Show puts it into the text of the
// issue at the same time. It fails as [Decide] does.
func (d *Desk) Act(ctx context.Context, actor workflow.Actor, id uuid.UUID, order Order) (Remark, error) {
	words := order.Note
	if order.Text != nil {
		words += "\n" + order.Text.Text
	}
	if label, found := bulletin.Classified("", nil, words); found {
		return Remark{}, label.Refusal()
	}
	of, _, err := d.Books.Remark(ctx, id)
	if err != nil {
		return Remark{}, err
	}
	if order.Text != nil { // what it was read in stays, whatever is mended beside it
		order.Text.Scan, order.Text.Mail, order.Text.Source = of.Scan, of.Mail, of.Source
	}
	if order.Act == Show {
		return d.takeOver(ctx, actor, of, order)
	}
	return d.change(ctx, actor, of, order)
}

func (d *Desk) change(ctx context.Context, actor workflow.Actor, of Remark, order Order, files ...[]byte) (Remark, error) {
	numbers := order.Act == Assign
	return d.Books.ChangeRemark(ctx, of, d.Now().Year(), numbers, d.decision(actor, order), files...)
}

// decision is what an order comes to, for the remark as it is under the lock.
func (d *Desk) decision(actor workflow.Actor, order Order) func(Case) (Remark, Line, error) {
	return func(c Case) (Remark, Line, error) {
		c.Actor, c.Order, c.Now = actor, order, d.Now()
		return Decide(c, d.NewID())
	}
}

// takeOver puts a remark into the text of the draft that an order names, if the
// order can be followed.
func (d *Desk) takeOver(ctx context.Context, actor workflow.Actor, of Remark, order Order) (Remark, error) {
	c := Case{Remark: of, Series: workflow.Series{ID: of.Series}, Actor: actor, Order: order, Now: d.Now()}
	if _, _, err := Decide(c, uuid.Nil); err != nil {
		return Remark{}, err
	}
	into, err := d.Issues.Issue(ctx, order.Issue)
	if err != nil {
		return Remark{}, err
	}
	if into.Series != of.Series {
		return Remark{}, fault.New(fault.Invalid, sayOtherSeries.With())
	}
	on, err := d.Issues.Issue(ctx, of.Issue)
	if err != nil {
		return Remark{}, err
	}
	text := TakeOver(into.Text, []Excerpt{{Remark: of, Of: onIssue(on)}})
	rewrite, err := d.Texts.Saving(ctx, actor, into.ID, into.Version, text)
	if err != nil {
		return Remark{}, err
	}
	return d.Books.ShowRemark(ctx, of, into.ID, rewrite, d.decision(actor, order))
}

// onIssue is what the text of a later issue calls one of the same series.
func onIssue(i workflow.Issue) string {
	return ownIssue.With(i.Number.Year, i.Number.No).In(fault.ZH)
}
