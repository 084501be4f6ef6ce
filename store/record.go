package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/mailer"
)

// held locks the deliveries with these ids that somebody holds under a token.
func (s *Store) held(tx *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]deliveryRow, error) {
	by := map[uuid.UUID]deliveryRow{}
	if len(ids) == 0 {
		return by, nil
	}
	// In the order of ids, so that two writers cannot wait for each other.
	found, err := rows[deliveryRow](s.locking(tx, "UPDATE").Where("id IN ? AND state IN ('claimed', 'data')", ids).Order("id"))
	for _, r := range found {
		by[r.ID] = r
	}
	return by, err
}

// Record writes outcomes and marks in one transaction; see [mailer.Queue].
func (s *Store) Record(ctx context.Context, outcomes []mailer.Outcome, marks []mailer.Mark) (holds []uuid.UUID, err error) {
	if s.postgres {
		return s.recordAtOnce(ctx, outcomes, marks)
	}
	var ids []uuid.UUID
	for _, o := range outcomes {
		ids = append(ids, o.Delivery)
	}
	for _, m := range marks {
		ids = append(ids, m.ID)
	}
	err = s.write(ctx, func(tx *gorm.DB) error {
		held, err := s.held(tx, ids)
		if err != nil {
			return err
		}
		if err := settle(tx, held, outcomes); err != nil {
			return err
		}
		holds, err = markAll(tx, held, marks)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.sent(outcomes)
	return holds, nil
}

// settle writes the outcomes whose token holds, their attempts, and the next
// addresses of those that failed.
func settle(tx *gorm.DB, held map[uuid.UUID]deliveryRow, outcomes []mailer.Outcome) error {
	var attempts []attemptRow
	var settled, next []deliveryRow
	for _, o := range outcomes {
		row, ok := held[o.Delivery]
		if !ok || row.Token != o.Token {
			continue
		}
		delete(held, o.Delivery) // the token is spent
		row.settled(o)
		if o.State != mailer.Queued {
			attempts = append(attempts, attemptOf(row.Tries, o))
		}
		if o.State == mailer.Failed && len(row.Alternates) > 0 {
			next = append(next, row.alternate(o.Ended))
		}
		settled = append(settled, row)
	}
	if err := rewriteLetters(tx, settled, settledColumns...); err != nil {
		return err
	}
	if err := add(tx, attempts...); err != nil {
		return err
	}
	return add(tx, next...)
}

// settled makes the row what the outcome says. A letter that was given back
// untried keeps the relay's last words.
func (r *deliveryRow) settled(o mailer.Outcome) {
	r.State, r.NextAt, r.Updated = string(o.State), momentOf(o.NextAt), momentOf(o.Ended)
	r.Token, r.LeaseUntil = uuid.Nil, 0
	if o.State != mailer.Queued {
		r.Tries++
		r.Code, r.Words, r.QueueID = o.Code, o.Words, o.QueueID
	}
}

// alternate is the delivery to the unit's next address.
func (r deliveryRow) alternate(now time.Time) deliveryRow {
	at := momentOf(now)
	return deliveryRow{
		ID: newID(), Dispatch: r.Dispatch, Urgent: r.Urgent, Unit: r.Unit, Name: r.Name,
		Address: r.Alternates[0], Alternates: r.Alternates[1:],
		State: string(mailer.Queued), NextAt: at, Created: at, Updated: at,
	}
}

func markAll(tx *gorm.DB, held map[uuid.UUID]deliveryRow, marks []mailer.Mark) ([]uuid.UUID, error) {
	var holds []uuid.UUID
	var marked []deliveryRow
	for _, m := range marks {
		row, ok := held[m.ID]
		if !ok || row.Token != m.Token || row.State != string(mailer.Claimed) {
			continue
		}
		row.State, row.Updated = string(mailer.Data), momentOf(m.At)
		held[m.ID] = row
		marked = append(marked, row)
		holds = append(holds, m.ID)
	}
	return holds, rewriteLetters(tx, marked, "state", "updated")
}

// settledColumns are those that change when a letter is settled or taken back.
var settledColumns = []string{"state", "tries", "next_at", "token", "lease_until", "code", "words", "queue_id", "updated"}

// rewriteLetters writes these columns of deliveries that are there and locked, all in
// one statement: an INSERT whose every row meets itself.
func rewriteLetters(tx *gorm.DB, all []deliveryRow, columns ...string) error {
	if len(all) == 0 {
		return nil
	}
	merge := clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoUpdates: clause.AssignmentColumns(columns)}
	if err := tx.Clauses(merge).CreateInBatches(&all, batch).Error; err != nil {
		return fmt.Errorf("store: deliveries: %w", err)
	}
	return nil
}
