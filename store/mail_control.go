package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/store/hints"
	"jianbao/workflow"
)

var _ workflow.LetterBook = (*Store)(nil)

var (
	tooLateToCancel = fault.Say("store.too-late", "这封信已经发出、正在交付或已有结果，不能再改", "the letter has gone, is being handed over or has an outcome, and cannot be changed any more")
	notInDoubt      = fault.Say("store.not-in-doubt", "这封信的结果不需要人来定", "the outcome of this letter is not for a person to settle")
)

// What an engine has not begun to hand over can be taken from it: it finds
// that its token is dead when it asks for the mark, and withholds the letter.
const (
	takeable = "state IN ('queued', 'deferred', 'claimed', 'held')"
	// failedLast is a letter that was refused, or given up, and behind which no
	// further address of its unit is tried.
	failedLast = `state = 'failed' AND NOT EXISTS (SELECT 1 FROM delivery later WHERE later.dispatch = delivery.dispatch
		AND later.unit = delivery.unit AND later.created > delivery.created)`
	// untaken are the columns of a letter that nobody holds.
	untaken = "token = '00000000-0000-0000-0000-000000000000', lease_until = 0, updated = @now"
)

// A control is what a deed does to a letter, where it can be done, and what is
// said where it cannot.
type control struct {
	set, where string
	refusal    fault.Sentence
}

// controls are the deeds. A letter that goes again has the same id, and so the
// same Message-ID.
var controls = map[workflow.LetterDeed]control{
	workflow.RetryLetter:  {"state = 'queued', next_at = @now, updated = @now", "(state IN ('deferred', 'queued') OR " + failedLast + ")", tooLateToCancel},
	workflow.HoldLetter:   {"state = 'held', " + untaken, "state IN ('queued', 'deferred', 'claimed')", tooLateToCancel},
	workflow.FreeLetter:   {"state = 'queued', next_at = @now, updated = @now", "state = 'held'", tooLateToCancel},
	workflow.CancelLetter: {"state = 'cancelled', " + untaken, takeable, tooLateToCancel},
	workflow.ItArrived:    {"state = 'accepted', updated = @now", "state = 'uncertain'", notInDoubt},
	workflow.SendAgain:    {"state = 'queued', next_at = @now, updated = @now", "state = 'uncertain'", notInDoubt},
}

// handle does a deed with a letter. It fails with fault.Conflict where the letter
// stands elsewhere by now.
func handle(tx *gorm.DB, letter uuid.UUID, deed workflow.LetterDeed, at time.Time) error {
	c, known := controls[deed]
	if !known {
		return fmt.Errorf("store: no deed %q", deed)
	}
	n, err := rule(tx, c.set, "id = @id AND "+c.where, letter, at)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, c.refusal.With())
	}
	soon(tx, hints.Queued, uuid.Nil)
	return err
}

// rule changes letters and returns how many those were.
func rule(tx *gorm.DB, set, where string, id uuid.UUID, at time.Time) (int, error) {
	done := tx.Exec("UPDATE delivery SET "+set+" WHERE "+where, map[string]any{"id": id, "now": momentOf(at)})
	if done.Error != nil {
		return 0, fmt.Errorf("store: letters: %w", done.Error)
	}
	return int(done.RowsAffected), nil
}

// LetterLine returns a letter of an issue; see [workflow.LetterBook].
func (s *Store) LetterLine(ctx context.Context, issue, letter uuid.UUID) (line workflow.LetterLine, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[deliveryRow](tx.Where("id = ? AND dispatch IN ("+ofItsIssue+")", letter, issue))
		line = workflow.LetterLine{ID: row.ID, Name: row.Name, Address: row.Address}
		return err
	})
	return line, err
}

const ofItsIssue = "SELECT id FROM dispatch WHERE issue = ?"

// Paused reports whether letters of an issue that have not gone are kept from
// going.
func (s *Store) Paused(ctx context.Context, issue uuid.UUID) (paused bool, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		var n int64
		err := tx.Table("dispatch").Where("issue = ? AND paused", issue).Count(&n).Error
		paused = n > 0
		return err
	})
	return paused, err
}

// trial queues a letter that is on no board and in no count, and that nobody can
// acknowledge: it belongs to no issue, and has no List-Id.
func trial(tx *gorm.DB, sending workflow.Sending) error {
	letters, err := lettersOf(sending, false)
	if err != nil {
		return err
	}
	files := convert(sending.Parts.Attachments, func(f workflow.File) mailer.Attachment {
		return mailer.Attachment{Name: f.Name, Type: f.Type, Data: f.Data}
	})
	return writeDispatch(tx, dispatchRow{
		ID: sending.ID, At: momentOf(sending.At), FromName: sending.From, FromAddress: sending.Mailbox,
		Subject: sending.Parts.Subject, Text: sending.Parts.Text, HTML: sending.Parts.HTML,
	}, files, letters)
}

// tasked are the letters that wait for a person: those that failed or came back
// and have no further address, are held, or may or may not have gone.
const tasked = `id IN (SELECT id FROM delivery WHERE phase = 'doubt' UNION ALL SELECT id FROM delivery WHERE phase = 'refused') AND NOT EXISTS (
	SELECT 1 FROM delivery later WHERE later.dispatch = delivery.dispatch AND later.unit = delivery.unit
	AND later.created > delivery.created AND later.address <> delivery.address)`

// MailTasks returns the letters that wait for a person, the oldest first.
func (s *Store) MailTasks(ctx context.Context) (all []mailer.Delivery, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[deliveryRow](tx.Where(tasked).Order("created, id"))
		all = convert(found, deliveryRow.delivery)
		return err
	})
	return all, err
}
