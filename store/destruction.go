package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/filing"
)

type destructionRow struct {
	ID      uuid.UUID
	Series  uuid.UUID
	Year    int
	No      int
	State   string
	Version int
	Body    filing.Destruction `gorm:"serializer:json"`
}

func (destructionRow) TableName() string { return "destruction" }

func rowOfDestruction(d filing.Destruction) destructionRow {
	return destructionRow{ID: d.ID, Series: d.Series, Year: d.Year, No: d.No, State: string(d.State), Version: d.Version, Body: d}
}

func (r destructionRow) destruction() filing.Destruction { return r.Body }

func (r destructionRow) has(issue uuid.UUID) bool {
	return slices.ContainsFunc(r.Body.Lines, func(i filing.Item) bool { return i.Issue == issue })
}

// Destructions returns the destruction lists of a series, the newest first.
func (s *Store) Destructions(ctx context.Context, series uuid.UUID) (all []filing.Destruction, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[destructionRow](tx.Where("series = ?", series).Order("year DESC, no DESC"))
		all = convert(found, destructionRow.destruction)
		return err
	})
	return all, err
}

// ChangeDestruction writes what decide makes of a destruction list and, where that
// carries it out, destroys its issues; see [filing.Books].
func (s *Store) ChangeDestruction(ctx context.Context, of filing.Destruction, issues []uuid.UUID, decide func(filing.ListCase) (filing.Destruction, error), destroy func(filing.Destruction, workflow.Case) (workflow.Change, error)) (next filing.Destruction, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		c, err := s.listCase(tx, of, issues)
		if err != nil {
			return err
		}
		if next, err = decide(c); err != nil {
			return err
		}
		if err := writeList(tx, c.List, next); err != nil {
			return err
		}
		if next.State != filing.Carried {
			return nil
		}
		for _, line := range next.Lines {
			if err := s.destroyed(tx, line.Issue, func(c workflow.Case) (workflow.Change, error) { return destroy(next, c) }); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && next.State == filing.Carried {
		s.forget(ctx)
	}
	return next, err
}

// listCase locks the issues of a list and then its series, in the order in which
// all changes do, and reads what a decision about the list looks at.
func (s *Store) listCase(tx *gorm.DB, of filing.Destruction, issues []uuid.UUID) (c filing.ListCase, err error) {
	c.List = of
	if of.Version > 0 {
		row, err := first[destructionRow](tx.Where("id = ?", of.ID))
		if err != nil {
			return c, err
		}
		issues = convert(row.Body.Lines, func(i filing.Item) uuid.UUID { return i.Issue }) // they never change
	}
	if _, err := rows[issueKey](s.locking(tx, issueLock).Select("id").Where("id IN ?", issues).Order("id")); err != nil {
		return c, err
	}
	if c.Series, err = seriesByID(s.locking(tx, seriesLock), of.Series); err != nil {
		return c, err
	}
	if of.Version > 0 {
		row, err := first[destructionRow](tx.Where("id = ?", of.ID))
		if err != nil {
			return c, err
		}
		c.List = row.Body
	}
	items, err := itemsOf(tx, of.Series, issues)
	if err != nil {
		return c, err
	}
	if c.Lines, err = standingsOf(tx, of.Series, items); err != nil {
		return c, err
	}
	c.Last, err = lastLists(tx, of.Series)
	return c, err
}

// lastLists returns the highest number of the lists of each year.
func lastLists(tx *gorm.DB, series uuid.UUID) (map[int]int, error) {
	var found []struct{ Year, No int }
	err := tx.Model(&destructionRow{}).Select("year, MAX(no) AS no").Where("series = ?", series).Group("year").Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("store: destruction lists: %w", err)
	}
	last := map[int]int{}
	for _, row := range found {
		last[row.Year] = row.No
	}
	return last, nil
}

// itemsOf returns the items of issues, in their order. It fails with
// fault.NotFound if the series has none of one.
func itemsOf(tx *gorm.DB, series uuid.UUID, issues []uuid.UUID) ([]filing.Item, error) {
	found, err := rows[filingItemRow](tx.Where("series = ? AND issue IN ?", series, issues))
	if err != nil {
		return nil, err
	}
	by := map[uuid.UUID]filing.Item{}
	for _, row := range found {
		by[row.Issue] = row.Body
	}
	items := make([]filing.Item, len(issues))
	for n, id := range issues {
		item, there := by[id]
		if !there {
			return nil, fault.New(fault.NotFound, nothingThere.With())
		}
		items[n] = item
	}
	return items, nil
}

func writeList(tx *gorm.DB, before, next filing.Destruction) error {
	if err := storable(next.Proposed.Note, next.Decided.Note, next.Carried.Note, next.Witness); err != nil {
		return err
	}
	row := rowOfDestruction(next)
	if before.Version == 0 {
		return add(tx, row)
	}
	return replace(tx, &row, next.ID, before.Version)
}

// destroyed writes the change of an issue that is destroyed, and removes its
// content in the same transaction.
func (s *Store) destroyed(tx *gorm.DB, id uuid.UUID, destroy func(workflow.Case) (workflow.Change, error)) error {
	c, err := s.caseOf(tx, id, false)
	if err != nil {
		return err
	}
	change, err := destroy(c)
	if err != nil {
		return err
	}
	if err := s.shred(tx); err != nil {
		return err
	}
	if err := overwrite(tx, change); err != nil { // which takes it out of the index of the archive
		return err
	}
	if err := s.strip(tx, c.Issue); err != nil {
		return fmt.Errorf("store: destroy %s: %w", id, err)
	}
	return nil
}
