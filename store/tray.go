package store

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/mailer"
)

// trayColumns are those of a mail without its bytes, which may be many.
var trayColumns = []string{"id", "at", "class", "delivery", "sender", "subject", "words", "partly"}

// TrayMails returns up to limit mails that nobody has dealt with, the newest first.
func (s *Store) TrayMails(ctx context.Context, limit int) (all []mailer.TrayMail, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all = nil
		var found []struct {
			Row   incomingRow `gorm:"embedded"`
			Bytes int64
		}
		query := tx.Model(&incomingRow{}).Select(append(trayColumns, "length(raw) AS bytes")).Where("handled = 0").Order("at DESC, id DESC").Limit(limit)
		if err := query.Scan(&found).Error; err != nil {
			return err
		}
		for _, row := range found {
			w, err := trayMailOf(tx, row.Row)
			if err != nil {
				return err
			}
			w.Bytes = row.Bytes
			all = append(all, w)
		}
		return nil
	})
	return all, err
}

// TrayMail returns one of them and its bytes, or fault.NotFound.
func (s *Store) TrayMail(ctx context.Context, id uuid.UUID) (w mailer.TrayMail, raw []byte, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[incomingRow](tx.Where("id = ? AND handled = 0", id))
		if err != nil {
			return err
		}
		raw = row.Raw
		w, err = trayMailOf(tx, row)
		w.Bytes = int64(len(raw))
		return err
	})
	return w, raw, err
}

func trayMailOf(tx *gorm.DB, row incomingRow) (mailer.TrayMail, error) {
	about, err := remarkMail(tx, row)
	return mailer.TrayMail{
		ID: row.ID, At: row.At.time(), Delivery: row.Delivery, Series: about.Series, Issue: about.Issue, Class: mailer.Class(row.Class),
		Sender: row.Sender, Subject: row.Subject, Words: row.Words, Partly: row.Partly,
	}, err
}
