package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/workflow"
)

var _ workflow.Misdated = (*Store)(nil)

// ReleasedAhead returns issues that were released in the time to come; see
// [workflow.Misdated]. There are none, and an index says so.
func (s *Store) ReleasedAhead(ctx context.Context, after time.Time, limit int) (ids []uuid.UUID, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		return tx.Model(&issueRow{}).Where("released > ? AND state IN ('dispatching', 'dispatched')", momentOf(after)).
			Where("NOT EXISTS (SELECT 1 FROM event e WHERE e.issue = issue.id AND e.act = 'misdate')").Order("released, id").Limit(limit).Pluck("id", &ids).Error
	})
	if err != nil {
		return nil, fmt.Errorf("store: releases to come: %w", err)
	}
	return ids, nil
}
