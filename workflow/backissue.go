package workflow

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

var (
	importRefused = fault.Say("workflow.import-refused", "不能补录这一期", "the back issue cannot be entered")
	importClerk   = fault.Say("workflow.import-clerk", "%s没有本刊的“收发”职责，不能补录往期", "%s is no clerk of this series and may not enter back issues")
	importNumber  = fault.Say("workflow.import-number", "正文没有写期号和年份，不知道补录哪一期", "the text has no number and year, so it is not known which issue it is")
	importAhead   = fault.Say("workflow.import-ahead", "%d年已编到第%d期，补录的期号不能更大（是第%d期）", "numbers of %d are given up to %d; a back issue lies below, and this is %d")
	importTwice   = fault.Say("workflow.import-twice", "%d年第%d期已有正文，不能再补录", "number %[2]d of %[1]d has its text already")
	importVoid    = fault.Say("workflow.import-void", "%d年第%d期已作废：%s", "number %[2]d of %[1]d is void: %[3]s")
	importPaper   = fault.Say("workflow.import-paper", "%d年第%d期为纸质流转，正文不得录入", "number %[2]d of %[1]d circulates on paper only; its text must not be entered")
	broughtIn     = fault.Say("workflow.fact.imported", "补录往期：%d年第%d期，%s", "a back issue entered: number %[2]d of %[1]d, %[3]s")
)

// ImportBack enters a back issue: one that went out before the program was
// there. It goes to the archive as it is, under the number and the date of its
// text, with nothing to be sent. It fails with fault.Refused if it is
// classified, with fault.Forbidden if the actor is no clerk of the series, with
// fault.Invalid and all reasons if the text is no bulletin with a number and a
// date, and with fault.Blocked if the number would move the counter or has its
// text already.
func (d *Desk) ImportBack(ctx context.Context, actor Actor, series uuid.UUID, source Source) (Issue, error) {
	return d.importBack(ctx, actor, series, source, nil)
}

// importBack ends with an error of the caller's where nothing is to be written.
func (d *Desk) importBack(ctx context.Context, actor Actor, series uuid.UUID, source Source, end error) (Issue, error) {
	if err := source.classified(); err != nil {
		return Issue{}, err
	}
	s, err := d.Books.Series(ctx, series)
	if err != nil {
		return Issue{}, err
	}
	if !actor.Person.Has(accounts.Clerk, s.ID) {
		return Issue{}, fault.New(fault.Forbidden, importClerk.With(actor.Name()))
	}
	draft, err := d.readSource(ctx, s, source)
	if err != nil {
		return Issue{}, err
	}
	var back Issue
	err = d.Books.Enter(ctx, s.ID, func(s Series, register []RegisterLine) (Change, error) {
		change, err := importOf(s, register, actor, draft, d.Now(), d.NewID)
		back = change.Issue
		return change, cmp.Or(err, end)
	})
	return back, err
}

// importOf is what follows from entering a back issue.
func importOf(s Series, register []RegisterLine, actor Actor, draft DraftText, now time.Time, newID func() uuid.UUID) (Change, error) {
	doc := draft.Reading.Document
	number := Number{Kind: doc.Number.Kind, Year: doc.Number.Year, No: doc.Number.No}
	if number.Year == 0 {
		number.Year = doc.Date.Year
	}
	if reasons := againstImport(draft, number, s, now); len(reasons) > 0 {
		return Change{}, fault.New(fault.Invalid, importRefused.With(), reasons...)
	}
	if reasons := againstPlace(register, number); len(reasons) > 0 {
		return Change{}, fault.New(fault.Blocked, importRefused.With(), reasons...)
	}
	next := OpenIssue(s, actor, draft, now, newID)
	issue := &next.Issue
	issue.State, issue.Step = Archived, len(issue.Route)
	issue.Number, issue.Date, issue.Total = number, doc.Date, doc.Number.Total
	issue.Released = moment(doc.Date.In(s.Location()))
	issue.Events, issue.Head = 0, ""
	facts := []fault.Reason{broughtIn.With(number.Year, number.No, doc.Date.Chinese())}
	c := Case{Issue: *issue, Series: s, Actor: actor, Order: Order{Act: Import}, Now: now}
	record(c, newID(), &next, "", facts)
	next.Given = &RegisterLine{
		Number: number, Total: issue.Total, Series: s.ID, Issue: issue.ID, Title: doc.Masthead, Date: doc.Date,
		At: moment(now), By: actor.Name(), Back: true,
	}
	next.Items = issue.pastItems()
	return next, nil
}

// againstImport is what is wrong with a back issue by itself.
func againstImport(draft DraftText, n Number, s Series, now time.Time) []fault.Reason {
	doc := draft.Reading.Document
	reasons := unless(len(doc.Items()) > 0, noItems.With())
	reasons = append(reasons, unless(n.No > 0 && n.Year > 0 && n.Kind != "", importNumber.With())...)
	if !doc.Date.Real() {
		return append(reasons, noSuchDate.With(doc.Date.String()))
	}
	return append(reasons, unless(!doc.Date.In(s.Location()).After(now), dateAhead.With(doc.Date.Chinese()))...)
}

// againstPlace is why the register has no place for a back issue: numbers are
// filled below the counter, which never moves by it once a number was given
// here; and one number has one text.
func againstPlace(register []RegisterLine, n Number) []fault.Reason {
	here := false
	for _, line := range register {
		switch {
		case line.Number == n && line.Paper != (Paper{}):
			return []fault.Reason{importPaper.With(n.Year, n.No)}
		case line.Number == n && line.Void != "":
			return []fault.Reason{importVoid.With(n.Year, n.No, line.Void)}
		case line.Number == n && line.Issue != uuid.Nil:
			return []fault.Reason{importTwice.With(n.Year, n.No)}
		}
		here = here || line.Kind == n.Kind && line.Year == n.Year && line.givenHere()
	}
	next := NextNumber(register, n.Kind, n.Year)
	return unless(!here || n.No < next.No, importAhead.With(n.Year, next.No-1, n.No))
}

// givenHere reports whether the program gave the number, rather than that it
// was entered from elsewhere.
func (l RegisterLine) givenHere() bool {
	return !l.Back && (l.Issue != uuid.Nil || l.Paper != (Paper{}))
}
