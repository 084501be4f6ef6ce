package receipts

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	domain "jianbao/recipients/receipts"
	"jianbao/web/api/op"
	"jianbao/workflow"
)

// most is how many replies are looked at.
const most = 500

func (rm *room) describeMails() {
	k := rm.Kit
	op.On(k, op.Get("list-receipt-mails", "/receipt-mails", "receipts", "Replies that were not understood, for the clerks of their series"), rm.mails)
	op.On(k, op.Make("enter-receipt-mail", "/receipt-mails/{mail}/receipt", "receipts", "Enter a reply as the receipt that it is"), rm.enterMail)
	op.On(k, op.Post("dismiss-receipt-mail", "/receipt-mails/{mail}/dismiss", "receipts", "Take a reply that is no receipt out of the tray"), rm.dismiss)
}

// ReceiptMail is a reply that may acknowledge something.
type ReceiptMail struct {
	ID       uuid.UUID `json:"id" format:"uuid"`
	At       time.Time `json:"at"`
	Issue    uuid.UUID `json:"issue" format:"uuid"`
	Unit     uuid.UUID `json:"unit" format:"uuid"`
	Name     string    `json:"name"`
	Sender   string    `json:"sender"`
	Subject  string    `json:"subject"`
	Words    string    `json:"words" doc:"without what it quotes"`
	Received bool      `json:"received" doc:"it seems to acknowledge"`
	Refused  bool      `json:"refused" doc:"it seems to refuse"`
}

func mailOf(m workflow.ReceiptMail) ReceiptMail {
	read := domain.Acknowledges(m.Words)
	return ReceiptMail{m.ID, m.At, m.Issue, m.Unit, m.Name, m.Sender, m.Subject, m.Words, read.Received, read.Refused}
}

// waiting are the replies of the series whose clerk the caller is.
func (rm *room) waiting(ctx context.Context) (mine []workflow.ReceiptMail, err error) {
	all, err := rm.Board.ReceiptMails(ctx, nil, most)
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		issue, err := rm.Config.Reads.Issue(ctx, m.Issue)
		if err != nil {
			return nil, err
		}
		if op.CallerOf(ctx).Person.Has(accounts.Clerk, issue.Series) {
			mine = append(mine, m)
		}
	}
	return mine, nil
}

func (rm *room) mails(ctx context.Context, in *op.Paging) (*op.Listed[ReceiptMail], error) {
	all, err := rm.waiting(ctx)
	if err != nil {
		return nil, err
	}
	return op.Cut(*in, all, func(m workflow.ReceiptMail) string { return m.ID.String() }, mailOf)
}

// own fails with fault.NotFound unless the mail waits for the caller.
func (rm *room) own(ctx context.Context, mail uuid.UUID) error {
	all, err := rm.waiting(ctx)
	if err == nil && !slices.ContainsFunc(all, func(m workflow.ReceiptMail) bool { return m.ID == mail }) {
		err = op.NotHere()
	}
	return err
}

type enterMailInput struct {
	op.Keyed
	Mail uuid.UUID `path:"mail" format:"uuid"`
	Body ReceiptEntry
}

func (rm *room) enterMail(ctx context.Context, in *enterMailInput) (*receiptBody, error) {
	if err := rm.own(ctx, in.Mail); err != nil {
		return nil, err
	}
	r, err := rm.Receiving.EnterMail(ctx, op.CallerOf(ctx).Actor(), in.Mail, in.Body.receipt())
	return &receiptBody{receiptOf(r)}, err
}

type receiptDismissInput struct {
	op.Keyed
	Mail uuid.UUID `path:"mail" format:"uuid"`
	Body struct {
		Reason string `json:"reason" maxLength:"500"`
	}
}

func (rm *room) dismiss(ctx context.Context, in *receiptDismissInput) (*op.Nothing, error) {
	if err := rm.own(ctx, in.Mail); err != nil {
		return nil, err
	}
	return op.Done(rm.Receiving.Dismiss(ctx, op.CallerOf(ctx).Actor(), in.Mail, in.Body.Reason))
}
