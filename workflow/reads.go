package workflow

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/recipients"
	"jianbao/recipients/standing"
	"jianbao/workflow/calendar"
)

// A Cursor says where the scheduler stands with the schedules of one series.
type Cursor struct {
	Series    Series
	Timetable Timetable
	// Last is, by the name of the schedule, the local wall-clock time of the
	// last fire that was made or let go; what has none is not in it.
	Last map[string]string
}

// A Fire is one tick of a schedule. Its key is the series, the schedule and the
// local wall-clock time (2006-01-02T15:04), so that a spring gap or an autumn
// hour cannot make two of one.
type Fire struct {
	Series   uuid.UUID
	Schedule string
	Local    string
	At       time.Time
	Outcome  string // what came of it; "" before its work is done
	Issue    uuid.UUID
	// Before are earlier ticks that were let go, each with its outcome.
	Before []Fire
}

// FireView is what the work of a fire may look at: the issues of the series
// that are not finished, the last one that was registered, and whom to tell.
type FireView struct {
	Series    Series
	Timetable Timetable
	Open      []Issue
	Last      *Issue
	Register  []RegisterLine
	Staff     Staff
	Reach     map[uuid.UUID]Reach
	Years     []calendar.Year // the office's own
	// Standing are the lists that the series sends every issue to, and Directory
	// is whom they mean; both are there for the opening alone.
	Standing  standing.Lists
	Directory recipients.Directory
}

// FireResult is what the work of a fire came to.
type FireResult struct {
	Outcome string
	Change  *Change // the issue that it opened, or nil
	Notices []Notice
}

// Agenda is what the scheduler needs of storage. Every method is one
// transaction.
type Agenda interface {
	// Cursors returns every series with a schedule.
	Cursors(ctx context.Context) ([]Cursor, error)

	// Fire writes the unique row of a fire, those of the ticks before it that
	// were let go, and all that work returns. It returns false and does nothing
	// if another process made the fire before.
	Fire(ctx context.Context, fire Fire, work func(FireView) (FireResult, error)) (bool, error)

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
