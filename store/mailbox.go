package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/fault"
	"jianbao/mailer/mailbox"
)

var _ mailbox.Books = (*Store)(nil)

// A mailboxRow is how far a mailbox was read, and who reads it.
type mailboxRow struct {
	Name       string `gorm:"primaryKey"`
	Validity   uint32
	UID        uint32 `gorm:"column:uid"`
	Read       moment
	Holder     uuid.UUID
	LeaseUntil moment
}

func (mailboxRow) TableName() string { return "mailbox" }

func (r mailboxRow) position() mailbox.Position {
	return mailbox.Position{Validity: r.Validity, UID: r.UID, Read: r.Read.time()}
}

// HoldMailbox takes or renews the lease on a mailbox; see [mailbox.Books].
func (s *Store) HoldMailbox(ctx context.Context, box string, holder uuid.UUID, now, until time.Time) (at mailbox.Position, mine bool, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&mailboxRow{Name: box})
		if made.Error != nil {
			return made.Error
		}
		row, err := first[mailboxRow](s.locking(tx, "UPDATE").Where("name = ?", box))
		if err != nil {
			return err
		}
		at, mine = row.position(), row.Holder == holder || row.LeaseUntil.time().Before(now)
		if !mine {
			return nil
		}
		return tx.Model(&row).Select("holder", "lease_until").Updates(&mailboxRow{Holder: holder, LeaseUntil: momentOf(until)}).Error
	})
	if err != nil {
		return mailbox.Position{}, false, fmt.Errorf("store: hold the mailbox: %w", err)
	}
	return at, mine, nil
}

// AdvanceMailbox writes down how far a mailbox was read; see [mailbox.Books].
func (s *Store) AdvanceMailbox(ctx context.Context, box string, holder uuid.UUID, to mailbox.Position) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		row := mailboxRow{Validity: to.Validity, UID: to.UID, Read: momentOf(to.Read)}
		done := tx.Model(&mailboxRow{}).Where("name = ? AND holder = ?", box, holder).Select("validity", "uid", "read").Updates(&row)
		if done.Error != nil {
			return fmt.Errorf("store: mailbox: %w", done.Error)
		}
		if done.RowsAffected != 1 {
			return fault.New(fault.Conflict, changedSince.With())
		}
		return nil
	})
}

// ReleaseMailbox gives a lease back; see [mailbox.Books].
func (s *Store) ReleaseMailbox(ctx context.Context, box string, holder uuid.UUID) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return tx.Model(&mailboxRow{}).Where("name = ? AND holder = ?", box, holder).Select("holder", "lease_until").Updates(&mailboxRow{}).Error
	})
}

// KeptWhole reports whether all bytes of a mail are kept; see [mailbox.Books].
func (s *Store) KeptWhole(ctx context.Context, sha256 string) (whole bool, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		var n int64
		err := tx.Model(&incomingRow{}).Where("sha256 = ? AND length(raw) > 0 AND NOT partly", sha256).Count(&n).Error
		whole = n == 1
		return err
	})
	return whole && err == nil, err
}

// MailboxesRead returns when each mailbox was last read to its end, by its name;
// the zero time if it never was.
func (s *Store) MailboxesRead(ctx context.Context) (at map[string]time.Time, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[mailboxRow](tx)
		at = map[string]time.Time{}
		for _, row := range found {
			at[row.Name] = row.Read.time()
		}
		return err
	})
	return at, err
}
