// Package statistics is the page that says how the work goes, and the same as a
// spreadsheet:
//
//	/statistics       ?series=ID&year=2026
//	/statistics.xlsx  the same
//
// It begins with what lies undecided now, the most overdue first; then come, for
// a year, the issues of each month, how long things took at each step and with
// each person, what was returned and why, and how each unit acknowledged. Each
// is a [table.Table], which the page shows, draws, and puts into the
// spreadsheet: a drawing never says what its table does not.
//
// Drawings are SVG made here, one image each with a name and a description for
// those who cannot see it, and no script or style of its own.
//
// A person sees the series in which they hold a role, and no others; whoever
// holds none is told that there is no such page.
package statistics

import (
	"context"
	"embed"
	"time"

	"github.com/google/uuid"

	"jianbao/recipients/receipts"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/figures"
)

//go:embed templates
var files embed.FS

// Reads is where the figures come from. It asks for no rights; the page does.
type Reads interface {
	// SeriesAll returns every series.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)

	// Underway returns the issues of these series that are under way, and when
	// their offices work.
	Underway(ctx context.Context, series []uuid.UUID) (figures.Sight, error)

	// Passages returns how long issues of these series lay at their steps: what
	// ended from a moment on until before another.
	Passages(ctx context.Context, series []uuid.UUID, from, until time.Time) ([]figures.Passage, error)

	// Numbered returns how many issues of these series bear a date in each month
	// of a year.
	Numbered(ctx context.Context, series []uuid.UUID, year int) ([12]int, error)
}

// Receipts is where it is known who acknowledged in time.
type Receipts interface {
	// Punctuality counts by unit, the least punctual first, what was released
	// from a moment on and before another.
	Punctuality(ctx context.Context, series uuid.UUID, from, until time.Time) ([]receipts.Record, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Reads    Reads
	Receipts Receipts
}

type room struct {
	*page.Kit
	Config
	pages *page.Set
}

// Room makes the pages.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		pages, err := kit.Parse(files, nil)
		rm := &room{kit, c, pages}
		return page.Routes{"GET /statistics": rm.show, "GET /statistics.xlsx": rm.sheet}, err
	}
}
