// Package holidays sees to it that the table of next year's public holidays is
// entered before it is needed.
//
// The General Office of the State Council announces the holidays of a year in
// the October or November before. Deadlines that are counted without them are
// wrong, and nobody notices. So, from the first of December on, and in a year
// that has no table at all, a [Reminder] tells every administrator once; the
// notice is settled when the table is there.
package holidays

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// Watch is where a [Reminder] looks, and where it writes what is to be told.
type Watch interface {
	// RemindOfHolidays calls tell with what there is, writes the notices that it
	// returns and have not been said yet, and settles those of other years, all in
	// one transaction.
	RemindOfHolidays(ctx context.Context, now time.Time, tell func(Sight) Telling) error
}

// A Sight is all that [Tell] looks at.
type Sight struct {
	Years  []calendar.Year // the office's own
	Admins []accounts.Person
	Reach  map[uuid.UUID]workflow.Reach
	// Series are all, the oldest first: mail comes from the mailbox of one.
	Series []workflow.Series
}

// A Telling is what follows from a look.
type Telling struct {
	Notices []workflow.Notice
	// Key is that of the notices that still matter, or "".
	Key string
}

var sayMissing = fault.Say("holidays.missing", "%d年的放假安排尚未录入，期限将只按周末计算；请在“放假安排”页粘贴国务院办公厅的通知", "the public holidays of %d are not entered, and deadlines count with weekends alone; paste the notice of the State Council on the page of holidays")

// Tell says who is to be told of a year whose table is awaited. It is pure; what
// it says again, under the same key, is said already.
func Tell(s Sight, now time.Time, newID func() uuid.UUID) (t Telling) {
	if len(s.Series) == 0 {
		return t
	}
	c := calendar.Calendar{Zone: s.Series[0].Location(), Years: calendar.Known(s.Years...)}
	year := c.Awaited(now)
	if year == 0 {
		return t
	}
	t.Key = fmt.Sprintf("holidays/%d", year)
	for _, p := range s.Admins {
		series, found := of(p, s.Series)
		if !p.Active || !found {
			continue
		}
		n := workflow.Notice{ID: newID(), Person: p.ID, Series: series.ID, Kind: workflow.Holidays, Key: t.Key, Says: sayMissing.With(year), At: now}
		n.SendAt = s.Reach[p.ID].When(n.Kind, c, now)
		t.Notices = append(t.Notices, n)
	}
	return t
}

// of returns the first series that somebody administers.
func of(p accounts.Person, all []workflow.Series) (workflow.Series, bool) {
	for _, series := range all {
		if p.Has(accounts.Admin, series.ID) {
			return series, true
		}
	}
	return workflow.Series{}, false
}

// A Reminder is a chore of the scheduler. Any number of processes may run one:
// each notice is a unique row.
type Reminder struct {
	Watch  Watch
	NewID  func() uuid.UUID
	looked time.Time
}

// lookEvery is how often the tables are looked at.
const lookEvery = time.Hour

// Look tells what is to be told at now.
func (r *Reminder) Look(ctx context.Context, now time.Time) error {
	if since := now.Sub(r.looked); since >= 0 && since < lookEvery {
		return nil
	}
	err := r.Watch.RemindOfHolidays(ctx, now, func(s Sight) Telling { return Tell(s, now, r.NewID) })
	if err == nil {
		r.looked = now
	}
	return err
}
