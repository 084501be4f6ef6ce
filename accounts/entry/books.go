package entry

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
)

// Books is where accounts are kept. Every method is one transaction; errors have
// the code NotFound where there is no such thing.
type Books interface {
	// ByLogin returns the person with the login, exactly.
	ByLogin(ctx context.Context, login string) (accounts.Person, error)

	// PersonByID returns a person.
	PersonByID(ctx context.Context, id uuid.UUID) (accounts.Person, error)

	// People returns everybody, ordered by login.
	People(ctx context.Context) ([]accounts.Person, error)

	// MailOf returns the address at which a person is told things, "" if there
	// is none.
	MailOf(ctx context.Context, person uuid.UUID) (string, error)

	// PassByHash returns the pass that is kept under a hash, used or not.
	PassByHash(ctx context.Context, hash string) (Pass, error)

	// House returns what the office sets; the zero House if nobody did.
	House(ctx context.Context) (House, error)

	// ChangeEntry writes a change, whole or not at all. It fails with Conflict if
	// the person was saved meanwhile, the login is taken, or the pass that is
	// spent was used meanwhile; with Blocked if an account is closed whose owner
	// is named for work; and with Invalid.
	ChangeEntry(ctx context.Context, c Change) error
}

// A Change is everything that is written together about one account.
type Change struct {
	At time.Time
	// Of is whose account it is.
	Of uuid.UUID
	// Person is written over the version it was read as, if it is set.
	Person *accounts.Person
	// First has the change fail with Blocked if anybody has an account already.
	First bool
	// Address is where the person is told things from now on, if it is set.
	Address *string
	// Pass is a new one, if it is set; those of the person that were not used
	// end.
	Pass *Pass
	// Spend is the pass that is used up; uuid.Nil is none.
	Spend uuid.UUID
	// Letter goes out, if it is set.
	Letter *Letter
	// EndVisits ends the visits of the person, all but Except.
	EndVisits bool
	Except    uuid.UUID
	// DropFactor ends the second factor of the person.
	DropFactor bool
	// Lines are added to the record.
	Lines []Line
}

// A Letter is one about somebody's account.
type Letter struct {
	ID       uuid.UUID
	Dispatch uuid.UUID
	From     string // address
	FromName string
	To       string // address
	ToName   string
	Subject  string
	Text     string // with the mark of a pass
}
