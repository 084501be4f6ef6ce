// Package settings is the pages on which an office sees and changes what is set
// of its series:
//
//	/settings                       the series that a person sees, and a form for a new one
//	/series/{id}/settings           everything that is set of one, a form for each part
//	/series/{id}/settings/{part}    where the form of a part is sent
//	/series/{id}/settings.toml      the same as the file that jianbao series set reads
//
// The forms fill in a [setup.Sheet], the one that the file is, and all rules are
// those of package setup: what the page refuses the command refuses with the same
// sentences. Every change is in the history at the foot of the page.
//
// Who holds no role in a series is told that there is no such page. Others see
// it; admins of the series change it. A new series, and who heads a unit, are for
// admins of all series, since they reach beyond one.
//
// The steps of the route are added, removed and moved by buttons that send the
// form: the page comes back with the steps as they would be, drawn, and nothing
// is written until it is saved. It needs no script.
package settings

import (
	"context"
	"embed"
	"encoding/json"
	"net/http"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

//go:embed templates
var files embed.FS

// Books is where the settings are kept. It asks for no rights; the pages do.
type Books interface {
	// SeriesAll returns every series, the oldest first.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)

	// Settings returns what is set of a series, or fault.NotFound.
	Settings(ctx context.Context, series uuid.UUID) (setup.Settings, error)

	// SettingsHistory returns what was changed in them, the newest first.
	SettingsHistory(ctx context.Context, series uuid.UUID) ([]setup.Change, error)

	// AddSettings writes a new series. It fails with fault.Conflict if the
	// masthead is taken, and with fault.Invalid.
	AddSettings(ctx context.Context, all setup.Settings, by workflow.Named, at time.Time) error

	// ChangeSettings writes what decide makes of the settings, records what
	// differs and returns it. It fails with fault.NotFound, with fault.Conflict
	// if the masthead is taken, with fault.Invalid, and as decide does.
	ChangeSettings(ctx context.Context, series uuid.UUID, by workflow.Named, at time.Time, decide func(setup.Settings) (setup.Settings, error)) ([]fault.Reason, error)

	// People returns everybody.
	People(ctx context.Context) ([]accounts.Person, error)

	// Units returns the directory.
	Units(ctx context.Context) ([]recipients.Unit, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Books Books
	// Layouts are the names of the built-in layouts; a series that names none
	// has the first.
	Layouts []string
	// Layout says what is wrong with an office's own layout, as a fault.Error.
	Layout func(json.RawMessage) error
	NewID  func() uuid.UUID
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
		return page.Routes{
			"GET /settings":                     rm.list,
			"POST /settings":                    rm.found,
			"GET /series/{id}/settings":         rm.seen(rm.show),
			"GET /series/{id}/settings.toml":    rm.seen(rm.text),
			"POST /series/{id}/settings/{part}": rm.seen(rm.change),
			// A refused change is shown under its own address; asking for that
			// again shows the page.
			"GET /series/{id}/settings/{part}": rm.seen(func(w http.ResponseWriter, r *http.Request, s setup.Settings) {
				page.See(w, r, address(s.Series.ID))
			}),
		}, err
	}
}

func address(series uuid.UUID) string { return "/series/" + series.String() + "/settings" }

// seen shows a page to who holds a role in the series.
func (rm *room) seen(next func(http.ResponseWriter, *http.Request, setup.Settings)) http.HandlerFunc {
	return page.OfSeries(rm.Kit, rm.Books.Settings, next)
}

func (rm *room) directory(ctx context.Context) (d setup.Directory, err error) {
	if d.People, err = rm.Books.People(ctx); err != nil {
		return d, err
	}
	d.Units, err = rm.Books.Units(ctx)
	return d, err
}

// by is who changes something.
func by(r *http.Request) workflow.Named {
	who := page.Person(r)
	return workflow.Named{ID: who.ID, Name: who.Name}
}
