package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/workflow"
)

type timetableRow struct {
	Series  uuid.UUID          `gorm:"primaryKey"`
	Body    workflow.Timetable `gorm:"serializer:json"`
	Version int
}

func (timetableRow) TableName() string { return "timetable" }

func (r timetableRow) timetable() workflow.Timetable {
	r.Body.Series, r.Body.Version = r.Series, r.Version
	return r.Body
}

// Timetable returns how the program keeps time for a series; one of which
// nothing was saved has version 0.
func (s *Store) Timetable(ctx context.Context, series uuid.UUID) (t workflow.Timetable, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		t, err = timetableOf(tx, series)
		return err
	})
	return t, err
}

func timetableOf(tx *gorm.DB, series uuid.UUID) (workflow.Timetable, error) {
	row, err := first[timetableRow](tx.Where("series = ?", series))
	if fault.Is(err, fault.NotFound) {
		return workflow.Timetable{Series: series}, nil
	}
	return row.timetable(), err
}

// saveTimetable writes a timetable over the version that it was read as. The
// open issues of the series are looked at anew. It fails with fault.Invalid and
// all reasons, and with fault.Conflict if somebody else saved it first.
func saveTimetable(tx *gorm.DB, t workflow.Timetable) error {
	if err := t.Validate(); err != nil {
		return err
	}
	row := timetableRow{Series: t.Series, Body: t, Version: t.Version + 1}
	if t.Version == 0 {
		if err := add(tx, row); err != nil {
			return err
		}
	} else if err := replaceWhere(tx, &row, "series = ? AND version = ?", t.Series, t.Version); err != nil {
		return err
	}
	// 1 is long past on every clock.
	if err := tx.Model(&watchRow{}).Where("series = ?", t.Series).Update("at", 1).Error; err != nil {
		return fmt.Errorf("store: wake the issues of %s: %w", t.Series, err)
	}
	return nil
}

// replaceWhere writes all columns of the one row that fits. It fails with
// fault.Conflict unless there is exactly one.
func replaceWhere[R any](tx *gorm.DB, row *R, where string, args ...any) error {
	done := tx.Model(row).Select("*").Where(where, args...).Updates(row)
	if done.Error != nil {
		return asConflict(fmt.Errorf("store: write %T: %w", row, done.Error))
	}
	if done.RowsAffected != 1 {
		return fault.New(fault.Conflict, changedSince.With())
	}
	return nil
}
