package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/workflow"
)

var _ workflow.Agenda = (*Store)(nil)

type fireRow struct {
	Series   uuid.UUID `gorm:"primaryKey"`
	Schedule string    `gorm:"primaryKey"`
	Local    string    `gorm:"primaryKey"`
	At       moment
	Outcome  string
	Issue    uuid.UUID
}

func (fireRow) TableName() string { return "fire" }

func rowOfFire(f workflow.Fire) fireRow {
	return fireRow{Series: f.Series, Schedule: f.Schedule, Local: f.Local, At: momentOf(f.At), Outcome: f.Outcome, Issue: f.Issue}
}

// stands is the last fire of every recurrence of a series. Each is the end of
// an index, however many fires there were.
const stands = `SELECT s.id AS series, k.schedule,
	(SELECT MAX(f.local) FROM fire f WHERE f.series = s.id AND f.schedule = k.schedule) AS local
FROM series s CROSS JOIN (SELECT 'open' AS schedule UNION ALL SELECT 'missing' UNION ALL SELECT 'late') k
WHERE s.id IN ?`

// Cursors returns every series with a recurrence and where each stands.
func (s *Store) Cursors(ctx context.Context) (all []workflow.Cursor, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[seriesRow](tx.Where("cadence <> '' OR id IN (SELECT series FROM timetable)").Order("created, id"))
		if err != nil || len(found) == 0 {
			return err
		}
		tables, err := rows[timetableRow](tx)
		if err != nil {
			return err
		}
		by := map[uuid.UUID]workflow.Timetable{}
		for _, row := range tables {
			by[row.Series] = row.timetable()
		}
		last, err := fireStands(tx, convert(found, func(r seriesRow) uuid.UUID { return r.ID }))
		for _, row := range found {
			all = append(all, workflow.Cursor{Series: row.series(), Timetable: by[row.ID], Last: last[row.ID]})
		}
		return err
	})
	return all, err
}

func fireStands(tx *gorm.DB, series []uuid.UUID) (map[uuid.UUID]map[string]string, error) {
	var found []struct {
		Series   uuid.UUID
		Schedule string
		Local    *string
	}
	if err := tx.Raw(stands, series).Scan(&found).Error; err != nil {
		return nil, fmt.Errorf("store: last fires: %w", err)
	}
	all := map[uuid.UUID]map[string]string{}
	for _, row := range found {
		if all[row.Series] == nil {
			all[row.Series] = map[string]string{}
		}
		if row.Local != nil {
			all[row.Series][row.Schedule] = *row.Local
		}
	}
	return all, nil
}

// Fire makes a fire once; see [workflow.Agenda]. Whoever comes second waits
// for the first and then sees its row.
func (s *Store) Fire(ctx context.Context, fire workflow.Fire, work func(workflow.FireView) (workflow.FireResult, error)) (made bool, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		made = false
		row := rowOfFire(fire)
		done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if done.Error != nil {
			return fmt.Errorf("store: fire: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return nil
		}
		made = true
		if err := addFires(tx, fire.Before); err != nil {
			return err
		}
		if fire.Outcome != "" {
			return nil
		}
		return s.worked(tx, row, work)
	})
	return made && err == nil, err
}

// addFires writes fires that need no work, but for those that are there.
func addFires(tx *gorm.DB, all []workflow.Fire) error {
	rows := convert(all, rowOfFire)
	if len(rows) == 0 {
		return nil
	}
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(&rows, batch).Error; err != nil {
		return fmt.Errorf("store: fires without work: %w", err)
	}
	return nil
}

// worked does the work of a fire that has its row.
func (s *Store) worked(tx *gorm.DB, row fireRow, work func(workflow.FireView) (workflow.FireResult, error)) error {
	view, err := fireView(tx, row.Series)
	if err == nil && row.Schedule == workflow.Opening {
		err = addressees(tx, &view)
	}
	if err != nil {
		return err
	}
	result, err := work(view)
	if err != nil {
		return err
	}
	row.Outcome = result.Outcome
	if result.Change != nil {
		row.Issue = result.Change.Issue.ID
		if err := open(tx, *result.Change); err != nil {
			return err
		}
	}
	if _, err := notify(tx, result.Notices); err != nil {
		return err
	}
	if err := tx.Model(&row).Select("outcome", "issue").Updates(&row).Error; err != nil {
		return fmt.Errorf("store: fire: %w", err)
	}
	return nil
}

// Fires returns every fire of a series, made or let go, in the order of their
// ticks: what came of each, for pages and for whoever looks for a lost one.
func (s *Store) Fires(ctx context.Context, series uuid.UUID) (all []workflow.Fire, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[fireRow](tx.Where("series = ?", series).Order("local, schedule"))
		all = convert(found, fireRow.fire)
		return err
	})
	return all, err
}

func (r fireRow) fire() workflow.Fire {
	return workflow.Fire{Series: r.Series, Schedule: r.Schedule, Local: r.Local, At: r.At.time(), Outcome: r.Outcome, Issue: r.Issue}
}

// fireView reads what the work of a fire looks at.
func fireView(tx *gorm.DB, series uuid.UUID) (view workflow.FireView, err error) {
	if view.Series, err = seriesByID(tx, series); err != nil {
		return view, err
	}
	if view.Register, err = registerOf(tx, series); err != nil {
		return view, err
	}
	found, err := rows[issueRow](tx.Where("series = ? AND state IN ?", series, workflow.Underway()).Order("opened, id"))
	if err != nil {
		return view, err
	}
	for _, row := range found {
		issue, err := row.issue()
		if err != nil {
			return view, err
		}
		view.Open = append(view.Open, issue)
	}
	if view.Last, err = lastRegistered(tx, view.Register); err != nil {
		return view, err
	}
	if view.Timetable, view.Staff, view.Reach, err = audience(tx, series, nil); err != nil {
		return view, err
	}
	view.Years, err = yearsOf(tx)
	return view, err
}

// addressees reads whom the next issue of a series goes to.
func addressees(tx *gorm.DB, view *workflow.FireView) (err error) {
	if view.Standing, err = standingOf(tx, view.Series.ID); err != nil {
		return err
	}
	if view.Directory, err = directoryOf(tx); err != nil {
		return err
	}
	return ownWays(tx, view.Series.ID, &view.Directory)
}

// lastRegistered returns the issue that was given its number last, or nil.
func lastRegistered(tx *gorm.DB, register []workflow.RegisterLine) (*workflow.Issue, error) {
	var last workflow.RegisterLine
	for _, line := range register {
		if line.Issue != uuid.Nil && line.Void == "" && !line.At.Before(last.At) {
			last = line
		}
	}
	if last.Issue == uuid.Nil {
		return nil, nil
	}
	issue, err := issueByID(tx, last.Issue)
	return &issue, err
}

// Due returns up to limit scheduled issues whose time has come at now, the
// earliest first.
func (s *Store) Due(ctx context.Context, now time.Time, limit int) ([]uuid.UUID, error) {
	return s.issueIDs(ctx, limit, "state = ? AND release_at <= ?", workflow.Scheduled, momentOf(now))
}

// settledIssues are those whose letters all have an outcome. It is no NOT
// EXISTS, which PostgreSQL would turn into a join with all letters ever sent.
const settledIssues = `state = ? AND (SELECT d.id FROM dispatch p JOIN delivery d ON d.dispatch = p.id
	WHERE p.issue = issue.id AND d.state IN ? LIMIT 1) IS NULL`

// Settled returns up to limit dispatching issues without an unsettled letter.
func (s *Store) Settled(ctx context.Context, limit int) ([]uuid.UUID, error) {
	return s.issueIDs(ctx, limit, settledIssues, workflow.Dispatching, openStates)
}

func (s *Store) issueIDs(ctx context.Context, limit int, where string, args ...any) (ids []uuid.UUID, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		return tx.Model(&issueRow{}).Where(where, args...).Order("release_at, id").Limit(limit).Pluck("id", &ids).Error
	})
	if err != nil {
		return nil, fmt.Errorf("store: issues by state: %w", err)
	}
	return ids, nil
}
