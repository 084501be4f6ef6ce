package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/mailer"
	"jianbao/recipients/receipts"
	"jianbao/workflow"
)

type sightRow struct {
	ID      uuid.UUID
	Slip    uuid.UUID
	Issue   uuid.UUID
	Version string
	Unit    uuid.UUID
	Person  uuid.UUID
	By      string
	At      moment
}

func (sightRow) TableName() string { return "receipt_sight" }

// Letter returns a letter that belongs to an issue and the content of its
// dispatch, of which the very mail is made again. It fails with fault.NotFound
// if the letter is none of the issue, with fault.Internal if the content is no
// longer what was frozen, and with fault.Refused if the issue was recalled
// because it was classified.
func (s *Store) Letter(ctx context.Context, issue, delivery uuid.UUID) (letter mailer.Delivery, content mailer.Content, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[deliveryRow](tx.Where("id = ? AND dispatch IN (SELECT id FROM dispatch WHERE issue = ?)", delivery, issue))
		if err != nil {
			return err
		}
		letter = row.delivery()
		return notSecret(tx, row.Dispatch)
	})
	if err != nil {
		return letter, content, err
	}
	content, err = s.Content(ctx, letter.Dispatch)
	return letter, content, err
}

// Shown enters that somebody of the office was shown a letter with the link of
// its unit.
func (s *Store) Shown(ctx context.Context, issue uuid.UUID, letter mailer.Delivery, who workflow.Actor, at time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		of, err := first[dispatchRow](tx.Select("id", "digest", "purpose").Where("id = ? AND issue = ?", letter.Dispatch, issue))
		if err != nil {
			return err
		}
		return add(tx, sightRow{
			ID: newID(), Slip: receipts.SlipID(letter.Dispatch, letter.Unit, receipts.ByLink), Issue: issue, Version: versionOf(of), Unit: letter.Unit,
			Person: who.Person.ID, By: who.Name(), At: momentOf(at),
		})
	})
}

// sightsOf returns who saw the links of a version, by unit.
func sightsOf(tx *gorm.DB, issue uuid.UUID, version string) (map[uuid.UUID][]receipts.Sight, error) {
	found, err := rows[sightRow](tx.Where("issue = ? AND version = ?", issue, version).Order("at, id"))
	if err != nil {
		return nil, fmt.Errorf("store: sights of %s: %w", issue, err)
	}
	all := map[uuid.UUID][]receipts.Sight{}
	for _, r := range found {
		all[r.Unit] = append(all[r.Unit], receipts.Sight{Slip: r.Slip, By: r.By, At: r.At.time()})
	}
	return all, nil
}
