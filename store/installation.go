package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/fault"
	"jianbao/workflow"
)

var _ workflow.Installations = (*Store)(nil)

type installationRow struct {
	Seq int64 `gorm:"primaryKey;autoIncrement:false"`
	ID  string
	At  moment
	By  string
}

func (installationRow) TableName() string { return "installation" }

// Installation returns whose the database is; see [workflow.Installations].
func (s *Store) Installation(ctx context.Context, own workflow.Installation) (workflow.Installation, error) {
	found, err := s.installation(ctx)
	if !fault.Is(err, fault.NotFound) {
		return found, err
	}
	row := installationRow{Seq: 1, ID: own.ID, At: momentOf(own.At), By: own.By}
	err = s.write(ctx, func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
	})
	if err != nil {
		return workflow.Installation{}, fmt.Errorf("store: installation: %w", err)
	}
	return s.installation(ctx) // perhaps another process's, who was first
}

func (s *Store) installation(ctx context.Context) (found workflow.Installation, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[installationRow](tx.Order("seq DESC"))
		found = workflow.Installation{ID: row.ID, At: row.At.time(), By: row.By}
		return err
	})
	return found, err
}

// Adopt makes the database another machine's, and keeps whose it was. It
// returns that, and is nothing where it is that machine's already.
func (s *Store) Adopt(ctx context.Context, id, by string, now time.Time) (before workflow.Installation, err error) {
	if err := storable(id, by); err != nil {
		return before, err
	}
	err = s.write(ctx, func(tx *gorm.DB) error {
		all, err := rows[installationRow](tx.Order("seq DESC").Limit(1))
		if err != nil {
			return err
		}
		next := installationRow{Seq: 1, ID: id, At: momentOf(now), By: by}
		if len(all) == 1 {
			before = workflow.Installation{ID: all[0].ID, At: all[0].At.time(), By: all[0].By}
			next.Seq = all[0].Seq + 1
		}
		if before.ID == id {
			return nil
		}
		return add(tx, next)
	})
	return before, err
}
