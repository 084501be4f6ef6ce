package workflow

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients/copies"
	"jianbao/workflow/ready"
)

// A Case is all that the rules may look at: the issue, its series, who wants
// to do what, the moment, and the number register.
type Case struct {
	Issue  Issue
	Series Series
	Actor  Actor
	Order  Order
	Now    time.Time
	// Register holds the lines of the series' number register; it is read
	// under a lock where the act gives or voids a number.
	Register []RegisterLine
	// Pending is how many letters of the issue are not settled yet.
	Pending int
	// Limit is how large a letter may be, in bytes; 0 is DefaultLimit.
	Limit int
	// Findings are those of the ready check, where the act needs it.
	Findings []ready.Finding
	// Original is what the issue corrects, or nil; Holders are those who have
	// the one of the two that is out.
	Original *Issue
	Holders  []Holder
	// Ledger is the book of the issue's copies once it is out; nil before.
	Ledger *copies.Ledger
	// Handed are the hand-overs of the issue so far.
	Handed []copies.Handover
	// Staff are the people of the series and who stands in for whom.
	Staff Staff
}

// An Order is what the actor wants, with the particulars of the act.
type Order struct {
	Act     Act
	Version int    // the version that the actor saw
	Note    string // the reason, or the opinion
	// How says by which means it was done, where that was not on the pages; the
	// zero Reason says nothing. History keeps it.
	How fault.Reason

	// Save, Amend and Circulate.
	Draft *DraftText

	// Approve, Object and their like: whom the actor stands in for (代); nil is
	// themselves, or the one whose deputy they are.
	For uuid.UUID

	// Return: the step it goes back to, 0 is the editor. Reassign: the step that
	// is given on, 0 is the one it is at.
	AtStep int

	// Reassign: who does it instead of whom; a nil From adds somebody.
	From, To uuid.UUID

	// Classify.
	Class Class

	// Record.
	Paper *PaperSignature

	// Attach; the files that Detach, Arrange and Amend name; and those that Amend
	// adds.
	File  *File
	Names []string
	Add   []File

	// Register.
	KeepDate    bool   // bear the date of the text instead of the day of sign-off
	Unexplained string // why the copies do not add up to the print run

	// Resend, Shelve and Calm: the unit. Resend: its addresses, the first of them
	// to be tried first; paper copies for it, which may come without mail.
	Unit      uuid.UUID
	Addresses []string
	Copies    int

	// Recall: it was classified afterwards.
	Secret bool

	// Supersede and Abandon: the correction.
	By uuid.UUID

	// Archive and Destroy, which package filing orders.
	Filing  *Filing
	Warrant *Warrant

	// What acts on letters are about.
	Letters LetterOrder

	// What acts on printed copies are about.
	Print PrintOrder

	// Schedule; the zero time is now.
	At time.Time

	// Hold: why the issue cannot go out as it is.
	Why []fault.Reason

	// Release: the finished parts, and where the ids of letters and copy
	// entries come from.
	Parts Parts
	NewID func() uuid.UUID
}

// A Rule is one condition of a move. Its Name is what tests and the drawing
// call it; Against returns every reason why it does not hold.
type Rule struct {
	Name    string
	Says    fault.Sentence // what it demands, in one line
	Against func(c Case) []fault.Reason
}

var (
	isBulletin = Rule{"is-bulletin",
		fault.Say("workflow.rule.is-bulletin", "正文要能读成一期简报", "the text can be read as a bulletin"),
		func(c Case) []fault.Reason {
			document := c.Issue.Document
			if c.Order.Draft != nil {
				document = c.Order.Draft.Reading.Document
			}
			return unless(len(document.Items()) > 0, noItems.With())
		}}
	nothingBlocks = Rule{"nothing-blocks",
		fault.Say("workflow.rule.nothing-blocks", "正文的疑点必须先处理", "problems of the text that block are settled"),
		func(c Case) []fault.Reason {
			problems := c.Issue.Problems
			if c.Order.Draft != nil {
				problems = c.Order.Draft.Reading.Problems
			}
			var reasons []fault.Reason
			for _, p := range problems {
				if p.Severity == bulletin.Block {
					reasons = append(reasons, blockedAt.With(p.Line, p.Reason))
				}
			}
			return reasons
		}}
	hasLists = Rule{"has-lists",
		fault.Say("workflow.rule.has-lists", "要有报、送、发名单", "there is a list of recipients"),
		func(c Case) []fault.Reason {
			circulation := c.Issue.Circulation
			if c.Order.Draft != nil {
				circulation = c.Order.Draft.Circulation
			}
			return unless(len(circulation.Lists) > 0, noLists.With())
		}}
	reasonGiven = Rule{"reason-given",
		fault.Say("workflow.rule.reason-given", "要写明理由", "a reason is given"),
		func(c Case) []fault.Reason {
			return unless(strings.TrimSpace(c.Order.Note) != "", noReason.With(c.Order.Act.Title()))
		}}
	approved = Rule{"approved",
		fault.Say("workflow.rule.approved", "现在的内容要经各环节同意", "every step has approved what it is now"),
		func(c Case) []fault.Reason {
			if c.Issue.Emergency.covers(c.Issue) {
				return nil
			}
			var reasons []fault.Reason
			for _, n := range c.Issue.Unapproved() {
				reasons = append(reasons, notApproved.With(c.Issue.Route[n].Kind.Title()))
			}
			return reasons
		}}
	namesKnown = Rule{"names-known",
		fault.Say("workflow.rule.names-known", "名单上的每个名称都要对应到单位", "every listed name is a known unit"),
		func(c Case) []fault.Reason { return c.Issue.Circulation.Unresolved() }}
	reachable = Rule{"reachable",
		fault.Say("workflow.rule.reachable", "收邮件的单位要有地址，且不重复", "every mailed unit has an address and stands on the list once"),
		func(c Case) []fault.Reason {
			return append(c.Issue.Circulation.Unreachable(), c.Issue.Circulation.Doubled()...)
		}}
	copiesAddUp = Rule{"copies-add-up",
		fault.Say("workflow.rule.copies-add-up", "份数要与共印份数相符，或写明差额的原因", "copies add up to the print run, or the difference has a reason"),
		againstCopies}
	dateReal = Rule{"date-real",
		fault.Say("workflow.rule.date-real", "日期要存在，且不晚于今天", "the date exists and is not after today"),
		againstDate}
	numberFree = Rule{"number-free",
		fault.Say("workflow.rule.number-free", "期号没有用过", "the number has not been given"),
		func(c Case) []fault.Reason {
			if !c.Issue.Number.IsZero() {
				// Registered before, and returned since: it keeps its number.
				return unless(c.Issue.Number.Kind == c.Issue.Kind, otherKind.With(string(c.Issue.Number.Kind), string(c.Issue.Kind)))
			}
			n := c.number()
			return unless(free(c.Register, n), numberTaken.With(n.Year, n.No))
		}}
	sameTemplate = Rule{"same-template",
		fault.Say("workflow.rule.same-template", "版式与审签时相同", "the template is the one that was approved"),
		func(c Case) []fault.Reason {
			return unless(c.Issue.Template == c.Series.Template, otherTemplate.With(c.Series.Template, c.Issue.Template))
		}}
	timeFits = Rule{"time-fits",
		fault.Say("workflow.rule.time-fits", "发送时间要在发送时段内", "the time of release lies in the send window"),
		againstTime}
	due = Rule{"due",
		fault.Say("workflow.rule.due", "已到发送时间", "the time of release has come"),
		func(c Case) []fault.Reason {
			return unless(!c.Now.Before(c.Issue.ReleaseAt), notDue.With(c.local(c.Issue.ReleaseAt)))
		}}
	inTime = Rule{"in-time",
		fault.Say("workflow.rule.in-time", "没有超过允许的迟发时间", "the release is not later than tolerated"),
		func(c Case) []fault.Reason {
			return unless(!c.Missed(), tooLate.With(c.local(c.Issue.ReleaseAt)))
		}}
	missed = Rule{"missed",
		fault.Say("workflow.rule.missed", "已超过允许的迟发时间", "the release is later than tolerated"),
		func(c Case) []fault.Reason {
			return unless(c.Missed(), notDue.With(c.local(c.Issue.ReleaseAt)))
		}}
	inWindow = Rule{"in-window",
		fault.Say("workflow.rule.in-window", "现在是发送时段", "the send window is open"),
		func(c Case) []fault.Reason {
			return unless(c.Series.Window.Open(c.here(c.Now)), windowShut.With(c.Series.Window.Describe()))
		}}
	lettersSettled = Rule{"letters-settled",
		fault.Say("workflow.rule.letters-settled", "每封信都有了结果", "every letter is settled"),
		func(c Case) []fault.Reason {
			return unless(c.Pending == 0, lettersPending.With(c.Pending))
		}}
)

func againstCopies(c Case) []fault.Reason {
	plan := c.Issue.Copies
	if c.Order.Act == Register {
		plan = plan.Explained(c.Order.Unexplained)
	}
	return plan.Check()
}

func againstDate(c Case) []fault.Reason {
	date := c.date()
	if !date.Real() {
		return []fault.Reason{noSuchDate.With(date.String())}
	}
	return unless(!date.In(c.Series.Location()).After(c.Now), dateAhead.With(date.Chinese()))
}

func againstTime(c Case) []fault.Reason {
	at := c.releaseAt()
	var reasons []fault.Reason
	if at.Before(c.Now.Add(-c.Series.tolerance())) {
		reasons = append(reasons, timePast.With(c.local(at)))
	}
	if !c.Series.Window.Open(c.here(at)) {
		reasons = append(reasons, outsideWindow.With(c.local(at), c.Series.Window.Describe()))
	}
	return reasons
}

// Missed reports whether the issue's release is later than its series
// tolerates: then a person decides, and nothing is sent by itself.
func (c Case) Missed() bool {
	return c.Now.After(c.Issue.ReleaseAt.Add(c.Series.tolerance()))
}

// date is the date that registration gives: as a rule the day on which the
// last step approved (Regulation art. 9(12)); the date of the text if the
// clerk keeps that on purpose.
func (c Case) date() bulletin.Date {
	if c.Order.KeepDate {
		return c.Issue.Document.Date
	}
	return bulletin.DateOf(c.here(c.Issue.signedOff()))
}

// number is the number that registration would give now.
func (c Case) number() Number {
	if !c.Issue.Number.IsZero() {
		return c.Issue.Number
	}
	return NextNumber(c.Register, c.Issue.Kind, c.date().Year)
}

// total is the total number that registration would give now, or 0.
func (c Case) total() int {
	if c.Issue.Total > 0 || !slices.Contains(c.Series.Total.Kinds, c.number().Kind) {
		return c.Issue.Total
	}
	return NextTotal(c.Register, c.Series.Total)
}

// releaseAt is the time the order asks for, or now.
func (c Case) releaseAt() time.Time {
	if c.Order.At.IsZero() {
		return c.Now
	}
	return c.Order.At
}

func (c Case) here(t time.Time) time.Time { return t.In(c.Series.Location()) }

func (c Case) local(t time.Time) string { return c.here(t).Format("2006-01-02 15:04") }

func (s Series) tolerance() time.Duration {
	if s.Tolerance == 0 {
		return 2 * time.Hour
	}
	return s.Tolerance
}

// may returns why the actor may not make the move, leaving the rules aside. Any
// of what a Who names will do.
func (w Who) may(c Case) []fault.Reason {
	if w.Robot {
		return unless(c.Actor.Robot != "", onlyRobot.With(c.Order.Act.Title()))
	}
	if w.Own {
		_, has := c.ownDecision()
		return unless(has, nothingOwn.With(c.Actor.Name()))
	}
	for _, role := range w.Roles {
		if c.Actor.Person.Has(role, c.Series.ID) {
			return nil
		}
	}
	step := c.Issue.Step
	if w.Signatory {
		step = c.Issue.Route.signatory()
	}
	if w.Step || w.Signatory {
		_, sits := c.handAt(step)
		return unless(sits, c.strangerAt(step))
	}
	return []fault.Reason{onlyRole.With(c.Actor.Name(), w.Roles[0].Title(), c.Order.Act.Title())}
}

// free reports whether a register has no line for the number.
func free(register []RegisterLine, n Number) bool {
	for _, line := range register {
		if line.Number == n {
			return false
		}
	}
	return true
}

func unless(holds bool, reason fault.Reason) []fault.Reason {
	if holds {
		return nil
	}
	return []fault.Reason{reason}
}
