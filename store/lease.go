package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/mailer"
	"jianbao/store/hints"
)

// Renew moves the leases that are still held; see [mailer.Queue].
func (s *Store) Renew(ctx context.Context, marks []mailer.Mark, until time.Time) (renewed []uuid.UUID, err error) {
	ids := convert(marks, func(m mailer.Mark) uuid.UUID { return m.ID })
	err = s.write(ctx, func(tx *gorm.DB) error {
		held, err := s.held(tx, ids)
		if err != nil {
			return err
		}
		renewed = nil
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
		dead, err := rows[deliveryRow](query.Where("phase = 'going' AND lease_until <= ?", momentOf(now)).Order("id"))
		if err != nil {
			return err
		}
		reaped = mailer.Reaped{}
		attempts := make([]attemptRow, len(dead))
		for n := range dead {
			soon(tx, hints.Sent, dead[n].Dispatch)
			attempts[n] = dead[n].takeBack(now, policy)
			if attempts[n].State == string(mailer.Uncertain) {
				reaped.Uncertain = append(reaped.Uncertain, dead[n].ID)
			} else {
				reaped.Requeued = append(reaped.Requeued, dead[n].ID)
			}
		}
		if err := rewriteLetters(tx, dead, settledColumns...); err != nil {
			return err
		}
		if reaped.Issues, err = issuesOf(tx, dead); err != nil {
			return err
		}
		return add(tx, attempts...)
	})
	if err != nil {
		return mailer.Reaped{}, fmt.Errorf("store: reap: %w", err)
	}
	return reaped, nil
}

// issuesOf returns what letters are about, by their ids.
func issuesOf(tx *gorm.DB, letters []deliveryRow) (map[uuid.UUID]uuid.UUID, error) {
	if len(letters) == 0 {
		return nil, nil
	}
	dispatches := convert(letters, func(r deliveryRow) uuid.UUID { return r.Dispatch })
	slices.SortFunc(dispatches, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	found, err := rows[dispatchRow](tx.Select("id", "issue").Where("id IN ?", slices.Compact(dispatches)))
	if err != nil {
		return nil, err
	}
	of, all := map[uuid.UUID]uuid.UUID{}, map[uuid.UUID]uuid.UUID{}
	for _, d := range found {
		of[d.ID] = d.Issue
	}
	for _, r := range letters {
		all[r.ID] = of[r.Dispatch]
	}
	return all, nil
}

// takeBack ends the claim of a dead engine with an attempt of its own: what
// was in data may have gone.
func (r *deliveryRow) takeBack(now time.Time, policy mailer.Policy) attemptRow {
	o := mailer.Outcome{
		Delivery: r.ID, Token: r.Token, State: mailer.Queued, NextAt: now, Began: r.Updated.time(), Ended: now,
	}
	if r.State == string(mailer.Data) && policy != mailer.Resend {
		o.State, o.Stage = mailer.Uncertain, mailer.Dot
	}
	r.Tries++
	r.State, r.NextAt, r.Updated = string(o.State), momentOf(now), momentOf(now)
	r.Token, r.LeaseUntil = uuid.Nil, 0
	return attemptOf(r.Tries, o)
}
