package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"time"

	"gorm.io/gorm"

	"jianbao/fault"
)

// A Restoration is one restoring of a backup.
type Restoration struct {
	// Open opens the file, which is read twice or more: to see that it is whole
	// before anything is written, and to write.
	Open func() (io.ReadCloser, error)
	// By and Now are who restores, and when.
	By       string
	Now      time.Time
	Progress Progress
}

var (
	notEmpty = fault.Say("store.restore-not-empty", "数据库%s里已有数据；备份只恢复到空的数据库", "the database %s has data in it; a backup is restored into an empty one")
	unlike   = fault.Say("store.restore-unlike", "恢复后表%s与备份不一致，什么也没有留下", "the restored table %s is not that of the backup; nothing of it was kept")
	refused  = fault.Say("store.restore-refused", "数据库不接受备份里的表%s：%s", "the database does not take the table %s of the backup: %s")
)

// RestoredID is the identity of a database that was restored, as
// [workflow.Installation] has it: that of no machine, so that nothing is sent
// from it until somebody adopts it. What the backup holds as queued may have
// gone out since.
const RestoredID = "restored"

// Restore writes a backup into an empty database, whichever kind that is, and
// brings its tables up to date. Every table is read back and held against the
// sums of the backup before anything is committed; so either all of it is there
// or nothing. It fails with fault.Invalid if the file is no backup or is not
// whole, with fault.Conflict if the database is not empty, and as [Open] does.
func Restore(ctx context.Context, address string, r Restoration) (Backup, error) {
	b, err := r.read(func(table, []byte) error { return nil }, func(table) error { return nil })
	if err != nil {
		return b, err
	}
	s, err := connect(ctx, address)
	if err != nil {
		return b, err
	}
	defer s.Close()
	if err := s.emptyFor(ctx, b); err != nil {
		return b, err
	}
	if err := s.migrateTo(ctx, b.Version); err != nil {
		return b, fault.New(fault.Unavailable, notMigrated.With(s.shown)).Because(err)
	}
	if err := s.write(ctx, func(tx *gorm.DB) error { return r.fill(tx, b) }); err != nil {
		return b, err
	}
	if err := s.migrate(ctx); err != nil {
		return b, fault.New(fault.Unavailable, notMigrated.With(s.shown)).Because(err)
	}
	_, err = s.Adopt(ctx, RestoredID, r.By, r.Now) // the table is younger than some backups
	return b, err
}

func (r Restoration) read(row func(table, []byte) error, ended func(table) error) (Backup, error) {
	file, err := r.Open()
	if err != nil {
		return Backup{}, err
	}
	defer file.Close()
	return readBackup(file, row, ended)
}

// emptyFor fails if there are rows, or tables younger than the backup's.
func (s *Store) emptyFor(ctx context.Context, b Backup) error {
	version, err := s.version(ctx)
	if err != nil {
		return fault.New(fault.Unavailable, unreachable.With(s.shown)).Because(err)
	}
	var total int64
	err = s.read(ctx, func(tx *gorm.DB) error {
		tables, err := tablesIn(tx)
		if err == nil {
			total, err = countAll(tx, tables)
		}
		return err
	})
	if err == nil && (total > 0 || version > b.Version) {
		err = fault.New(fault.Conflict, notEmpty.With(s.shown))
	}
	return err
}

// fill writes the rows of the file and reads them back.
func (r Restoration) fill(tx *gorm.DB, b Backup) error {
	tables, err := tablesIn(tx)
	if err != nil {
		return err
	}
	into := inserter{tx: tx, tables: tables, done: r.Progress, total: b.Rows}
	err = lifted(tx, func() error {
		_, err := r.read(into.row, into.end)
		return err
	})
	if err != nil {
		return err
	}
	if len(b.Tables) != len(tables) {
		return broken(fmt.Errorf("%d tables of %d", len(b.Tables), len(tables)))
	}
	for _, want := range b.Tables {
		t := tables[slices.IndexFunc(tables, func(t table) bool { return t.Name == want.Name })]
		got, err := sumOf(tx, t)
		if err != nil {
			return fmt.Errorf("store: read %s back: %w", t.Name, err)
		}
		if got != want {
			return fault.New(fault.Internal, unlike.With(t.Name))
		}
	}
	return nil
}

func sumOf(tx *gorm.DB, t table) (BackupTable, error) {
	sum, found := sha256.New(), BackupTable{Name: t.Name}
	err := eachRow(tx, t, func(line []byte) error {
		found.Rows++
		sum.Write(line)
		return nil
	})
	found.SHA256 = inHex(sum)
	return found, err
}

// An inserter writes rows, many at a time.
type inserter struct {
	tx      *gorm.DB
	tables  []table // of the database
	waiting []any
	n       int
	written int64
	done    Progress
	total   int64
}

// most is how many rows one INSERT holds, the rest of a table apart.
const most = 200

func (i *inserter) row(t table, line []byte) error {
	if i.n == 0 && !slices.ContainsFunc(i.tables, t.same) {
		return broken(fmt.Errorf("table %s has other columns", t.Name))
	}
	values, err := valuesOf(line, t.Kinds)
	if err != nil {
		return broken(fmt.Errorf("table %s: %w", t.Name, err))
	}
	i.waiting = append(i.waiting, values...)
	if i.n++; i.n == most {
		return i.flush(t)
	}
	return nil
}

// end writes what is left of a table.
func (i *inserter) end(t table) error {
	if !slices.ContainsFunc(i.tables, t.same) {
		return broken(fmt.Errorf("table %s has other columns", t.Name))
	}
	if i.n == 0 {
		return nil
	}
	return i.flush(t)
}

func (i *inserter) flush(t table) error {
	ctx := i.tx.Statement.Context
	if _, err := i.tx.Statement.ConnPool.ExecContext(ctx, t.insertion(i.n, i.tx.Name() == "postgres"), i.waiting...); err != nil {
		if ctx.Err() != nil || brokenOff(err) {
			return err
		}
		return fault.New(fault.Invalid, refused.With(t.Name, err.Error())).Because(err)
	}
	i.written += int64(i.n)
	if i.done != nil {
		i.done(i.written, i.total)
	}
	i.waiting, i.n = i.waiting[:0], 0
	return nil
}

// same reports whether a table of a backup is one of the database.
func (t table) same(other table) bool {
	return t.Name == other.Name && slices.Equal(t.Columns, other.Columns) && slices.Equal(t.Kinds, other.Kinds)
}
