package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/mailer"
)

var _ mailer.Pace = (*Store)(nil)

// A paceRow is a budget: when the next letter of its key may go.
type paceRow struct {
	Key string `gorm:"primaryKey"`
	At  moment
}

func (paceRow) TableName() string { return "pace" }

// Take takes from the budgets of all engines; see [mailer.Pace]. Keys are
// locked in their order, so that two engines cannot wait for each other.
func (s *Store) Take(ctx context.Context, now time.Time, wants []mailer.Want) (grants []mailer.Grant, err error) {
	order := make([]int, len(wants))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(wants[a].Key, wants[b].Key) })
	err = s.write(ctx, func(tx *gorm.DB) error {
		grants = make([]mailer.Grant, len(wants))
		for _, i := range order {
			row, err := s.budget(tx, wants[i].Key)
			if err != nil {
				return err
			}
			grant, at := mailer.Spend(row.At.time(), now, wants[i])
			grants[i] = grant
			if err := setBudget(tx, wants[i].Key, at); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("store: pace: %w", err)
	}
	return grants, nil
}

// Hold leaves nothing in a budget until a time; see [mailer.Pace].
func (s *Store) Hold(ctx context.Context, key string, until time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		row, err := s.budget(tx, key)
		if err != nil || row.At >= momentOf(until) {
			return err
		}
		return setBudget(tx, key, until)
	})
}

// budget locks a budget, which is made if there is none.
func (s *Store) budget(tx *gorm.DB, key string) (paceRow, error) {
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&paceRow{Key: key}).Error; err != nil {
		return paceRow{}, err
	}
	return first[paceRow](s.locking(tx, "UPDATE").Where("key = ?", key))
}

func setBudget(tx *gorm.DB, key string, at time.Time) error {
	return tx.Model(&paceRow{}).Where("key = ?", key).Update("at", momentOf(at)).Error
}
