// Package unitdoor is where a unit without an account sees what it received: the
// issues that were sent to it, in the very versions that it got, and what became
// of them since.
//
// # The link
//
// A unit comes by a receipt slip of its own: whoever holds the link of a letter
// to the unit, which has not ended, is led on to the unit's page ([Desk.Enter]).
// The page has an address of its own, which holds for [Span] and can be kept. Its
// token is made from a random id and a key that is kept outside of the database,
// which has its hash alone (docs/adr/0013); so that the database opens nothing.
//
// A clerk ends all links of a unit at once ([Desk.Revoke]), as when a letter went
// astray. From then on slips that were offered before lead nowhere either: the
// unit comes in again by its next letter.
//
// # What is shown
//
// What a letter to the unit brought, as soon as a relay took it, can be read as it
// was sent. What went on paper alone is listed and not read here. Of a recalled or
// destroyed issue nothing is read any more; what the unit was told of the recall
// is. Of other units nothing is said: neither that they are, nor what they did.
package unitdoor

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients/receipts"
	"jianbao/workflow"
)

// Span is how long a link holds.
const Span = 180 * 24 * time.Hour

// renew is how long a link must hold yet to be given out once more.
const renew = 30 * 24 * time.Hour

// A Link opens the page of one unit.
type Link struct {
	ID        uuid.UUID
	Unit      uuid.UUID
	Hash      string // SHA-256 of the token, hex
	Made      time.Time
	Expires   time.Time
	Revoked   time.Time // zero: it holds
	RevokedBy string
}

// Holds reports whether the link opens anything at now.
func (l Link) Holds(now time.Time) bool { return l.Revoked.IsZero() && now.Before(l.Expires) }

// A Received is one sending of an issue to the unit.
type Received struct {
	Dispatch uuid.UUID
	Purpose  workflow.Purpose
	Sent     time.Time
	Issue    uuid.UUID
	Masthead string
	Organ    string
	Number   workflow.Number
	Edition  int
	Date     string // 2021-07-08, or ""
	State    workflow.State
	Secret   bool      // it is being recalled as classified
	ByMail   bool      // a relay took a letter of it to the unit
	Signed   bool      // the unit acknowledged it
	Replaced uuid.UUID // the issue that corrects it, or uuid.Nil
	Zone     *time.Location
}

// Readable reports whether what was sent may still be read here. The notice of a
// recall may, whatever was recalled.
func (r Received) Readable() bool {
	if r.Purpose == workflow.Revoked {
		return r.ByMail
	}
	return r.ByMail && !r.Secret && r.State != workflow.Recalled && r.State != workflow.Destroyed
}

// A Letter is what was sent, without what is one unit's own.
type Letter struct {
	Subject string
	Text    string
	Files   []workflow.Attachment
}

// Books is where links are kept and sendings are read. Every method is one
// transaction.
type Books interface {
	// SlipByHash returns a receipt slip, or fault.NotFound.
	SlipByHash(ctx context.Context, hash string) (receipts.Slip, error)

	// KeepUnitLink reads the links of a unit under a lock and keeps the one that
	// choose returns, if it is new.
	KeepUnitLink(ctx context.Context, unit uuid.UUID, choose func([]Link) (Link, error)) (Link, error)

	// UnitLinkByHash returns a link with the name of its unit, or fault.NotFound.
	UnitLinkByHash(ctx context.Context, hash string) (link Link, unit string, err error)

	// UnitLinks returns the links of a unit, the newest first.
	UnitLinks(ctx context.Context, unit uuid.UUID) ([]Link, error)

	// RevokeUnitLinks ends every link of a unit that holds, and returns how many.
	RevokeUnitLinks(ctx context.Context, unit uuid.UUID, at time.Time, by string) (int, error)

	// ReceivedBy returns what was sent to a unit, the newest first.
	ReceivedBy(ctx context.Context, unit uuid.UUID) ([]Received, error)

	// LetterTo returns what a dispatch brought to whoever it was sent to.
	LetterTo(ctx context.Context, dispatch uuid.UUID) (Letter, error)
}

// Files is where attachments are kept.
type Files interface {
	// File returns the bytes with a SHA-256 in hex, or fault.NotFound.
	File(ctx context.Context, sha256 string) ([]byte, error)
}

// A Desk lets units in. All fields are required; without a Key there are no links.
type Desk struct {
	Books Books
	Files Files
	Key   workflow.TicketKey
	Now   func() time.Time
	NewID func() uuid.UUID
}

var (
	noLink   = fault.Say("unitdoor.unknown", "这个链接无效，或已经停用；请打开最近一封来信里的签收链接再进入", "this link is not valid, or was ended; open the link of the latest letter to come in again")
	linkOver = fault.Say("unitdoor.expired", "这个链接已于%s失效；请打开最近一封来信里的签收链接再进入", "this link ended on %s; open the link of the latest letter to come in again")
	notHere  = fault.Say("unitdoor.not-here", "没有这一页，或者已经不能查看", "there is no such page, or it can no longer be seen")
	notKeeps = fault.Say("unitdoor.clerks", "%s没有“收发”或管理职责，不能停用单位的查阅链接", "%s is neither clerk nor administrator and may not end the links of units")
)

// Enter leads whoever holds the token of a slip to the page of its unit, and
// returns the token of that page. It fails with fault.NotFound if the slip is
// unknown, has ended, or was offered before the links of the unit were ended.
func (d *Desk) Enter(ctx context.Context, slipToken string) (token string, err error) {
	if d.Key == nil {
		return "", fault.New(fault.NotFound, noLink.With())
	}
	slip, err := d.Books.SlipByHash(ctx, workflow.TicketHash(slipToken))
	if fault.Is(err, fault.NotFound) {
		return "", fault.New(fault.NotFound, noLink.With())
	}
	if err != nil {
		return "", err
	}
	link, err := d.Books.KeepUnitLink(ctx, slip.Unit, func(all []Link) (Link, error) { return d.choose(slip, all) })
	return d.Key.Token(link.ID), err
}

// choose returns the link that a slip leads to: one that holds for a good while,
// or a new one.
func (d *Desk) choose(slip receipts.Slip, all []Link) (Link, error) {
	now := d.Now().UTC().Truncate(time.Microsecond)
	if !now.Before(slip.Expires) {
		return Link{}, fault.New(fault.NotFound, noLink.With())
	}
	for _, l := range all {
		if !l.Revoked.IsZero() && !slip.Made.After(l.Revoked) {
			return Link{}, fault.New(fault.NotFound, noLink.With())
		}
	}
	for _, l := range all {
		if l.Holds(now.Add(renew)) {
			return l, nil
		}
	}
	l := Link{ID: d.NewID(), Unit: slip.Unit, Made: now, Expires: now.Add(Span)}
	l.Hash = workflow.TicketHash(d.Key.Token(l.ID))
	return l, nil
}

// A Page is what a unit sees.
type Page struct {
	Link     Link
	Unit     string // its name now
	Received []Received
}

// Open returns the page of a token. It fails with fault.NotFound if the link is
// unknown, was ended or is over.
func (d *Desk) Open(ctx context.Context, token string) (p Page, err error) {
	if d.Key == nil {
		return p, fault.New(fault.NotFound, noLink.With())
	}
	p.Link, p.Unit, err = d.Books.UnitLinkByHash(ctx, workflow.TicketHash(token))
	switch {
	case fault.Is(err, fault.NotFound) || err == nil && !p.Link.Revoked.IsZero():
		return Page{}, fault.New(fault.NotFound, noLink.With())
	case err != nil:
		return Page{}, err
	case !p.Link.Holds(d.Now()):
		return Page{}, fault.New(fault.NotFound, linkOver.With(p.Link.Expires.In(receipts.China).Format(time.DateOnly)))
	}
	p.Received, err = d.Books.ReceivedBy(ctx, p.Link.Unit)
	return p, err
}

// Read returns what a dispatch brought the unit. It fails as Open does, and with
// fault.NotFound if the unit did not get it or may no longer read it.
func (d *Desk) Read(ctx context.Context, token string, dispatch uuid.UUID) (r Received, l Letter, err error) {
	p, err := d.Open(ctx, token)
	if err != nil {
		return r, l, err
	}
	for _, r := range p.Received {
		if r.Dispatch == dispatch && r.Readable() {
			l, err := d.Books.LetterTo(ctx, dispatch)
			return r, l, err
		}
	}
	return r, l, fault.New(fault.NotFound, notHere.With())
}

// File returns a file of a letter that the unit may read. It fails as Read does.
func (d *Desk) File(ctx context.Context, token string, dispatch uuid.UUID, sum string) (f workflow.File, err error) {
	_, l, err := d.Read(ctx, token, dispatch)
	if err != nil {
		return f, err
	}
	for _, a := range l.Files {
		if a.SHA256 == sum {
			data, err := d.Files.File(ctx, sum)
			return workflow.File{Name: a.Name, Type: a.Type, Data: data}, err
		}
	}
	return f, fault.New(fault.NotFound, notHere.With())
}

// Links returns the links of a unit, for those who keep the directory.
func (d *Desk) Links(ctx context.Context, unit uuid.UUID) ([]Link, error) {
	return d.Books.UnitLinks(ctx, unit)
}

// Revoke ends every link of a unit under the actor's name, and returns how many
// held. It fails with fault.Forbidden for others than clerks and administrators.
func (d *Desk) Revoke(ctx context.Context, actor workflow.Actor, unit uuid.UUID) (int, error) {
	if !mayKeep(actor.Person) {
		return 0, fault.New(fault.Forbidden, notKeeps.With(actor.Name()))
	}
	return d.Books.RevokeUnitLinks(ctx, unit, d.Now().UTC().Truncate(time.Microsecond), actor.Name())
}

// mayKeep reports whether a person keeps the directory of units.
func mayKeep(p accounts.Person) bool {
	for _, g := range p.Grants {
		if p.Active && (g.Role == accounts.Clerk || g.Role == accounts.Admin) {
			return true
		}
	}
	return false
}
