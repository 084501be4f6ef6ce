package workflow

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"jianbao/fault"
)

// The acts on letters that are queued, and the trial letter before them.
const (
	Steer  Act = "steer"  // 分发控制: all letters of the issue that have not gone
	Handle Act = "handle" // 处理信件: one letter
	Trial  Act = "trial"  // 试发: the letter as it would go out, to whoever asks
)

// A LetterDeed is what is done with one letter. Where the letter stands decides
// whether it can be: the books refuse it with fault.Conflict if it has gone, is
// being handed over or has an outcome.
type LetterDeed string

// The deeds.
const (
	RetryLetter  LetterDeed = "retry"   // 立即再试: it is not waited for its time; of one that was refused or given up: once more
	HoldLetter   LetterDeed = "hold"    // 暂缓: it waits for a person
	FreeLetter   LetterDeed = "free"    // 放行: what was held goes
	CancelLetter LetterDeed = "cancel"  // 取消: it never goes
	ItArrived    LetterDeed = "arrived" // 核实已到: of one that may or may not have gone
	SendAgain    LetterDeed = "again"   // 核实未到，再发: with the same Message-ID
)

var deedWords = map[LetterDeed]fault.Sentence{
	RetryLetter:  fault.Say("workflow.deed.retry", "立即再试", "try at once"),
	HoldLetter:   fault.Say("workflow.deed.hold", "暂缓", "hold"),
	FreeLetter:   fault.Say("workflow.deed.free", "放行", "let it go"),
	CancelLetter: fault.Say("workflow.deed.cancel", "取消", "cancel"),
	ItArrived:    fault.Say("workflow.deed.arrived", "核实：已收到", "it arrived"),
	SendAgain:    fault.Say("workflow.deed.again", "核实：没收到，再发", "it did not arrive: send again"),
}

// Title names the deed, for buttons and history.
func (d LetterDeed) Title() fault.Reason { return deedWords[d].With() }

var queueWords = map[QueueOrder]fault.Sentence{
	PauseQueue:  fault.Say("workflow.queue.pause", "暂停分发", "pause"),
	ResumeQueue: fault.Say("workflow.queue.resume", "继续分发", "go on"),
	CancelQueue: fault.Say("workflow.queue.cancel", "停止分发，余下的不发", "cancel what has not gone"),
}

// Title names the order, for buttons and history.
func (q QueueOrder) Title() fault.Reason { return queueWords[q].With() }

// A LetterOrder is the particulars of Steer, Handle and Trial: each looks at its
// own.
type LetterOrder struct {
	Queue QueueOrder // Steer
	Deed  LetterDeed // Handle
	// Line is the letter of Handle, of which the caller gives the id and
	// [Desk.Act] the rest; of Trial, where it goes.
	Line LetterLine
	// Trial is the letter of Trial; [Desk.Try] makes it.
	Trial *Sending
}

// A LetterLine is a letter of an issue, as history names it.
type LetterLine struct {
	ID      uuid.UUID
	Name    string
	Address string
}

// LetterBook is where letters are found.
type LetterBook interface {
	// LetterLine returns a letter of an issue, or fault.NotFound if it has no
	// such letter.
	LetterLine(ctx context.Context, issue, letter uuid.UUID) (LetterLine, error)
}

// letterMoves are the lines of the table for letters. None of them touches what
// was decided: letters are no part of the digest.
var letterMoves = []Move{
	{Act: Steer, Who: clerk,
		From: []State{Dispatching, Dispatched}, Stays: true, Together: true,
		Needs: []Rule{reasonGiven, sendsNothingRecalled}, Apply: applySteer},
	{Act: Handle, Who: clerk,
		From: recallable, Stays: true, Together: true,
		Needs: []Rule{reasonGiven, sendsNothingRecalled}, Apply: applyHandle},
	{Act: Trial, Who: anyDesk,
		From: []State{Registered, Scheduled}, Stays: true, Together: true,
		Needs: []Rule{fitsMail}, Apply: applyTrial},
}

// sendsNothingRecalled: while a recall waits to be decided nothing of the issue
// leaves; what has not gone may be held or cancelled.
var sendsNothingRecalled = Rule{"sends-nothing-recalled",
	fault.Say("workflow.rule.sends-nothing-recalled", "有待决定的撤销时，不让信件发出", "no letter goes while a recall waits to be decided"),
	func(c Case) []fault.Reason {
		o := c.Order.Letters
		sends := o.Queue == ResumeQueue || slices.Contains([]LetterDeed{RetryLetter, FreeLetter, SendAgain}, o.Deed)
		if !sends {
			return nil
		}
		return noRecallOpen.Against(c)
	}}

var (
	steered   = fault.Say("workflow.fact.steered", "对未发的信：%s", "letters that have not gone: %s")
	handled   = fault.Say("workflow.fact.handled", "给%s的信（%s）：%s", "the letter to %s (%s): %s")
	triedOn   = fault.Say("workflow.fact.trial", "试发给%s", "a trial letter to %s")
	trialMark = fault.Say("workflow.trial-subject", "【试发】%s", "[Trial] %s")
	noTrialTo = fault.Say("workflow.trial-to", "请写明试发到哪个邮箱", "say to which address the trial goes")
	noTrial   = fault.Say("workflow.no-trial", "没有试发", "no trial letter was sent")
)

func applySteer(c Case, next *Change) []fault.Reason {
	next.Queue = c.Order.Letters.Queue
	return []fault.Reason{steered.With(next.Queue.Title().In(fault.ZH))}
}

func applyHandle(c Case, next *Change) []fault.Reason {
	o := c.Order.Letters
	next.Letter, next.Deed = o.Line.ID, o.Deed
	return []fault.Reason{handled.With(o.Line.Name, o.Line.Address, o.Deed.Title().In(fault.ZH))}
}

func applyTrial(c Case, next *Change) []fault.Reason {
	next.Trial = c.Order.Letters.Trial
	return []fault.Reason{triedOn.With(c.Order.Letters.Line.Address)}
}

// letters completes an order about one letter by what that is called. It fails
// with fault.NotFound where the issue has no such letter.
func (d *Desk) letters(ctx context.Context, id uuid.UUID, order *Order) (err error) {
	order.Letters.Trial = nil
	if order.Act == Handle {
		order.Letters.Line, err = d.Letters.LetterLine(ctx, id, order.Letters.Line.ID)
	}
	return err
}

// Try sends the letter of an issue as it would go out now to one address, its
// subject marked 【试发】. It is on no board and in no count, and nobody can
// acknowledge it; history says who asked and where it went. Nothing that was
// decided is opened again. It fails as [Desk.Act] does.
func (d *Desk) Try(ctx context.Context, actor Actor, id uuid.UUID, name, address string) (Issue, error) {
	if address == "" {
		return Issue{}, fault.New(fault.Invalid, noTrial.With(), noTrialTo.With())
	}
	issue, series, err := d.load(ctx, id)
	if err != nil {
		return Issue{}, err
	}
	order := Order{Act: Trial, Letters: LetterOrder{Line: LetterLine{Name: name, Address: address}}}
	if issue.State == Registered || issue.State == Scheduled { // what else it is, Decide says
		parts, err := d.Render.Render(ctx, series, issue.marked())
		if err != nil {
			return Issue{}, err
		}
		parts = issue.markedSubject(parts)
		parts.Subject = trialMark.With(parts.Subject).In(fault.ZH)
		order.Letters.Trial = &Sending{
			ID: d.NewID(), At: moment(d.Now()), From: series.Masthead, Mailbox: series.Mailbox, Parts: parts,
			Letters: []Letter{{ID: d.NewID(), Name: name, Addresses: []string{address}}},
		}
	}
	return d.act(ctx, actor, id, order)
}
