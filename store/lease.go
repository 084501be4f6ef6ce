package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/mailer"
)

// Renew moves the leases that are still held; see [mailer.Queue].
func (s *Store) Renew(ctx context.Context, marks []mailer.Mark, until time.Time) (renewed []uuid.UUID, err error) {
	ids := convert(marks, func(m mailer.Mark) uuid.UUID { return m.ID })
	err = s.write(ctx, func(tx *gorm.DB) error {
		held, err := s.held(tx, ids)
		if err != nil {
			return err
		}
		for _, m := range marks {
			if row, ok := held[m.ID]; ok && row.Token == m.Token {
				renewed = append(renewed, m.ID)
			}
		}
		if len(renewed) == 0 {
			return nil
		}
		return tx.Model(&deliveryRow{}).Where("id IN ?", renewed).Update("lease_until", momentOf(until)).Error
	})
	if err != nil {
		return nil, fmt.Errorf("store: renew: %w", err)
	}
	return renewed, nil
}

// Reap takes back what a dead engine held; see [mailer.Queue].
func (s *Store) Reap(ctx context.Context, now time.Time, policy mailer.Policy) (reaped mailer.Reaped, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		query := tx
		if s.postgres {
			query = tx.Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"})
		}
		dead, err := rows[deliveryRow](query.Where("state IN ('claimed', 'data') AND lease_until <= ?", momentOf(now)).Order("id"))
		if err != nil {
			return err
		}
		var attempts []attemptRow
		for _, row := range dead {
			if attempts, err = takeBack(tx, row, now, policy, &reaped, attempts); err != nil {
				return err
			}
		}
		return add(tx, attempts...)
	})
	if err != nil {
		return mailer.Reaped{}, fmt.Errorf("store: reap: %w", err)
	}
	return reaped, nil
}

// takeBack ends the claim of a dead engine with an attempt of its own: what
// was in data may have gone.
func takeBack(tx *gorm.DB, row deliveryRow, now time.Time, policy mailer.Policy, reaped *mailer.Reaped, attempts []attemptRow) ([]attemptRow, error) {
	o := mailer.Outcome{
		Delivery: row.ID, Token: row.Token, State: mailer.Queued, NextAt: now, Began: row.Updated.time(), Ended: now,
	}
	if row.State == string(mailer.Data) && policy != mailer.Resend {
		o.State, o.Stage = mailer.Uncertain, mailer.Dot
		reaped.Uncertain = append(reaped.Uncertain, row.ID)
	} else {
		reaped.Requeued = append(reaped.Requeued, row.ID)
	}
	row.Tries++
	row.State, row.NextAt, row.Updated = string(o.State), momentOf(now), momentOf(now)
	row.Token, row.LeaseUntil = uuid.Nil, 0
	if err := tx.Model(&row).Select("*").Updates(&row).Error; err != nil {
		return nil, err
	}
	return append(attempts, attemptOf(row.Tries, o)), nil
}
