package store

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/workflow"
)

var _ workflow.ReceiptTray = (*Store)(nil)

// answers are the classes of mails that people write in answer to a letter
// without saying what it is.
var answers = []mailer.Class{mailer.Receipt, mailer.OtherMail}

// ReceiptMails returns mails that may be receipts; see [workflow.ReceiptTray].
func (s *Store) ReceiptMails(ctx context.Context, looks func(words string) bool, limit int) (all []workflow.ReceiptMail, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all = nil
		found, err := rows[incomingRow](untouched(tx).Order("at DESC, id").Limit(limit))
		if err != nil {
			return err
		}
		for _, row := range found {
			if looks != nil && !looks(row.Words) {
				continue
			}
			mail := row.receiptMail()
			about, err := aboutReceipt(tx, &mail)
			if err != nil {
				return err
			}
			if about {
				all = append(all, mail)
			}
		}
		return nil
	})
	return all, err
}

// untouched are the answers in the tray that are no receipt yet.
func untouched(tx *gorm.DB) *gorm.DB {
	return tx.Select("id", "at", "delivery", "sender", "subject", "words").
		Where("handled = 0 AND class IN ? AND delivery <> ?", answers, uuid.Nil).
		Where("NOT EXISTS (SELECT 1 FROM receipt r WHERE r.mail = incoming.id)")
}

func (r incomingRow) receiptMail() workflow.ReceiptMail {
	return workflow.ReceiptMail{ID: r.ID, At: r.At.time(), Delivery: r.Delivery, Sender: r.Sender, Subject: r.Subject, Words: r.Words}
}

// ReceiptMail returns one of those mails; see [workflow.ReceiptTray].
func (s *Store) ReceiptMail(ctx context.Context, id uuid.UUID) (mail workflow.ReceiptMail, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[incomingRow](untouched(tx).Where("id = ?", id))
		if err != nil {
			return err
		}
		mail = row.receiptMail()
		about, err := aboutReceipt(tx, &mail)
		if err == nil && !about {
			err = fault.New(fault.NotFound, nothingThere.With())
		}
		return err
	})
	return mail, err
}

// DismissMail takes a mail out of the tray; see [workflow.ReceiptTray].
func (s *Store) DismissMail(ctx context.Context, id uuid.UUID, d workflow.Dismissal) error {
	if err := storable(d.By, d.Why); err != nil {
		return err
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		done := tx.Model(&incomingRow{}).Where("id = ? AND handled = 0", id).
			Updates(map[string]any{"handled": momentOf(d.At), "handled_by": d.By, "handled_why": d.Why})
		if done.Error == nil && done.RowsAffected == 0 {
			return fault.New(fault.Conflict, changedSince.With())
		}
		return done.Error
	})
}

// aboutReceipt completes a mail by what it answers: a letter of an issue, or a
// reminder of one. It reports false for letters of other kinds.
func aboutReceipt(tx *gorm.DB, mail *workflow.ReceiptMail) (bool, error) {
	letter, err := first[deliveryRow](tx.Where("id = ?", mail.Delivery))
	if err != nil {
		return false, err
	}
	of, err := first[dispatchRow](tx.Select("id", "issue", "digest", "purpose").Where("id = ?", letter.Dispatch))
	if err != nil {
		return false, err
	}
	if of.Issue == uuid.Nil {
		reminder, err := first[chaseRow](tx.Where("dispatch = ?", letter.Dispatch))
		if fault.Is(err, fault.NotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		of.Issue = reminder.Issue
	}
	issue, err := issueByID(tx, of.Issue)
	if err != nil {
		return false, err
	}
	_, lines, err := boardOf(tx, issue)
	for _, l := range lines {
		if l.Unit == letter.Unit && (of.Digest == "" || versionOf(of) == l.Version) {
			mail.Issue, mail.Version, mail.Unit, mail.Name, mail.Copies = issue.ID, l.Version, l.Unit, l.Name, l.Copies
			return true, err
		}
	}
	return false, err
}
