package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/mailer"
)

// An incomingRow is a mail that came in, kept raw and for good. Of one with a
// classification label only who sent it and when is kept.
type incomingRow struct {
	ID       uuid.UUID
	SHA256   string `gorm:"column:sha256"`
	At       moment
	Class    string
	Delivery uuid.UUID
	Sender   string
	Subject  string
	Words    string
	Code     int
	Enhanced string
	Raw      []byte
	Handled  moment
	// HandledBy and HandledWhy say who took it out of the tray; "" was nobody.
	HandledBy  string
	HandledWhy string
}

func (incomingRow) TableName() string { return "incoming" }

// Arrived is a mail that came in, as it is kept.
type Arrived struct {
	ID       uuid.UUID
	At       time.Time
	Delivery uuid.UUID // the letter that it is about; the nil id is none
	mailer.Incoming
}

func (r incomingRow) arrived() Arrived {
	return Arrived{ID: r.ID, At: r.At.time(), Delivery: r.Delivery, Incoming: mailer.Incoming{
		SHA256: r.SHA256, Class: mailer.Class(r.Class), Sender: r.Sender, Subject: r.Subject,
		Words: r.Words, Code: r.Code, Enhanced: r.Enhanced, Raw: r.Raw,
	}}
}

var labelled = fault.Say("store.labelled-mail", "来信带有密级标志，内容没有保存；请按纸质文件登记处理", "the mail has a classification label and its content was not kept; register it on paper")

// Receive keeps a mail that came in and does to its letter what it says: a
// bounce makes it bounced and queues the unit's next address; a receipt or a
// bounce ends its doubt. It reports false, and does nothing, if this mail was
// received before.
func (s *Store) Receive(ctx context.Context, in mailer.Incoming, at time.Time) (received bool, err error) {
	row := incomingRow{
		ID: newID(), SHA256: in.SHA256, At: momentOf(at), Class: string(in.Class), Sender: in.Sender, Subject: in.Subject,
		Words: in.Words, Code: in.Code, Enhanced: in.Enhanced, Raw: in.Raw,
	}
	if _, secret := bulletin.Classified(in.Subject, nil, in.Words); secret {
		row.Class, row.Subject, row.Raw = string(mailer.OtherMail), "", []byte{}
		row.Words = labelled.With().In(fault.ZH)
	}
	err = s.write(ctx, func(tx *gorm.DB) error {
		received = false
		letter, found, err := s.letterOf(tx, in.Deliveries)
		if err != nil {
			return err
		}
		row.Delivery = letter.ID
		done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if done.Error != nil || done.RowsAffected == 0 {
			return done.Error
		}
		received = true
		if !found {
			return nil
		}
		return settleBy(tx, letter, in, at)
	})
	if err != nil {
		return false, fmt.Errorf("store: incoming: %w", err)
	}
	return received, nil
}

// letterOf locks the first of these letters that there is.
func (s *Store) letterOf(tx *gorm.DB, ids []uuid.UUID) (deliveryRow, bool, error) {
	for _, id := range ids[:min(len(ids), 20)] {
		row, err := first[deliveryRow](s.locking(tx, "UPDATE").Where("id = ?", id))
		if err == nil {
			return row, true, nil
		}
		if !fault.Is(err, fault.NotFound) {
			return deliveryRow{}, false, err
		}
	}
	return deliveryRow{}, false, nil
}

// settleBy changes a letter that the relay took, or may have taken.
func settleBy(tx *gorm.DB, letter deliveryRow, in mailer.Incoming, at time.Time) error {
	gone := letter.State == string(mailer.Accepted) || letter.State == string(mailer.Uncertain)
	switch {
	case in.Class == mailer.BounceMail && gone:
		letter.State, letter.Code, letter.Words = string(mailer.Bounced), in.Code, in.Words
	case in.Class == mailer.Receipt && letter.State == string(mailer.Uncertain):
		letter.State = string(mailer.Accepted)
	default:
		return nil
	}
	letter.Updated = momentOf(at)
	if err := rewriteLetters(tx, []deliveryRow{letter}, "state", "code", "words", "updated"); err != nil {
		return err
	}
	if letter.State == string(mailer.Bounced) && len(letter.Alternates) > 0 {
		return add(tx, letter.alternate(at))
	}
	return nil
}

// Tray returns what came in and was handled by nobody yet, the oldest first, at
// most limit.
func (s *Store) Tray(ctx context.Context, limit int) (all []Arrived, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[incomingRow](tx.Where("handled = 0").Order("at, id").Limit(limit))
		all = convert(found, incomingRow.arrived)
		return err
	})
	return all, err
}

// Handled takes a mail out of the tray. It fails with fault.NotFound if it is
// not in it.
func (s *Store) Handled(ctx context.Context, id uuid.UUID, at time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		done := tx.Model(&incomingRow{}).Where("id = ? AND handled = 0", id).Update("handled", momentOf(at))
		if done.Error == nil && done.RowsAffected == 0 {
			return fault.New(fault.NotFound, nothingThere.With())
		}
		return done.Error
	})
}
