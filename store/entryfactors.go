package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/accounts/entry"
)

var (
	_ entry.FactorBooks   = (*Store)(nil)
	_ entry.IdentityBooks = (*Store)(nil)
)

type factorRow struct {
	Person    uuid.UUID `gorm:"primaryKey"`
	Sealed    string
	Made      moment
	Confirmed moment
	Step      int64
	Codes     []entry.RecoveryCode `gorm:"serializer:json"`
}

func (factorRow) TableName() string { return "factor" }

func (r factorRow) factor() entry.Factor {
	return entry.Factor{Person: r.Person, Sealed: r.Sealed, Made: r.Made.time(), Confirmed: r.Confirmed.time(), Step: r.Step, Codes: r.Codes}
}

// Factor returns the second factor of a person; see [entry.FactorBooks].
func (s *Store) Factor(ctx context.Context, person uuid.UUID) (f entry.Factor, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[factorRow](tx.Where("person = ?", person))
		f = row.factor()
		return err
	})
	return f, err
}

// ChangeFactor writes what decide makes of a factor; see [entry.FactorBooks]. The
// person is locked, since the factor may not be there yet.
func (s *Store) ChangeFactor(ctx context.Context, person uuid.UUID, decide func(entry.Factor) (entry.Factor, []entry.Line, error)) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if _, err := first[personRow](s.locking(tx, "UPDATE").Where("id = ?", person)); err != nil {
			return err
		}
		found, err := rows[factorRow](tx.Where("person = ?", person))
		if err != nil {
			return err
		}
		var f entry.Factor
		for _, r := range found {
			f = r.factor()
		}
		next, lines, err := decide(f)
		if err != nil {
			return err
		}
		if err := writeFactor(tx, person, next); err != nil {
			return err
		}
		return recordEntry(ctx, tx, person, lines)
	})
}

// writeFactor writes a factor; the zero one is none.
func writeFactor(tx *gorm.DB, person uuid.UUID, f entry.Factor) error {
	if f.Sealed == "" {
		return dropFactor(tx, person)
	}
	row := factorRow{Person: person, Sealed: f.Sealed, Made: momentOf(f.Made), Confirmed: momentOf(f.Confirmed), Step: f.Step, Codes: f.Codes}
	if err := tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
		return fmt.Errorf("store: factor of %s: %w", person, err)
	}
	return nil
}

func changeFactor(tx *gorm.DB, c entry.Change) error {
	if !c.DropFactor {
		return nil
	}
	return dropFactor(tx, c.Of)
}

func dropFactor(tx *gorm.DB, person uuid.UUID) error {
	if err := tx.Where("person = ?", person).Delete(&factorRow{}).Error; err != nil {
		return fmt.Errorf("store: factor of %s: %w", person, err)
	}
	return nil
}

type identityRow struct {
	ID      uuid.UUID
	Person  uuid.UUID
	Subject string
	Mail    string
	Made    moment
	By      string
}

func (identityRow) TableName() string { return "identity" }

func (r identityRow) identity() entry.Identity {
	return entry.Identity{ID: r.ID, Person: r.Person, Subject: r.Subject, Mail: r.Mail, Made: r.Made.time(), By: r.By}
}

// Identities returns the identities of a person; see [entry.IdentityBooks].
func (s *Store) Identities(ctx context.Context, person uuid.UUID) (all []entry.Identity, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[identityRow](tx.Where("person = ?", person).Order("made, id"))
		all = convert(found, identityRow.identity)
		return err
	})
	return all, err
}

// IdentityOf returns whose a subject or an address is; see
// [entry.IdentityBooks].
func (s *Store) IdentityOf(ctx context.Context, subject, mail string) (i entry.Identity, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[identityRow](tx.Where("subject <> '' AND subject = ?", subject).Or("subject = '' AND mail <> '' AND mail = ?", mail).Order("subject DESC"))
		i = row.identity()
		return err
	})
	return i, err
}

// SaveIdentity writes an identity; see [entry.IdentityBooks].
func (s *Store) SaveIdentity(ctx context.Context, i entry.Identity, l entry.Line) error {
	if err := storable(i.Subject, i.Mail, i.By); err != nil {
		return err
	}
	row := identityRow{ID: i.ID, Person: i.Person, Subject: i.Subject, Mail: i.Mail, Made: momentOf(i.Made), By: i.By}
	return s.write(ctx, func(tx *gorm.DB) error {
		done := tx.Model(&row).Where("id = ? AND subject = ''", i.ID).Update("subject", i.Subject)
		if done.Error != nil {
			return asConflict(fmt.Errorf("store: identity of %s: %w", i.Person, done.Error))
		}
		if done.RowsAffected == 0 {
			if err := add(tx, row); err != nil {
				return err
			}
		}
		return recordEntry(ctx, tx, i.Person, []entry.Line{l})
	})
}

// DropIdentity removes an identity; see [entry.IdentityBooks].
func (s *Store) DropIdentity(ctx context.Context, person, id uuid.UUID, l entry.Line) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("id = ? AND person = ?", id, person).Delete(&identityRow{}).Error; err != nil {
			return fmt.Errorf("store: identity %s: %w", id, err)
		}
		return recordEntry(ctx, tx, person, []entry.Line{l})
	})
}
