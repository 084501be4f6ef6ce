package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/filing"
)

// FiledItems returns the items of a series and what stands in the way of destroying
// them; see [filing.Books].
func (s *Store) FiledItems(ctx context.Context, series uuid.UUID) (all []filing.Standing, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[filingItemRow](tx.Where("series = ?", series).Order("year, class, no"))
		if err != nil {
			return err
		}
		all, err = standingsOf(tx, series, convert(found, filingItemRow.item))
		return err
	})
	return all, err
}

type filingHoldRow struct {
	ID     uuid.UUID
	Issue  uuid.UUID
	At     moment
	Lifted moment
	Body   filing.Hold `gorm:"serializer:json"`
}

func (filingHoldRow) TableName() string { return "filing_hold" }

func rowOfHold(h filing.Hold) filingHoldRow {
	return filingHoldRow{ID: h.ID, Issue: h.Issue, At: momentOf(h.Placed.At), Lifted: momentOf(h.Lifted.At), Body: h}
}

// ChangeHold writes a hold; see [filing.Books].
func (s *Store) ChangeHold(ctx context.Context, issue uuid.UUID, decide func(filing.HoldCase) (filing.Hold, error)) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		item, err := first[filingItemRow](tx.Where("issue = ?", issue))
		if err != nil {
			return err
		}
		c := filing.HoldCase{}
		if c.Series, err = seriesByID(s.locking(tx, seriesLock), item.Series); err != nil {
			return err
		}
		standings, err := standingsOf(tx, item.Series, []filing.Item{item.Body})
		if err != nil {
			return err
		}
		c.Standing = standings[0]
		hold, err := decide(c)
		if err != nil {
			return err
		}
		if err := storable(hold.Placed.Note, hold.Lifted.Note); err != nil {
			return err
		}
		row := rowOfHold(hold)
		if hold.Lifted.Done() {
			return replaceWhere(tx, &row, "id = ? AND lifted = 0", hold.ID)
		}
		return add(tx, row)
	})
}

// standingsOf reads what stands in the way of destroying items of one series.
func standingsOf(tx *gorm.DB, series uuid.UUID, items []filing.Item) ([]filing.Standing, error) {
	holds, err := rows[filingHoldRow](tx.Where("issue IN (?)", tx.Session(&gorm.Session{NewDB: true}).Model(&filingItemRow{}).Select("issue").Where("series = ?", series)).Order("at, id"))
	if err != nil {
		return nil, err
	}
	lists, err := rows[destructionRow](tx.Where("series = ? AND state IN ?", series, []filing.ListState{filing.Proposed, filing.Approved}))
	if err != nil {
		return nil, err
	}
	states, err := statesOf(tx, series)
	if err != nil {
		return nil, err
	}
	all := make([]filing.Standing, len(items))
	for n, item := range items {
		all[n] = filing.Standing{Item: item, State: states[item.Issue]}
		for _, h := range holds {
			if h.Issue == item.Issue {
				all[n].Holds = append(all[n].Holds, h.Body)
			}
		}
		for _, l := range lists {
			if l.has(item.Issue) {
				all[n].List = l.Body.Name().In(fault.ZH)
			}
		}
	}
	return all, nil
}

func statesOf(tx *gorm.DB, series uuid.UUID) (map[uuid.UUID]workflow.State, error) {
	var found []struct {
		ID    uuid.UUID
		State workflow.State
	}
	err := tx.Model(&issueRow{}).Select("issue.id, issue.state").Joins("JOIN filing_item f ON f.issue = issue.id").Where("f.series = ?", series).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("store: states of filed issues: %w", err)
	}
	states := map[uuid.UUID]workflow.State{}
	for _, row := range found {
		states[row.ID] = row.State
	}
	return states, nil
}
