package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts"
)

type personRow struct {
	ID       uuid.UUID
	Login    string
	Name     string
	Password string
	Heads    []uuid.UUID `gorm:"serializer:json"`
	Active   bool
	Version  int
}

func (personRow) TableName() string { return "person" }

type grantRow struct {
	Person uuid.UUID `gorm:"primaryKey"`
	Series uuid.UUID `gorm:"primaryKey"`
	Role   string    `gorm:"primaryKey"`
}

func (grantRow) TableName() string { return "person_grant" }

func (r personRow) person(grants []accounts.Grant) accounts.Person {
	return accounts.Person{ID: r.ID, Login: r.Login, Name: r.Name, Password: r.Password, Grants: grants, Heads: r.Heads, Active: r.Active, Version: r.Version}
}

// ByLogin returns the person who signs in under a login, or fault.NotFound.
func (s *Store) ByLogin(ctx context.Context, login string) (accounts.Person, error) {
	return s.person(ctx, "login = ?", login)
}

// PersonByID returns a person, or fault.NotFound.
func (s *Store) PersonByID(ctx context.Context, id uuid.UUID) (accounts.Person, error) {
	return s.person(ctx, "id = ?", id)
}

func (s *Store) person(ctx context.Context, where string, arg any) (p accounts.Person, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[personRow](tx.Where(where, arg))
		if err != nil {
			return err
		}
		grants, err := grantsOf(tx.Where("person = ?", row.ID))
		p = row.person(grants[row.ID])
		return err
	})
	return p, err
}

// People returns everybody, ordered by login.
func (s *Store) People(ctx context.Context) (all []accounts.Person, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all, err = everybody(tx)
		return err
	})
	return all, err
}

func everybody(tx *gorm.DB) ([]accounts.Person, error) {
	grants, err := grantsOf(tx)
	if err != nil {
		return nil, err
	}
	found, err := rows[personRow](tx.Order("login"))
	return convert(found, func(r personRow) accounts.Person { return r.person(grants[r.ID]) }), err
}

func grantsOf(query *gorm.DB) (map[uuid.UUID][]accounts.Grant, error) {
	found, err := rows[grantRow](query.Order("person, series, role"))
	by := map[uuid.UUID][]accounts.Grant{}
	for _, g := range found {
		by[g.Person] = append(by[g.Person], accounts.Grant{Series: g.Series, Role: accounts.Role(g.Role)})
	}
	return by, err
}

// SavePerson writes a person with all grants: a new one where Version is 0,
// otherwise the one that was read with this Version. The version counts up. It
// fails with fault.Conflict if somebody saved the person meanwhile, or if the
// login is taken, and with fault.Blocked and all that is to be handed over if an
// account is closed whose person is named for work, or if the administrators are
// separated and the person would hold two of their powers, or would be the last
// to give one up. What changed is recorded with it, as done by whoever the context
// names ([accounts.WithAuthor]).
func (s *Store) SavePerson(ctx context.Context, p accounts.Person) error {
	return s.write(ctx, func(tx *gorm.DB) error { return s.writePerson(ctx, tx, p) })
}

func (s *Store) writePerson(ctx context.Context, tx *gorm.DB, p accounts.Person) error {
	row := personRow{ID: p.ID, Login: p.Login, Name: p.Name, Password: p.Password, Heads: p.Heads, Active: p.Active, Version: p.Version + 1}
	if err := mayLeave(tx, p); err != nil {
		return err
	}
	if err := s.recordPerson(ctx, tx, p); err != nil {
		return err
	}
	if err := savePerson(tx, row); err != nil {
		return err
	}
	if err := tx.Where("person = ?", p.ID).Delete(&grantRow{}).Error; err != nil {
		return fmt.Errorf("store: grants of %s: %w", p.ID, err)
	}
	return add(tx, convert(p.Grants, func(g accounts.Grant) grantRow {
		return grantRow{Person: p.ID, Series: g.Series, Role: string(g.Role)}
	})...)
}

func savePerson(tx *gorm.DB, row personRow) error {
	if row.Version == 1 {
		return add(tx, row)
	}
	return replace(tx, &row, row.ID, row.Version-1)
}
