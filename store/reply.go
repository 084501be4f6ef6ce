package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/workflow"
)

var _ workflow.Replies = (*Store)(nil)

// A replyRow is what became of a mail that answers a letter with tickets.
type replyRow struct {
	Mail   uuid.UUID `gorm:"primaryKey"`
	Begun  moment
	Ended  moment
	Person uuid.UUID
	Issue  uuid.UUID
	Act    string
	Why    fault.Reason `gorm:"serializer:json"`
}

func (replyRow) TableName() string { return "mail_reply" }

// Replies returns up to limit mails that people wrote in answer to letters with
// tickets; see [workflow.Replies].
func (s *Store) Replies(ctx context.Context, begun time.Time, limit int) (all []workflow.Reply, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all = nil
		machines := []mailer.Class{mailer.BounceMail, mailer.DelayMail, mailer.AutoReply}
		found, err := rows[incomingRow](tx.Select("id", "delivery", "sender", "words").
			Where("handled = 0 AND delivery <> ? AND class NOT IN ?", uuid.Nil, machines).
			Where("EXISTS (SELECT 1 FROM ticket t WHERE t.delivery = incoming.delivery)").
			Where("NOT EXISTS (SELECT 1 FROM mail_reply r WHERE r.mail = incoming.id AND (r.ended > 0 OR r.begun >= ?))", momentOf(begun)).
			Order("at, id").Limit(limit))
		if err != nil {
			return err
		}
		for _, row := range found {
			r := workflow.Reply{Mail: row.ID, Delivery: row.Delivery, Sender: row.Sender, Words: row.Words}
			was, err := rows[replyRow](tx.Where("mail = ?", row.ID))
			if err != nil {
				return err
			}
			r.Begun = len(was) > 0
			all = append(all, r)
		}
		return nil
	})
	return all, err
}

// BeginReply writes down that a mail is being dealt with, and returns false if
// it was before.
func (s *Store) BeginReply(ctx context.Context, mail uuid.UUID, at time.Time) (mine bool, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&replyRow{Mail: mail, Begun: momentOf(at)})
		mine = done.RowsAffected == 1
		if done.Error != nil {
			return fmt.Errorf("store: reply %s: %w", mail, done.Error)
		}
		return nil
	})
	return mine && err == nil, err
}

// EndReply writes down what became of a mail, and tells its person; see
// [workflow.Replies].
func (s *Store) EndReply(ctx context.Context, a workflow.Answered) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		row := replyRow{Ended: momentOf(a.At), Person: a.Person, Issue: a.Issue, Act: string(a.Act), Why: a.Why}
		done := tx.Model(&replyRow{}).Where("mail = ? AND ended = 0", a.Mail).Select("ended", "person", "issue", "act", "why").Updates(&row)
		if done.Error != nil {
			return fmt.Errorf("store: reply %s: %w", a.Mail, done.Error)
		}
		if done.RowsAffected != 1 {
			return fault.New(fault.Conflict, changedSince.With())
		}
		if a.Person != uuid.Nil {
			if _, err := notify(tx, []workflow.Notice{a.Notice}); err != nil {
				return err
			}
		}
		if !a.Done() {
			return nil
		}
		return tx.Model(&incomingRow{}).Where("id = ? AND handled = 0", a.Mail).Update("handled", momentOf(a.At)).Error
	})
}
