package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/recipients/receipts"
	"jianbao/workflow"
)

var _ workflow.Chases = (*Store)(nil)

// A chaseRow is a rung that was climbed for a unit, once.
type chaseRow struct {
	Issue    uuid.UUID `gorm:"primaryKey"`
	Unit     uuid.UUID `gorm:"primaryKey"`
	Rung     int       `gorm:"primaryKey;autoIncrement:false"`
	At       moment
	Whom     string
	Dispatch uuid.UUID // the reminder, or the nil id
}

func (chaseRow) TableName() string { return "chase" }

// Chaseable returns issues whose receipts are asked for; see [workflow.Chases].
func (s *Store) Chaseable(ctx context.Context, since time.Time) (ids []uuid.UUID, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		tables, err := rows[timetableRow](tx)
		if err != nil {
			return err
		}
		var asking []uuid.UUID
		for _, t := range tables {
			if len(t.Body.Chasing.Rungs) > 0 {
				asking = append(asking, t.Series)
			}
		}
		if len(asking) == 0 {
			return nil
		}
		return tx.Table("issue").Where("series IN ? AND released > ? AND state IN ?", asking, momentOf(since),
			[]workflow.State{workflow.Dispatching, workflow.Dispatched}).Order("released, id").Pluck("id", &ids).Error
	})
	if err != nil {
		return nil, fmt.Errorf("store: issues to be acknowledged: %w", err)
	}
	return ids, nil
}

// Chase looks at an issue and writes who is asked; see [workflow.Chases].
func (s *Store) Chase(ctx context.Context, issue uuid.UUID, now time.Time, plan func(workflow.ChaseSight) workflow.Chasings) (climbed int, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		climbed = 0
		if err := s.lockIssue(tx, issue); err != nil {
			return err
		}
		sight, err := chaseSightOf(tx, issue)
		if err != nil {
			return err
		}
		all := plan(sight)
		for _, c := range all.Chased {
			done, err := climb(tx, sight, c, now)
			if err != nil {
				return err
			}
			climbed += done
		}
		_, err = notify(tx, all.Notices)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("store: chase receipts of %s: %w", issue, err)
	}
	return climbed, nil
}

func chaseSightOf(tx *gorm.DB, issue uuid.UUID) (v workflow.ChaseSight, err error) {
	if v.Issue, err = issueByID(tx, issue); err != nil {
		return v, err
	}
	if v.Series, err = seriesByID(tx, v.Issue.Series); err != nil {
		return v, err
	}
	if v.Timetable, v.Staff, v.Reach, err = audience(tx, v.Series.ID, nil); err != nil {
		return v, err
	}
	if v.Years, err = yearsOf(tx); err != nil {
		return v, err
	}
	if v.Dispatch, v.Lines, err = boardOf(tx, v.Issue); err != nil {
		return v, err
	}
	for _, l := range v.Lines {
		found, err := rows[unitRow](tx.Where("id = ?", l.Unit))
		if err != nil {
			return v, err
		}
		for _, row := range found {
			v.Units = append(v.Units, row.unit(nil))
		}
	}
	return v, nil
}

// climb writes a rung and its letter, unless it was climbed before. The reminder
// is a dispatch of its own, of no issue: the issue's letters are those that
// bring it.
func climb(tx *gorm.DB, v workflow.ChaseSight, c workflow.Chased, now time.Time) (int, error) {
	row := chaseRow{Issue: v.Issue.ID, Unit: c.Unit, Rung: c.Rung, At: momentOf(now), Whom: string(c.Whom)}
	if c.Letter != nil {
		row.Dispatch = newID()
	}
	done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	if done.Error != nil || done.RowsAffected == 0 || c.Letter == nil {
		return int(done.RowsAffected), done.Error
	}
	if c.Letter.Slip.Hash != "" {
		if err := keepSlips(tx, []receipts.Slip{c.Letter.Slip}); err != nil {
			return 0, err
		}
	}
	letters, err := lettersOf(workflow.Sending{ID: row.Dispatch, At: now, Letters: []workflow.Letter{c.Letter.To}}, false)
	if err != nil {
		return 0, err
	}
	return 1, writeDispatch(tx, dispatchRow{
		ID: row.Dispatch, Series: v.Series.ID, At: momentOf(now), FromName: v.Series.Masthead, FromAddress: v.Series.Mailbox,
		Subject: c.Letter.Subject, Text: []byte(c.Letter.Text),
	}, nil, letters)
}
