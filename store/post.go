package store

import (
	"context"
	"iter"

	"gorm.io/gorm"

	"jianbao/mailer"
)

// PostLetters queues letters that belong to no issue, such as those of a
// measurement: a dispatch with its content, and a delivery for each letter, of
// which the id, the dispatch, the unit, the name, the address and the two times
// are taken over. They are in no ledger and on no board of receipts.
// The letters are taken as they are written, so that many need little memory.
func (s *Store) PostLetters(ctx context.Context, c mailer.Content, letters iter.Seq[mailer.Delivery]) error {
	row := dispatchRow{
		ID: c.Dispatch, Urgent: c.Urgent, FromName: c.From.Name, FromAddress: c.From.Address, ReplyTo: c.ReplyTo,
		ListID: c.ListID, Subject: c.Subject, Text: c.Text, HTML: c.HTML,
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := writeDispatch(tx, row, c.Attachments, nil); err != nil {
			return err
		}
		some := make([]deliveryRow, 0, batch)
		for d := range letters {
			if some = append(some, rowOfDelivery(d, c.Urgent)); len(some) == batch {
				if err := addLetters(tx, some...); err != nil {
					return err
				}
				some = some[:0]
			}
		}
		return addLetters(tx, some...)
	})
}
