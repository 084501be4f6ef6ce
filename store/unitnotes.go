package store

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/recipients"
)

// A unitNoteRow is one line of what was done to a unit or a collective entry.
type unitNoteRow struct {
	ID      uuid.UUID
	Subject uuid.UUID
	Name    string
	At      moment
	By      string
	What    []fault.Reason `gorm:"serializer:json"`
}

func (unitNoteRow) TableName() string { return "unit_note" }

func (r unitNoteRow) note() recipients.Note {
	return recipients.Note{ID: r.ID, Of: r.Subject, Name: r.Name, At: r.At.time(), By: r.By, What: convert(r.What, revived)}
}

func addNotes(tx *gorm.DB, notes []recipients.Note) error {
	return add(tx, convert(notes, func(n recipients.Note) unitNoteRow {
		return unitNoteRow{ID: n.ID, Subject: n.Of, Name: n.Name, At: momentOf(n.At), By: n.By, What: n.What}
	})...)
}

// UnitNotes returns what was done to a unit or a collective entry by hand, the
// newest first, at most limit lines.
func (s *Store) UnitNotes(ctx context.Context, of uuid.UUID, limit int) (all []recipients.Note, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[unitNoteRow](tx.Where("subject = ?", of).Order("at DESC, id DESC").Limit(limit))
		all = convert(found, unitNoteRow.note)
		return err
	})
	return all, err
}
