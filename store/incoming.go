package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/bulletin"
	"jianbao/bulletin/screening"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/store/hints"
	"jianbao/workflow"
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
	Partly   bool // Raw is the head alone
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
		Words: r.Words, Code: r.Code, Enhanced: r.Enhanced, Raw: r.Raw, Partly: r.Partly,
	}}
}

var labelled = fault.Say("store.labelled-mail", "来信带有密级标志，内容没有保存；请按纸质文件登记，邮箱里的原信按保密规定处理", "the mail has a classification label and its content was not kept; register it on paper, and deal with the mail in the mailbox as your security officer says")

// Receive keeps a mail that came in and does to its letter what it says: a
// bounce makes it bounced, queues the unit's next address, and is dealt with by
// that; a receipt or a bounce ends its doubt. It reports false, and does nothing,
// if this mail was received before. Of a mail with a classification label, in its
// subject, its words or anything attached to it, only who sent it and when is kept.
func (s *Store) Receive(ctx context.Context, in mailer.Incoming, at time.Time) (received bool, err error) {
	row := incomingRow{
		ID: newID(), SHA256: in.SHA256, At: momentOf(at), Class: string(in.Class), Sender: in.Sender, Subject: in.Subject,
		Words: in.Words, Code: in.Code, Enhanced: in.Enhanced, Raw: in.Raw, Partly: in.Partly,
	}
	if bearsLabel(in) {
		row.Class, row.Subject, row.Raw = string(mailer.OtherMail), "", []byte{}
		row.Words, in.Words = labelled.With().In(fault.ZH), ""
	}
	err = s.write(ctx, func(tx *gorm.DB) error {
		received = false
		letter, found, err := s.letterOf(tx, in)
		if err != nil {
			return err
		}
		row.Delivery = letter.ID
		bounced := found && in.Class == mailer.BounceMail && (gone(letter) || letter.State == string(mailer.Bounced))
		if row.Handled = 0; bounced {
			row.Handled = momentOf(at)
		}
		done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if done.Error != nil || done.RowsAffected == 0 {
			return done.Error
		}
		received = true
		soon(tx, hints.Changed, uuid.Nil)
		if !found {
			return nil
		}
		soon(tx, hints.Sent, letter.Dispatch)
		return settleBy(tx, letter, in, at)
	})
	if err != nil {
		return false, fmt.Errorf("store: incoming: %w", err)
	}
	return received, nil
}

// bearsLabel looks at all that a mail has in it.
func bearsLabel(in mailer.Incoming) bool {
	for _, text := range append([]string{in.Words}, in.Texts...) {
		if _, found := bulletin.Classified(in.Subject, nil, text); found {
			return true
		}
	}
	return slices.ContainsFunc(in.Files, func(f mailer.File) bool { return screening.Labelled(f.Name, f.Data) })
}

// letterOf locks the first letter that there is of those that a mail may be about:
// by its id, or by the link that was its reader's own.
func (s *Store) letterOf(tx *gorm.DB, in mailer.Incoming) (deliveryRow, bool, error) {
	ids := in.Deliveries[:min(len(in.Deliveries), 20)]
	for _, token := range in.Tokens {
		id, err := letterByToken(tx, token, in.Sender)
		if err != nil {
			return deliveryRow{}, false, err
		}
		ids = append(slices.Clip(ids), id)
	}
	for _, id := range ids {
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

// letterByToken returns the letter that had a link: of several to one unit that to
// the sender's address, or the last. The nil id is none.
func letterByToken(tx *gorm.DB, token, sender string) (id uuid.UUID, err error) {
	hash := workflow.TicketHash(token)
	ticket, err := first[ticketRow](tx.Where("hash = ?", hash))
	if err == nil || !fault.Is(err, fault.NotFound) {
		return ticket.Delivery, err
	}
	slip, err := first[slipRow](tx.Where("hash = ?", hash))
	if fault.Is(err, fault.NotFound) {
		return uuid.Nil, nil
	}
	if err != nil {
		return uuid.Nil, err
	}
	letters, err := rows[deliveryRow](tx.Where("dispatch = ? AND unit = ?", slip.Dispatch, slip.Unit).Order("updated, id"))
	for _, l := range letters {
		if id = l.ID; strings.EqualFold(l.Address, sender) {
			break
		}
	}
	return id, err
}

// gone reports whether the relay took a letter, or may have taken it.
func gone(letter deliveryRow) bool {
	return letter.State == string(mailer.Accepted) || letter.State == string(mailer.Uncertain)
}

// settleBy changes a letter that the relay took, or may have taken.
func settleBy(tx *gorm.DB, letter deliveryRow, in mailer.Incoming, at time.Time) error {
	switch {
	case in.Class == mailer.BounceMail && gone(letter):
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

// SettleBounces does what bounces say that came before it was written down that
// their letters had gone.
func (s *Store) SettleBounces(ctx context.Context, at time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		early, err := rows[incomingRow](tx.Omit("raw").Where("handled = 0 AND class = ? AND delivery <> ?", mailer.BounceMail, uuid.Nil).
			Where("EXISTS (SELECT 1 FROM delivery d WHERE d.id = incoming.delivery AND d.state IN ?)", []mailer.State{mailer.Accepted, mailer.Uncertain}).
			Order("at, id").Limit(batch))
		if err != nil {
			return err
		}
		for _, row := range early {
			letter, err := first[deliveryRow](s.locking(tx, "UPDATE").Where("id = ?", row.Delivery))
			if err != nil {
				return err
			}
			if err := settleBy(tx, letter, row.arrived().Incoming, at); err != nil {
				return err
			}
			if err := tx.Model(&incomingRow{}).Where("id = ?", row.ID).Update("handled", momentOf(at)).Error; err != nil {
				return err
			}
		}
		return nil
	})
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
