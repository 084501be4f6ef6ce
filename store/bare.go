package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
)

// What the mail engine asks of PostgreSQL for every letter goes past gorm and
// database/sql: they turn each id into a text and back, and write each element of
// an array by reflection, which together cost more than sending the letter.

// bare runs one statement on a connection of its own, which is one transaction
// and one journey there and back. Where PostgreSQL broke it off for the sake of
// another one it begins anew, a few times; so read, which is given the rows, sets
// what it returns and adds to nothing.
func (s *Store) bare(ctx context.Context, statement string, arguments []any, read func(pgx.Rows) error) error {
	conn, err := s.pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store: connection: %w", err)
	}
	defer conn.Close()
	return conn.Raw(func(raw any) error {
		pg, ok := raw.(*stdlib.Conn)
		if !ok {
			return errors.New("store: not a connection of pgx")
		}
		for try := 1; ; try++ {
			err := query(ctx, pg.Conn(), statement, arguments, read)
			if err != nil && pg.Conn().IsClosed() {
				return errors.Join(driver.ErrBadConn, err) // it is not kept for the next one
			}
			if try == attempts || ctx.Err() != nil || !brokenOff(err) {
				return err
			}
		}
	})
}

func query(ctx context.Context, conn *pgx.Conn, statement string, arguments []any, read func(pgx.Rows) error) error {
	found, err := conn.Query(ctx, statement, arguments...)
	if err != nil {
		return err
	}
	defer found.Close()
	if err := read(found); err != nil {
		return err
	}
	found.Close()
	return found.Err()
}

// An idArray is a uuid[] that is written without a copy of any element.
type idArray []uuid.UUID

// Dimensions implements [pgtype.ArrayGetter].
func (a idArray) Dimensions() []pgtype.ArrayDimension {
	if a == nil {
		return nil // NULL
	}
	return []pgtype.ArrayDimension{{Length: int32(len(a)), LowerBound: 1}}
}

// Index implements [pgtype.ArrayGetter].
func (a idArray) Index(i int) any { return (*idValue)(&a[i]) }

// IndexType implements [pgtype.ArrayGetter].
func (a idArray) IndexType() any { return (*idValue)(nil) }

// An idValue is an id as pgx wants it.
type idValue uuid.UUID

// UUIDValue implements [pgtype.UUIDValuer].
func (v *idValue) UUIDValue() (pgtype.UUID, error) {
	return pgtype.UUID{Bytes: *v, Valid: v != nil}, nil
}
