package store

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/workflow"
)

type originalRow struct {
	Issue    uuid.UUID `gorm:"primaryKey"`
	Version  int       `gorm:"primaryKey;autoIncrement:false"`
	Name     string
	Encoding string
	Data     []byte
	ByID     uuid.UUID
	ByName   string
	At       moment
}

func (originalRow) TableName() string { return "original" }

func rowOfOriginal(o workflow.Original) originalRow {
	return originalRow{
		Issue: o.Issue, Version: o.Version, Name: o.Name, Encoding: o.Encoding, Data: append([]byte{}, o.Data...),
		ByID: o.By, ByName: o.ByName, At: momentOf(o.At),
	}
}

func (r originalRow) original() workflow.Original {
	return workflow.Original{
		Issue: r.Issue, Version: r.Version, Name: r.Name, Encoding: r.Encoding, Data: r.Data,
		By: r.ByID, ByName: r.ByName, At: r.At.time(),
	}
}

// Originals returns what was handed in for an issue, byte for byte, the first
// one first; nothing for one that is withheld.
func (s *Store) Originals(ctx context.Context, issue uuid.UUID) (all []workflow.Original, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[originalRow](shown(tx).Where("issue = ?", issue).Order("version"))
		all = convert(found, originalRow.original)
		return err
	})
	return all, err
}
