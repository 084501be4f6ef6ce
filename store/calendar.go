package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/workflow/calendar"
)

type yearRow struct {
	Year    int `gorm:"primaryKey;autoIncrement:false"`
	Source  string
	Version int
}

func (yearRow) TableName() string { return "calendar_year" }

type dayRow struct {
	Year int    `gorm:"primaryKey;autoIncrement:false"`
	Day  string `gorm:"primaryKey"`
	Off  bool
	Name string
}

func (dayRow) TableName() string { return "calendar_day" }

// Years returns the office's own tables of working days, the earliest year
// first; [calendar.Known] adds those that are built in.
func (s *Store) Years(ctx context.Context) (all []calendar.Year, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all, err = yearsOf(tx)
		return err
	})
	return all, err
}

func yearsOf(tx *gorm.DB) ([]calendar.Year, error) {
	found, err := rows[yearRow](tx.Order("year"))
	if err != nil {
		return nil, err
	}
	days, err := rows[dayRow](tx.Order("year, day"))
	if err != nil {
		return nil, err
	}
	all := make([]calendar.Year, len(found))
	for n, row := range found {
		all[n] = calendar.Year{Year: row.Year, Source: row.Source, Version: row.Version}
		for len(days) > 0 && days[0].Year == row.Year {
			day, ok := calendar.ParseDay(days[0].Day)
			if !ok {
				return nil, fmt.Errorf("store: calendar of %d: no day %q", row.Year, days[0].Day)
			}
			all[n].Days = append(all[n].Days, calendar.Special{Day: day, Off: days[0].Off, Name: days[0].Name})
			days = days[1:]
		}
	}
	return all, nil
}

var badYear = fault.Say("store.bad-year", "%d年的放假安排有错", "the table of %d has mistakes")

// SaveYear writes the office's own table of a year over the version that it was
// read as; version 0 is a year that it had none of. It fails with fault.Invalid
// and all reasons if the table is wrong, and with fault.Conflict if somebody
// else saved it first.
func (s *Store) SaveYear(ctx context.Context, y calendar.Year) error {
	if reasons := y.Validate(); len(reasons) > 0 {
		return fault.New(fault.Invalid, badYear.With(y.Year), reasons...)
	}
	if err := storable(y.Source); err != nil {
		return err
	}
	days := make([]dayRow, len(y.Days))
	for n, d := range y.Days {
		days[n] = dayRow{Year: y.Year, Day: d.Day.String(), Off: d.Off, Name: d.Name}
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		if y.Version > 0 {
			if err := dropYear(tx, y); err != nil {
				return err
			}
		}
		if err := add(tx, yearRow{Year: y.Year, Source: y.Source, Version: y.Version + 1}); err != nil {
			return err
		}
		return add(tx, days...)
	})
}

// DropYear takes the office's own table of a year away, so that the built-in one
// holds again if there is one. It fails with fault.Conflict if the table is not
// there as it was read.
func (s *Store) DropYear(ctx context.Context, y calendar.Year) error {
	return s.write(ctx, func(tx *gorm.DB) error { return dropYear(tx, y) })
}

func dropYear(tx *gorm.DB, y calendar.Year) error {
	done := tx.Where("year = ? AND version = ?", y.Year, y.Version).Delete(&yearRow{})
	if done.Error != nil {
		return fmt.Errorf("store: calendar of %d: %w", y.Year, done.Error)
	}
	if done.RowsAffected != 1 {
		return fault.New(fault.Conflict, changedSince.With())
	}
	return nil
}
