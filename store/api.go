package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/workflow"
)

type answerRow struct {
	Token   uuid.UUID `gorm:"primaryKey"`
	Key     string    `gorm:"primaryKey"`
	Request string
	Begun   moment
	Answer  []byte
}

func (answerRow) TableName() string { return "answer" }

// BeginAnswer notes that a request of a token with an Idempotency-Key is at
// work, and forgets all that began before old. The first request with its key
// gets known "" back; any other one what the first was (its fingerprint) and
// the answer that was kept, nil if there is none yet.
func (s *Store) BeginAnswer(ctx context.Context, token uuid.UUID, key, request string, now, old time.Time) (known string, answer []byte, err error) {
	row := answerRow{Token: token, Key: hashOf([]byte(key)), Request: request, Begun: momentOf(now)}
	err = s.write(ctx, func(tx *gorm.DB) error {
		known, answer = "", nil
		if err := tx.Where("begun < ?", momentOf(old)).Delete(&answerRow{}).Error; err != nil {
			return fmt.Errorf("store: old answers: %w", err)
		}
		// Who waits for another's row meets it here and reads it below.
		made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if made.Error != nil || made.RowsAffected == 1 {
			return made.Error
		}
		before, err := first[answerRow](tx.Where("token = ? AND key = ?", row.Token, row.Key))
		known, answer = before.Request, before.Answer
		return err
	})
	return known, answer, err
}

// KeepAnswer keeps what was answered to a request that began.
func (s *Store) KeepAnswer(ctx context.Context, token uuid.UUID, key string, answer []byte) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return answerOf(tx, token, key).Update("answer", answer).Error
	})
}

// DropAnswer forgets that a request began, since nothing came of it.
func (s *Store) DropAnswer(ctx context.Context, token uuid.UUID, key string) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return answerOf(tx, token, key).Delete(&answerRow{}).Error
	})
}

func answerOf(tx *gorm.DB, token uuid.UUID, key string) *gorm.DB {
	return tx.Model(&answerRow{}).Where("token = ? AND key = ?", token, hashOf([]byte(key)))
}

// SummariesBefore returns up to limit issues of the series, those opened last
// first, that were opened before the issue with the id before (of all, where
// that is uuid.Nil) and are in one of the states (in any, where there are none).
func (s *Store) SummariesBefore(ctx context.Context, series []uuid.UUID, states []workflow.State, before uuid.UUID, limit int) (all []workflow.Summary, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		query := summaries(tx).Where("i.series IN ?", series)
		if before != uuid.Nil {
			query = query.Where("(i.opened, i.id) < (SELECT opened, id FROM issue WHERE id = ?)", before)
		}
		if len(states) > 0 {
			query = query.Where("i.state IN ?", states)
		}
		all, err = summarised(query.Limit(limit))
		return err
	})
	return all, err
}
