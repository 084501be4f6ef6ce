package workflow

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients/receipts"
	"jianbao/workflow/calendar"
)

// Receipts is where receipts and the slips for them are kept. Every method is
// one transaction.
type Receipts interface {
	// SlipByHash returns a slip, or fault.NotFound.
	SlipByHash(ctx context.Context, hash string) (receipts.Slip, error)

	// OfferSlips keeps the slip of each unit of a dispatch, as make completes it,
	// unless there is one already: of those that it writes to for
	// receipts.ByLink, of those that get paper for receipts.ByCode. It returns
	// the slips of all of them.
	OfferSlips(ctx context.Context, dispatch uuid.UUID, means receipts.Means, make func(receipts.Slip) receipts.Slip) ([]receipts.Slip, error)

	// EnterReceipt adds a receipt, uses its slip up and takes the mail that it
	// was made of out of the tray if all of it was understood. It fails with
	// fault.Conflict if the slip was used or the mail was entered before.
	EnterReceipt(ctx context.Context, r receipts.Receipt, mail ReceiptMail) error

	// ReceiptLines returns the receipt board of an issue in the order of its
	// lists; none for one that is not out.
	ReceiptLines(ctx context.Context, issue uuid.UUID) ([]receipts.Line, error)

	// OutBetween returns the issues of a series that were released from a moment
	// on and before another, the first one first.
	OutBetween(ctx context.Context, series uuid.UUID, from, until time.Time) ([]uuid.UUID, error)

	// Clockwork returns how the program keeps time for a series, and the office's
	// own tables of holidays.
	Clockwork(ctx context.Context, series uuid.UUID) (Timetable, []calendar.Year, error)
}

// A Receiving is where units acknowledge what they got, and clerks in their
// place.
type Receiving struct {
	Desk *Desk
	Keep Receipts
	Tray ReceiptTray // nil: mail is looked at by nobody
	Key  TicketKey   // nil: there are no links
	Site string      // the address of the pages, without a slash at its end
}

var (
	noSlip     = fault.Say("workflow.slip-unknown", "这个签收链接无效", "this link is not valid")
	noReceiver = fault.Say("workflow.receipt-not-listed", "本期没有发给这个单位", "the issue was not sent to this unit")
	notClerk   = fault.Say("workflow.receipt-clerk", "%s不是本刊的文书，不能登记签收", "%s is no clerk of this series and may not enter receipts")
	clerkMeans = fault.Say("workflow.receipt-means", "代为登记的签收只能是电话确认或签收单", "what a clerk enters came by telephone or on a signed sheet")
)

// SlipFor completes a slip: its id, its hash, and how long it holds from now.
// Without a key it has no hash, and nothing opens it.
func SlipFor(s receipts.Slip, key TicketKey, now time.Time) receipts.Slip {
	s.ID = receipts.SlipID(s.Dispatch, s.Unit, s.Means)
	if key != nil {
		s.Hash = TicketHash(key.Token(s.ID))
	}
	s.Made = moment(now)
	s.Expires = s.Made.Add(receipts.SlipTime)
	return s
}

// slipMark is what the text of a reminder has in the place of the link.
func slipMark(id uuid.UUID) string { return "{{receipt " + id.String() + "}}" }

var slipMarks = regexp.MustCompile(`\{\{receipt ([0-9a-f-]{36})\}\}`)

// Linked puts the links of receipts in the place of their marks. It is done
// where a letter is composed, so that no table has a link.
func (r Receiving) Linked(text string) string {
	return slipMarks.ReplaceAllStringFunc(text, func(mark string) string {
		id, err := uuid.Parse(slipMarks.FindStringSubmatch(mark)[1])
		if err != nil {
			return mark
		}
		return r.address(id)
	})
}

func (r Receiving) address(slip uuid.UUID) string { return r.Site + "/receipt/" + r.Key.Token(slip) }

// Link returns the address of the page where a unit acknowledges what a dispatch
// brought it; "" where there are no links. [Receiving.Offer] must have been
// called before anybody opens it.
func (r Receiving) Link(dispatch, unit uuid.UUID) string {
	if r.Key == nil || r.Site == "" {
		return ""
	}
	return r.address(receipts.SlipID(dispatch, unit, receipts.ByLink))
}

// Offer keeps the slips of all units that a dispatch writes to. It may be called
// any number of times.
func (r Receiving) Offer(ctx context.Context, dispatch uuid.UUID) error {
	if r.Key == nil || r.Site == "" {
		return nil
	}
	_, err := r.offer(ctx, dispatch, receipts.ByLink)
	return err
}

// Codes returns what the QR code on the paper of each unit says: the address of
// its page. It has no entry for units that get no paper, and none at all where
// there are no links.
func (r Receiving) Codes(ctx context.Context, dispatch uuid.UUID) (map[uuid.UUID]string, error) {
	if r.Key == nil || r.Site == "" {
		return nil, nil
	}
	slips, err := r.offer(ctx, dispatch, receipts.ByCode)
	codes := map[uuid.UUID]string{}
	for _, s := range slips {
		codes[s.Unit] = r.address(s.ID)
	}
	return codes, err
}

func (r Receiving) offer(ctx context.Context, dispatch uuid.UUID, means receipts.Means) ([]receipts.Slip, error) {
	now := r.Desk.Now()
	return r.Keep.OfferSlips(ctx, dispatch, means, func(s receipts.Slip) receipts.Slip { return SlipFor(s, r.Key, now) })
}

// An AskedReceipt is what somebody with a slip is shown: of the issue its
// masthead, number and date, of the units their own.
type AskedReceipt struct {
	Slip     receipts.Slip
	Masthead string
	Organ    string
	Number   Number
	State    State  // of the issue now: it may be corrected or recalled
	Date     string // 2021-07-08
	Zone     *time.Location
}

// Ask returns what a token opens, and uses nothing up. It fails with
// fault.NotFound if the token is unknown; for a slip that was used or has ended,
// with fault.Blocked beside what it was for.
func (r Receiving) Ask(ctx context.Context, token string) (a AskedReceipt, err error) {
	if r.Keep == nil || r.Key == nil { // an office without links
		return a, fault.New(fault.NotFound, noSlip.With())
	}
	a.Slip, err = r.Keep.SlipByHash(ctx, TicketHash(token))
	if fault.Is(err, fault.NotFound) {
		return a, fault.New(fault.NotFound, noSlip.With())
	}
	if err != nil {
		return a, err
	}
	issue, series, err := r.Desk.load(ctx, a.Slip.Issue)
	if err != nil {
		return a, err
	}
	a.Masthead, a.Organ, a.Number, a.State, a.Zone = series.Masthead, series.Organ, issue.Number, issue.State, series.Location()
	if !issue.Date.IsZero() {
		a.Date = issue.Date.String()
	}
	return a, a.Slip.May(r.Desk.Now())
}

// Sign enters what somebody with a slip said, and uses the slip up. It fails as
// [Receiving.Ask] does, and with fault.Invalid and every reason.
func (r Receiving) Sign(ctx context.Context, token string, said receipts.Said) (receipts.Receipt, error) {
	asked, err := r.Ask(ctx, token)
	if err != nil {
		return receipts.Receipt{}, err
	}
	said.By = strings.TrimSpace(said.By)
	receipt := asked.Slip.Receipt(r.Desk.NewID(), said, moment(r.Desk.Now()))
	if err := receipt.Validate(); err != nil {
		return receipts.Receipt{}, err
	}
	return receipt, r.Keep.EnterReceipt(ctx, receipt, ReceiptMail{})
}

// Enter enters what a clerk was told on the telephone or has on a signed sheet,
// or that the receipt that holds was a mistake: Means, Verdict, By, At, Copies,
// Reason, Evidence and Corrects are the clerk's, the rest is the board's. It
// fails with fault.Forbidden for others than clerks of the series, with
// fault.Invalid and every reason, and as [receipts.Admit] does.
func (r Receiving) Enter(ctx context.Context, actor Actor, issue, unit uuid.UUID, receipt receipts.Receipt) (receipts.Receipt, error) {
	if _, err := r.clerkOf(ctx, actor, issue); err != nil {
		return receipts.Receipt{}, err
	}
	lines, err := r.Keep.ReceiptLines(ctx, issue)
	if err != nil {
		return receipts.Receipt{}, err
	}
	at := slices.IndexFunc(lines, func(l receipts.Line) bool { return l.Unit == unit })
	if at < 0 {
		return receipts.Receipt{}, fault.New(fault.Invalid, noReceiver.With())
	}
	if !receipt.Means.ByClerk() {
		return receipts.Receipt{}, fault.New(fault.Invalid, clerkMeans.With())
	}
	l := lines[at]
	receipt.ID, receipt.Issue, receipt.Version, receipt.Unit, receipt.Name = r.Desk.NewID(), issue, l.Version, unit, l.Name
	receipt.Expected, receipt.By, receipt.At = l.Copies, strings.TrimSpace(receipt.By), moment(receipt.At)
	receipt.Entered, receipt.EnteredBy, receipt.Slip = moment(r.Desk.Now()), actor.Name(), uuid.Nil
	if err := receipt.Validate(); err != nil {
		return receipts.Receipt{}, err
	}
	if err := receipts.Admit(l.Receipts, receipt); err != nil {
		return receipts.Receipt{}, err
	}
	return receipt, r.Keep.EnterReceipt(ctx, receipt, ReceiptMail{})
}

// clerkOf returns an issue if somebody is a clerk of its series, and
// fault.Forbidden otherwise.
func (r Receiving) clerkOf(ctx context.Context, actor Actor, issue uuid.UUID) (Issue, error) {
	of, err := r.Desk.Books.Issue(ctx, issue)
	if err == nil && (!actor.Person.Active || !actor.Person.Has(accounts.Clerk, of.Series)) {
		err = fault.New(fault.Forbidden, notClerk.With(actor.Name()))
	}
	return of, err
}

// Punctuality counts how the units of a series acknowledged what was released
// from a moment on and before another.
func (r Receiving) Punctuality(ctx context.Context, series uuid.UUID, from, until time.Time) ([]receipts.Record, error) {
	of, err := r.Desk.Books.Series(ctx, series)
	if err != nil {
		return nil, err
	}
	timetable, years, err := r.Keep.Clockwork(ctx, series)
	if err != nil {
		return nil, err
	}
	ids, err := r.Keep.OutBetween(ctx, series, from, until)
	if err != nil {
		return nil, err
	}
	var all []receipts.Due
	cal := timetable.Calendar(of, years)
	for _, id := range ids {
		lines, err := r.Keep.ReceiptLines(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			all = append(all, dueOf(l, timetable.Chasing.DueBy(cal, l.Sent)))
		}
	}
	return receipts.Punctuality(all, r.Desk.Now()), nil
}

func dueOf(l receipts.Line, by time.Time) receipts.Due {
	d := receipts.Due{Unit: l.Unit, Name: l.Name, Sent: l.Sent, By: by}
	if last, ok := l.Last(); ok {
		d.Answer, d.Verdict, d.Short = last.At, last.Verdict, last.Short()
	}
	return d
}
