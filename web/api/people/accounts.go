package people

import (
	"context"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/web/api/op"
)

// Accounts is where accounts are seen to; [entry.Desk] is one, with the contracts.
type Accounts interface {
	Add(ctx context.Context, actor accounts.Person, n entry.Newcomer) (entry.Given, error)
	Alter(ctx context.Context, actor accounts.Person, id uuid.UUID, version int, n entry.Newcomer) error
	Suspend(ctx context.Context, actor accounts.Person, id uuid.UUID, version int) error
	Resume(ctx context.Context, actor accounts.Person, id uuid.UUID, version int) error
	Invite(ctx context.Context, actor accounts.Person, id uuid.UUID) (entry.Given, error)
	EndVisits(ctx context.Context, actor accounts.Person, id uuid.UUID) error
}

func (rm *room) describeAccounts() {
	k := rm.Kit
	op.On(k, op.Make("open-account", "/people", "people", "Open an account and invite its owner, by mail where it goes out; otherwise an administrator hands the link over, which the page shows and the API does not"), rm.open)
	op.On(k, op.Put("change-account", "/people/{person}", "people", "Change the name, the address and the roles of a person: what is absent stays"), rm.alter)
	op.On(k, op.Post("act-on-account", "/people/{person}/acts", "people", "Close an account or open it again, invite its owner anew, or end every sign-in"), rm.act)
}

var rights = fault.Say("api.people.rights", "管理账号和权限", "seeing to accounts and rights")

// maySee lets those pass who see to accounts or to rights, and no programs:
// whoever can be made to give rights by a token that leaked holds them all.
func maySee(ctx context.Context) (accounts.Person, error) {
	who := op.CallerOf(ctx)
	if err := admins(ctx); err != nil {
		return who.Person, err
	}
	return who.Person, who.Decides(rights.With())
}

// An AccountForm is what an account is to be.
type AccountForm struct {
	Name  *string    `json:"name,omitempty" maxLength:"100"`
	Mail  *string    `json:"mail,omitempty" maxLength:"254" doc:"where the person is told things; empty: nowhere"`
	Roles *[]op.Role `json:"roles,omitempty" doc:"all of them; what is not among them is taken"`
}

// over is a newcomer as the form changes one.
func (f AccountForm) over(n entry.Newcomer) entry.Newcomer {
	if f.Name != nil {
		n.Name = *f.Name
	}
	if f.Mail != nil {
		n.Address = *f.Mail
	}
	if f.Roles != nil {
		n.Grants = op.Each(*f.Roles, func(r op.Role) accounts.Grant {
			return accounts.Grant{Series: op.ID(r.Series), Role: accounts.Role(r.Role)}
		})
	}
	return n
}

type openInput struct {
	op.Keyed
	Body struct {
		Login string `json:"login" maxLength:"64"`
		AccountForm
	}
}

// AccountOpened is an account with what became of its invitation.
type AccountOpened struct {
	Person
	Mailed bool `json:"mailed" doc:"the invitation went out by mail; otherwise invite again on the page of the person, which shows the link"`
}

type openedBody struct {
	ETag string `header:"ETag"`
	Body AccountOpened
}

func (rm *room) open(ctx context.Context, in *openInput) (*openedBody, error) {
	who, err := maySee(ctx)
	if err != nil {
		return nil, err
	}
	given, err := rm.Accounts.Add(ctx, who, in.Body.over(entry.Newcomer{Login: in.Body.Login}))
	if err != nil {
		return nil, err
	}
	return rm.opened(ctx, given.Person.ID, given.Mailed())
}

func (rm *room) opened(ctx context.Context, id uuid.UUID, mailed bool) (*openedBody, error) {
	p, err := rm.Config.Reads.PersonByID(ctx, id)
	return &openedBody{op.Tag(p.Version), AccountOpened{personOf(p), mailed}}, err
}

type alterInput struct {
	OfPerson
	op.Condition
	Body AccountForm
}

func (rm *room) alter(ctx context.Context, in *alterInput) (*personBody, error) {
	err := rm.change(ctx, in.Person, in.Condition, func(who, p accounts.Person, version int) error {
		address, err := rm.Config.Reads.MailOf(ctx, p.ID)
		if err != nil {
			return err
		}
		return rm.Accounts.Alter(ctx, who, p.ID, version, in.Body.over(entry.Newcomer{Name: p.Name, Address: address, Grants: p.Grants}))
	})
	if err != nil {
		return nil, err
	}
	return rm.person(ctx, &in.OfPerson)
}

// change does what changes an account from the version that was seen.
func (rm *room) change(ctx context.Context, id uuid.UUID, seen op.Condition, do func(who, p accounts.Person, version int) error) error {
	who, err := maySee(ctx)
	if err != nil {
		return err
	}
	version, err := seen.Seen()
	if err != nil {
		return err
	}
	p, err := rm.Config.Reads.PersonByID(ctx, id)
	if err != nil {
		return err
	}
	err = do(who, p, version)
	if fault.Is(err, fault.Conflict) {
		if now, broken := rm.Config.Reads.PersonByID(ctx, id); broken == nil {
			err = op.Overtaken(err, version, now.Version)
		}
	}
	return err
}

type actInput struct {
	OfPerson
	op.Keyed
	op.Condition
	Body struct {
		Act string `json:"act" enum:"suspend,resume,invite,end-visits"`
	}
}

func (rm *room) act(ctx context.Context, in *actInput) (*openedBody, error) {
	mailed := false
	err := rm.change(ctx, in.Person, in.Condition, func(who, p accounts.Person, version int) error {
		switch in.Body.Act {
		case "suspend":
			return rm.Accounts.Suspend(ctx, who, p.ID, version)
		case "resume":
			return rm.Accounts.Resume(ctx, who, p.ID, version)
		case "end-visits":
			return rm.Accounts.EndVisits(ctx, who, p.ID)
		}
		given, err := rm.Accounts.Invite(ctx, who, p.ID)
		mailed = err == nil && given.Mailed()
		return err
	})
	if err != nil {
		return nil, err
	}
	return rm.opened(ctx, in.Person, mailed)
}
