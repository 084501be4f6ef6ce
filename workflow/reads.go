package workflow

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
)

// A Cursor says where the scheduler stands with one series' cadence.
type Cursor struct {
	Series Series
	// Last is the local wall-clock time of the last fire that was made or
	// skipped, or "" if there was none.
	Last string
}

// A Fire is one tick of a cadence. Its key is the series and the local
// wall-clock time (2006-01-02T15:04), so that a spring gap or an autumn hour
// cannot make two of one.
type Fire struct {
	Series  uuid.UUID
	Local   string
	At      time.Time
	Skipped int    // earlier ticks that were let go because the program was down
	Outcome string // what came of it: opened, already-open, too-late
	Issue   uuid.UUID
}

// FireView is what the work of a fire may look at: the issues of the series
// that are not finished, and the last one that was registered.
type FireView struct {
	Series   Series
	Open     []Issue
	Last     *Issue
	Register []RegisterLine
}

// Agenda is what the scheduler needs of storage. Every method is one
// transaction.
type Agenda interface {
	// Cursors returns every series with a cadence.
	Cursors(ctx context.Context) ([]Cursor, error)

	// Fire writes the unique row of a fire and, in the same transaction, the
	// issue that work returns, if any. It returns false and does nothing if
	// another process made the fire before.
	Fire(ctx context.Context, fire Fire, work func(FireView) (Fire, *Change, error)) (bool, error)

	// Due returns up to limit scheduled issues whose time has come at now, the
	// earliest first.
	Due(ctx context.Context, now time.Time, limit int) ([]uuid.UUID, error)

	// Settled returns up to limit dispatching issues that have no delivery left
	// which is queued, claimed, in data, deferred or held.
	Settled(ctx context.Context, limit int) ([]uuid.UUID, error)
}

// A Summary is an issue in a list.
type Summary struct {
	ID       uuid.UUID
	Series   uuid.UUID
	Masthead string
	Kind     bulletin.Kind
	State    State
	Number   Number
	Date     bulletin.Date
	Items    int
	// Emergency says that the issue was released in an emergency and waits for
	// the approval of somebody else.
	Emergency bool
	Version   int
	Changed   time.Time
}
