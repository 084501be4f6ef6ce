package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/recipients"
)

// A reformRow is one line of the past of units. Seq is the order in which lines
// were entered.
type reformRow struct {
	ID      uuid.UUID
	Seq     int
	Kind    string
	Day     moment
	Reason  string
	By      string
	Entered moment
	Before  []recipients.Candidate `gorm:"serializer:json"`
	After   []recipients.Candidate `gorm:"serializer:json"`
}

func (reformRow) TableName() string { return "unit_reform" }

func (r reformRow) reform() recipients.Reform {
	return recipients.Reform{
		ID: r.ID, Kind: recipients.ReformKind(r.Kind), Day: r.Day.time(), Reason: r.Reason, By: r.By,
		Entered: r.Entered.time(), From: r.Before, To: r.After,
	}
}

func reformsOf(tx *gorm.DB) ([]recipients.Reform, error) {
	found, err := rows[reformRow](tx.Order("seq"))
	if len(found) == 0 {
		return nil, err
	}
	return convert(found, reformRow.reform), err
}

// ChangeUnits reads the directory (without the names that series have settled),
// calls decide with it and writes all of what that returns, or nothing if decide
// fails; decide's error is returned as it is. It fails with fault.Invalid if a
// unit cannot be in the directory, and with fault.Conflict if a unit was saved
// meanwhile, or a name is taken. Circulations of issues stay as they are.
func (s *Store) ChangeUnits(ctx context.Context, decide func(recipients.Directory) (recipients.Change, error)) (change recipients.Change, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		dir, err := directoryOf(tx)
		if err != nil {
			return err
		}
		if change, err = decide(dir); err != nil {
			return err
		}
		return writeUnits(tx, change, len(dir.Reforms)+1)
	})
	return change, err
}

// writeUnits writes a change. Names are given up before they are taken, so that
// two units can exchange theirs.
func writeUnits(tx *gorm.DB, change recipients.Change, seq int) error {
	if err := giveUpNames(tx, change.Changed); err != nil {
		return err
	}
	for _, u := range change.Changed {
		if err := saveUnit(tx, u); err != nil {
			return err
		}
	}
	if err := addUnits(tx, change.Added); err != nil {
		return err
	}
	if err := writeRosters(tx, change); err != nil {
		return err
	}
	if err := addNotes(tx, change.Notes); err != nil {
		return err
	}
	if r := change.Reform; r != nil {
		return add(tx, reformRow{
			ID: r.ID, Seq: seq, Kind: string(r.Kind), Day: momentOf(r.Day), Reason: r.Reason, By: r.By,
			Entered: momentOf(r.Entered), Before: r.From, After: append([]recipients.Candidate{}, r.To...), // of a unit that is closed there is none
		})
	}
	return nil
}

// giveUpNames puts the id in place of the name of every unit that gets another
// one.
func giveUpNames(tx *gorm.DB, units []recipients.Unit) error {
	for _, u := range units {
		done := tx.Model(&unitRow{}).Where("id = ? AND name <> ?", u.ID, u.Name).Update("name", u.ID.String())
		if done.Error != nil {
			return fmt.Errorf("store: name of %s: %w", u.ID, done.Error)
		}
	}
	return nil
}

// addUnits writes new units, many at once.
func addUnits(tx *gorm.DB, units []recipients.Unit) error {
	var all []unitRow
	var names []aliasRow
	for _, u := range units {
		if err := u.Validate(); err != nil {
			return err
		}
		u.Version = 1
		all = append(all, rowOfUnit(u))
		names = append(names, aliasesOf(u)...)
	}
	if err := add(tx, all...); err != nil {
		return err
	}
	return add(tx, names...)
}

// writeRosters writes what changes of collective entries, those that are dropped
// first: another may take over their words.
func writeRosters(tx *gorm.DB, change recipients.Change) error {
	for _, id := range change.Dropped {
		for _, row := range []any{&memberRow{}, &collectiveRow{}} {
			column := "collective"
			if _, whole := row.(*collectiveRow); whole {
				column = "id"
			}
			if err := tx.Where(column+" = ?", id).Delete(row).Error; err != nil {
				return fmt.Errorf("store: drop the roster %s: %w", id, err)
			}
		}
	}
	for _, c := range change.Collectives {
		if err := saveRoster(tx, c); err != nil {
			return err
		}
	}
	for _, c := range change.Founded {
		if err := c.Validate(); err != nil {
			return err
		}
		if err := addRoster(tx, c); err != nil {
			return err
		}
	}
	return nil
}

func addRoster(tx *gorm.DB, c recipients.Collective) error {
	if err := add(tx, collectiveRow{ID: c.ID, Text: c.Text, Place: c.Place, Version: 1}); err != nil {
		return err
	}
	return add(tx, membersOf(c)...)
}

// saveRoster writes a collective entry that was read with its Version, and
// counts that up.
func saveRoster(tx *gorm.DB, c recipients.Collective) error {
	if err := c.Validate(); err != nil {
		return err
	}
	row := collectiveRow{ID: c.ID, Text: c.Text, Place: c.Place, Version: c.Version + 1}
	if err := replace(tx, &row, c.ID, c.Version); err != nil {
		return err
	}
	if err := tx.Where("collective = ?", c.ID).Delete(&memberRow{}).Error; err != nil {
		return fmt.Errorf("store: roster of %s: %w", c.ID, err)
	}
	return add(tx, membersOf(c)...)
}
