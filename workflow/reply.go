package workflow

import (
	"context"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A Reply is a mail that answers a letter which asked for decisions. Those that
// machines write (bounces, automatic answers) are none.
type Reply struct {
	Mail     uuid.UUID
	Delivery uuid.UUID // the letter that it answers
	Sender   string    // the bare address in From
	Words    string    // without what it quotes
	// Begun says that somebody began with it a while ago and came to no end.
	Begun bool
}

// An Answered is what became of a reply. One that was not done stays in the
// tray of the clerks; its person is told either way.
type Answered struct {
	Mail   uuid.UUID
	At     time.Time
	Person uuid.UUID
	Issue  uuid.UUID
	Act    Act          // what was decided, or ""
	Why    fault.Reason // why nothing was, or the zero Reason
	Notice Notice       // tells the person
}

// Done reports whether something was decided.
func (a Answered) Done() bool { return a.Act != "" }

// Replies is where the replies are, and what became of each. Every method is one
// transaction.
type Replies interface {
	// Replies returns up to limit replies to letters with tickets of which
	// nothing is known yet, and those that were begun before a moment and have
	// no end, the oldest first.
	Replies(ctx context.Context, begun time.Time, limit int) ([]Reply, error)

	// BeginReply writes down that a reply is being dealt with, before anything
	// is decided. It returns false if it was begun before.
	BeginReply(ctx context.Context, mail uuid.UUID, at time.Time) (bool, error)

	// EndReply writes down what became of a reply, with its notice; one that is
	// done leaves the tray. It fails with fault.Conflict if it was ended before.
	EndReply(ctx context.Context, a Answered) error
}

// replyLost is how long a reply that was begun may take before it is taken for
// one whose process died.
const replyLost = 5 * time.Minute

var (
	replyUnclear = fault.Say("workflow.reply-unclear", "回信第一行应只写“同意”，或写“退回：”加理由；附有其他意见的由收发人员处理", "the first line of the answer is “同意” (approve) alone, or “退回：” (return) with the reason; what says more is for the clerk to read")
	replyFrom    = fault.Say("workflow.reply-from", "回信是从%s发出的，不是本人登记的邮箱", "the answer came from %s, which is not the person's own address")
	replyMany    = fault.Say("workflow.reply-many", "这封信里有%d件待办，请用各自的链接办理", "the letter asks for %d decisions; use the link of each")
	replyBroken  = fault.Say("workflow.reply-broken", "办理回信时程序中断，请登录查看是否已办", "the program was interrupted over the answer; sign in to see whether it was done")
	replyDone    = fault.Say("workflow.notice.reply-done", "%s：已按您的回信办理：%s", "%s: done as you answered: %s")
	replyLeft    = fault.Say("workflow.notice.reply-left", "%s：没有按您的回信办理：%s", "%s: your answer was not carried out: %s")
	byReply      = fault.Say("workflow.fact.by-reply", "凭%s的回信办理，没有登录", "decided by a mail from %s, without signing in")
)

// Collect does what people answered by mail, and returns how many decisions
// those were. Every mail is dealt with once, whatever happens: where the program
// dies over one, a person is told to look.
func (a Answering) Collect(ctx context.Context) (n int, err error) {
	now := moment(a.Desk.Now())
	replies, err := a.Mails.Replies(ctx, now.Add(-replyLost), batch)
	if err != nil {
		return 0, err
	}
	for _, r := range replies {
		if !r.Begun {
			mine, err := a.Mails.BeginReply(ctx, r.Mail, now)
			if err != nil {
				return n, err
			}
			if !mine {
				continue
			}
		}
		answered, err := a.Reply(ctx, r)
		if err != nil {
			return n, err
		}
		if err := a.Mails.EndReply(ctx, answered); err != nil && !fault.Is(err, fault.Conflict) {
			return n, err
		}
		if answered.Done() {
			n++
		}
	}
	return n, nil
}

// Reply decides as a mail says. The letter that it answers is known by its
// Message-ID, which is random and which only its reader was told; the sender
// must be the person's own address. What cannot be done is no error: the answer
// says why. It fails where storage does.
func (a Answering) Reply(ctx context.Context, r Reply) (Answered, error) {
	tickets, err := a.Tickets.TicketsOf(ctx, r.Delivery)
	if err != nil {
		return Answered{}, err
	}
	if len(tickets) == 0 {
		return Answered{Mail: r.Mail, At: moment(a.Desk.Now()), Why: noTicket.With()}, nil
	}
	reach, err := a.Tickets.ReachOf(ctx, tickets[0].Person)
	if err != nil {
		return Answered{}, err
	}
	order, err := r.order(tickets, reach)
	if err == nil {
		err = a.carryOut(ctx, tickets[0], order)
	}
	refusal := fault.As(err)
	if err != nil && (refusal == nil || refusal.Code == fault.Internal || refusal.Code == fault.Unavailable) {
		return Answered{}, err
	}
	return a.answered(ctx, r, tickets[0], order.Act, refusal, reach)
}

func (a Answering) carryOut(ctx context.Context, ticket Ticket, order Order) error {
	asked, err := a.asked(ctx, ticket)
	if err != nil {
		return err
	}
	_, err = a.decide(ctx, asked, order)
	return err
}

// order is what a reply asks for, or why it asks for nothing.
func (r Reply) order(tickets []Ticket, reach Reach) (Order, error) {
	if r.Begun {
		return Order{}, fault.New(fault.Blocked, replyBroken.With())
	}
	if reach.Address == "" || !strings.EqualFold(reach.Address, r.Sender) {
		return Order{}, fault.New(fault.Forbidden, replyFrom.With(r.Sender))
	}
	if len(tickets) > 1 {
		return Order{}, fault.New(fault.Invalid, replyMany.With(len(tickets)))
	}
	act, note, clear := ReadAnswer(r.Words)
	if !clear {
		return Order{}, fault.New(fault.Invalid, replyUnclear.With())
	}
	return Order{Act: act, Note: note, How: byReply.With(r.Sender)}, nil
}

// answered tells the person what became of the reply: at once, since they have
// just written, and whatever other notices they want, since somebody else may
// have written in their name.
func (a Answering) answered(ctx context.Context, r Reply, ticket Ticket, act Act, refusal *fault.Error, reach Reach) (Answered, error) {
	issue, series, err := a.Desk.load(ctx, ticket.Issue)
	if err != nil {
		return Answered{}, err
	}
	now := moment(a.Desk.Now())
	name := IssueName(series, issue.numberShown())
	done := Answered{Mail: r.Mail, At: now, Person: ticket.Person, Issue: issue.ID, Act: act}
	says := replyDone.With(name, act.Title())
	if refusal != nil {
		done.Act, done.Why = "", whole(refusal)
		says = replyLeft.With(name, done.Why)
	}
	done.Notice = Notice{
		ID: a.Desk.NewID(), Person: ticket.Person, Series: series.ID, Issue: issue.ID, Kind: Replied,
		Key: "reply/" + r.Mail.String(), Says: says, At: now,
	}
	if reach.Address != "" {
		done.Notice.SendAt = now
	}
	return done, nil
}

// whole is why something was refused: what says most of it.
func whole(e *fault.Error) fault.Reason {
	if len(e.Reasons) > 0 {
		return e.Reasons[0]
	}
	return e.Message
}

// approves and returns are how answers begin that are plain. Without a sign
// behind it, 退回 is the beginning of a sentence.
var (
	approves = regexp.MustCompile(`(?i)^(同意|approved?)[。.！! ]*$`)
	returns  = regexp.MustCompile(`(?i)^(不同意|退回|return(?:ed)?|not approved)(?:[：:，,。.；; 　]+(.*))?$`)
	// qualifies is what more than a signature has below an approval.
	qualifies = regexp.MustCompile(`(?i)但|不|另|请|改|删|补|再|建议|意见|核|以外|除|[？?；;]|\b(but|please|except|however|change)\b`)
)

// mostSignature is how many characters a signature has at most.
const mostSignature = 200

// ReadAnswer reads what somebody wrote back: 同意 alone on the first line, over
// nothing but a signature, approves; 退回 or 不同意 with a reason behind it
// returns for that. Anything else, "同意，但是…" above all, is for a person to
// read.
func ReadAnswer(words string) (act Act, note string, clear bool) {
	first, rest, _ := strings.Cut(strings.TrimSpace(words), "\n")
	first, rest = strings.TrimSpace(first), strings.TrimSpace(rest)
	if approves.MatchString(first) {
		clear = !qualifies.MatchString(rest) && utf8.RuneCountInString(rest) <= mostSignature
		return Approve, "", clear
	}
	if m := returns.FindStringSubmatch(first); m != nil {
		note = strings.TrimSpace(m[2] + "\n" + rest)
		return Return, note, note != ""
	}
	return "", "", false
}
