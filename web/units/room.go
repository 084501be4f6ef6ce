// Package units is the pages of the directory, which belongs to all series:
//
//	/units                  the units, found by any of their names, people or addresses
//	/units/new, /units/{id} one unit: its form, its past, its rosters, what it got
//	/units/{id}/{reform}    rename, merge, split, end: what it would do, then it is done
//	/units/import           a spreadsheet: what it would change, then all of it or nothing
//	/units.xlsx             the directory as a spreadsheet that can be read in again
//	/units/rosters          the collective entries (集合项)
//	/units/rosters/new, /units/rosters/{id}   one of them, a line for each member
//
// All rules are those of recipients/keeping and recipients/exchange; the command
// jianbao unit says the same sentences. A form that is looked at first changes
// nothing: it comes back with what it would do and a second button.
//
// Who holds a role anywhere sees the directory, and everybody else is told that
// there is no such page. Clerks and administrators of any series keep it. Of the
// issues that a unit got, people see those of series that they see.
package units

import (
	"context"
	"embed"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/keeping"
	"jianbao/web/page"
	"jianbao/workflow"
)

//go:embed templates
var files embed.FS

// Books is where the directory is kept. It asks for no rights; the pages do.
type Books interface {
	// Directory returns the units and collective entries; uuid.Nil is no series.
	Directory(ctx context.Context, series uuid.UUID) (recipients.Directory, error)

	// ChangeUnits writes what decide makes of the directory, all of it or
	// nothing. It fails as decide does, and with fault.Conflict if what it
	// changes was saved by somebody else meanwhile.
	ChangeUnits(ctx context.Context, decide func(recipients.Directory) (recipients.Change, error)) (recipients.Change, error)

	// UnitNotes returns what was done to a unit or a collective entry by hand, the
	// newest first, at most limit lines.
	UnitNotes(ctx context.Context, of uuid.UUID, limit int) ([]recipients.Note, error)

	// Got returns the issues of series that went out to a unit, the latest first,
	// at most limit of them.
	Got(ctx context.Context, series []uuid.UUID, unit uuid.UUID, limit int) ([]workflow.Got, error)

	// SeriesAll returns every series.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Books Books
	NewID func() uuid.UUID
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
			"GET /units":                insider(kit, rm.list),
			"GET /units/{id}":           insider(kit, rm.unit),
			"POST /units/{id}":          rm.keeper(rm.save),
			"GET /units/{id}/{reform}":  rm.keeper(rm.reform),
			"POST /units/{id}/{reform}": rm.keeper(rm.reformed),
			"GET /units/import":         rm.keeper(rm.importPage),
			"POST /units/import":        rm.keeper(rm.importSheet),
			"GET /units.xlsx":           rm.keeper(rm.export),
			"GET /units/rosters":        insider(kit, rm.rosters),
			"GET /units/rosters/{id}":   insider(kit, rm.roster),
			"POST /units/rosters/{id}":  rm.keeper(rm.saveRoster),
		}, err
	}
}

// mayKeep reports whether a person keeps the directory: whoever is clerk or
// administrator anywhere, since it belongs to all series.
func mayKeep(who accounts.Person) bool {
	return slices.ContainsFunc(who.Grants, func(g accounts.Grant) bool { return g.Role == accounts.Clerk || g.Role == accounts.Admin })
}

// keeper lets only those in who keep the directory.
func (rm *room) keeper(next http.HandlerFunc) http.HandlerFunc {
	return insider(rm.Kit, func(w http.ResponseWriter, r *http.Request) {
		if who := page.Person(r); !mayKeep(who) {
			rm.Fail(w, r, fault.New(fault.Forbidden, keepsNothing.With(who.Name)))
			return
		}
		next(w, r)
	})
}

// insider lets in who has a role anywhere.
func insider(kit *page.Kit, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if len(page.Person(r).Grants) == 0 {
			kit.Nothing(w, r)
			return
		}
		next(w, r)
	}
}

// hand is who does what a request asks for.
func (rm *room) hand(r *http.Request) keeping.Hand {
	return keeping.Hand{By: page.Person(r).Name, Now: rm.Now(), NewID: rm.NewID, Zone: page.Zone()}
}

func (rm *room) directory(r *http.Request) (recipients.Directory, error) {
	return rm.Books.Directory(r.Context(), uuid.Nil)
}

// maxProposed is how many units a field proposes while somebody types; a longer
// directory proposes none, since the page would weigh megabytes.
const maxProposed = 3000

// proposed are the names that a field for a unit offers: of those that stand.
func proposed(dir recipients.Directory, now time.Time) (names []string) {
	if len(dir.Units) > maxProposed {
		return nil
	}
	for _, u := range dir.Units {
		if u.Stands(now) {
			names = append(names, u.Name)
		}
	}
	return names
}

// find returns a unit of a directory by the id in an address.
func find(dir recipients.Directory, id string) (recipients.Unit, bool) {
	n := slices.IndexFunc(dir.Units, func(u recipients.Unit) bool { return u.ID.String() == id })
	if n < 0 {
		return recipients.Unit{}, false
	}
	return dir.Units[n], true
}

// named finds a unit by its full name, as people write it.
func named(dir recipients.Directory, name string) (recipients.Unit, bool) {
	n := slices.IndexFunc(dir.Units, func(u recipients.Unit) bool { return recipients.Tidy(u.Name) == recipients.Tidy(name) })
	if n < 0 {
		return recipients.Unit{}, false
	}
	return dir.Units[n], true
}
