package filing

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/retention"
)

// Watch is where a [Reminder] finds out what is to be filed, and where it is
// written down what was told. Every method is one transaction.
type Watch interface {
	// UnfiledSeries returns the series that have issues which the program sent and
	// nobody has filed.
	UnfiledSeries(ctx context.Context) ([]uuid.UUID, error)

	// TellFiling looks at a series and writes the notices that tell returns and
	// have not been said yet. It returns how many were new.
	TellFiling(ctx context.Context, series uuid.UUID, tell func(Sight) []workflow.Notice) (int, error)
}

// A Sight is all that [Remind] looks at.
type Sight struct {
	Series    workflow.Series
	Rule      retention.Rule
	Timetable workflow.Timetable
	Staff     workflow.Staff
	Reach     map[uuid.UUID]workflow.Reach
	Years     []calendar.Year // the office's own
	// Unfiled counts by year the issues that the program sent and nobody has
	// filed. Back issues are not in it: most lie in an archive already.
	Unfiled map[int]int
}

var (
	dueSoon = fault.Say("filing.notice.soon", "《%s》%d年还有%d期没有归档，应于%s前归档；请在“归档”页办理", "%s: %[3]d issues of %[2]d are not filed yet; file them by %[4]s")
	dueOver = fault.Say("filing.notice.over", "《%s》%d年还有%d期没有归档，期限%s已过；请尽快在“归档”页办理", "%s: %[3]d issues of %[2]d are not filed, and the deadline %[4]s has passed; please file them")
)

// Keys returns the keys of what is said of a year, for whoever settles it when
// all of the year is filed.
func Keys(year int) []string {
	return []string{fmt.Sprintf("filing/%d/soon", year), fmt.Sprintf("filing/%d/over", year)}
}

// Remind says who is to be told what about the filing of a series at now: its
// clerks, once when a deadline comes near and once when it has passed. It is
// pure; what it says again, under the same key, is said already.
func Remind(s Sight, now time.Time, newID func() uuid.UUID) (all []workflow.Notice) {
	today := calendar.DayOf(now.In(s.Series.Location()))
	clerks := slices.DeleteFunc(slices.Clone(s.Staff.People), func(p accounts.Person) bool {
		return !p.Active || !p.Has(accounts.Clerk, s.Series.ID)
	})
	for _, year := range slices.Sorted(maps.Keys(s.Unfiled)) {
		n := workflow.Notice{Series: s.Series.ID, At: now.UTC().Truncate(time.Microsecond)}
		deadline := s.Rule.Deadline(year)
		switch {
		case s.Unfiled[year] == 0 || today.Before(s.Rule.Warning(year)):
			continue
		case s.Rule.Late(year, today):
			n.Kind, n.Key, n.Says = workflow.NotFiled, Keys(year)[1], dueOver.With(s.Series.Masthead, year, s.Unfiled[year], deadline.String())
		default:
			n.Kind, n.Key, n.Says = workflow.ToFile, Keys(year)[0], dueSoon.With(s.Series.Masthead, year, s.Unfiled[year], deadline.String())
		}
		all = append(all, workflow.Addressed(n, clerks, s.Reach, s.Timetable.Calendar(s.Series, s.Years), newID)...)
	}
	return all
}

// A Reminder is a chore of the scheduler. Any number of processes may run one
// over the same books: each notice is a unique row. It looks once in an hour.
type Reminder struct {
	Watch Watch
	NewID func() uuid.UUID

	looked time.Time
}

// Look tells what is to be told at now. It does all it can and returns what
// failed, joined; then it looks again at once.
func (r *Reminder) Look(ctx context.Context, now time.Time) error {
	hour := now.Truncate(time.Hour)
	if hour.Equal(r.looked) {
		return nil
	}
	ids, err := r.Watch.UnfiledSeries(ctx)
	for _, id := range ids {
		_, failed := r.Watch.TellFiling(ctx, id, func(s Sight) []workflow.Notice { return Remind(s, now, r.NewID) })
		err = errors.Join(err, failed)
	}
	if err == nil {
		r.looked = hour
	}
	return err
}
