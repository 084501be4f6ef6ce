package store

import (
	"context"
	"errors"

	"gorm.io/gorm"
)

// A Span begins a span of one call to the database, which done ends and says how
// it went.
type Span func(ctx context.Context, name string) (inner context.Context, done func(error))

// Traced puts a span around every statement from now on, named by what it does and
// to which table: no words, ids or values are in it. It is called before the store
// is used; what is not traced costs nothing. What the mail engine asks for has
// spans elsewhere, for a group of letters each.
func (s *Store) Traced(span Span) error {
	all := s.db.Callback()
	return errors.Join(
		around(all.Create(), "gorm:create", "insert", span),
		around(all.Query(), "gorm:query", "select", span),
		around(all.Update(), "gorm:update", "update", span),
		around(all.Delete(), "gorm:delete", "delete", span),
		around(all.Row(), "gorm:row", "select", span),
		around(all.Raw(), "gorm:raw", "execute", span),
	)
}

// What gorm calls its own steps, and what may be put around one.
type (
	place interface {
		Register(name string, fn func(*gorm.DB)) error
	}
	steps[P place] interface {
		Before(name string) P
		After(name string) P
	}
)

// doneKey is where a statement keeps what ends its span.
const doneKey = "jianbao:done"

func around[P place](step steps[P], own, does string, span Span) error {
	begin := func(tx *gorm.DB) {
		name := "db " + does
		if table := tx.Statement.Table; table != "" {
			name += " " + table
		}
		_, done := span(tx.Statement.Context, name)
		tx.InstanceSet(doneKey, done)
	}
	end := func(tx *gorm.DB) {
		if found, is := tx.InstanceGet(doneKey); is {
			found.(func(error))(failureOf(tx.Error))
		}
	}
	return errors.Join(step.Before(own).Register("jianbao:begin", begin), step.After(own).Register("jianbao:end", end))
}

// failureOf is an error that is a failure: that nothing was found is an answer.
func failureOf(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil
	}
	return err
}
