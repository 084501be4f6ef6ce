package workflow

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// A Ticket lets one person decide once about one text of one issue without
// signing in: by a link, or by answering the letter that offered it. Its token
// is the only thing that opens it. The token is made from the id and a key that
// is kept outside of the database, and the database has its hash alone, so that
// whoever reads the database can decide nothing.
type Ticket struct {
	ID     uuid.UUID
	Hash   string // SHA-256 of the token, hex
	Person uuid.UUID
	Issue  uuid.UUID
	Digest Digest
	Place  string
	// Delivery is the letter that offered it.
	Delivery uuid.UUID
	Made     time.Time
	Expires  time.Time
	Used     time.Time // zero: not yet
}

// TicketTime is how long a ticket holds.
const TicketTime = 72 * time.Hour

func ticketFor(n Notice, now time.Time, id uuid.UUID) Ticket {
	now = moment(now)
	return Ticket{ID: id, Person: n.Person, Issue: n.Issue, Digest: n.Digest, Place: n.Place, Made: now, Expires: now.Add(TicketTime)}
}

// Mark is what the text of a letter has in the place of the link. The link
// itself is put in where the letter is composed, so that no table has it.
func (t Ticket) Mark() string { return "{{answer " + t.ID.String() + "}}" }

var ticketMark = regexp.MustCompile(`\{\{answer ([0-9a-f-]{36})\}\}`)

// A TicketKey makes tokens. It is 32 random bytes, the same wherever letters
// are made and composed.
type TicketKey []byte

// Token returns the token of a ticket: 43 characters that fit into an address.
func (k TicketKey) Token(id uuid.UUID) string {
	mac := hmac.New(sha256.New, k)
	mac.Write(id[:])
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// Linked puts the links under site in the place of the marks.
func (k TicketKey) Linked(text, site string) string {
	return ticketMark.ReplaceAllStringFunc(text, func(mark string) string {
		id, err := uuid.Parse(ticketMark.FindStringSubmatch(mark)[1])
		if err != nil {
			return mark
		}
		return site + "/answer/" + k.Token(id)
	})
}

// TicketHash returns the hash under which a ticket with a token is kept.
func TicketHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Tickets is where tickets are kept, and what answering needs beside the desk.
// Every method is one transaction.
type Tickets interface {
	// TicketByHash returns a ticket, or fault.NotFound.
	TicketByHash(ctx context.Context, hash string) (Ticket, error)

	// TicketsOf returns the tickets that a letter offered, the first one first.
	TicketsOf(ctx context.Context, delivery uuid.UUID) ([]Ticket, error)

	// SpendTicket marks a ticket as used, or takes that back where at is zero.
	// It fails with fault.Conflict if it is so already.
	SpendTicket(ctx context.Context, id uuid.UUID, at time.Time) error

	// PersonByID returns a person, or fault.NotFound.
	PersonByID(ctx context.Context, id uuid.UUID) (accounts.Person, error)

	// ReachOf returns how a person is reached; the zero Reach if nobody said.
	ReachOf(ctx context.Context, person uuid.UUID) (Reach, error)
}

var (
	noTicket      = fault.Say("workflow.ticket-unknown", "这个链接无效", "this link is not valid")
	ticketUsed    = fault.Say("workflow.ticket-used", "这个链接已经用过", "this link has been used")
	ticketExpired = fault.Say("workflow.ticket-expired", "这个链接已于%s失效，请登录办理", "this link ended on %s; sign in to decide")
	ticketStale   = fault.Say("workflow.ticket-stale", "本期在发信之后有改动，或已不在这一环节，请登录查看", "the issue changed or went on since the letter was sent; sign in to see it")
	ticketActs    = fault.Say("workflow.ticket-acts", "不登录只能表示同意或退回", "without signing in one can approve or return, nothing else")
	byLink        = fault.Say("workflow.fact.by-link", "凭邮件中的链接办理，没有登录", "decided by the link in a letter, without signing in")
)

// An Answering is where people decide without signing in.
type Answering struct {
	Desk    *Desk
	Tickets Tickets
	Mails   Replies // for [Answering.Collect]
}

// An Asked is what somebody with a ticket is shown before they decide.
type Asked struct {
	Ticket Ticket
	Person accounts.Person
	Issue  Issue
	Series Series
}

// Ask returns what a token opens, and uses nothing up. It fails with
// fault.NotFound if the token is unknown, and with fault.Blocked if it was
// used, has ended, or is about another text than the issue has now.
func (a Answering) Ask(ctx context.Context, token string) (Asked, error) {
	ticket, err := a.Tickets.TicketByHash(ctx, TicketHash(token))
	if fault.Is(err, fault.NotFound) {
		return Asked{}, fault.New(fault.NotFound, noTicket.With())
	}
	if err != nil {
		return Asked{}, err
	}
	return a.asked(ctx, ticket)
}

func (a Answering) asked(ctx context.Context, ticket Ticket) (asked Asked, err error) {
	asked.Ticket = ticket
	now := a.Desk.Now()
	switch {
	case !ticket.Used.IsZero():
		return asked, fault.New(fault.Blocked, ticketUsed.With())
	case !now.Before(ticket.Expires):
		return asked, fault.New(fault.Blocked, ticketExpired.With(ticket.Expires.In(time.FixedZone("", 8*60*60)).Format("2006-01-02 15:04")))
	}
	if asked.Issue, asked.Series, err = a.Desk.load(ctx, ticket.Issue); err != nil {
		return asked, err
	}
	if asked.Issue.Place() != ticket.Place || asked.Issue.Digest() != ticket.Digest {
		return asked, fault.New(fault.Blocked, ticketStale.With())
	}
	asked.Person, err = a.Tickets.PersonByID(ctx, ticket.Person)
	return asked, err
}

// Answer approves or returns in the name of whom the ticket was made for. The
// ticket is used up if, and only if, the desk takes the decision. It fails as
// [Answering.Ask] and [Desk.Act] do, and with fault.Invalid for other acts.
func (a Answering) Answer(ctx context.Context, token string, act Act, note string) (Issue, error) {
	asked, err := a.Ask(ctx, token)
	if err != nil {
		return Issue{}, err
	}
	return a.decide(ctx, asked, Order{Act: act, Note: note, How: byLink.With()})
}

// decide spends the ticket first: where the program dies before the desk has
// decided, the ticket is lost and nothing was decided twice.
func (a Answering) decide(ctx context.Context, asked Asked, order Order) (Issue, error) {
	if order.Act != Approve && order.Act != Return {
		return Issue{}, fault.New(fault.Invalid, ticketActs.With())
	}
	if err := a.Tickets.SpendTicket(ctx, asked.Ticket.ID, moment(a.Desk.Now())); err != nil {
		if fault.Is(err, fault.Conflict) {
			return Issue{}, fault.New(fault.Blocked, ticketUsed.With())
		}
		return Issue{}, err
	}
	order.Version = asked.Issue.Version
	issue, err := a.Desk.act(ctx, Actor{Person: asked.Person}, asked.Issue.ID, order)
	if err != nil {
		if back := a.Tickets.SpendTicket(context.WithoutCancel(ctx), asked.Ticket.ID, time.Time{}); back != nil {
			return Issue{}, back
		}
	}
	return issue, err
}
