// Package people is the operations on people: everybody with an account and with
// which roles, who is away and who stands in for whom, and the work of somebody
// who leaves.
//
//	/people                       everybody, and a new account; for administrators
//	/people/{person}              one of them, what keeps them from leaving; name,
//	                              address and roles
//	/people/{person}/acts         closes an account, opens it, invites, ends sign-ins
//	/tokens                       tokens that hold; one of them ended
//	/people/{person}/handover     their work to somebody else, all at once (移交)
//	/absences                     who is away, and who stands in for whom
//
// The rules are those of workflow.Desk: a person says for themselves that they
// are away, an administrator for everybody. Accounts and rights are accounts/entry's.
// What proves who somebody is (passwords, one-time codes, single sign-on, links and
// tokens themselves) is on pages alone, and no program sees to rights.
package people

import (
	"context"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/web/api/op"
	"jianbao/workflow"
)

// Desk is where it is done. Refusals are fault.Errors with every reason.
type Desk interface {
	// Delegate enters that somebody is away, or stands in for another.
	Delegate(ctx context.Context, actor workflow.Actor, d accounts.Delegation) (accounts.Delegation, error)

	// EndDelegation makes a delegation end now.
	EndDelegation(ctx context.Context, actor workflow.Actor, id uuid.UUID) error

	// HandOver gives every task of a person to another and returns how many. It
	// does all it can and returns what failed, joined.
	HandOver(ctx context.Context, actor workflow.Actor, from, to uuid.UUID, reason string) (int, error)
}

// Reads is what is looked up. It asks for no rights; the operations do.
type Reads interface {
	// People returns everybody with an account, by login.
	People(ctx context.Context) ([]accounts.Person, error)

	// PersonByID returns a person, or fault.NotFound.
	PersonByID(ctx context.Context, id uuid.UUID) (accounts.Person, error)

	// MailOf returns the address of a person, "" for none.
	MailOf(ctx context.Context, person uuid.UUID) (string, error)

	// Running returns every issue that is on its way to its readers.
	Running(ctx context.Context) ([]workflow.Issue, error)

	// Staff returns the people who have to do with a series, and who stands in
	// for whom.
	Staff(ctx context.Context, series uuid.UUID, named []uuid.UUID) (workflow.Staff, error)

	// SeriesAll returns every series.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Desk     Desk
	Accounts Accounts
	Reads    Reads
	Tokens   Tokens
}

type room struct {
	*op.Kit
	Config
}

// Room registers the operations.
func Room(c Config) op.Room {
	return func(k *op.Kit) {
		rm := &room{k, c}
		op.On(k, op.Get("list-people", "/people", "people", "Everybody with an account, by login; for administrators of all series"), rm.list)
		op.On(k, op.Get("read-person", "/people/{person}", "people", "One person, and what keeps their account from being closed"), rm.person)
		op.On(k, op.Post("hand-over", "/people/{person}/handover", "people", "Give all work of a person to somebody else"), rm.handOver)
		rm.describeAccounts()
		rm.describeTokens()
		rm.describeAbsences()
	}
}

var adminsOnly = fault.Say("api.admins-only", "只有全部刊物的管理员和安全管理员可以查看人员", "people are shown to administrators of all series and of security only")

// admins lets those pass who see to accounts or to rights.
func admins(ctx context.Context) error {
	if !entry.MaySee(op.CallerOf(ctx).Person) {
		return fault.New(fault.Forbidden, adminsOnly.With())
	}
	return nil
}

// Person is somebody with an account.
type Person struct {
	ID      uuid.UUID   `json:"id" format:"uuid"`
	Login   string      `json:"login"`
	Name    string      `json:"name"`
	Active  bool        `json:"active"`
	Roles   []op.Role   `json:"roles"`
	Heads   []uuid.UUID `json:"heads" doc:"the units whose head the person is"`
	Version int         `json:"version"`
}

func personOf(p accounts.Person) Person {
	return Person{p.ID, p.Login, p.Name, p.Active, op.RolesOf(p), append([]uuid.UUID{}, p.Heads...), p.Version}
}

func (rm *room) list(ctx context.Context, in *op.Paging) (*op.Listed[Person], error) {
	if err := admins(ctx); err != nil {
		return nil, err
	}
	all, err := rm.Config.Reads.People(ctx)
	if err != nil {
		return nil, err
	}
	return op.Cut(*in, all, func(p accounts.Person) string { return p.ID.String() }, personOf)
}

// OfPerson is one person.
type OfPerson struct {
	Person uuid.UUID `path:"person" format:"uuid"`
}

// PersonFile is a person with their work.
type PersonFile struct {
	Person
	Tasks   int       `json:"tasks" doc:"steps that are theirs by name; see hand-over"`
	Against []op.Says `json:"against" doc:"what keeps the account from being closed"`
}

type personBody struct {
	ETag string `header:"ETag"`
	Body PersonFile
}

func (rm *room) person(ctx context.Context, in *OfPerson) (*personBody, error) {
	if err := admins(ctx); err != nil {
		return nil, err
	}
	p, err := rm.Config.Reads.PersonByID(ctx, in.Person)
	if err != nil {
		return nil, err
	}
	running, err := rm.Config.Reads.Running(ctx)
	if err != nil {
		return nil, err
	}
	all, err := rm.Config.Reads.SeriesAll(ctx)
	out := PersonFile{personOf(p), len(workflow.TasksOf(p.ID, running)), []op.Says{}}
	if why := fault.As(workflow.MayLeave(p, running, all)); why != nil {
		out.Against = op.Each(why.Reasons, op.Said)
	}
	return &personBody{op.Tag(p.Version), out}, err
}

type peopleHandOverInput struct {
	OfPerson
	op.Keyed
	Body struct {
		To     uuid.UUID `json:"to" format:"uuid" doc:"whose work it is to be"`
		Reason string    `json:"reason" maxLength:"500"`
	}
}

// HandedOver is how much was given on.
type HandedOver struct {
	Done int `json:"done"`
}

type handedBody struct{ Body HandedOver }

func (rm *room) handOver(ctx context.Context, in *peopleHandOverInput) (*handedBody, error) {
	if err := admins(ctx); err != nil {
		return nil, err
	}
	if in.Person == in.Body.To {
		return nil, op.BadField("body.to", in.Body.To.String())
	}
	n, err := rm.Desk.HandOver(ctx, op.CallerOf(ctx).Actor(), in.Person, in.Body.To, in.Body.Reason)
	return &handedBody{HandedOver{n}}, err
}
