package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/recipients"
)

type unitRow struct {
	ID            uuid.UUID
	Name          string
	Place         string
	Level         string
	Parent        uuid.UUID
	Addresses     []string `gorm:"serializer:json"`
	Phone         string
	Postcode      string
	Street        string
	Contact       recipients.Contact `gorm:"serializer:json"`
	Deputy        recipients.Contact `gorm:"serializer:json"`
	Channel       string
	Copies        int
	CopiesAssumed bool
	Ended         moment
	Successors    []uuid.UUID `gorm:"serializer:json"`
	Version       int
}

func (unitRow) TableName() string { return "unit" }

type aliasRow struct {
	Unit       uuid.UUID `gorm:"primaryKey"`
	Seq        int       `gorm:"primaryKey;autoIncrement:false"`
	Name       string
	ValidFrom  moment
	ValidUntil moment
	Former     bool
}

func (aliasRow) TableName() string { return "alias" }

type collectiveRow struct {
	ID      uuid.UUID
	Text    string
	Place   string
	Version int
}

func (collectiveRow) TableName() string { return "collective" }

type memberRow struct {
	Collective uuid.UUID `gorm:"primaryKey"`
	Seq        int       `gorm:"primaryKey;autoIncrement:false"`
	Words      string
	Unit       uuid.UUID
	ValidFrom  moment
	ValidUntil moment
}

func (memberRow) TableName() string { return "member" }

type settledRow struct {
	Series uuid.UUID `gorm:"primaryKey"`
	Name   string    `gorm:"primaryKey"`
	Unit   uuid.UUID
}

func (settledRow) TableName() string { return "settled_name" }

func rowOfUnit(u recipients.Unit) unitRow {
	return unitRow{
		ID: u.ID, Name: u.Name, Place: u.Place, Level: string(u.Level), Parent: u.Parent,
		Addresses: u.Addresses, Phone: u.Phone, Postcode: u.Postcode, Street: u.Street, Contact: u.Contact, Deputy: u.Deputy,
		Channel: string(u.Channel), Copies: u.Copies, CopiesAssumed: u.CopiesAssumed,
		Ended: momentOf(u.Ended), Successors: u.Successors, Version: u.Version,
	}
}

func (r unitRow) unit(aliases []recipients.Alias) recipients.Unit {
	return recipients.Unit{
		ID: r.ID, Name: r.Name, Aliases: aliases, Place: r.Place, Level: recipients.Level(r.Level), Parent: r.Parent,
		Addresses: r.Addresses, Phone: r.Phone, Postcode: r.Postcode, Street: r.Street, Contact: r.Contact, Deputy: r.Deputy,
		Channel: recipients.Channel(r.Channel), Copies: r.Copies, CopiesAssumed: r.CopiesAssumed,
		Ended: r.Ended.time(), Successors: r.Successors, Version: r.Version,
	}
}

func aliasesOf(u recipients.Unit) []aliasRow {
	all := make([]aliasRow, len(u.Aliases))
	for n, a := range u.Aliases {
		all[n] = aliasRow{Unit: u.ID, Seq: n + 1, Name: a.Name, ValidFrom: momentOf(a.From), ValidUntil: momentOf(a.Until), Former: a.Former}
	}
	return all
}

// AddUnit writes a new unit. It fails with fault.Invalid if the unit cannot be
// in the directory, and with fault.Conflict if its name is taken.
func (s *Store) AddUnit(ctx context.Context, unit recipients.Unit) error {
	return s.write(ctx, func(tx *gorm.DB) error { return addUnit(tx, unit) })
}

func addUnit(tx *gorm.DB, unit recipients.Unit) error {
	if err := unit.Validate(); err != nil {
		return err
	}
	if err := add(tx, rowOfUnit(unit)); err != nil {
		return err
	}
	return add(tx, aliasesOf(unit)...)
}

// SaveUnit writes a unit that was read with its Version and counts that up. It
// fails with fault.Conflict if somebody saved it meanwhile, or if the name is
// taken.
func (s *Store) SaveUnit(ctx context.Context, unit recipients.Unit) error {
	return s.write(ctx, func(tx *gorm.DB) error { return saveUnit(tx, unit) })
}

func saveUnit(tx *gorm.DB, unit recipients.Unit) error {
	if err := unit.Validate(); err != nil {
		return err
	}
	row := rowOfUnit(unit)
	row.Version++
	if err := replace(tx, &row, unit.ID, unit.Version); err != nil {
		return err
	}
	if err := tx.Where("unit = ?", unit.ID).Delete(&aliasRow{}).Error; err != nil {
		return fmt.Errorf("store: short names of %s: %w", unit.ID, err)
	}
	return add(tx, aliasesOf(unit)...)
}

// AddCollective writes a new collective entry with its members, whose units
// are in the directory. A text that is taken is fault.Conflict.
func (s *Store) AddCollective(ctx context.Context, c recipients.Collective) error {
	return s.write(ctx, func(tx *gorm.DB) error { return addRoster(tx, c) })
}

func membersOf(c recipients.Collective) []memberRow {
	members := make([]memberRow, len(c.Members))
	for n, m := range c.Members {
		members[n] = memberRow{Collective: c.ID, Seq: n + 1, Words: m.Words, Unit: m.Unit, ValidFrom: momentOf(m.From), ValidUntil: momentOf(m.Until)}
	}
	return members
}

// SettleName says which unit a name means in one series, from now on.
func (s *Store) SettleName(ctx context.Context, series uuid.UUID, name string, unit uuid.UUID) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		row := settledRow{Series: series, Name: name, Unit: unit}
		conflict := clause.OnConflict{
			Columns: []clause.Column{{Name: "series"}, {Name: "name"}}, DoUpdates: clause.AssignmentColumns([]string{"unit"}),
		}
		if err := tx.Clauses(conflict).Create(&row).Error; err != nil {
			return fmt.Errorf("store: settle the name: %w", err)
		}
		return nil
	})
}

// Units returns every unit, ordered by name.
func (s *Store) Units(ctx context.Context) (all []recipients.Unit, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all, err = unitsOf(tx)
		return err
	})
	return all, err
}

func unitsOf(tx *gorm.DB) ([]recipients.Unit, error) {
	names, err := rows[aliasRow](tx.Order("unit, seq"))
	if err != nil {
		return nil, err
	}
	aliases := map[uuid.UUID][]recipients.Alias{}
	for _, a := range names {
		aliases[a.Unit] = append(aliases[a.Unit], recipients.Alias{Name: a.Name, From: a.ValidFrom.time(), Until: a.ValidUntil.time(), Former: a.Former})
	}
	found, err := rows[unitRow](tx.Order("name, id"))
	return convert(found, func(r unitRow) recipients.Unit { return r.unit(aliases[r.ID]) }), err
}

// Directory returns the units and collective entries, with the names that the
// series has settled, the copies that it gives in its own number, and what became
// of units.
func (s *Store) Directory(ctx context.Context, series uuid.UUID) (d recipients.Directory, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		d, err = directoryOf(tx)
		if err != nil {
			return err
		}
		return ownWays(tx, series, &d)
	})
	return d, err
}

// ownWays reads what a series means and gives in its own way.
func ownWays(tx *gorm.DB, series uuid.UUID, d *recipients.Directory) error {
	settled, err := rows[settledRow](tx.Where("series = ?", series))
	d.Settled = map[string]uuid.UUID{}
	for _, row := range settled {
		d.Settled[row.Name] = row.Unit
	}
	if err != nil {
		return err
	}
	lists, err := standingOf(tx, series)
	d.Copies = lists.Copies
	return err
}

// directoryOf reads everything but the names that series have settled.
func directoryOf(tx *gorm.DB) (d recipients.Directory, err error) {
	if d.Units, err = unitsOf(tx); err != nil {
		return d, err
	}
	if d.Collectives, err = collectivesOf(tx); err != nil {
		return d, err
	}
	d.Reforms, err = reformsOf(tx)
	return d, err
}

func collectivesOf(tx *gorm.DB) ([]recipients.Collective, error) {
	found, err := rows[memberRow](tx.Order("collective, seq"))
	if err != nil {
		return nil, err
	}
	members := map[uuid.UUID][]recipients.Member{}
	for _, m := range found {
		members[m.Collective] = append(members[m.Collective], recipients.Member{Words: m.Words, Unit: m.Unit, From: m.ValidFrom.time(), Until: m.ValidUntil.time()})
	}
	all, err := rows[collectiveRow](tx.Order("text, id"))
	return convert(all, func(r collectiveRow) recipients.Collective {
		return recipients.Collective{ID: r.ID, Text: r.Text, Place: r.Place, Members: members[r.ID], Version: r.Version}
	}), err
}
