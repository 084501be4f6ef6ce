package workflow

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/copies"
)

// What history keeps of an act, beside who and when. The arguments are plain
// words and numbers, so that a line reads and hashes the same for ever.
var (
	keptDate   = fault.Say("workflow.fact.kept-date", "沿用正文所印日期%s（签批日期为%s）", "bears the date of the text, %s (it was approved on %s)")
	gotNumber  = fault.Say("workflow.fact.number", "编为%d年第%d期，日期%s", "given number %[2]d of %[1]d, dated %[3]s")
	gotTotal   = fault.Say("workflow.fact.total", "总第%d期", "total number %d")
	otherYear  = fault.Say("workflow.fact.other-year", "日期为%s，编在%d年，登记在%d年", "dated %s and numbered in %d, registered in %d")
	otherNo    = fault.Say("workflow.fact.other-number", "正文写的是第%d期，登记为第%d期", "the text says number %d, the register gave %d")
	leftOver   = fault.Say("workflow.fact.unexplained", "%d份记为不明：%s", "%d copies entered as unexplained: %s")
	sumOf      = fault.Say("workflow.fact.copies", "份数：%s", "copies: %s")
	goesAt     = fault.Say("workflow.fact.release-at", "定于%s发出", "to be released at %s")
	goesOut    = fault.Say("workflow.fact.letters", "发出%d封邮件", "%d letters handed over")
	redated    = fault.Say("workflow.fact.redated", "登记簿上的日期由%s改为%s", "the register's date changed from %s to %s")
	returnedTo = fault.Say("workflow.fact.returned-to", "退到：%s", "returned to: %s")
	newCircle  = fault.Say("workflow.fact.circulation", "名单有变，须重新审签", "the circulation changed; it must be approved again")
	sameCircle = fault.Say("workflow.fact.same-circulation", "名单与份数没有变", "circulation and copies stayed the same")
)

// applySave takes a new text, and whoever wrote it is an author from now on.
func applySave(c Case, next *Change) []fault.Reason {
	next.Issue.take(*c.Order.Draft, c.Series)
	next.Issue.keepReaders(c.Issue)
	next.Issue.author(c.Actor.Person.ID)
	next.Text = textOf(c, next.Issue)
	next.hand(c, c.Order.Draft.Source)
	return nil
}

// applySubmit starts the issue on its route, with the template that the series
// has now.
func applySubmit(c Case, next *Change) []fault.Reason {
	next.Issue.author(c.Actor.Person.ID)
	next.Issue.Template = c.Series.Template
	c.Issue = next.Issue
	return book(c, next, c.decision(Submit, 0))
}

// applyApproval books a decision; an issue whose step has enough of them goes
// on to the next, and is approved after the last.
func applyApproval(c Case, next *Change) []fault.Reason {
	return book(c, next, c.decision(Approve, c.Issue.Step))
}

// book enters a decision and takes the issue as far as it goes now.
func book(c Case, next *Change, d Decision) (facts []fault.Reason) {
	if d.Act != Submit {
		facts = c.told(&d)
	}
	next.Issue.Decisions = append(slices.Clone(next.Issue.Decisions), d)
	return append(facts, next.Issue.advance(d.Step)...)
}

// applyObject books an objection: the issue stays where it is until that is
// taken back, or the issue returned.
func applyObject(c Case, next *Change) []fault.Reason {
	return book(c, next, c.decision(Object, c.Issue.Step))
}

// applyReturn sends the issue back: to its editor, where a new round begins, or
// to an earlier step, from which on it is decided again. Decisions so far stay
// in the books and count no more.
func applyReturn(c Case, next *Change) []fault.Reason {
	issue := &next.Issue
	d := c.decision(Return, c.Issue.Step)
	facts := c.told(&d)
	d.Exception = false
	issue.Decisions = append(slices.Clone(issue.Decisions), d)
	if c.Order.AtStep == 0 {
		issue.restart()
		issue.Late = nil // the next sign-off is of everything
		return facts
	}
	issue.takeBack(Return, func(d Decision) bool { return d.Step >= c.Order.AtStep && d.Act != Return })
	issue.State, issue.Step, issue.Emergency = Review, c.Order.AtStep, nil
	return append(facts, returnedTo.With(issue.Current().Kind.Title()))
}

// applyCirculate takes the circulation as the directory means it now. Where
// that changes who gets how many, everybody after the editor decides again:
// the scope of distribution changes only with their consent (Regulation art.
// 31).
func applyCirculate(c Case, next *Change) []fault.Reason {
	issue := &next.Issue
	issue.take(*c.Order.Draft, c.Series)
	if issue.Digest() == c.Issue.Digest() {
		return []fault.Reason{sameCircle.With()}
	}
	if c.Issue.State == Draft {
		return nil
	}
	issue.author(c.Actor.Person.ID)
	issue.keepSigned(c)
	issue.restart()
	return []fault.Reason{newCircle.With()}
}

// applyRegister gives number and date, and settles the copies.
func applyRegister(c Case, next *Change) []fault.Reason {
	issue := &next.Issue
	number, date := c.number(), c.date()
	issue.Number, issue.Date, issue.Total = number, date, c.total()
	issue.Copies = issue.Copies.Explained(c.Order.Unexplained)
	facts := []fault.Reason{
		gotNumber.With(number.Year, number.No, date.Chinese()),
		sumOf.With(issue.Copies.Sentence(fault.ZH)),
	}
	facts = append(facts, enter(c, next)...)
	if issue.Total > 0 && issue.Total != c.Issue.Total {
		facts = append(facts, gotTotal.With(issue.Total))
	}
	if year := c.here(c.Now).Year(); number.Year != year {
		facts = append(facts, otherYear.With(date.Chinese(), number.Year, year))
	}
	if c.Order.KeepDate {
		facts = append(facts, keptDate.With(date.Chinese(), c.local(issue.signedOff())))
	}
	if printed := issue.Document.Number.No; printed != 0 && printed != number.No {
		facts = append(facts, otherNo.With(printed, number.No))
	}
	if issue.Copies.Unexplained > 0 {
		facts = append(facts, leftOver.With(issue.Copies.Unexplained, issue.Copies.Reason))
	}
	return facts
}

// enter makes the register agree with the issue: a new number gets a line, and
// the line of one that was given before a return takes the date it bears now.
// A correction has the number of what it corrects, and that keeps its line.
func enter(c Case, next *Change) []fault.Reason {
	if c.Issue.Corrects != uuid.Nil {
		return nil
	}
	line := RegisterLine{
		Number: next.Issue.Number, Total: next.Issue.Total, Series: next.Issue.Series, Issue: next.Issue.ID,
		Title: next.Issue.Document.Masthead, Date: next.Issue.Date, At: moment(c.Now), By: c.Actor.Name(),
	}
	if c.Issue.Number.IsZero() {
		next.Given = &line
		return nil
	}
	for _, before := range c.Register {
		if before.Number != line.Number {
			continue
		}
		line.At, line.By, line.Total = before.At, before.By, before.Total // of the number's giving
		if line != before {
			next.Redated = &line
		}
		if line.Date != before.Date {
			return []fault.Reason{redated.With(before.Date.Chinese(), line.Date.Chinese())}
		}
	}
	return nil
}

func applySchedule(c Case, next *Change) []fault.Reason {
	next.Issue.ReleaseAt = moment(c.releaseAt())
	return []fault.Reason{goesAt.With(c.local(c.releaseAt()))}
}

func applyUnschedule(_ Case, next *Change) []fault.Reason {
	next.Issue.ReleaseAt = time.Time{}
	return nil
}

// applyWithdraw ends the issue; a number it already has stays in the register
// as void. A correction has none of its own, and what it corrects stands.
func applyWithdraw(c Case, next *Change) []fault.Reason {
	switch {
	case c.Original != nil:
		c.abandon(next)
	case !c.Issue.Number.IsZero():
		next.Void = c.Order.Note // by whom and when is the event's
	}
	return nil
}

// applyRelease freezes what goes out, to whom, in how many copies.
func applyRelease(c Case, next *Change) []fault.Reason {
	issue := &next.Issue
	issue.Released = moment(c.Now)
	plan, lately := issue.late()
	sending := Sending{
		ID: c.Order.NewID(), Issue: issue.ID, Series: issue.Series, At: issue.Released, Digest: issue.Digest(), Purpose: Released,
		From: c.Series.Masthead, Mailbox: c.Series.Mailbox, Parts: c.Order.Parts,
		Copies: copies.Opening(plan, issue.Released, c.Actor.Name(), fault.ZH, c.Order.NewID),
	}
	for _, place := range issue.Circulation.All() {
		if place.Channel.Mails() {
			sending.Letters = append(sending.Letters, Letter{
				ID: c.Order.NewID(), Unit: place.Unit, Name: place.Name, Addresses: place.Addresses,
			})
		}
	}
	next.Release, next.Items = &sending, issue.pastItems()
	facts := lately
	if c.Original != nil {
		facts = append(facts, c.supersede(next)...)
	}
	return append([]fault.Reason{goesOut.With(len(sending.Letters))}, facts...)
}

// take makes the issue what a draft text says.
func (i *Issue) take(draft DraftText, series Series) {
	i.Text = draft.Text
	i.Document = draft.Reading.Document
	i.Problems = draft.Reading.Problems
	i.Kind = draft.Reading.Document.Number.Kind
	i.Circulation = draft.Circulation
	before := i.Copies
	i.Copies = planOf(draft.Circulation, draft.Reading.Document.PrintRun, fileCopies(draft, series))
	i.apportioned(before)
}

// author remembers whose hand is in the text.
func (i *Issue) author(id uuid.UUID) {
	if !slices.Contains(i.Authors, id) {
		i.Authors = append(slices.Clone(i.Authors), id)
	}
}

func fileCopies(draft DraftText, series Series) int {
	if n := draft.Reading.Document.FileCopies; n > 0 {
		return n
	}
	return series.FileCopies
}

// planOf gives every listed unit the copies that the directory has for it.
func planOf(c recipients.Circulation, printRun, file int) copies.Plan {
	plan := copies.Plan{PrintRun: printRun, File: file}
	for _, place := range c.All() {
		plan.Shares = append(plan.Shares, copies.Share{
			Label: place.Label, Entry: place.Entry, Unit: place.Unit, Name: place.Name,
			Copies: place.Copies, Collective: place.Collective, Assumed: place.CopiesAssumed,
			Paper: place.Channel.Prints(),
		})
	}
	return plan
}

func textOf(c Case, issue Issue) *TextVersion {
	return &TextVersion{
		Issue: issue.ID, Version: issue.Version, Text: issue.Text,
		By: c.Actor.Person.ID, ByName: c.Actor.Name(), At: moment(c.Now),
	}
}
