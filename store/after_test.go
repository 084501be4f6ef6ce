package store

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/workflow"
)

// What is sent is paused, sent again and recalled; who has it is told by what
// became of the letters, and each letter comes back as it was.
func TestWhatBecomesOfAnIssueThatIsOut(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue := openedIssue(t, s, plant(t, s))
		var first workflow.Letter
		_, err := s.Change(t.Context(), issue.ID, false, func(c workflow.Case) (workflow.Change, error) {
			change, err := send(c)
			change.Issue.Released, change.Issue.Recall = now, nil
			first = change.Release.Letters[0]
			return change, err
		})
		must(t, err)
		if all, err := s.Holders(t.Context(), issue.ID); err != nil || len(all) != 1 || len(all[0].Addresses) != 0 || all[0].Paper != 2 {
			t.Errorf("before any letter went: %+v %v", all, err)
		}
		claim := func() []mailer.Delivery {
			t.Helper()
			claimed, err := s.Claim(t.Context(), 10, now.Add(time.Minute), now.Add(time.Hour))
			must(t, err)
			return claimed
		}
		order := func(queue workflow.QueueOrder, sending *workflow.Sending) {
			t.Helper()
			_, err := s.Change(t.Context(), issue.ID, false, func(c workflow.Case) (workflow.Change, error) {
				change := next(c)
				change.Queue, change.Release = queue, sending
				return change, nil
			})
			must(t, err)
		}
		order(workflow.PauseQueue, nil)
		if n := len(claim()); n != 0 {
			t.Errorf("%d letters go although they are stopped", n)
		}
		order(workflow.ResumeQueue, nil)
		if n := len(claim()); n != 1 {
			t.Errorf("%d letters go on", n)
		}
		again := &workflow.Sending{ID: newID(), Issue: issue.ID, Series: issue.Series, At: now, Purpose: workflow.Resent, Mailbox: "a@b.example",
			Letters: []workflow.Letter{{ID: newID(), Unit: first.Unit, Name: first.Name, Addresses: []string{"new@b.example"}}}}
		order("", again)
		must(t, becomes(s, again.Letters[0].ID, mailer.Accepted))
		all, err := s.Holders(t.Context(), issue.ID)
		must(t, err)
		if len(all) != 2 || all[0].Unit != first.Unit || all[0].Addresses[0] != "new@b.example" {
			t.Errorf("who has it: %+v", all)
		}
		eml, err := asSent(t, s, issue.ID, again.Letters[0].ID)
		must(t, err)
		if !bytes.Contains(eml, []byte("To: =?UTF-8?B?")) || !bytes.Contains(eml, []byte("new@b.example")) || !bytes.Contains(eml, []byte("\r\n\r\n")) {
			t.Errorf("it went as %s", eml)
		}
		order(workflow.CancelQueue, nil)
		if got := stateOf(t, s, first.ID); got != mailer.Cancelled {
			t.Errorf("a letter that had not gone is %s", got)
		}
		_, err = s.Change(t.Context(), issue.ID, false, func(c workflow.Case) (workflow.Change, error) {
			change := next(c)
			change.Issue.Recall = &workflow.Recalling{By: uuid.New(), At: now, Secret: true}
			return change, nil
		})
		must(t, err)
		if _, err := asSent(t, s, issue.ID, again.Letters[0].ID); !fault.Is(err, fault.Refused) {
			t.Errorf("what was classified is shown: %v", err)
		}
		withheld(t, s, issue.ID)
	})
}

// withheld holds that nothing of what an issue says can be read, while whoever
// decides about it has all of it, and that it can be read again once that it is
// classified was turned down.
func withheld(t *testing.T, s *Store, id uuid.UUID) {
	t.Helper()
	ctx := t.Context()
	read := func() (text string, rest int) {
		issue, err := s.Issue(ctx, id)
		must(t, err)
		texts, err := s.Texts(ctx, id)
		must(t, err)
		originals, err := s.Originals(ctx, id)
		must(t, err)
		comments, err := s.CommentsOf(ctx, id)
		must(t, err)
		return issue.Text, len(texts) + len(originals) + len(comments) + len(issue.Document.Sections)
	}
	must(t, s.AddComment(ctx, workflow.Comment{ID: newID(), Issue: id, At: now}))
	if text, rest := read(); text != "" || rest != 0 {
		t.Errorf("%d parts of what was classified are shown, and %q", rest, text)
	}
	if _, err := s.Dossier(ctx, id); !fault.Is(err, fault.Refused) {
		t.Errorf("what was classified is in a dossier: %v", err)
	}
	var whole workflow.Issue
	upheld, err := s.Change(ctx, id, false, func(c workflow.Case) (workflow.Change, error) {
		whole = c.Issue
		change := next(c)
		change.Issue.Recall = nil
		return change, nil
	})
	must(t, err)
	if text, rest := read(); text == "" || rest == 0 || text != whole.Text || upheld.Text != text {
		t.Errorf("it is none, and %d parts are shown, and %q", rest, text)
	}
}

// becomes puts a letter into a state, as an engine would.
func becomes(s *Store, id uuid.UUID, state mailer.State) error {
	return s.db.Exec("UPDATE delivery SET state = ? WHERE id = ?", string(state), id).Error
}

// asSent is a letter as it goes over the wire.
func asSent(t *testing.T, s *Store, issue, delivery uuid.UUID) ([]byte, error) {
	t.Helper()
	letter, content, err := s.Letter(t.Context(), issue, delivery)
	if err != nil {
		return nil, err
	}
	composed, err := mailer.Compose(content)
	must(t, err)
	return composed.Message(letter)
}
