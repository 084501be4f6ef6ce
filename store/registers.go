package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/workflow"
	"jianbao/workflow/registers"
)

var _ registers.Books = (*Store)(nil)

// Printed returns the issues of a series that were released, with the ledgers of
// their copies and what was handed over, numbered in a year or in all where that
// is 0, in the order of their numbers and editions.
func (s *Store) Printed(ctx context.Context, series uuid.UUID, year int) (all []registers.Printed, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		out := func() *gorm.DB {
			query := tx.Where("series = ? AND released > 0", series)
			if year != 0 {
				query = query.Where("number_year = ?", year)
			}
			return query
		}
		found, err := rows[issueRow](out().Order("number_year, number_kind, number_no, edition"))
		if err != nil {
			return err
		}
		place := map[uuid.UUID]int{}
		for _, row := range found {
			issue, err := row.issue()
			if err != nil {
				return err
			}
			place[issue.ID] = len(all)
			all = append(all, registers.Printed{Issue: issue})
		}
		ids := out().Model(&issueRow{}).Select("id")
		return withBooks(tx, ids, all, place)
	})
	return all, err
}

// withBooks reads the ledgers and hand-overs of the issues that a query names.
func withBooks(tx *gorm.DB, ids *gorm.DB, all []registers.Printed, place map[uuid.UUID]int) error {
	entries, err := rows[copyRow](tx.Where("issue IN (?)", ids).Order("issue, seq"))
	if err != nil {
		return err
	}
	for _, row := range entries {
		e, err := row.entry()
		if err != nil {
			return err
		}
		p := &all[place[row.Issue]]
		p.Entries = append(p.Entries, e)
	}
	handed, err := rows[handoverRow](tx.Where("issue IN (?)", ids).Order("issue, seq"))
	if err != nil {
		return err
	}
	for _, row := range handed {
		h, err := row.handover()
		if err != nil {
			return err
		}
		p := &all[place[row.Issue]]
		p.Handed = append(p.Handed, h)
	}
	return nil
}

// UnitNames returns what the directory calls units now; it leaves out those that
// it does not have.
func (s *Store) UnitNames(ctx context.Context, units []uuid.UUID) (names map[uuid.UUID]string, err error) {
	names = map[uuid.UUID]string{}
	err = s.read(ctx, func(tx *gorm.DB) error {
		var found []struct {
			ID   uuid.UUID
			Name string
		}
		if err := tx.Table("unit").Select("id, name").Where("id IN ?", units).Scan(&found).Error; err != nil {
			return fmt.Errorf("store: names of %d units: %w", len(units), err)
		}
		for _, u := range found {
			names[u.ID] = u.Name
		}
		return nil
	})
	return names, err
}

// historiesAtOnce is how many issues one query asks for: fewer than a statement of
// SQLite may have parameters.
const historiesAtOnce = 500

// Histories returns what happened to issues, of each from its first line; of those
// that are withheld nothing.
func (s *Store) Histories(ctx context.Context, issues []uuid.UUID) (all map[uuid.UUID][]workflow.Event, err error) {
	all = map[uuid.UUID][]workflow.Event{}
	err = s.read(ctx, func(tx *gorm.DB) error {
		for some := range slices.Chunk(issues, historiesAtOnce) {
			found, err := rows[eventRow](shown(tx).Where("issue IN ?", some).Order("issue, seq"))
			if err != nil {
				return err
			}
			for _, row := range found {
				e, err := row.event()
				if err != nil {
					return err
				}
				all[e.Issue] = append(all[e.Issue], e)
			}
		}
		return nil
	})
	return all, err
}

// ReleaseOf returns the dispatch with which an issue was released. It fails with
// fault.NotFound if there is none.
func (s *Store) ReleaseOf(ctx context.Context, issue uuid.UUID) (id uuid.UUID, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[dispatchKey](tx.Select("id").Where("issue = ? AND purpose = 'release'", issue))
		id = row.ID
		return err
	})
	return id, err
}

// A dispatchKey is the id of a dispatch.
type dispatchKey struct{ ID uuid.UUID }

func (dispatchKey) TableName() string { return "dispatch" }
