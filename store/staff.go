package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
)

var _ workflow.Staffing = (*Store)(nil)

type delegationRow struct {
	ID     uuid.UUID
	Person uuid.UUID
	Deputy uuid.UUID
	Series uuid.UUID
	Begins moment
	Ends   moment
	Absent bool
	Reason string
	ByID   uuid.UUID
	ByName string
	At     moment
}

func (delegationRow) TableName() string { return "delegation" }

func rowOfDelegation(d accounts.Delegation) delegationRow {
	return delegationRow{
		ID: d.ID, Person: d.Person, Deputy: d.Deputy, Series: d.Series, Begins: momentOf(d.From), Ends: momentOf(d.Until),
		Absent: d.Absent, Reason: d.Reason, ByID: d.By, ByName: d.ByName, At: momentOf(d.At),
	}
}

func (r delegationRow) delegation() accounts.Delegation {
	return accounts.Delegation{
		ID: r.ID, Person: r.Person, Deputy: r.Deputy, Series: r.Series, From: r.Begins.time(), Until: r.Ends.time(),
		Absent: r.Absent, Reason: r.Reason, By: r.ByID, ByName: r.ByName, At: r.At.time(),
	}
}

// Staff returns the people who have to do with a series, and who stands in for
// whom; see [workflow.Staffing].
func (s *Store) Staff(ctx context.Context, series uuid.UUID, named []uuid.UUID) (staff workflow.Staff, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		staff, err = staffOf(tx, series, named)
		return err
	})
	return staff, err
}

func staffOf(tx *gorm.DB, series uuid.UUID, named []uuid.UUID) (staff workflow.Staff, err error) {
	holders := tx.Table("person_grant").Select("person")
	if series != uuid.Nil {
		holders = holders.Where("series IN ?", []uuid.UUID{series, uuid.Nil})
	}
	query := tx.Where("id IN (?)", holders).Or("heads IS NOT NULL AND heads NOT IN ('null', '[]')")
	if len(named) > 0 {
		query = query.Or("id IN ?", named)
	}
	people, err := rows[personRow](query.Order("login"))
	if err != nil {
		return staff, err
	}
	ids := convert(people, func(r personRow) uuid.UUID { return r.ID })
	grants, err := grantsOf(tx.Where("person IN ?", ids))
	if err != nil {
		return staff, err
	}
	staff.People = convert(people, func(r personRow) accounts.Person {
		p := r.person(grants[r.ID])
		p.Password = "" // nothing that decides needs it
		return p
	})
	found, err := rows[delegationRow](tx.Where("person IN ?", ids).Order("begins, id"))
	staff.Delegations = convert(found, delegationRow.delegation)
	return staff, err
}

// AddDelegation writes a delegation.
func (s *Store) AddDelegation(ctx context.Context, d accounts.Delegation) error {
	if err := storable(d.Reason); err != nil {
		return err
	}
	return s.write(ctx, func(tx *gorm.DB) error { return add(tx, rowOfDelegation(d)) })
}

// ChangeDelegation writes what decide makes of a delegation, which is locked
// meanwhile. It fails with fault.NotFound, and as decide does.
func (s *Store) ChangeDelegation(ctx context.Context, id uuid.UUID, decide func(accounts.Delegation) (accounts.Delegation, error)) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		row, err := first[delegationRow](s.locking(tx, issueLock).Where("id = ?", id))
		if err != nil {
			return err
		}
		d, err := decide(row.delegation())
		if err != nil {
			return err
		}
		row = rowOfDelegation(d)
		if err := tx.Model(&row).Select("*").Where("id = ?", id).Updates(&row).Error; err != nil {
			return fmt.Errorf("store: delegation %s: %w", id, err)
		}
		return nil
	})
}

// Running returns the issues that are on their way to their readers, the oldest
// first, with nothing of what they say.
func (s *Store) Running(ctx context.Context) (all []workflow.Issue, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all, err = running(tx)
		return err
	})
	return all, err
}

func running(tx *gorm.DB) ([]workflow.Issue, error) {
	found, err := rows[issueRow](tx.Select("id, series, kind, state, step, round, version, opened, changed, reached, route, decisions, assigned, authors").
		Where("state IN ?", []workflow.State{workflow.Draft, workflow.Review, workflow.Approved, workflow.Registered, workflow.Scheduled}).
		Order("opened, id"))
	if err != nil {
		return nil, err
	}
	all := make([]workflow.Issue, len(found))
	for n, row := range found {
		if all[n], err = row.issue(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// mayLeave refuses to close the account of somebody who is named for work; see
// [workflow.MayLeave].
func mayLeave(tx *gorm.DB, p accounts.Person) error {
	if p.Active {
		return nil
	}
	before, err := first[personRow](tx.Where("id = ?", p.ID))
	if fault.Is(err, fault.NotFound) || err == nil && !before.Active {
		return nil
	}
	if err != nil {
		return err
	}
	issues, err := running(tx)
	if err != nil {
		return err
	}
	all, err := rows[seriesRow](tx.Order("created, id"))
	if err != nil {
		return err
	}
	return workflow.MayLeave(p, issues, convert(all, seriesRow.series))
}
