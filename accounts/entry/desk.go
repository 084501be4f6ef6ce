package entry

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// Hasher makes and proves password hashes; [accounts.Hasher] does.
type Hasher interface {
	// Hash returns the PHC string of a password.
	Hash(ctx context.Context, password string) (string, error)

	// Verify reports whether the password is the one that was hashed.
	Verify(ctx context.Context, hash, password string) (ok, again bool, err error)
}

// A Desk is where accounts are seen to. Errors are fault.Errors with every
// reason; others are those of Books, wrapped.
type Desk struct {
	Books  Books
	Hasher Hasher
	Key    Key
	// Mails reports whether letters go out and their links lead here; without it
	// links are handed over by people.
	Mails func(ctx context.Context) (bool, error)
	// Separation says whether rights are for another administrator to give than
	// accounts are to open.
	Separation func(ctx context.Context) (accounts.Separation, error)
	// Mailbox returns the address that letters are from where the office sets
	// none; "" is none.
	Mailbox func(ctx context.Context) (string, error)
	Now     func() time.Time
	NewID   func() uuid.UUID
}

// A Newcomer is somebody who gets an account, or what an account is to be.
type Newcomer struct {
	Login, Name, Address string
	Grants               []accounts.Grant
}

// A Given is a pass that was made. Token is what opens it, "" if it was mailed:
// it is in no book and can be shown once.
type Given struct {
	Person accounts.Person
	Pass   Pass
	Token  string
}

// Mailed reports whether the link went out by mail.
func (g Given) Mailed() bool { return g.Token == "" }

var (
	notKeeper   = fault.Say("entry.not-keeper", "只有全部刊物的管理员才能开设、更名和停用账号", "only administrators of all series open, rename and close accounts")
	notGranter  = fault.Say("entry.not-granter", "只有安全管理员（未分立时是管理员）才能改角色、重设密码、结束登录和重置动态口令", "roles, resets, sign-ins and one-time codes of others are for the security administrator, or the administrator while they are not separated")
	badPerson   = fault.Say("entry.bad-person", "账号没有保存", "the account was not saved")
	lastManager = fault.Say("entry.last-manager", "%s是最后一位管理员；先请另一位能登录的人担任管理员，再改这里", "%s is the last administrator; make somebody else who can sign in one first")
	suspended   = fault.Say("entry.suspended", "%s的账号已停用；先重新启用", "the account of %s is closed; open it again first")
)

// MaySee reports whether a person sees the accounts of others: administrators of
// all series do, and those of security.
func MaySee(p accounts.Person) bool {
	return p.Has(accounts.Admin, uuid.Nil) || p.Has(accounts.Security, uuid.Nil)
}

// mayKeep fails with Forbidden unless somebody opens, renames and closes
// accounts.
func (d Desk) mayKeep(ctx context.Context, actor accounts.Person) error {
	s, err := d.Separation(ctx)
	if err == nil && !s.Keeps(actor) {
		err = fault.New(fault.Forbidden, notKeeper.With())
	}
	return err
}

// mayGrant fails with Forbidden unless somebody sees to rights and to what proves
// who people are.
func (d Desk) mayGrant(ctx context.Context, actor accounts.Person) error {
	s, err := d.Separation(ctx)
	if err == nil && !s.Grants(actor) {
		err = fault.New(fault.Forbidden, notGranter.With())
	}
	return err
}

// Add opens an account and makes its invitation. It fails with Forbidden,
// Invalid and all reasons, and Conflict if the login is taken.
func (d Desk) Add(ctx context.Context, actor accounts.Person, n Newcomer) (Given, error) {
	if err := d.mayKeep(ctx, actor); err != nil {
		return Given{}, err
	}
	if len(n.Grants) > 0 {
		if err := d.mayGrant(ctx, actor); err != nil {
			return Given{}, err
		}
	}
	p := accounts.Person{ID: d.NewID(), Login: strings.ToLower(n.Login), Name: n.Name, Grants: n.Grants, Active: true}
	if err := checked(p, n.Address); err != nil {
		return Given{}, err
	}
	c := Change{At: d.Now(), Of: p.ID, Person: &p}
	if n.Address != "" {
		c.Address = &n.Address
	}
	given, err := d.give(ctx, actor, p, n.Address, Invitation, &c)
	if err != nil {
		return Given{}, err
	}
	return given, d.Books.ChangeEntry(ctx, c)
}

// Found opens the account of the first administrator, with a password that was
// typed twice. It fails with Invalid and all reasons, and with Blocked if anybody
// has an account already. Who may do it, the caller has asked.
func (d Desk) Found(ctx context.Context, n Newcomer, password, again string) (accounts.Person, error) {
	p := accounts.Person{ID: d.NewID(), Login: strings.ToLower(n.Login), Name: n.Name, Grants: n.Grants, Active: true}
	err := checked(p, n.Address)
	hash, bad := d.hash(ctx, p.Login, password, again)
	if err == nil {
		err = bad
	} else if e := fault.As(bad); e != nil {
		err = fault.New(fault.Invalid, badPerson.With(), append(fault.As(err).Reasons, e.Reasons...)...)
	}
	if err != nil {
		return p, err
	}
	p.Password = hash
	return p, d.Books.ChangeEntry(oneself(ctx, p), Change{At: d.Now(), Of: p.ID, Person: &p, First: true, Lines: []Line{secures(saidFounded.With())}})
}

// checked returns every reason why an account cannot be so.
func checked(p accounts.Person, address string) error {
	reasons := mailReasons(address)
	if e := fault.As(p.Validate()); e != nil {
		reasons = append(e.Reasons, reasons...)
	}
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, badPerson.With(), reasons...)
	}
	return nil
}

// Alter changes the name, the roles and the address of an account over the
// version it was read as. It fails as [Desk.Add] does, and with Blocked where
// nobody would be left to see to accounts.
func (d Desk) Alter(ctx context.Context, actor accounts.Person, id uuid.UUID, version int, n Newcomer) error {
	p, err := d.Books.PersonByID(ctx, id)
	if err != nil {
		return err
	}
	address, err := d.Books.MailOf(ctx, id)
	if err != nil {
		return err
	}
	if p.Name != n.Name || address != n.Address {
		err = d.mayKeep(ctx, actor)
	}
	if err == nil && !sameGrants(p.Grants, n.Grants) {
		err = d.mayGrant(ctx, actor)
	}
	if err != nil {
		return err
	}
	p.Name, p.Grants, p.Version = n.Name, n.Grants, version
	if err := checked(p, n.Address); err != nil {
		return err
	}
	if err := d.leaves(ctx, p); err != nil {
		return err
	}
	c := Change{At: d.Now(), Of: p.ID, Person: &p}
	if address != n.Address {
		c.Address = &n.Address
		c.Lines = append(c.Lines, Line{accounts.OfSystem, saidAddress.With()})
	}
	return d.Books.ChangeEntry(ctx, c)
}

func sameGrants(a, b []accounts.Grant) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(g accounts.Grant) bool { return !slices.Contains(b, g) })
}

func isManager(p accounts.Person) bool { return p.Has(accounts.Admin, uuid.Nil) }

// leaves fails with Blocked if with a person as they are to be nobody who can
// sign in sees to accounts any more.
func (d Desk) leaves(ctx context.Context, p accounts.Person) error {
	all, err := d.Books.People(ctx)
	if err != nil {
		return err
	}
	was := false
	for _, q := range all {
		if q.ID == p.ID {
			was, q = isManager(q), p
		}
		if isManager(q) && q.Password != "" {
			return nil
		}
	}
	if was && !isManager(p) {
		return fault.New(fault.Blocked, lastManager.With(p.Name))
	}
	return nil
}

// Suspend closes an account and ends its visits; what else it was, stays. It
// fails with Blocked if its owner is named for work, with all that is to be
// handed over.
func (d Desk) Suspend(ctx context.Context, actor accounts.Person, id uuid.UUID, version int) error {
	return d.open(ctx, actor, id, version, false)
}

// Resume opens a closed account again, with the password it had.
func (d Desk) Resume(ctx context.Context, actor accounts.Person, id uuid.UUID, version int) error {
	return d.open(ctx, actor, id, version, true)
}

// open opens or closes an account over the version that it was read as: who was
// saved meanwhile is refused by Books.
func (d Desk) open(ctx context.Context, actor accounts.Person, id uuid.UUID, version int, active bool) error {
	if err := d.mayKeep(ctx, actor); err != nil {
		return err
	}
	p, err := d.Books.PersonByID(ctx, id)
	if err != nil {
		return err
	}
	p.Version, p.Active = version, active
	if err := d.leaves(ctx, p); err != nil {
		return err
	}
	return d.Books.ChangeEntry(ctx, Change{At: d.Now(), Of: id, Person: &p, EndVisits: !active})
}

// Invite makes another link for somebody: an invitation for who has no password
// yet, a reset otherwise. The password that they have stays until the link is
// used.
func (d Desk) Invite(ctx context.Context, actor accounts.Person, id uuid.UUID) (Given, error) {
	p, err := d.Books.PersonByID(ctx, id)
	if err != nil {
		return Given{}, err
	}
	kind, may := Invitation, d.mayKeep
	if p.Password != "" {
		kind, may = Reset, d.mayGrant
	}
	if err := may(ctx, actor); err != nil {
		return Given{}, err
	}
	if !p.Active {
		return Given{}, fault.New(fault.Blocked, suspended.With(p.Name))
	}
	address, err := d.Books.MailOf(ctx, id)
	if err != nil {
		return Given{}, err
	}
	c := Change{At: d.Now(), Of: id}
	given, err := d.give(ctx, actor, p, address, kind, &c)
	if err != nil {
		return Given{}, err
	}
	return given, d.Books.ChangeEntry(ctx, c)
}

// EndVisits ends every visit of somebody, by an administrator.
func (d Desk) EndVisits(ctx context.Context, actor accounts.Person, id uuid.UUID) error {
	if err := d.mayGrant(ctx, actor); err != nil {
		return err
	}
	return d.Books.ChangeEntry(ctx, Change{At: d.Now(), Of: id, EndVisits: true, Lines: []Line{secures(saidEndedAll.With())}})
}

// ResetFactor ends the second factor of somebody who lost it, with the reason
// (whom the administrator spoke with, say).
func (d Desk) ResetFactor(ctx context.Context, actor accounts.Person, id uuid.UUID, reason string) error {
	if err := d.mayGrant(ctx, actor); err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); reason == "" || !accounts.Storable(reason) {
		return fault.New(fault.Invalid, factorReason.With())
	}
	return d.Books.ChangeEntry(ctx, Change{At: d.Now(), Of: id, DropFactor: true, EndVisits: true, Lines: []Line{secures(saidUnfactored.With(reason))}})
}

var (
	saidEndedAll = fault.Say("entry.said.ended-all", "结束了各处登录", "ended every sign-in")
	factorReason = fault.Say("entry.factor-reason", "请写明重置的原因，如何核实了本人", "give the reason, and how you made sure who asked")
)
