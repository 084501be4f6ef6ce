package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// A seenRow says that somebody looked at a version of an issue, and when first.
type seenRow struct {
	Issue   uuid.UUID `gorm:"primaryKey"`
	Person  uuid.UUID `gorm:"primaryKey"`
	Version int       `gorm:"primaryKey"`
	At      moment
}

func (seenRow) TableName() string { return "seen" }

// See writes down that a person looks at a version of an issue, once for each
// version, and returns the latest version before it that they looked at, and
// when they first did; 0 if they never did.
func (s *Store) See(ctx context.Context, person, issue uuid.UUID, version int, at time.Time) (before int, when time.Time, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		before, when = 0, time.Time{}
		row := seenRow{Issue: issue, Person: person, Version: version, At: momentOf(at)}
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return fmt.Errorf("store: seen %s: %w", issue, err)
		}
		last, err := rows[seenRow](tx.Where("issue = ? AND person = ? AND version < ?", issue, person, version).Order("version DESC").Limit(1))
		for _, r := range last {
			before, when = r.Version, r.At.time()
		}
		return err
	})
	return before, when, err
}
