package store

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/dossier"
)

var _ dossier.Books = (*Store)(nil)

// Dossier returns the books of an issue as they are at one moment; see
// [dossier.Books].
func (s *Store) Dossier(ctx context.Context, id uuid.UUID) (c dossier.Contents, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		c = dossier.Contents{}
		if c.Issue, err = issueByID(tx, id); err != nil {
			return err
		}
		if c.Issue.Withheld() {
			return fault.New(fault.Refused, secretMail.With())
		}
		if c.Series, err = seriesByID(tx, c.Issue.Series); err != nil {
			return err
		}
		if c.Events, err = eventsOf(tx, id); err != nil {
			return err
		}
		if _, c.Board, err = boardOf(tx, c.Issue); err != nil {
			return err
		}
		originals, err := rows[originalRow](tx.Where("issue = ?", id).Order("version"))
		if err != nil {
			return err
		}
		c.Originals = convert(originals, originalRow.original)
		signed, err := rows[receiptRow](tx.Where("issue = ?", id).Order("seq"))
		if err != nil {
			return err
		}
		c.Receipts = convert(signed, receiptRow.receipt)
		said, err := rows[remarkRow](tx.Where("issue = ?", id).Order("entered, id"))
		if err != nil {
			return err
		}
		c.Remarks = convert(said, remarkRow.remark)
		sent, err := rows[dispatchRow](tx.Where("issue = ?", id).Order("at, id"))
		c.Sent = convert(sent, func(d dispatchRow) dossier.Sent {
			return dossier.Sent{Purpose: workflow.Purpose(d.Purpose), Subject: d.Subject, Text: d.Text, HTML: d.HTML, Attachments: d.Attachments}
		})
		return err
	})
	return c, err
}
