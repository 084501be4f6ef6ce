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
	Series  uuid.UUID `gorm:"primaryKey"`
	Local   string    `gorm:"primaryKey"`
	At      moment
	Skipped int
	Outcome string
	Issue   uuid.UUID
}

func (fireRow) TableName() string { return "fire" }

func rowOfFire(f workflow.Fire) fireRow {
	return fireRow{Series: f.Series, Local: f.Local, At: momentOf(f.At), Skipped: f.Skipped, Outcome: f.Outcome, Issue: f.Issue}
}

// Cursors returns every series with a cadence and where it stands.
func (s *Store) Cursors(ctx context.Context) (all []workflow.Cursor, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[seriesRow](tx.Where("cadence <> ''").Order("created, id"))
		if err != nil {
			return err
		}
		for _, row := range found {
			var last []string
			if err := tx.Model(&fireRow{}).Where("series = ?", row.ID).Order("local DESC").Limit(1).Pluck("local", &last).Error; err != nil {
				return fmt.Errorf("store: last fire of %s: %w", row.ID, err)
			}
			all = append(all, workflow.Cursor{Series: row.series(), Last: append(last, "")[0]})
		}
		return nil
	})
	return all, err
}

// Fire makes a fire once; see [workflow.Agenda]. Whoever comes second waits
// for the first and then sees its row.
func (s *Store) Fire(ctx context.Context, fire workflow.Fire, work func(workflow.FireView) (workflow.Fire, *workflow.Change, error)) (made bool, err error) {
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
		view, err := fireView(tx, fire.Series)
		if err != nil {
			return err
		}
		result, change, err := work(view)
		if err != nil {
			return err
		}
		row.Skipped, row.Outcome, row.Issue = result.Skipped, result.Outcome, result.Issue
		if err := tx.Model(&row).Select("skipped", "outcome", "issue").Updates(&row).Error; err != nil {
			return fmt.Errorf("store: fire: %w", err)
		}
		made = true
		if change == nil {
			return nil
		}
		return open(tx, *change)
	})
	return made && err == nil, err
}

// fireView reads what the work of a fire looks at.
func fireView(tx *gorm.DB, series uuid.UUID) (view workflow.FireView, err error) {
	if view.Series, err = seriesByID(tx, series); err != nil {
		return view, err
	}
	if view.Register, err = registerOf(tx, series); err != nil {
		return view, err
	}
	finished := []workflow.State{workflow.Dispatched, workflow.Archived, workflow.Withdrawn}
	found, err := rows[issueRow](tx.Where("series = ? AND state NOT IN ?", series, finished).Order("opened, id"))
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
	view.Last, err = lastRegistered(tx, view.Register)
	return view, err
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

// Settled returns up to limit dispatching issues without an unsettled letter.
func (s *Store) Settled(ctx context.Context, limit int) ([]uuid.UUID, error) {
	return s.issueIDs(ctx, limit, `state = ? AND NOT EXISTS (SELECT 1 FROM dispatch p JOIN delivery d ON d.dispatch = p.id
		WHERE p.issue = issue.id AND d.state IN ?)`, workflow.Dispatching, openStates)
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
