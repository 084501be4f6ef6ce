package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"

	"jianbao/fault"
)

// Tables says how far the tables of a database are. Versions count from 1; 0
// is a database without tables.
type Tables struct {
	Version int64 // of the database
	Newest  int64 // that this program knows
	// Pending are the names of the migrations that are still to be applied.
	Pending []string
}

var tooNew = fault.Say("store.too-new", "数据库%s的表结构是第%d版，比本程序的第%d版新；请用新版程序", "the tables of the database %s are of version %d, newer than %d, which is this program's; run a newer program")

// TablesOf returns how far the tables of a database are, and changes nothing:
// of a file that is not there it says that it has none. It fails as [Open]
// does.
func TablesOf(ctx context.Context, address string) (Tables, error) {
	dialector, shown, err := dialectorOf(address)
	if err != nil {
		return Tables{}, err
	}
	if dialector.Name() == "sqlite" {
		if _, err := os.Stat(shown); errors.Is(err, fs.ErrNotExist) {
			return tablesAt(0, dialector.Name())
		}
	}
	s, err := connect(ctx, address)
	if err != nil {
		return Tables{}, err
	}
	defer s.Close()
	version, err := s.version(ctx)
	if err != nil {
		return Tables{}, fault.New(fault.Unavailable, noDatabase(err).With(shown)).Because(err)
	}
	return tablesAt(version, s.db.Name())
}

// version returns that of the last migration that was applied.
func (s *Store) version(ctx context.Context) (version int64, err error) {
	db := s.db.WithContext(ctx)
	if !db.Migrator().HasTable("goose_db_version") {
		return 0, db.Exec("SELECT 1").Error // a database that fails has no tables either
	}
	err = db.Raw("SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version").Scan(&version).Error
	return version, err
}

// tables says how far the tables are, and fails if they are newer than this
// program.
func (s *Store) tables(ctx context.Context) (Tables, error) {
	version, err := s.version(ctx)
	if err != nil {
		return Tables{}, err
	}
	t, err := tablesAt(version, s.db.Name())
	if err == nil && version > t.Newest {
		err = fault.New(fault.Unavailable, tooNew.With(s.shown, version, t.Newest))
	}
	return t, err
}

// tablesAt compares a version with the migrations of a dialect, whose files
// begin with theirs: 00002_only_grow.sql.
func tablesAt(version int64, dialect string) (Tables, error) {
	files, err := fs.ReadDir(migrations, path.Join("migrations", dialect))
	if err != nil {
		return Tables{}, fmt.Errorf("store: migrations: %w", err)
	}
	t := Tables{Version: version}
	for _, file := range files { // in order, as ReadDir has them
		digits, _, _ := strings.Cut(file.Name(), "_")
		n, err := strconv.ParseInt(digits, 10, 64)
		if err != nil {
			return Tables{}, fmt.Errorf("store: migration %s: %w", file.Name(), err)
		}
		t.Newest = n
		if n > version {
			t.Pending = append(t.Pending, strings.TrimSuffix(file.Name(), ".sql"))
		}
	}
	return t, nil
}
