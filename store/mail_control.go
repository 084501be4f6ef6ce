package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/mailer"
)

var (
	tooLateToCancel = fault.Say("store.too-late", "这封信已经发出、正在交付或已有结果，不能再改", "the letter has gone, is being handed over or has an outcome, and cannot be changed any more")
	notInDoubt      = fault.Say("store.not-in-doubt", "这封信的结果不需要人来定", "the outcome of this letter is not for a person to settle")
)

// What an engine has not begun to hand over can be taken from it: it finds
// that its token is dead when it asks for the mark, and withholds the letter.
const (
	takeable = "state IN ('queued', 'deferred', 'claimed', 'held')"
	// untaken are the columns of a letter that nobody holds.
	untaken = "token = '00000000-0000-0000-0000-000000000000', lease_until = 0, updated = @now"
)

// PauseDispatch keeps the letters of a dispatch from going, or lets them go
// again. Letters behind their mark are not stopped. It fails with
// fault.NotFound if there is no such dispatch.
func (s *Store) PauseDispatch(ctx context.Context, dispatch uuid.UUID, paused bool, at time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		done := tx.Model(&dispatchRow{}).Where("id = ?", dispatch).Update("paused", paused)
		if done.Error != nil {
			return fmt.Errorf("store: pause: %w", done.Error)
		}
		if done.RowsAffected != 1 {
			return fault.New(fault.NotFound, nothingThere.With())
		}
		if !paused {
			return nil
		}
		_, err := control(tx, "state = 'queued', "+untaken, "dispatch = @id AND state = 'claimed'", dispatch, at)
		return err
	})
}

// CancelDispatch cancels every letter of a dispatch that is not behind its mark
// and has no outcome, and returns how many those were.
func (s *Store) CancelDispatch(ctx context.Context, dispatch uuid.UUID, at time.Time) (n int, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		n, err = control(tx, "state = 'cancelled', "+untaken, "dispatch = @id AND "+takeable, dispatch, at)
		return err
	})
	return n, err
}

// CancelLetter cancels one letter. It fails with fault.Conflict if that is
// behind its mark or has an outcome.
func (s *Store) CancelLetter(ctx context.Context, delivery uuid.UUID, at time.Time) error {
	return s.controlOne(ctx, "state = 'cancelled', "+untaken, takeable, delivery, at, tooLateToCancel)
}

// HoldLetter keeps one letter from going until ReleaseLetter. It fails as
// CancelLetter does.
func (s *Store) HoldLetter(ctx context.Context, delivery uuid.UUID, at time.Time) error {
	return s.controlOne(ctx, "state = 'held', "+untaken, takeable, delivery, at, tooLateToCancel)
}

// ReleaseLetter lets a letter go that was held, or tries one at once that was
// deferred. It fails with fault.Conflict if it is in another state.
func (s *Store) ReleaseLetter(ctx context.Context, delivery uuid.UUID, at time.Time) error {
	return s.controlOne(ctx, "state = 'queued', next_at = @now, updated = @now", "state IN ('held', 'deferred', 'queued')", delivery, at, tooLateToCancel)
}

// SettleDoubt is what a person found out about a letter that may or may not
// have gone: it arrived (Accepted), or it did not and goes again (Queued), with
// the same Message-ID. It fails with fault.Conflict if the letter is in no
// doubt.
func (s *Store) SettleDoubt(ctx context.Context, delivery uuid.UUID, arrived bool, at time.Time) error {
	set := "state = 'queued', next_at = @now, updated = @now"
	if arrived {
		set = "state = 'accepted', updated = @now"
	}
	return s.controlOne(ctx, set, "state = 'uncertain'", delivery, at, notInDoubt)
}

func (s *Store) controlOne(ctx context.Context, set, where string, delivery uuid.UUID, at time.Time, refusal fault.Sentence) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		n, err := control(tx, set, "id = @id AND "+where, delivery, at)
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, refusal.With())
		}
		return err
	})
}

func control(tx *gorm.DB, set, where string, id uuid.UUID, at time.Time) (int, error) {
	done := tx.Exec("UPDATE delivery SET "+set+" WHERE "+where, map[string]any{"id": id, "now": momentOf(at)})
	if done.Error != nil {
		return 0, fmt.Errorf("store: letters: %w", done.Error)
	}
	return int(done.RowsAffected), nil
}

// MailTasks returns the letters that wait for a person, the oldest first: those
// that failed or came back and have no further address, are held, or may or may
// not have gone.
func (s *Store) MailTasks(ctx context.Context) (all []mailer.Delivery, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[deliveryRow](tx.Where(`state IN ('failed', 'bounced', 'held', 'uncertain') AND NOT EXISTS (
			SELECT 1 FROM delivery later WHERE later.dispatch = delivery.dispatch AND later.unit = delivery.unit
			AND later.created > delivery.created AND later.address <> delivery.address)`).Order("created, id"))
		all = convert(found, deliveryRow.delivery)
		return err
	})
	return all, err
}
