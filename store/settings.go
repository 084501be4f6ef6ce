package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

// A settingsRow is one line of the history of a series' settings.
type settingsRow struct {
	Series uuid.UUID `gorm:"primaryKey"`
	Seq    int       `gorm:"primaryKey;autoIncrement:false"`
	At     moment
	ByID   uuid.UUID
	ByName string
	What   []fault.Reason `gorm:"serializer:json"`
}

func (settingsRow) TableName() string { return "series_change" }

func (r settingsRow) change() setup.Change {
	return setup.Change{Seq: r.Seq, At: r.At.time(), By: r.ByID, ByName: r.ByName, What: convert(r.What, revived)}
}

// Settings returns everything that is set of a series, or fault.NotFound.
func (s *Store) Settings(ctx context.Context, series uuid.UUID) (all setup.Settings, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all, err = settingsOf(tx, tx, series)
		return err
	})
	return all, err
}

// settingsOf reads what is set of a series, the series itself by a query that
// may lock it.
func settingsOf(query, tx *gorm.DB, series uuid.UUID) (all setup.Settings, err error) {
	if all.Series, err = seriesByID(query, series); err != nil {
		return all, err
	}
	if all.Timetable, err = timetableOf(tx, series); err != nil {
		return all, err
	}
	all.Heads, err = headsOf(tx)
	return all, err
}

// headsOf returns who heads which unit, by the units' names.
func headsOf(tx *gorm.DB) ([]setup.Head, error) {
	leading, err := rows[personRow](tx.Where("heads IS NOT NULL AND heads NOT IN ('null', '[]')").Order("login"))
	if err != nil {
		return nil, err
	}
	by := map[uuid.UUID][]workflow.Named{}
	var ids []uuid.UUID
	for _, p := range leading {
		for _, unit := range p.Heads {
			ids = append(ids, unit)
			by[unit] = append(by[unit], workflow.Named{ID: p.ID, Name: p.Name})
		}
	}
	units, err := rows[unitRow](tx.Select("id, name").Where("id IN ?", ids).Order("name, id"))
	return convert(units, func(u unitRow) setup.Head {
		return setup.Head{Unit: workflow.Named{ID: u.ID, Name: u.Name}, People: by[u.ID]}
	}), err
}

// SettingsHistory returns what was changed in the settings of a series, the
// newest first.
func (s *Store) SettingsHistory(ctx context.Context, series uuid.UUID) (all []setup.Change, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[settingsRow](tx.Where("series = ?", series).Order("seq DESC"))
		all = convert(found, settingsRow.change)
		return err
	})
	return all, err
}

// AddSettings writes a new series with all that is set of it, and says in its
// history who made it. A masthead that is taken is fault.Conflict, settings that
// cannot be used are fault.Invalid.
func (s *Store) AddSettings(ctx context.Context, all setup.Settings, by workflow.Named, at time.Time) error {
	if err := all.Validate(); err != nil {
		return err
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := add(tx, rowOfSeries(all.Series)); err != nil {
			return err
		}
		all.Timetable.Series, all.Timetable.Version = all.Series.ID, 0
		if err := saveTimetable(tx, all.Timetable); err != nil {
			return err
		}
		return recordSettings(tx, all.Series.ID, by, at, []fault.Reason{setup.Made.With(all.Series.Masthead)})
	})
}

// ChangeSettings reads what is set of a series under a lock, writes what decide
// makes of it, and adds what differs to the history. It returns that; where
// nothing differs nothing is written. Issues that are open keep their route, and
// are looked at anew by the new timetable. It fails with fault.NotFound, as
// decide does, with fault.Invalid if the settings cannot be used, and with
// fault.Conflict if the masthead is taken.
func (s *Store) ChangeSettings(ctx context.Context, series uuid.UUID, by workflow.Named, at time.Time, decide func(setup.Settings) (setup.Settings, error)) (differ []fault.Reason, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		before, err := settingsOf(s.locking(tx, seriesLock), tx, series)
		if err != nil {
			return err
		}
		after, err := decide(before)
		if err != nil {
			return err
		}
		if err := after.Validate(); err != nil {
			return err
		}
		if differ = setup.Differences(before, after); len(differ) == 0 {
			return nil
		}
		if err := s.writeSettings(tx, before, after); err != nil {
			return err
		}
		after.Series.ID = before.Series.ID
		begun := workflow.Begun(workflow.Recurrences(before.Series, before.Timetable), workflow.Recurrences(after.Series, after.Timetable), after.Series, at)
		if err := addFires(tx, begun); err != nil {
			return err
		}
		return recordSettings(tx, series, by, at, differ)
	})
	return differ, err
}

// writeSettings writes all settings; the version of the series counts every
// change.
func (s *Store) writeSettings(tx *gorm.DB, before, after setup.Settings) error {
	after.Series.ID, after.Series.Version = before.Series.ID, before.Series.Version
	if err := s.saveSeries(tx, after.Series); err != nil {
		return err
	}
	after.Timetable.Series, after.Timetable.Version = before.Series.ID, before.Timetable.Version
	if err := saveTimetable(tx, after.Timetable); err != nil {
		return err
	}
	return s.saveHeads(tx, before.Heads, after.Heads)
}

// saveHeads gives the people of whom something is other the units that they
// head.
func (s *Store) saveHeads(tx *gorm.DB, before, after []setup.Head) error {
	was, is := unitsLed(before), unitsLed(after)
	for _, h := range slices.Concat(before, after) {
		for _, who := range h.People {
			units := is[who.ID]
			if slices.Equal(was[who.ID], units) {
				continue
			}
			was[who.ID] = units // once for each person
			row, err := first[personRow](s.locking(tx, seriesLock).Where("id = ?", who.ID))
			if err != nil {
				return err
			}
			row.Heads, row.Version = units, row.Version+1
			if err := replace(tx, &row, row.ID, row.Version-1); err != nil {
				return err
			}
		}
	}
	return nil
}

// unitsLed returns the units that each person heads.
func unitsLed(heads []setup.Head) map[uuid.UUID][]uuid.UUID {
	led := map[uuid.UUID][]uuid.UUID{}
	for _, h := range heads {
		for _, who := range h.People {
			led[who.ID] = append(led[who.ID], h.Unit.ID)
		}
	}
	for _, units := range led {
		slices.SortFunc(units, func(a, b uuid.UUID) int { return strings.Compare(a.String(), b.String()) })
	}
	return led
}

// recordSettings adds a line to the history of the settings; the series is
// locked, so that nobody else counts on from the same line.
func recordSettings(tx *gorm.DB, series uuid.UUID, by workflow.Named, at time.Time, what []fault.Reason) error {
	var last int
	err := tx.Model(&settingsRow{}).Where("series = ?", series).Select("COALESCE(MAX(seq), 0)").Scan(&last).Error
	if err != nil {
		return fmt.Errorf("store: history of the settings of %s: %w", series, err)
	}
	return add(tx, settingsRow{Series: series, Seq: last + 1, At: momentOf(at), ByID: by.ID, ByName: by.Name, What: what})
}
