package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// Clocks are what a clock can be held against.
type Clocks struct {
	Database time.Time // the server's; zero for SQLite, which has none of its own
	Last     time.Time // when an issue was last decided on; zero for never
}

// Clocks returns them.
func (s *Store) Clocks(ctx context.Context) (c Clocks, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		var last moment
		// As the index event_decided has it, or every event would be read.
		ask := tx.Raw("SELECT COALESCE(MAX(at), 0) FROM event WHERE act IN ('submit', 'approve', 'return', 'object', 'record')")
		if err := ask.Scan(&last).Error; err != nil {
			return fmt.Errorf("store: last event: %w", err)
		}
		c.Last = last.time()
		if !s.postgres {
			return nil
		}
		var now moment
		if err := tx.Raw("SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint").Scan(&now).Error; err != nil {
			return fmt.Errorf("store: clock: %w", err)
		}
		c.Database = now.time()
		return nil
	})
	return c, err
}

// Loose returns the settings of the database server by which a commit that was
// answered may be lost when the machine fails, such as fsync; none for SQLite,
// whose connections are opened with what they need. The mark of a letter before
// its dot is worth no more than its commit.
func (s *Store) Loose(ctx context.Context) (names []string, err error) {
	if !s.postgres {
		return nil, nil
	}
	err = s.read(ctx, func(tx *gorm.DB) error {
		ask := tx.Raw("SELECT name FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting = 'off' ORDER BY name")
		if err := ask.Scan(&names).Error; err != nil {
			return fmt.Errorf("store: settings of the server: %w", err)
		}
		return nil
	})
	return names, err
}
