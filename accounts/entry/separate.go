package entry

import (
	"context"
	"strings"

	"jianbao/accounts"
	"jianbao/fault"
)

// SeparationBooks is where the separation of the administrators is kept. Every
// method is one transaction, and records what was done.
type SeparationBooks interface {
	// Separation returns whether the administrators are separated.
	Separation(ctx context.Context) (accounts.Separation, error)

	// LastAsk returns the last request to end the separation, the zero Ask if
	// there never was one.
	LastAsk(ctx context.Context) (accounts.Ask, error)

	// Separate turns the separation on or off. It fails with Blocked and all
	// reasons if the people do not permit it: see [accounts.Separable].
	Separate(ctx context.Context, on bool) error

	// AskToJoin adds a request to end the separation. It fails as may does.
	AskToJoin(ctx context.Context, reason string, may func(accounts.Separation) error) error

	// Join ends the separation. It fails as may does.
	Join(ctx context.Context, may func(accounts.Separation, accounts.Ask) error) error
}

// A Proof is what somebody types to show that they are who is signed in.
type Proof struct {
	Password string
	Code     string // where one-time codes are set up
}

// A Switch is what turns the separation of the administrators (三员分立). Whoever
// turns it proves who they are once more, since a desk may have been left open;
// and to turn it off takes two: see [accounts.Ask].
type Switch struct {
	Factors
	Separations SeparationBooks
}

var noProof = fault.Say("entry.no-proof", "先在“账号与登录”里设密码或动态口令，才能证明是本人", "set a password or one-time codes on the page of your account first, to prove who you are")

// Prove fails with Unauthenticated unless somebody is who they are signed in as:
// by their password and, where they have set them up, a one-time code. Who came
// by single sign-on and has no password proves it by a code alone.
func (d Factors) Prove(ctx context.Context, p accounts.Person, given Proof) error {
	p, err := d.Books.PersonByID(ctx, p.ID)
	if err != nil {
		return err
	}
	f, err := d.Factors.Factor(ctx, p.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if p.Password == "" && !f.On() {
		return fault.New(fault.Blocked, noProof.With())
	}
	if p.Password != "" {
		if err := d.proves(ctx, p, given.Password); err != nil {
			return err
		}
	}
	if f.On() {
		return d.Check(ctx, p, given.Code)
	}
	return nil
}

// Split separates the administrators.
func (d Switch) Split(ctx context.Context, who accounts.Person, given Proof) error {
	s, err := d.Separations.Separation(ctx)
	if err == nil {
		err = s.MaySplit(who)
	}
	if err == nil {
		err = d.Prove(ctx, who, given)
	}
	if err != nil {
		return err
	}
	return d.Separations.Separate(ctx, true)
}

// AskToJoin asks that the separation end.
func (d Switch) AskToJoin(ctx context.Context, who accounts.Person, given Proof, reason string) error {
	reason = strings.TrimSpace(reason)
	may := func(s accounts.Separation) error { return s.MayAsk(who, reason) }
	s, err := d.Separations.Separation(ctx)
	if err == nil {
		err = may(s)
	}
	if err == nil {
		err = d.Prove(ctx, who, given)
	}
	if err != nil {
		return err
	}
	return d.Separations.AskToJoin(ctx, reason, may)
}

// Agree ends the separation, as another asked.
func (d Switch) Agree(ctx context.Context, who accounts.Person, given Proof) error {
	may := func(s accounts.Separation, a accounts.Ask) error { return s.MayAgree(who, a, d.Now()) }
	s, a, err := d.State(ctx)
	if err == nil {
		err = may(s, a)
	}
	if err == nil {
		err = d.Prove(ctx, who, given)
	}
	if err != nil {
		return err
	}
	return d.Separations.Join(ctx, may)
}

// State returns whether the administrators are separated, and the last request to
// end it.
func (d Switch) State(ctx context.Context) (s accounts.Separation, a accounts.Ask, err error) {
	if s, err = d.Separations.Separation(ctx); err == nil {
		a, err = d.Separations.LastAsk(ctx)
	}
	return s, a, err
}
