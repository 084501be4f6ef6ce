package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/workflow"
)

// Unreached returns the issues of series that were released after a moment and
// have letters that came to nothing, may have gone, or were stopped, the first
// one first. Which units that leaves waiting for a person, their boards say
// ([Store.ReceiptLines]).
func (s *Store) Unreached(ctx context.Context, series []uuid.UUID, since time.Time) (ids []uuid.UUID, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		return tx.Table("issue").Where("series IN ? AND released > ? AND state IN ?", series, momentOf(since), []workflow.State{workflow.Dispatching, workflow.Dispatched}).
			Where(`EXISTS (SELECT 1 FROM delivery l JOIN dispatch d ON d.id = l.dispatch WHERE d.issue = issue.id
				AND l.state IN ('failed', 'bounced', 'uncertain', 'held', 'cancelled'))`).
			Order("released, id").Pluck("id", &ids).Error
	})
	if err != nil {
		return nil, fmt.Errorf("store: units that were not reached: %w", err)
	}
	return ids, nil
}

// RecallsOpen returns the issues of series whose recall waits for its second
// person, the first one first.
func (s *Store) RecallsOpen(ctx context.Context, series []uuid.UUID) (all []workflow.Issue, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all = nil
		found, err := rows[issueRow](tx.Where("series IN ? AND recall IS NOT NULL AND recall <> 'null' AND state IN ?", series,
			[]workflow.State{workflow.Dispatching, workflow.Dispatched, workflow.Archived, workflow.Corrected}).Order("released, id"))
		if err != nil {
			return err
		}
		for _, row := range found {
			issue, err := row.issue()
			if err != nil {
				return err
			}
			if issue.Recall.Open() {
				all = append(all, issue)
			}
		}
		return nil
	})
	return all, err
}
