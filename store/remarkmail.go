package store

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/workflow/remarks"
)

// remarkClasses are the classes of mails that people write and that may be
// remarks: 收到，请发改委研究 looks like a receipt.
var remarkClasses = []mailer.Class{mailer.RemarkMail, mailer.OtherMail, mailer.Receipt}

// RemarkMails returns up to limit mails of the tray that may be remarks, the
// newest first: what is classed as one, then what looks reports of the others.
func (s *Store) RemarkMails(ctx context.Context, looks func(subject, words string) bool, limit int) (all []remarks.Mail, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all = nil
		found, err := rows[incomingRow](tx.Select("id", "at", "class", "delivery", "sender", "subject", "words").
			Where("handled = 0 AND class IN ?", remarkClasses).Order(clause.OrderBy{Expression: clause.Expr{SQL: "class = ? DESC, at DESC, id", Vars: []any{mailer.RemarkMail}}}).Limit(limit))
		if err != nil {
			return err
		}
		for _, row := range found {
			if row.Class != string(mailer.RemarkMail) && !looks(row.Subject, row.Words) {
				continue
			}
			mail, err := remarkMail(tx, row)
			if err != nil {
				return err
			}
			all = append(all, mail)
		}
		return nil
	})
	return all, err
}

// RemarkMail returns a mail of the tray and its bytes as it came in, or
// fault.NotFound.
func (s *Store) RemarkMail(ctx context.Context, id uuid.UUID) (mail remarks.Mail, raw []byte, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[incomingRow](tx.Where("id = ? AND handled = 0 AND class IN ?", id, remarkClasses))
		if err != nil {
			return err
		}
		raw = row.Raw
		mail, err = remarkMail(tx, row)
		return err
	})
	return mail, raw, err
}

// remarkMail finds what a mail is about: the issue whose letter it answers, or
// the one that its subject names.
func remarkMail(tx *gorm.DB, row incomingRow) (remarks.Mail, error) {
	mail := remarks.Mail{ID: row.ID, At: row.At.time(), Sender: row.Sender, Subject: row.Subject, Words: row.Words}
	if row.Delivery != uuid.Nil {
		of, err := first[dispatchRow](tx.Select("id", "issue", "series").
			Where("id IN (?)", tx.Model(&deliveryRow{}).Select("dispatch").Where("id = ?", row.Delivery)))
		if err != nil && !fault.Is(err, fault.NotFound) {
			return mail, err
		}
		mail.Series, mail.Issue = of.Series, of.Issue
	}
	if mail.Issue != uuid.Nil {
		return mail, nil
	}
	found, err := rows[seriesRow](tx)
	if err != nil {
		return mail, err
	}
	series, no := remarks.About(row.Subject, convert(found, seriesRow.series))
	if series == uuid.Nil || mail.Series != uuid.Nil && mail.Series != series {
		return mail, nil
	}
	mail.Series = series
	if no > 0 {
		err = tx.Table("issue").Where("series = ? AND number_no = ?", series, no).Order("number_year DESC, id").Limit(1).Pluck("id", &mail.Issue).Error
	}
	return mail, err
}
