package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	moderncsqlite "modernc.org/sqlite"

	"jianbao/fault"
)

// batch is how many rows one INSERT holds: SQLite takes 32,766 parameters,
// PostgreSQL 65,535.
const batch = 500

var (
	nothingThere = fault.Say("store.not-found", "没有这一条记录", "there is no such record")
	changedSince = fault.Say("store.changed", "这条记录刚被别人改过，请重新打开再办", "somebody else changed this record just now; open it again")
	taken        = fault.Say("store.taken", "已有同样的记录（名称、登录名或期号重复）", "there is such a record already (a name, login or number that is taken)")
)

// attempts is how often a transaction is tried that PostgreSQL broke off for
// the sake of another.
const attempts = 5

// write runs fn in a transaction that commits unless fn fails. Where the
// database breaks it off because it met another one, nothing of it is left and
// it begins anew, a few times; so fn sets what it returns and adds to nothing.
// What fn says by soon is hinted at afterwards.
func (s *Store) write(ctx context.Context, fn func(tx *gorm.DB) error) error {
	for try := 1; ; try++ {
		ctx, hinted := withSoon(ctx)
		err := s.db.WithContext(ctx).Transaction(fn)
		if err == nil {
			s.hub.Give(*hinted...)
		}
		if try == attempts || ctx.Err() != nil || !brokenOff(err) {
			return err
		}
	}
}

// brokenOff reports whether PostgreSQL ended a transaction that may well
// succeed the next time: serialization_failure, deadlock_detected (PostgreSQL
// manual, appendix A, class 40).
func brokenOff(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// errRead ends every read.
var errRead = errors.New("store: a read is rolled back")

// read runs fn in a transaction that always rolls back and sees one state of
// the database throughout.
func (s *Store) read(ctx context.Context, fn func(tx *gorm.DB) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if s.postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	err := s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errRead
	}, options)
	if errors.Is(err, errRead) {
		return nil
	}
	return err
}

// locking adds a row lock where the database has them.
func (s *Store) locking(tx *gorm.DB, strength string) *gorm.DB {
	if !s.postgres {
		return tx // its transaction began as the only writer
	}
	return tx.Clauses(clause.Locking{Strength: strength})
}

// first reads the one row that the query finds, or fails with fault.NotFound.
func first[R any](query *gorm.DB) (R, error) {
	var row R
	err := query.Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, fault.New(fault.NotFound, nothingThere.With())
	}
	if err != nil {
		return row, fmt.Errorf("store: read %T: %w", row, err)
	}
	return row, nil
}

// rows reads all rows that the query finds.
func rows[R any](query *gorm.DB) ([]R, error) {
	var all []R
	if err := query.Find(&all).Error; err != nil {
		return nil, fmt.Errorf("store: read %T: %w", all, err)
	}
	return all, nil
}

// add inserts rows, if there are any. A key that is taken is fault.Conflict.
func add[R any](tx *gorm.DB, all ...R) error {
	if len(all) == 0 {
		return nil
	}
	if err := tx.CreateInBatches(&all, batch).Error; err != nil {
		return asConflict(fmt.Errorf("store: write %T: %w", all, err))
	}
	return nil
}

// replace writes all columns of the row with the id and the version. It fails
// with fault.Conflict unless there is exactly that row.
func replace[R any](tx *gorm.DB, row *R, id uuid.UUID, version int) error {
	done := tx.Model(row).Select("*").Where("id = ? AND version = ?", id, version).Updates(row)
	if done.Error != nil {
		return asConflict(fmt.Errorf("store: write %T: %w", row, done.Error))
	}
	if done.RowsAffected != 1 {
		return fault.New(fault.Conflict, changedSince.With())
	}
	return nil
}

// asConflict turns the error of a unique key into fault.Conflict.
func asConflict(err error) error {
	var pg *pgconn.PgError
	var lite *moderncsqlite.Error
	unique := errors.As(err, &pg) && pg.Code == "23505" || // unique_violation
		errors.As(err, &lite) && (lite.Code() == 1555 || lite.Code() == 2067) // SQLITE_CONSTRAINT_PRIMARYKEY, _UNIQUE
	if unique {
		return fault.New(fault.Conflict, taken.With()).Because(err)
	}
	return err
}

// convert turns rows into what they stand for.
func convert[R, V any](all []R, value func(R) V) []V {
	out := make([]V, len(all))
	for i, r := range all {
		out[i] = value(r)
	}
	return out
}

// A moment is a time as the tables keep it: microseconds since 1970, UTC; 0 is
// the zero time.
type moment int64

func momentOf(t time.Time) moment {
	if t.IsZero() {
		return 0
	}
	return moment(t.UnixMicro())
}

func (m moment) time() time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.UnixMicro(int64(m)).UTC()
}

// newID makes an id that sorts by its time of making.
func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }
