package store

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/workflow/figures"
)

// passed are the events that end a passage between two moments. The acts stand
// in the statement as they do in the index event_decided, so that it is used.
const passed = "act IN ('submit', 'approve', 'return', 'object', 'record') AND at >= ? AND at < ?"

type passageRow struct {
	// gorm passes over embedded types that are not exported, so it is a field.
	Row    eventRow `gorm:"embedded"`
	Series uuid.UUID
}

// Passages returns how long issues of these series, or of all where series is
// nil, lay at their steps: the passages that ended from a moment on until before
// another, the earliest first.
func (s *Store) Passages(ctx context.Context, series []uuid.UUID, from, until time.Time) (all []figures.Passage, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		query := tx.Table("event").Joins("JOIN issue ON issue.id = event.issue").Select("event.*, issue.series AS series").
			Where(passed, momentOf(from), momentOf(until))
		if series != nil {
			query = query.Where("issue.series IN ?", series)
		}
		found, err := rows[passageRow](query.Order("at, event.id"))
		if err != nil {
			return err
		}
		all = nil
		for _, row := range found {
			e, err := row.Row.event()
			if err != nil {
				return err
			}
			if p, ends := figures.PassageOf(row.Series, e); ends {
				all = append(all, p)
			}
		}
		return nil
	})
	return all, err
}
