package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
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

type yearChangeRow struct {
	ID     uuid.UUID
	Year   int
	At     moment
	ByID   uuid.UUID
	ByName string
	Reason string
	Form   string // the whole table, as calendar.ReadYear reads it; "" was taken away
}

func (yearChangeRow) TableName() string { return "calendar_change" }

// ChangeYear writes the office's own table of a year, or takes it away, over the
// version that it was read as, and the line of its record. It fails with
// fault.Invalid and all reasons if the change is wrong, and with fault.Conflict
// if somebody else changed the table first.
func (s *Store) ChangeYear(ctx context.Context, c calendar.Change) error {
	row := yearChangeRow{ID: c.ID, Year: c.Year, At: momentOf(c.At), ByID: c.By, ByName: c.ByName, Reason: c.Reason}
	if c.Table != nil {
		row.Form = c.Table.Form()
	}
	if err := storable(row.Form, c.Reason, c.ByName); err != nil {
		return err
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		own, err := yearsOf(tx)
		if err != nil {
			return err
		}
		before, _ := calendar.YearOf(calendar.Known(own...), c.Year)
		if err := c.Validate(before); err != nil {
			return err
		}
		if before.Version != c.Version || c.Table == nil && c.Version == 0 {
			return fault.New(fault.Conflict, changedSince.With())
		}
		if err := replaceYear(tx, c); err != nil {
			return err
		}
		return add(tx, row)
	})
}

// replaceYear puts one table in the place of another. A table that is entered
// once more has a version that none before it had.
func replaceYear(tx *gorm.DB, c calendar.Change) error {
	if c.Version > 0 {
		done := tx.Where("year = ? AND version = ?", c.Year, c.Version).Delete(&yearRow{})
		if done.Error != nil {
			return fmt.Errorf("store: calendar of %d: %w", c.Year, done.Error)
		}
		if done.RowsAffected != 1 {
			return fault.New(fault.Conflict, changedSince.With())
		}
	}
	if c.Table == nil {
		return nil
	}
	var before int64
	if err := tx.Model(&yearChangeRow{}).Where("year = ?", c.Year).Count(&before).Error; err != nil {
		return fmt.Errorf("store: calendar of %d: %w", c.Year, err)
	}
	if err := add(tx, yearRow{Year: c.Year, Source: c.Table.Source, Version: max(int(before), c.Version) + 1}); err != nil {
		return err
	}
	return add(tx, convert(c.Table.Days, func(d calendar.Special) dayRow {
		return dayRow{Year: c.Year, Day: d.Day.String(), Off: d.Off, Name: d.Name}
	})...)
}

// YearChanges returns what was done to the office's own table of a year, the
// first thing first.
func (s *Store) YearChanges(ctx context.Context, year int) (all []calendar.Change, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[yearChangeRow](tx.Where("year = ?", year).Order("at, id"))
		if err != nil {
			return err
		}
		all = nil
		for _, r := range found {
			c := calendar.Change{ID: r.ID, At: r.At.time(), By: r.ByID, ByName: r.ByName, Reason: r.Reason, Year: r.Year}
			if r.Form != "" {
				y, err := calendar.ReadYear(r.Year, r.Form)
				if err != nil {
					return fmt.Errorf("store: change %s of the calendar: %w", r.ID, err)
				}
				c.Table = &y
			}
			all = append(all, c)
		}
		return nil
	})
	return all, err
}
