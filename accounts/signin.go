package accounts

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
)

// People is where accounts are kept.
type People interface {
	// ByLogin returns the person with the login, exactly. The error has the code
	// NotFound where there is none.
	ByLogin(ctx context.Context, login string) (Person, error)
}

// A Desk lets people in.
type Desk struct {
	People People
	Hasher *Hasher
	// Renew, where set, is given the new hash of a person whose old one costs
	// too little or too much by now. Its failure keeps nobody out.
	Renew func(ctx context.Context, person uuid.UUID, hash string) error
}

var refused = fault.Say("accounts.refused",
	"登录名或密码不对，或账号已停用",
	"the login or the password is wrong, or the account is closed")

// SignIn returns the person whose login and password these are. It answers with
// the code Unauthenticated, one sentence and in the same time whether the login
// is unknown, the password wrong or the account closed. Other errors are those
// of People and of the context, wrapped.
func (d Desk) SignIn(ctx context.Context, login, password string) (Person, error) {
	p, err := d.People.ByLogin(ctx, strings.ToLower(strings.TrimSpace(login)))
	switch {
	case fault.Is(err, fault.NotFound):
		p = Person{}
	case err != nil:
		return Person{}, fmt.Errorf("accounts: sign in: %w", err)
	}
	ok, again, err := d.verify(ctx, p, password)
	if err != nil {
		return Person{}, fmt.Errorf("accounts: sign in: %w", err)
	}
	if !ok || !p.Active {
		return Person{}, fault.New(fault.Unauthenticated, refused.With())
	}
	if again {
		d.renew(ctx, &p, password)
	}
	return p, nil
}

// verify proves the password; where there is none to prove, it takes as long.
func (d Desk) verify(ctx context.Context, p Person, password string) (ok, again bool, err error) {
	if p.Password == "" || len(password) > 4*MaxPassword { // a character has four bytes at most
		return false, false, d.Hasher.VerifyNobody(ctx, "")
	}
	return d.Hasher.Verify(ctx, p.Password, password)
}

// renew hashes the password at today's cost. The person is in already: what
// fails here is tried again at the next sign-in.
func (d Desk) renew(ctx context.Context, p *Person, password string) {
	if d.Renew == nil {
		return
	}
	hash, err := d.Hasher.Hash(ctx, password)
	if err == nil && d.Renew(ctx, p.ID, hash) == nil {
		p.Password = hash
	}
}
