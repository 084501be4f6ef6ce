package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"jianbao/workflow/housekeeping"
)

var _ housekeeping.Books = (*Store)(nil)

// prunings delete what has not mattered since a moment. Each has an index that
// begins with what is old, so that a round reads no more than it deletes and
// what is kept in spite of its age.
var prunings = map[housekeeping.Sort]string{
	// The row keeps a notice from being said twice, so that it stays as long as
	// the scheduler looks at its issue or its remark; those about filing, of which
	// there are two in a year, stay.
	housekeeping.Notices: `DELETE FROM notice WHERE id IN (SELECT n.id FROM notice n WHERE n.at < @before AND (n.read <> 0 OR n.settled <> 0) AND n.kind NOT IN ('to-file', 'not-filed')
		AND NOT EXISTS (SELECT 1 FROM watch w WHERE w.issue = n.issue) AND NOT EXISTS (SELECT 1 FROM remark r WHERE r.id = n.remark AND r.look > 0) ORDER BY n.at LIMIT @limit)`,
	housekeeping.Fires: `DELETE FROM fire WHERE (series, schedule, local) IN (SELECT f.series, f.schedule, f.local FROM fire f WHERE f.at < @before
		AND EXISTS (SELECT 1 FROM fire g WHERE g.series = f.series AND g.schedule = f.schedule AND g.local > f.local) ORDER BY f.at LIMIT @limit)`,
	housekeeping.Tickets:  `DELETE FROM ticket WHERE id IN (SELECT id FROM ticket WHERE expires < @before ORDER BY expires LIMIT @limit)`,
	housekeeping.Answers:  `DELETE FROM answer WHERE (token, key) IN (SELECT token, key FROM answer WHERE begun < @before ORDER BY begun LIMIT @limit)`,
	housekeeping.Sessions: `DELETE FROM session WHERE token IN (SELECT token FROM session WHERE expiry < @before ORDER BY expiry LIMIT @limit)`,
	housekeeping.Tries:    `DELETE FROM try_count WHERE key IN (SELECT key FROM try_count WHERE free < @before ORDER BY free LIMIT @limit)`,
}

// Prune deletes what is old; see [housekeeping.Books].
func (s *Store) Prune(ctx context.Context, sort housekeeping.Sort, before time.Time, limit int) (n int, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		done := tx.Exec(prunings[sort], map[string]any{"before": momentOf(before), "limit": limit})
		n = int(done.RowsAffected)
		return done.Error
	})
	if err != nil {
		return 0, fmt.Errorf("store: prune %s: %w", sort, err)
	}
	return n, nil
}
