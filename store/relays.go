package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts/entry"
	"jianbao/mailer"
	"jianbao/mailer/relays"
)

type relayRow struct {
	Place    int `gorm:"primaryKey;autoIncrement:false"`
	Kind     string
	Addr     string
	Security string
	Login    string
	Sealed   string
	Hello    string
	Version  int
}

func (relayRow) TableName() string { return "relay" }

func (r relayRow) setting() relays.Setting {
	return relays.Setting{Place: r.Place, Kind: relays.Kind(r.Kind), Addr: r.Addr, Security: mailer.Security(r.Security), Login: r.Login, Sealed: r.Sealed, Hello: r.Hello, Version: r.Version}
}

// Relays returns the relays that were set on the pages, the first one first.
func (s *Store) Relays(ctx context.Context) (all []relays.Setting, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[relayRow](tx.Order("place"))
		all = convert(found, relayRow.setting)
		return err
	})
	return all, err
}

// SaveRelay writes a relay over the version that it was read as, and a line of
// the record. It fails with fault.Invalid and all reasons, and with
// fault.Conflict if somebody else saved it first.
func (s *Store) SaveRelay(ctx context.Context, r relays.Setting, l entry.Line) error {
	if err := r.Validate(); err != nil {
		return err
	}
	row := relayRow{Place: r.Place, Kind: string(r.Kind), Addr: r.Addr, Security: string(r.Security), Login: r.Login, Sealed: r.Sealed, Hello: r.Hello, Version: r.Version + 1}
	return s.write(ctx, func(tx *gorm.DB) error {
		write := func() error { return replaceWhere(tx, &row, "place = ? AND version = ?", r.Place, r.Version) }
		if r.Version == 0 {
			write = func() error { return add(tx, row) }
		}
		if err := write(); err != nil {
			return err
		}
		return recordEntry(ctx, tx, uuid.Nil, []entry.Line{l})
	})
}

// DropRelay removes a relay, and writes a line of the record.
func (s *Store) DropRelay(ctx context.Context, place int, l entry.Line) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("place = ?", place).Delete(&relayRow{}).Error; err != nil {
			return fmt.Errorf("store: relay %d: %w", place, err)
		}
		return recordEntry(ctx, tx, uuid.Nil, []entry.Line{l})
	})
}

// sealedPlace is where a sealed text is kept, and how its row is found.
type sealedPlace struct {
	place  string // that it is sealed for
	sealed string
	write  func(tx *gorm.DB, sealed string) error
}

// sealedTexts returns everything that is sealed.
func sealedTexts(tx *gorm.DB) (all []sealedPlace, err error) {
	factors, err := rows[factorRow](tx.Order("person"))
	if err != nil {
		return nil, err
	}
	for _, f := range factors {
		all = append(all, sealedPlace{entry.FactorPlace(f.Person), f.Sealed, func(tx *gorm.DB, sealed string) error {
			return tx.Model(&factorRow{}).Where("person = ?", f.Person).Update("sealed", sealed).Error
		}})
	}
	set, err := rows[relayRow](tx.Where("sealed <> ''").Order("place"))
	for _, r := range set {
		all = append(all, sealedPlace{r.setting().SealedPlace(), r.Sealed, func(tx *gorm.DB, sealed string) error {
			return tx.Model(&relayRow{}).Where("place = ?", r.Place).Update("sealed", sealed).Error
		}})
	}
	return all, err
}

// Sealed returns every text that is sealed with a key of the key file.
func (s *Store) Sealed(ctx context.Context) (texts []string, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all, err := sealedTexts(tx)
		texts = convert(all, func(p sealedPlace) string { return p.sealed })
		return err
	})
	return texts, err
}

// Reseal writes everything that is sealed anew, as again makes it of the place
// and the sealed text, in one transaction, and a line of the record. It
// returns how much that is, and writes nothing if again fails.
func (s *Store) Reseal(ctx context.Context, again func(place, sealed string) (string, error), l entry.Line) (n int, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		all, err := sealedTexts(tx)
		n = len(all)
		for _, p := range all {
			if err != nil {
				break
			}
			var sealed string
			if sealed, err = again(p.place, p.sealed); err == nil {
				err = p.write(tx, sealed)
			}
		}
		if err != nil {
			return fmt.Errorf("store: seal anew: %w", err)
		}
		return recordEntry(ctx, tx, uuid.Nil, []entry.Line{l})
	})
	return n, err
}

// ForgetSealed gives up everything that is sealed: second factors go, relays
// keep what is not secret. It writes a line of the record and returns how much it
// was.
func (s *Store) ForgetSealed(ctx context.Context, l entry.Line) (n int, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		all, err := sealedTexts(tx)
		if err != nil {
			return err
		}
		n = len(all)
		if err := tx.Where("TRUE").Delete(&factorRow{}).Error; err != nil {
			return fmt.Errorf("store: forget what is sealed: %w", err)
		}
		if err := tx.Model(&relayRow{}).Where("sealed <> ''").Updates(map[string]any{"sealed": "", "login": "", "version": gorm.Expr("version + 1")}).Error; err != nil {
			return fmt.Errorf("store: forget what is sealed: %w", err)
		}
		return recordEntry(ctx, tx, uuid.Nil, []entry.Line{l})
	})
	return n, err
}
