// Package units is the operations on the directory, which belongs to all series:
//
//	/units                     the units, found by any of their names, people or addresses; a new one
//	/units/{unit}              one unit, its past, what it got; changed from the version seen
//	/units/{unit}/{reform}     rename, merge, split, end: what it would do, or it is done
//	/units/import              a spreadsheet: what it would change, then all of it or nothing
//	/units/export              the directory as a spreadsheet that can be read in again
//	/rosters                   the collective entries (集合项)
//
// Who holds a role anywhere sees the directory; clerks and administrators of any
// series keep it. The rules are those of recipients/keeping and
// recipients/exchange; the room is given what the pages of units are given.
package units

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/keeping"
	"jianbao/web/api/op"
	"jianbao/web/page"
	pages "jianbao/web/units"
)

type room struct {
	*op.Kit
	pages.Config
}

// Room registers the operations.
func Room(c pages.Config) op.Room {
	return func(k *op.Kit) {
		rm := &room{k, c}
		rm.describeUnits()
		rm.describeReforms()
		rm.describeSheets()
		rm.describeRosters()
	}
}

// directory is the directory, for who holds a role anywhere.
func (rm *room) directory(ctx context.Context) (recipients.Directory, error) {
	if len(op.CallerOf(ctx).Person.Grants) == 0 {
		return recipients.Directory{}, op.NotHere()
	}
	return rm.Books.Directory(ctx, uuid.Nil)
}

// kept is the directory, for who keeps it.
func (rm *room) kept(ctx context.Context) (recipients.Directory, error) {
	if err := pages.MayKeep(op.CallerOf(ctx).Person); err != nil {
		return recipients.Directory{}, err
	}
	return rm.directory(ctx)
}

// hand is who does what is asked for.
func (rm *room) hand(ctx context.Context) keeping.Hand {
	return keeping.Hand{By: op.CallerOf(ctx).Person.Name, Now: rm.Now(), NewID: rm.NewID, Zone: page.Zone()}
}

// find returns a unit of a directory.
func find(dir recipients.Directory, id uuid.UUID) (recipients.Unit, error) {
	n := slices.IndexFunc(dir.Units, func(u recipients.Unit) bool { return u.ID == id })
	if n < 0 {
		return recipients.Unit{}, op.NotHere()
	}
	return dir.Units[n], nil
}

// overtaken makes a conflict 412 where what was seen is at another version by
// now.
func (rm *room) overtaken(ctx context.Context, err error, seen int, version func(recipients.Directory) int) error {
	if !fault.Is(err, fault.Conflict) {
		return err
	}
	dir, broken := rm.directory(ctx)
	if broken != nil {
		return err
	}
	return op.Overtaken(err, seen, version(dir))
}

// day is a day of the office as its beginning there; "" is the zero time.
func day(where, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.ParseInLocation(time.DateOnly, text, page.Zone())
	if err != nil {
		return at, op.BadField(where, text)
	}
	return at.UTC(), nil
}

// shownDay is a moment as the day of the office; "" for the zero time.
func shownDay(t time.Time) string { return pages.Day(t) }
