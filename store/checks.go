package store

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/workflow/history"
)

// A checkRow is one verification of all histories.
type checkRow struct {
	ID       uuid.UUID
	At       moment
	Issues   int
	Events   int
	Roots    int
	Findings []history.Finding `gorm:"serializer:json"`
}

func (checkRow) TableName() string { return "chain_check" }

func (r checkRow) checked() history.Checked {
	for n := range r.Findings {
		r.Findings[n].Reason = revived(r.Findings[n].Reason)
	}
	return history.Checked{At: r.At.time(), Issues: r.Issues, Events: r.Events, Roots: r.Roots, Findings: r.Findings}
}

// KeepCheck keeps what came of a verification of all histories at a time.
func (s *Store) KeepCheck(ctx context.Context, at time.Time, r history.Report) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return add(tx, checkRow{ID: newID(), At: momentOf(at), Issues: r.Issues, Events: r.Events, Roots: r.Roots, Findings: append([]history.Finding{}, r.Findings...)})
	})
}

// LastChecks returns verifications of all histories, the newest first, at most
// limit.
func (s *Store) LastChecks(ctx context.Context, limit int) (all []history.Checked, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[checkRow](tx.Order("at DESC, id DESC").Limit(limit))
		all = convert(found, checkRow.checked)
		return err
	})
	return all, err
}

// LastRoots returns roots of all histories, the newest first, at most limit. What
// cannot be read is empty, as in [Store.Roots].
func (s *Store) LastRoots(ctx context.Context, limit int) (roots []history.Sealed, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[rootRow](tx.Order("seq DESC").Limit(limit))
		roots = convert(found, func(r rootRow) history.Sealed {
			sealed, _ := history.ReadSealed(r.Line)
			return sealed
		})
		return err
	})
	return roots, err
}
