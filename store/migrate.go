package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// tries is how often SQLite's tables are brought up to date before it counts
// as failed.
const tries = 10

// migrate brings the tables up to date, unless a newer program made them. Processes that start together on
// PostgreSQL take turns under a session lock. SQLite has none: there whoever
// loses the race to a migration is rolled back, and finds it done the next time.
func (s *Store) migrate(ctx context.Context) error {
	if err := s.older(ctx); err != nil {
		return err
	}
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if s.postgres {
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // once a second, for five minutes
		if err != nil {
			return fmt.Errorf("store: migration lock: %w", err)
		}
		dialect, options = goose.DialectPostgres, append(options, goose.WithSessionLocker(locker))
	}
	dir, err := fs.Sub(migrations, "migrations/"+s.db.Name())
	if err != nil {
		return fmt.Errorf("store: migrations: %w", err)
	}
	provider, err := goose.NewProvider(dialect, s.pool, dir, options...)
	if err != nil {
		return fmt.Errorf("store: migrations: %w", err)
	}
	for try := 1; ; try++ {
		_, err := provider.Up(ctx)
		if err == nil {
			return nil
		}
		if s.postgres || try == tries || ctx.Err() != nil {
			return fmt.Errorf("store: migrate: %w", err)
		}
	}
}
