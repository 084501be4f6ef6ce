package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/workflow"
	"jianbao/workflow/filing"
)

var _ filing.Watch = (*Store)(nil)

// unfiled are the issues that the program sent and nobody has filed. What the
// archive has without an item was entered as a back issue.
const unfiled = "state IN ('dispatched', 'corrected', 'recalled') AND date <> '' AND NOT EXISTS (SELECT 1 FROM filing_item f WHERE f.issue = issue.id)"

// UnfiledSeries returns the series that have something to be filed; see
// [filing.Watch].
func (s *Store) UnfiledSeries(ctx context.Context) (ids []uuid.UUID, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		return tx.Model(&issueRow{}).Distinct("series").Where(unfiled).Pluck("series", &ids).Error
	})
	if err != nil {
		return nil, fmt.Errorf("store: what is to be filed: %w", err)
	}
	return ids, nil
}

// unfiledOf counts by year what a series has to file.
func unfiledOf(tx *gorm.DB, series uuid.UUID) (map[int]int, error) {
	var found []struct{ Year, N int }
	err := tx.Raw("SELECT CAST(substr(date, 1, 4) AS INTEGER) AS year, COUNT(*) AS n FROM issue WHERE series = ? AND "+unfiled+" GROUP BY 1", series).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("store: what is to be filed: %w", err)
	}
	all := map[int]int{}
	for _, row := range found {
		all[row.Year] = row.N
	}
	return all, nil
}

// FilingYears counts by year what a series has to file; a year of which all is
// filed has 0. Years are those of issues that are out.
func (s *Store) FilingYears(ctx context.Context, series uuid.UUID) (all map[int]int, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		var years []int
		err := tx.Raw("SELECT DISTINCT CAST(substr(date, 1, 4) AS INTEGER) FROM issue WHERE series = ? AND date <> '' AND state IN ?", series, outStates).Scan(&years).Error
		if err != nil {
			return fmt.Errorf("store: years of %s: %w", series, err)
		}
		left, err := unfiledOf(tx, series)
		all = map[int]int{}
		for _, y := range years {
			all[y] = left[y]
		}
		return err
	})
	return all, err
}

// TellFiling writes what is to be said of the filing of a series; see
// [filing.Watch].
func (s *Store) TellFiling(ctx context.Context, series uuid.UUID, tell func(filing.Sight) []workflow.Notice) (said int, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		v := filing.Sight{}
		var err error
		if v.Series, err = seriesByID(tx, series); err != nil {
			return err
		}
		if v.Rule, err = ruleOf(tx, series); err != nil {
			return err
		}
		if v.Timetable, v.Staff, v.Reach, err = audience(tx, series, nil); err != nil {
			return err
		}
		if v.Years, err = yearsOf(tx); err != nil {
			return err
		}
		if v.Unfiled, err = unfiledOf(tx, series); err != nil {
			return err
		}
		said, err = notify(tx, tell(v))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("store: tell of the filing of %s: %w", series, err)
	}
	return said, nil
}
