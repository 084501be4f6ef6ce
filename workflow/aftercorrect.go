package workflow

import (
	"slices"

	"github.com/google/uuid"

	"jianbao/fault"
)

var (
	openedCorrection = fault.Say("workflow.fact.correction-opened", "新建更正（第%d版），沿用%d年第%d期", "opened a correction, edition %d of number %[3]d of %[2]d")
	correctionOf     = fault.Say("workflow.fact.correction-of", "更正已发出的%d年第%d期，为第%d版：%s", "corrects number %[2]d of %[1]d, which is out, as edition %[3]d: %[4]s")
	superseded       = fault.Say("workflow.fact.superseded", "由第%d版取代", "replaced by edition %d")
	goesToo          = fault.Say("workflow.fact.goes-too", "%s收到过错版，也发给更正", "%s has the wrong one and gets the correction too")
	paperOut         = fault.Say("workflow.fact.paper-out", "错版纸质件在外%d份，应予收回：%s", "%d paper copies of the wrong one are out and are to be collected: %s")
	newReader        = fault.Say("workflow.new-reader", "%s没有收到过错版；更正只发给收到错版的单位，新增单位请另行增发", "%s did not get the wrong one; a correction goes to those who did, add others separately")
	paperLeft        = fault.Say("workflow.paper-left", "%s有错版纸质件%d份，更正版却没有纸质件给它", "%s has %d paper copies of the wrong one and would get none of the correction")
	originalGone     = fault.Say("workflow.original-gone", "所更正的那一期现在是“%s”，不能再更正", "the issue that it corrects is %q now and cannot be corrected any more")
	originalRecalled = fault.Say("workflow.original-recalled", "所更正的那一期正在撤销", "the issue that it corrects is being recalled")
	onePerson        = fault.Say("workflow.one-person", "更正须经两人：现在只有%s办理过", "a correction takes two people, and only %s has had a hand in it")
	editionMark      = fault.Say("workflow.edition-mark", "（更正　第%d版）此前收到的本期请停止使用，以本版为准", "(Correction, edition %d) Please use this edition in the place of the one you have")
	editionSubject   = fault.Say("workflow.edition-subject", "【更正】%s", "[Correction] %s")
)

var (
	sameReaders = Rule{"same-readers",
		fault.Say("workflow.rule.same-readers", "更正发给、且只发给收到错版的单位，原有纸质件的也有纸质件", "a correction goes to exactly those who got the wrong one, on paper to those who have paper"),
		againstReaders}
	originalStands = Rule{"original-stands",
		fault.Say("workflow.rule.original-stands", "所更正的那一期仍然有效", "the issue that is corrected stands"),
		func(c Case) []fault.Reason {
			if c.Original == nil {
				return nil
			}
			stands := slices.Contains(outState, c.Original.State)
			return append(unless(stands, originalGone.With(c.Original.State.Title())),
				unless(!c.Original.Recall.Open(), originalRecalled.With())...)
		}}
	twoPeople = Rule{"two-people",
		fault.Say("workflow.rule.two-people", "更正由两个以上的人办理过", "a correction has passed two people"),
		func(c Case) []fault.Reason {
			if c.Original == nil {
				return nil
			}
			hands, names := c.Issue.handsIn()
			return unless(len(hands) >= 2, onePerson.With(names))
		}}
)

// handsIn are the people who wrote or decided in what an issue is now.
func (i Issue) handsIn() (ids []uuid.UUID, names string) {
	for _, d := range i.Decisions {
		if i.stands(d) && (d.Act == Submit || d.Act == Approve || d.Act == Expedite) && !slices.Contains(ids, d.Person) {
			ids, names = append(ids, d.Person), d.Name
		}
	}
	return ids, names
}

// againstReaders compares whom a correction goes to with who has what it
// corrects.
func againstReaders(c Case) (reasons []fault.Reason) {
	if c.Original == nil {
		return nil
	}
	paper := map[uuid.UUID]bool{} // as the ledger opens, whatever the channel: the equation counts those too
	for _, s := range c.Issue.Copies.Shares {
		paper[s.Unit] = paper[s.Unit] || s.Copies > 0
	}
	for _, place := range c.Issue.Circulation.All() {
		_, had := c.of(*c.Original).recipient(place.Unit)
		reasons = append(reasons, unless(had, newReader.With(place.Name))...)
	}
	for _, h := range c.Holders {
		reasons = append(reasons, unless(h.Paper == 0 || paper[h.Unit], paperLeft.With(h.Name, h.Paper))...)
	}
	return reasons
}

// of is the case with another issue.
func (c Case) of(issue Issue) Case {
	c.Issue = issue
	return c
}

// edition is which edition of its number an issue is, from 1.
func (i Issue) edition() int { return max(1, i.Edition) }

// applyCorrect opens the correction: the same text and lists, files and number,
// as a draft that goes the whole way again. What has not gone of the wrong one
// waits.
func applyCorrect(c Case, next *Change) []fault.Reason {
	issue := Issue{
		ID: c.Order.NewID(), Series: c.Issue.Series, State: Draft, Route: c.Series.Route, Template: c.Series.Template,
		Round: 1, Version: 1, Opened: moment(c.Now), Changed: moment(c.Now), Reached: moment(c.Now),
		Kind: c.Issue.Kind, Number: c.Issue.Number, Total: c.Issue.Total, Edition: c.Issue.edition() + 1, Corrects: c.Issue.ID,
		Text: c.Issue.Text, Document: c.Issue.Document, Problems: c.Issue.Problems, Circulation: c.Issue.Circulation,
		Copies: c.Issue.Copies, Attachments: c.Issue.Attachments, Pictures: c.Issue.Pictures, Authors: slices.Clone(c.Issue.Authors), Permission: c.Issue.Permission,
	}
	opened := Change{Issue: issue, Text: textOf(c, issue)}
	of := Case{Issue: issue, Series: c.Series, Actor: c.Actor, Order: Order{Act: Open, Note: c.Order.Note}, Now: c.Now}
	record(of, c.Order.NewID(), &opened, "", []fault.Reason{correctionOf.With(issue.Number.Year, issue.Number.No, issue.Edition, c.Order.Note)})
	next.Also, next.Queue = []Change{opened}, PauseQueue
	next.Issue.CorrectedBy = issue.ID
	return []fault.Reason{openedCorrection.With(issue.Edition, issue.Number.Year, issue.Number.No)}
}

// applySupersede ends an issue whose correction goes out at this moment.
func applySupersede(c Case, next *Change) []fault.Reason {
	next.Queue = CancelQueue
	facts := []fault.Reason{superseded.With(c.Issue.edition() + 1)}
	if n, names := paperWith(c.Holders); n > 0 {
		facts = append(facts, paperOut.With(n, names))
	}
	return facts
}

// supersede makes a release the correction that it is: everybody who has the
// wrong one by mail gets a letter where that went, and the wrong one ends in
// the same transaction.
func (c Case) supersede(next *Change) (facts []fault.Reason) {
	sending := next.Release
	for _, h := range c.Holders {
		if len(h.Addresses) == 0 {
			continue
		}
		n := slices.IndexFunc(sending.Letters, func(l Letter) bool { return l.Unit == h.Unit })
		if n < 0 {
			sending.Letters = append(sending.Letters, Letter{ID: c.Order.NewID(), Unit: h.Unit, Name: h.Name, Addresses: h.Addresses})
			facts = append(facts, goesToo.With(h.Name))
			continue
		}
		l := &sending.Letters[n]
		more := slices.DeleteFunc(slices.Clone(l.Addresses), func(a string) bool { return slices.Contains(h.Addresses, a) })
		l.Addresses = slices.Concat(h.Addresses, more)
	}
	next.wrong = Supersede
	return facts
}

// abandon gives up a correction that was not released: another one may be
// opened of what it was to correct.
func (c Case) abandon(next *Change) {
	if c.Original.CorrectedBy == c.Issue.ID && slices.Contains(outState, c.Original.State) {
		next.wrong = Abandon
	}
}

// applyAbandon leaves what has not gone of the issue waiting for a person, who
// knows by now whether it is fit to go.
func applyAbandon(_ Case, next *Change) []fault.Reason {
	next.Issue.CorrectedBy = uuid.Nil
	return nil
}

// follow decides what becomes of the issue that a correction corrects.
func (c Case) follow(act Act) (Change, error) {
	wrong := c.of(*c.Original)
	wrong.Original = nil
	wrong.Order = Order{Act: act, Version: wrong.Issue.Version, By: c.Issue.ID, NewID: c.Order.NewID, Note: c.Order.Note}
	return Decide(wrong, c.Order.NewID())
}

// keepReaders keeps the snapshot of the lists where a correction leaves their
// words as they were: it goes to those who got the wrong one, whatever the
// directory says by now.
func (i *Issue) keepReaders(before Issue) {
	if i.Corrects == uuid.Nil || !slices.Equal(listed(i.Document), listed(before.Document)) {
		return
	}
	i.Circulation = before.Circulation
	i.Copies = planOf(i.Circulation, i.Document.PrintRun, i.Copies.File)
	i.apportioned(before.Copies)
}

// marked is an issue with the mark of its edition in the head, as readers see
// it. The mark follows from what the issue is and is in no digest.
func (i Issue) marked() Issue {
	if i.Corrects != uuid.Nil {
		i.Document.Extra = append(slices.Clone(i.Document.Extra), editionMark.With(i.Edition).In(fault.ZH))
	}
	return i
}

// markedSubject says in the subject of the letters that they correct.
func (i Issue) markedSubject(parts Parts) Parts {
	if i.Corrects != uuid.Nil {
		parts.Subject = editionSubject.With(parts.Subject).In(fault.ZH)
	}
	return parts
}
