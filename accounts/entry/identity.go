package entry

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// An Identity says who at a provider of single sign-on is which person here. An
// administrator enters its subject, or an address that the provider has proved;
// with the address, the subject is kept at the first sign-in, and from then on
// only that counts.
type Identity struct {
	ID      uuid.UUID
	Person  uuid.UUID
	Subject string // at the provider (OpenID Connect Core 1.0, section 2: sub)
	Mail    string // lower case
	Made    time.Time
	By      string
}

// Name is by what the identity was entered.
func (i Identity) Name() string {
	if i.Mail != "" {
		return i.Mail
	}
	return i.Subject
}

// A Claim is what a provider says of who signed in there, proved by its
// signature.
type Claim struct {
	Subject  string
	Mail     string
	Verified bool // the provider says that it has proved the address
	Login    string
	Name     string
}

// IdentityBooks is where identities are kept.
type IdentityBooks interface {
	// Identities returns the identities of a person, the oldest first.
	Identities(ctx context.Context, person uuid.UUID) ([]Identity, error)

	// IdentityOf returns the identity with a subject, or else the one with an
	// address and no subject yet, or NotFound. "" finds nothing.
	IdentityOf(ctx context.Context, subject, mail string) (Identity, error)

	// SaveIdentity writes an identity, new or over the one with its id, and a
	// line of the record. It fails with Conflict if it is another person's.
	SaveIdentity(ctx context.Context, i Identity, l Line) error

	// DropIdentity removes an identity of a person, and writes a line of the
	// record.
	DropIdentity(ctx context.Context, person, id uuid.UUID, l Line) error
}

// Identities is the desk for single sign-on.
type Identities struct {
	Desk
	Identities IdentityBooks
	// NewRole is the role that somebody gets whom nobody entered; "" lets nobody
	// in who was not entered.
	NewRole accounts.Role
}

var (
	identityNone = fault.Say("entry.identity-none", "统一登录认得您（%s），但您在这里没有账号，或账号已停用；请管理员为您登记", "single sign-on knows you (%s), but you have no account here, or it is closed; ask your administrator to enter you")
	identityBad  = fault.Say("entry.identity-bad", "请填写对方系统里的用户标识（不超过255个字符）或邮箱，填一样", "give the subject at the provider (at most 255 characters) or the mail address, one of the two")
)

// Link enters that a person is somebody at the provider, by subject or by
// address.
func (d Identities) Link(ctx context.Context, actor accounts.Person, person uuid.UUID, subject, mail string) error {
	if err := d.mayGrant(ctx, actor); err != nil {
		return err
	}
	subject, mail = strings.TrimSpace(subject), strings.ToLower(strings.TrimSpace(mail))
	if (subject == "") == (mail == "") || len(subject) > 255 || !accounts.Storable(subject) || mail != "" && !mailLike(mail) {
		return fault.New(fault.Invalid, identityBad.With())
	}
	i := Identity{ID: d.NewID(), Person: person, Subject: subject, Mail: mail, Made: d.Now(), By: actor.Name}
	return d.Identities.SaveIdentity(ctx, i, secures(saidLinked.With(i.Name())))
}

// Unlink removes an identity of a person.
func (d Identities) Unlink(ctx context.Context, actor accounts.Person, person, id uuid.UUID) error {
	if err := d.mayGrant(ctx, actor); err != nil {
		return err
	}
	all, err := d.Identities.Identities(ctx, person)
	if err != nil {
		return err
	}
	for _, i := range all {
		if i.ID == id {
			return d.Identities.DropIdentity(ctx, person, id, secures(saidUnlinked.With(i.Name())))
		}
	}
	return nil
}

// Admit returns the person whom a claim is of. It fails with Unauthenticated if
// nobody entered them, or their account is closed.
func (d Identities) Admit(ctx context.Context, c Claim) (accounts.Person, error) {
	mail := ""
	if c.Verified {
		mail = strings.ToLower(c.Mail)
	}
	i, err := d.Identities.IdentityOf(ctx, c.Subject, mail)
	if fault.Is(err, fault.NotFound) && d.NewRole != "" {
		return d.employ(ctx, c)
	}
	if fault.Is(err, fault.NotFound) {
		return accounts.Person{}, c.refused()
	}
	if err != nil {
		return accounts.Person{}, err
	}
	p, err := d.Books.PersonByID(ctx, i.Person)
	if err != nil || !p.Active {
		if err == nil {
			err = c.refused()
		}
		return accounts.Person{}, err
	}
	if i.Subject == "" {
		i.Subject = c.Subject
		err = d.Identities.SaveIdentity(oneself(ctx, p), i, atDoor(saidRecognised.With(i.Mail)))
	}
	return p, err
}

func (c Claim) refused() error {
	known := c.Subject
	if c.Mail != "" {
		known = c.Mail
	}
	return fault.New(fault.Unauthenticated, identityNone.With(strings.ToValidUTF8(known, "\uFFFD")))
}

// employ opens an account for somebody whom the provider knows and nobody
// entered, with the one role that was configured.
func (d Identities) employ(ctx context.Context, c Claim) (accounts.Person, error) {
	p := accounts.Person{ID: d.NewID(), Login: strings.ToLower(c.Login), Name: c.Name, Active: true, Version: 0, Grants: []accounts.Grant{{Role: d.NewRole}}}
	if p.Name == "" {
		p.Name = p.Login
	}
	if err := p.Validate(); err != nil {
		return accounts.Person{}, err
	}
	ctx = oneself(ctx, p)
	said := atDoor(saidMadeByOther.With(c.Subject))
	if err := d.Books.ChangeEntry(ctx, Change{At: d.Now(), Of: p.ID, Person: &p, Lines: []Line{said}}); err != nil {
		return accounts.Person{}, err
	}
	i := Identity{ID: d.NewID(), Person: p.ID, Subject: c.Subject, Made: d.Now()}
	return p, d.Identities.SaveIdentity(ctx, i, atDoor(saidLinked.With(c.Subject)))
}
