package store

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/workflow"
)

// TestATrialLetterBelongsToNoIssue: it is sent, and nothing that is asked of the
// issue knows of it, whatever becomes of it: not its board, its counts, the letters
// that have not gone, who has it, nor its orders to pause or cancel. It has no
// List-Id, and no copies.
func TestATrialLetterBelongsToNoIssue(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue := openedIssue(t, s, plant(t, s))
		var sending *workflow.Sending
		order := func(queue workflow.QueueOrder, withTrial bool) {
			t.Helper()
			_, err := s.Change(t.Context(), issue.ID, false, func(c workflow.Case) (workflow.Change, error) {
				change := next(c)
				change.Queue = queue
				if withTrial { // all that a release has
					sent, err := send(c)
					sending, change.Trial = sent.Release, sent.Release
					return change, err
				}
				return change, nil
			})
			must(t, err)
		}
		order("", true)
		letter := sending.Letters[0].ID
		var row dispatchRow
		must(t, s.db.WithContext(t.Context()).Where("id = ?", sending.ID).Take(&row).Error)
		if row.Issue != uuid.Nil || row.Series != uuid.Nil || row.Purpose != "" || row.ListID != "" || row.Digest != "" {
			t.Errorf("%+v", row)
		}
		order(workflow.PauseQueue, false)
		order(workflow.CancelQueue, false)
		for _, state := range []mailer.State{mailer.Queued, mailer.Accepted, mailer.Failed, mailer.Uncertain} {
			if state == mailer.Queued {
				claimed, err := s.Claim(t.Context(), 10, now.Add(time.Minute), now.Add(time.Hour))
				if err != nil || len(claimed) != 1 || claimed[0].ID != letter {
					t.Fatalf("it does not go: %v, %v", claimed, err)
				}
			} else {
				must(t, becomes(s, letter, state))
			}
			nothingKnown(t, s, issue.ID)
		}
	})
}

// nothingKnown holds that an issue has no letters.
func nothingKnown(t *testing.T, s *Store, issue uuid.UUID) {
	t.Helper()
	all, err := s.Deliveries(t.Context(), issue)
	must(t, err)
	counts, err := s.LetterCounts(t.Context(), issue)
	must(t, err)
	pending, err := s.Pending(t.Context(), issue)
	must(t, err)
	holders, err := s.Holders(t.Context(), issue)
	must(t, err)
	if len(all)+len(counts)+pending+len(holders) > 0 {
		t.Errorf("letters %v, counts %v, %d pending, holders %v", all, counts, pending, holders)
	}
	entries, err := s.CopyEntries(t.Context(), issue)
	must(t, err)
	if len(entries) > 0 {
		t.Errorf("copies %v", entries)
	}
}
