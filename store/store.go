package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"strings"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	moderncsqlite "modernc.org/sqlite"

	"jianbao/fault"
	"jianbao/store/hints"
)

// A Store is an open database. It may be used by several goroutines.
type Store struct {
	db       *gorm.DB
	pool     *sql.DB
	postgres bool
	shown    string // the address without user, password and parameters
	hub      *hints.Hub
	nonce    string // names this process in what it notifies others of
}

var (
	badURL      = fault.Say("store.bad-url", "数据库地址无法识别：应为文件路径或postgres://开头的地址", "the database address cannot be read: give the path of a file, or an address that begins with postgres://")
	unreachable = fault.Say("store.unreachable", "连不上数据库%s", "the database %s cannot be reached")
	damaged     = fault.Say("store.damaged", "文件%s不是数据库，或者已经损坏：请把它移到别处留存，再用 jianbao restore 取回最近的备份", "the file %s is no database, or damaged: put it aside, do not delete it, and bring the last backup back with jianbao restore")
	notMigrated = fault.Say("store.not-migrated", "数据库%s的表结构未能更新", "the tables of the database %s could not be brought up to date")
)

// Open opens a database and brings its tables up to date. The address is
// postgres://… or postgresql://…, or the path of an SQLite file, with or
// without sqlite: in front; a file that is not there is made. It fails with
// fault.Invalid if the address cannot be read and with fault.Unavailable if
// the database cannot be had or was made by a newer program; no message holds a
// password.
func Open(ctx context.Context, address string) (*Store, error) {
	s, err := connect(ctx, address)
	if err != nil {
		return nil, err
	}
	if err := s.migrate(ctx); err != nil {
		_ = s.pool.Close() // the first error is the one to tell
		if fault.As(err) != nil {
			return nil, err
		}
		return nil, fault.New(fault.Unavailable, notMigrated.With(s.shown)).Because(err)
	}
	return s, nil
}

// connect opens a database as it is.
func connect(ctx context.Context, address string) (*Store, error) {
	dialector, shown, err := dialectorOf(address)
	if err != nil {
		return nil, err
	}
	db, err := gorm.Open(dialector, &gorm.Config{Logger: logger.Discard, SkipDefaultTransaction: true, DisableAutomaticPing: true})
	if err != nil {
		return nil, fault.New(fault.Unavailable, noDatabase(err).With(shown)).Because(err)
	}
	pool, err := db.DB()
	if err != nil {
		return nil, fault.New(fault.Unavailable, unreachable.With(shown)).Because(err)
	}
	s := &Store{db: db, pool: pool, postgres: db.Name() == "postgres", shown: shown, nonce: newID().String()}
	s.hub = hints.New(s.carry)
	s.limit()
	if err := s.greet(ctx); err != nil {
		_ = pool.Close()
		return nil, fault.New(fault.Unavailable, noDatabase(err).With(shown)).Because(err)
	}
	return s, nil
}

// noDatabase says what an error is that the first connection ends with.
func noDatabase(err error) fault.Sentence {
	var lite *moderncsqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff { // the rest tells more (sqlite.org/rescode.html)
		case sqliteCorrupt, sqliteNotADB:
			return damaged
		}
	}
	return unreachable
}

// greet makes the first connection. Where several processes open a new SQLite
// file at once, one of them turns it to WAL, and the others are told that it is
// locked at once, whatever their timeout (sqlite.org/wal.html, section 8).
func (s *Store) greet(ctx context.Context) error {
	for try := 1; ; try++ {
		err := s.pool.PingContext(ctx)
		var lite *moderncsqlite.Error
		if err == nil || try == tries || !errors.As(err, &lite) || lite.Code() != sqliteBusy {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(try) * 20 * time.Millisecond):
		}
	}
}

// What the first connection may meet (sqlite.org/rescode.html): SQLITE_BUSY,
// SQLITE_CORRUPT and SQLITE_NOTADB.
const (
	sqliteBusy    = 5
	sqliteCorrupt = 11
	sqliteNotADB  = 26
)

// limit keeps one process from taking every connection of a server, and SQLite
// from more readers than a disk serves.
func (s *Store) limit() {
	s.pool.SetMaxOpenConns(16)
	s.pool.SetMaxIdleConns(8)
}

// lastWords is how long a process that ends may take to hint at what it did.
const lastWords = 2 * time.Second

// Close closes the database. What was written and not hinted at yet, as by a
// command, which runs no [Store.Hints], is hinted at before; where that cannot be
// done the others look for themselves.
func (s *Store) Close() error {
	if s.postgres {
		soon, stop := context.WithTimeout(context.Background(), lastWords)
		defer stop()
		_ = s.hub.Last(soon) // no more than a hint
	}
	return s.pool.Close()
}

// Ping reports whether the database answers, as fault.Unavailable if not.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.pool.PingContext(ctx); err != nil {
		return fault.New(fault.Unavailable, unreachable.With(s.db.Name())).Because(err)
	}
	return nil
}

// dialectorOf reads an address. What is shown of it has no user, password or
// parameters.
func dialectorOf(address string) (dialector gorm.Dialector, shown string, err error) {
	invalid := fault.New(fault.Invalid, badURL.With())
	if address == "" || strings.ContainsRune(address, 0) {
		return nil, "", invalid
	}
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		u, err := url.Parse(address)
		if err != nil {
			return nil, "", invalid // err would quote the password
		}
		return postgres.New(postgres.Config{DSN: address}), u.Host + u.Path, nil
	}
	path := strings.TrimPrefix(address, "sqlite:")
	if path == "" || strings.Contains(path, "://") || strings.Contains(path, ":memory:") {
		return nil, "", invalid
	}
	return sqlite.New(sqlite.Config{DriverName: "sqlite", DSN: sqliteDSN(path)}), path, nil
}

// sqliteDSN adds what makes SQLite serve many goroutines: readers beside one
// writer (WAL), a wait instead of "database is locked", and writers that take
// their lock when they begin, since a reader cannot become one safely.
func sqliteDSN(path string) string {
	escaped := strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
	return "file:" + escaped + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=foreign_keys(1)" +
		"&_txlock=immediate&_time_format=sqlite&_timezone=UTC"
}
