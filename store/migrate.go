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

// newest stands for the last version that this program knows.
const newest = 0

// migrate brings the tables up to date, unless a newer program made them.
func (s *Store) migrate(ctx context.Context) error { return s.migrateTo(ctx, newest) }

// migrateTo brings the tables to a version. Processes that start together on
// PostgreSQL take turns under a session lock. SQLite has none: there whoever
// loses the race to a migration is rolled back, and finds it done the next time.
//
// Where there is nothing to do no lock is taken: behind a PgBouncer in
// transaction mode sessions are not one's own, and such a lock would stay with
// whoever comes next.
func (s *Store) migrateTo(ctx context.Context, version int64) error {
	now, err := s.tables(ctx)
	if err != nil || version == newest && len(now.Pending) == 0 {
		return err
	}
	provider, err := s.migrator()
	if err != nil {
		return err
	}
	for try := 1; ; try++ {
		if version == newest {
			_, err = provider.Up(ctx)
		} else {
			_, err = provider.UpTo(ctx, version)
		}
		if err == nil {
			return nil
		}
		if s.postgres || try == tries || ctx.Err() != nil {
			return fmt.Errorf("store: migrate: %w", err)
		}
	}
}

func (s *Store) migrator() (*goose.Provider, error) {
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if s.postgres {
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // once a second, for five minutes
		if err != nil {
			return nil, fmt.Errorf("store: migration lock: %w", err)
		}
		dialect, options = goose.DialectPostgres, append(options, goose.WithSessionLocker(locker))
	}
	dir, err := fs.Sub(migrations, "migrations/"+s.db.Name())
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	provider, err := goose.NewProvider(dialect, s.pool, dir, options...)
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	return provider, nil
}

// Tables says how far the tables are by now. It fails if another, newer program
// brought them further than this one knows.
func (s *Store) Tables(ctx context.Context) (Tables, error) { return s.tables(ctx) }
