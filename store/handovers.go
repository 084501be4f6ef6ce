package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/recipients/copies"
)

type handoverRow struct {
	ID      uuid.UUID
	Issue   uuid.UUID
	Seq     int
	At      moment
	By      string
	Unit    uuid.UUID
	Count   int
	Way     string
	Person  string
	Numbers string
	Note    string
}

func (handoverRow) TableName() string { return "copy_handover" }

func rowOfHandover(issue uuid.UUID, h copies.Handover) handoverRow {
	return handoverRow{
		ID: h.ID, Issue: issue, Seq: h.Seq, At: momentOf(h.At), By: h.By, Unit: h.Unit, Count: h.Count,
		Way: string(h.Way), Person: h.To, Numbers: h.Numbers.String(), Note: h.Note,
	}
}

func (r handoverRow) handover() (copies.Handover, error) {
	numbers, err := copies.ParseNumbers(r.Numbers)
	if err != nil {
		return copies.Handover{}, fmt.Errorf("store: hand-over %s: %w", r.ID, err)
	}
	return copies.Handover{
		ID: r.ID, Seq: r.Seq, At: r.At.time(), By: r.By, Unit: r.Unit, Count: r.Count,
		Way: copies.Way(r.Way), To: r.Person, Numbers: numbers, Note: r.Note,
	}, nil
}

// Handovers returns what was handed over of an issue, in order.
func (s *Store) Handovers(ctx context.Context, issue uuid.UUID) (all []copies.Handover, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all, err = handoversOf(tx, issue)
		return err
	})
	return all, err
}

func handoversOf(tx *gorm.DB, issue uuid.UUID) ([]copies.Handover, error) {
	found, err := rows[handoverRow](tx.Where("issue = ?", issue).Order("seq"))
	if err != nil {
		return nil, err
	}
	all := make([]copies.Handover, len(found))
	for n, row := range found {
		if all[n], err = row.handover(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// handOut enters that copies of an issue that is locked left the desk. The
// database refuses more than the unit's.
func handOut(tx *gorm.DB, issue uuid.UUID, h copies.Handover) error {
	if err := storable(h.By, h.To, h.Note); err != nil {
		return err
	}
	return add(tx, rowOfHandover(issue, h))
}
