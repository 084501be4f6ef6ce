package workflow

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients/receipts"
)

// ReceiptTray is where mails are that answer a letter of an issue, or a
// reminder. Every method is one transaction.
type ReceiptTray interface {
	// ReceiptMails returns those of up to limit such mails in the tray whose words
	// looks takes, nil takes all, the newest first. Those of which a receipt was
	// made are not among them.
	ReceiptMails(ctx context.Context, looks func(words string) bool, limit int) ([]ReceiptMail, error)

	// ReceiptMail returns one of them, or fault.NotFound.
	ReceiptMail(ctx context.Context, id uuid.UUID) (ReceiptMail, error)

	// DismissMail takes a mail out of the tray that is no receipt. It fails with
	// fault.Conflict if it is not there any more.
	DismissMail(ctx context.Context, id uuid.UUID, d Dismissal) error
}

// A Dismissal says who took a mail out of the tray, when and why.
type Dismissal struct {
	By  string
	Why string
	At  time.Time
}

// A ReceiptMail is a mail that may acknowledge something.
type ReceiptMail struct {
	ID       uuid.UUID // uuid.Nil: no mail
	At       time.Time
	Delivery uuid.UUID // the letter that it answers: of the issue, or a reminder
	Sender   string
	Subject  string
	Words    string // without what it quotes
	// Issue, Version, Unit, Name and Copies are what the letter was about.
	Issue   uuid.UUID
	Version string
	Unit    uuid.UUID
	Name    string
	Copies  int
	// Read says that nobody needs to look at the mail any more.
	Read bool
}

var (
	whyDismissed = fault.Say("workflow.receipt-dismissed-why", "请写明为什么不是签收，不超过%d个字", "say why it is no receipt, in at most %d characters")
	notDismissed = fault.Say("workflow.receipt-not-dismissed", "来信没有移出", "the mail was not taken out of the tray")
	mailIsGone   = fault.Say("workflow.receipt-mail-gone", "这封来信已经有人处理", "somebody has dealt with this mail already")
)

// Collect enters the receipts among the mails that came in, and returns how many
// those are. Whatever is not plainly an acknowledgment stays in the tray for a
// person, and so does one that misses copies or says more.
func (r Receiving) Collect(ctx context.Context) (n int, err error) {
	if r.Tray == nil {
		return 0, nil
	}
	plain := func(words string) bool { return receipts.Acknowledges(words).Received }
	mails, err := r.Tray.ReceiptMails(ctx, plain, 10*batch)
	if err != nil {
		return 0, err
	}
	for _, mail := range slices.Backward(mails) { // the first to answer is the first to be entered
		answer := receipts.Acknowledges(mail.Words)
		mail.Read = answer.More == "" && answer.Missing == 0
		receipt := r.replied(mail, answer)
		if receipt.Validate() != nil { // without a sender, for one
			continue
		}
		err := r.Keep.EnterReceipt(ctx, receipt, mail)
		if err != nil && !fault.Is(err, fault.Conflict) { // another process was first
			return n, err
		}
		n++
	}
	return n, nil
}

// replied is the receipt that a reply is. One that names no number of copies
// has all but those that it says are missing.
func (r Receiving) replied(mail ReceiptMail, answer receipts.Answer) receipts.Receipt {
	if answer.Copies == 0 {
		answer.Copies = max(0, mail.Copies-answer.Missing)
	}
	now := moment(r.Desk.Now())
	by := mail.Sender
	if answer.By != "" && utf8.RuneCountInString(answer.By+mail.Sender) < 250 {
		by = answer.By + " <" + mail.Sender + ">"
	}
	return receipts.Receipt{
		ID: r.Desk.NewID(), Issue: mail.Issue, Version: mail.Version, Unit: mail.Unit, Name: mail.Name,
		Means: receipts.ByReply, Verdict: receipts.Received, By: by, At: repliedAt(mail.At, answer, now),
		Copies: answer.Copies, Expected: mail.Copies, Reason: strings.Trim(answer.Note+"；"+answer.More, "；"), Evidence: shortened(mail.Words),
		Entered: now, Delivery: mail.Delivery,
	}
}

// repliedAt is when a reply says that it was received: its day where it names
// one of the last weeks, and otherwise when the reply came; never later than now.
func repliedAt(came time.Time, answer receipts.Answer, now time.Time) time.Time {
	if came.After(now) {
		came = now
	}
	here := came.In(receipts.China)
	day := time.Date(here.Year(), answer.Month, answer.Day, 23, 59, 0, 0, receipts.China)
	if age := came.Sub(day); answer.Day > 0 && age > 0 && age < receipts.SlipTime {
		return moment(day)
	}
	return moment(came)
}

// shortened is the beginning of words, as long as evidence may be.
func shortened(words string) string {
	all := []rune(words)
	return string(all[:min(len(all), receipts.MaxReason)])
}

// EnterMail enters a mail that was not understood as the receipt that it is:
// Verdict, By, Copies, Reason and Corrects are the clerk's. It fails as
// [Receiving.Enter] does, and with fault.Conflict if somebody was first.
func (r Receiving) EnterMail(ctx context.Context, actor Actor, id uuid.UUID, said receipts.Receipt) (receipts.Receipt, error) {
	mail, err := r.mailOf(ctx, actor, id)
	if err != nil {
		return receipts.Receipt{}, err
	}
	receipt := r.replied(mail, receipts.Answer{Copies: said.Copies})
	receipt.Verdict, receipt.Copies, receipt.Reason, receipt.Corrects = said.Verdict, said.Copies, said.Reason, said.Corrects
	receipt.EnteredBy = actor.Name()
	if by := strings.TrimSpace(said.By); by != "" {
		receipt.By = by
	}
	if err := receipt.Validate(); err != nil {
		return receipts.Receipt{}, err
	}
	mail.Read = true
	return receipt, r.Keep.EnterReceipt(ctx, receipt, mail)
}

// Dismiss takes a mail out of the tray that is no receipt, with the reason. It
// fails with fault.Forbidden for others than clerks of the series, and with
// fault.Conflict if somebody was first.
func (r Receiving) Dismiss(ctx context.Context, actor Actor, id uuid.UUID, why string) error {
	if _, err := r.mailOf(ctx, actor, id); err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	if n := utf8.RuneCountInString(why); n == 0 || n > receipts.MaxReason {
		return fault.New(fault.Invalid, notDismissed.With(), whyDismissed.With(receipts.MaxReason))
	}
	return r.Tray.DismissMail(ctx, id, Dismissal{By: actor.Name(), Why: why, At: moment(r.Desk.Now())})
}

func (r Receiving) mailOf(ctx context.Context, actor Actor, id uuid.UUID) (ReceiptMail, error) {
	mail, err := r.Tray.ReceiptMail(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return mail, fault.New(fault.Conflict, mailIsGone.With())
	}
	if err != nil {
		return mail, err
	}
	_, err = r.clerkOf(ctx, actor, mail.Issue)
	return mail, err
}
