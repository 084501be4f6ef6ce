package entry

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// An Asked is whose password a link sets.
type Asked struct {
	Pass   Pass
	Person accounts.Person
}

// Ask returns what a token opens, and uses nothing up. It fails with NotFound if
// the token is unknown or the account closed, and with Blocked, beside its pass,
// if it was used or has ended.
func (d Desk) Ask(ctx context.Context, token string) (a Asked, err error) {
	a.Pass, err = d.Books.PassByHash(ctx, PassHash(token))
	if fault.Is(err, fault.NotFound) {
		return a, fault.New(fault.NotFound, passUnknown.With())
	}
	if err != nil {
		return a, err
	}
	if a.Person, err = d.Books.PersonByID(ctx, a.Pass.Person); err != nil {
		return a, err
	}
	if !a.Person.Active {
		return Asked{}, fault.New(fault.NotFound, passUnknown.With())
	}
	return a, a.Pass.Check(d.Now())
}

var passwordsDiffer = fault.Say("entry.passwords-differ", "两次输入的密码不一样", "the two passwords are not the same")

// hash returns the hash of a new password that was typed twice, or Invalid and
// all reasons.
func (d Desk) hash(ctx context.Context, login, password, again string) (string, error) {
	err := accounts.ValidatePassword(login, password)
	if password != again {
		reasons := []fault.Reason{passwordsDiffer.With()}
		if e := fault.As(err); e != nil {
			reasons = append(reasons, e.Reasons...)
		}
		err = fault.New(fault.Invalid, notChanged.With(), reasons...)
	}
	if err != nil {
		return "", err
	}
	return d.Hasher.Hash(ctx, password)
}

// Settle sets the password that a token is for, and ends every visit of the
// person. It fails as [Desk.Ask] does, and with Invalid and every reason why the
// password will not do; the token is used up by success alone.
func (d Desk) Settle(ctx context.Context, token, password, again string) (accounts.Person, error) {
	a, err := d.Ask(ctx, token)
	if err != nil {
		return accounts.Person{}, err
	}
	p, said := a.Person, saidAnew
	if a.Pass.Kind == Invitation {
		said = saidFirst
	}
	if p.Password, err = d.hash(ctx, p.Login, password, again); err != nil {
		return accounts.Person{}, err
	}
	return p, d.Books.ChangeEntry(oneself(ctx, p), Change{
		At: d.Now(), Of: p.ID, Person: &p, Spend: a.Pass.ID, EndVisits: true, Lines: []Line{secures(said.With())},
	})
}

var (
	notChanged   = fault.Say("entry.not-changed", "密码没有修改", "the password was not changed")
	wrongCurrent = fault.Say("entry.wrong-current", "现在的密码不对", "the present password is wrong")
)

// ChangePassword gives a person another password, by the one they have, and ends
// their visits but the present one. It fails with Invalid and all reasons, and
// with Unauthenticated if the present password is wrong.
func (d Desk) ChangePassword(ctx context.Context, who uuid.UUID, current, password, again string, visit uuid.UUID) error {
	p, err := d.Books.PersonByID(ctx, who)
	if err != nil {
		return err
	}
	if err := d.proves(ctx, p, current); err != nil {
		return err
	}
	if p.Password, err = d.hash(ctx, p.Login, password, again); err != nil {
		return err
	}
	return d.Books.ChangeEntry(oneself(ctx, p), Change{
		At: d.Now(), Of: p.ID, Person: &p, EndVisits: true, Except: visit,
	})
}

// proves fails with Unauthenticated unless the password is the person's.
func (d Desk) proves(ctx context.Context, p accounts.Person, password string) error {
	ok := false
	if p.Password != "" && len(password) <= 4*accounts.MaxPassword {
		var err error
		if ok, _, err = d.Hasher.Verify(ctx, p.Password, password); err != nil {
			return fmt.Errorf("accounts: password of %s: %w", p.ID, err)
		}
	}
	if !ok {
		return fault.New(fault.Unauthenticated, wrongCurrent.With())
	}
	return nil
}

// Forgotten mails a link to set another password to whoever has a login, if
// there is such an account, it is open, has an address, and letters go out. It
// returns an error for the log alone: whoever asked is told nothing of it.
func (d Desk) Forgotten(ctx context.Context, login string) error {
	p, err := d.Books.ByLogin(ctx, strings.ToLower(strings.TrimSpace(login)))
	if fault.Is(err, fault.NotFound) || err == nil && !p.Active {
		return nil
	}
	if err != nil {
		return err
	}
	from, err := d.from(ctx)
	if err != nil {
		return err
	}
	address, err := d.Books.MailOf(ctx, p.ID)
	if err != nil || address == "" || from.address == "" {
		return err
	}
	c := Change{At: d.Now(), Of: p.ID, Lines: []Line{atDoor(saidForgot.With())}}
	pass, _ := d.pass(p.ID, uuid.Nil, Reset, ForgottenLife)
	c.Pass, c.Letter = &pass, d.letter(from, p, address, pass)
	return d.Books.ChangeEntry(oneself(ctx, accounts.Person{Name: atTheDoor.ZH}), c)
}

func (d Desk) pass(person, by uuid.UUID, kind PassKind, life time.Duration) (Pass, string) {
	p := Pass{ID: d.NewID(), Person: person, Kind: kind, Made: d.Now(), By: by, Expires: d.Now().Add(life)}
	token := d.Key.Token(p.ID)
	p.Hash = PassHash(token)
	return p, token
}

// give adds a pass to a change, and the letter that brings it where one can.
func (d Desk) give(ctx context.Context, actor, p accounts.Person, address string, kind PassKind, c *Change) (Given, error) {
	life, said := InvitationLife, saidInvited
	if kind == Reset {
		life, said = ResetLife, saidReset
	}
	pass, token := d.pass(p.ID, actor.ID, kind, life)
	given := Given{Person: p, Pass: pass, Token: token}
	from, err := d.from(ctx)
	if err != nil {
		return Given{}, err
	}
	how := byHand
	if from.address != "" && address != "" {
		c.Letter, given.Token, how = d.letter(from, p, address, pass), "", mailed
	}
	c.Pass = &pass
	c.Lines = append(c.Lines, secures(said.With(how.With(), until(pass.Expires))))
	return given, nil
}
