package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/standing"
	"jianbao/workflow"
)

// A standingRow is the standing lists of a series.
type standingRow struct {
	Series  uuid.UUID           `gorm:"primaryKey"`
	Lists   []recipients.Listed `gorm:"serializer:json"`
	Copies  map[uuid.UUID]int   `gorm:"serializer:json"`
	Version int
}

func (standingRow) TableName() string { return "standing_list" }

func standingOf(tx *gorm.DB, series uuid.UUID) (standing.Lists, error) {
	var row standingRow
	err := tx.Where("series = ?", series).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return standing.Lists{Series: series}, nil
	}
	if err != nil {
		return standing.Lists{}, fmt.Errorf("store: read the standing lists: %w", err)
	}
	return standing.Lists{Series: row.Series, Lists: row.Lists, Copies: row.Copies, Version: row.Version}, nil
}

// StandingLists returns the lists that a series sends every issue to; none were
// written where their Version is 0.
func (s *Store) StandingLists(ctx context.Context, series uuid.UUID) (lists standing.Lists, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		lists, err = standingOf(tx, series)
		return err
	})
	return lists, err
}

// SaveStandingLists writes lists that were read with their Version, with a line
// in the history of the series' settings that says what is other, if anything
// is. It fails with
// fault.Invalid, with fault.NotFound if there is no such series, and with
// fault.Conflict if somebody saved them meanwhile.
func (s *Store) SaveStandingLists(ctx context.Context, lists standing.Lists, by workflow.Named, at time.Time, what []fault.Reason) error {
	if err := lists.Validate(); err != nil {
		return err
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		if _, err := seriesByID(s.locking(tx, "UPDATE"), lists.Series); err != nil {
			return err
		}
		before, err := standingOf(tx, lists.Series)
		if err != nil {
			return err
		}
		if before.Version != lists.Version {
			return fault.New(fault.Conflict, changedSince.With())
		}
		row := standingRow{Series: lists.Series, Lists: lists.Lists, Copies: lists.Copies, Version: lists.Version + 1}
		if row.Lists == nil { // an empty form; nil would be written as NULL
			row.Lists = []recipients.Listed{}
		}
		if row.Copies == nil {
			row.Copies = map[uuid.UUID]int{}
		}
		if err := tx.Save(&row).Error; err != nil {
			return fmt.Errorf("store: write the standing lists: %w", err)
		}
		if len(what) == 0 { // saved as they were
			return nil
		}
		return recordSettings(tx, lists.Series, by, at, what)
	})
}

// LastIssue returns the issue of a series that was given its number last before
// another one, which may have none yet; nil if there is none. uuid.Nil stands for
// one that is still to come.
func (s *Store) LastIssue(ctx context.Context, series, before uuid.UUID) (last *workflow.Issue, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		register, err := registerOf(tx, series)
		if err != nil {
			return err
		}
		if n := slices.IndexFunc(register, func(l workflow.RegisterLine) bool { return before != uuid.Nil && l.Issue == before }); n >= 0 {
			own := register[n]
			register = slices.DeleteFunc(register, func(l workflow.RegisterLine) bool { return l.Issue == before || l.At.After(own.At) })
		}
		last, err = lastRegistered(tx, register)
		return err
	})
	return last, err
}

// Got returns the issues of series that went out to a unit, the latest first, at
// most limit of them.
func (s *Store) Got(ctx context.Context, series []uuid.UUID, unit uuid.UUID, limit int) (all []workflow.Got, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all = nil
		named := `%"unit":"` + unit.String() + `"%`
		found, err := summarised(summaries(tx).Where("i.series IN ? AND i.released > 0 AND i.circulation LIKE ?", series, named).Limit(limit))
		if err != nil {
			return err
		}
		for _, summary := range found {
			row, err := first[issueRow](tx.Select("circulation").Where("id = ?", summary.ID))
			if err != nil {
				return err
			}
			got := workflow.Got{Summary: summary}
			for _, place := range row.Circulation.All() {
				if place.Unit == unit {
					got.Places = append(got.Places, place)
				}
			}
			all = append(all, got)
		}
		return nil
	})
	return all, err
}
