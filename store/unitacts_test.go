package store

import (
	"testing"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients/copies"
	"jianbao/recipients/receipts"
	"jianbao/workflow"
)

// TestABounceIsATaskUntilSomebodyDecides: a unit whose mail came back waits for a
// clerk, and what the clerk decides is on the board, in the book of copies and
// in history.
func TestABounceIsATaskUntilSomebodyDecides(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		later := now.Add(1e9)
		desk, issue, letter := outIssue(t, s, later)
		clerk := workflow.Actor{Person: accounts.Person{ID: newID(), Name: "文书", Active: true, Grants: []accounts.Grant{{Role: accounts.Clerk}}}}
		act := func(o workflow.Order) error {
			at, err := s.Issue(t.Context(), issue.ID)
			must(t, err)
			o.Version, o.Unit = at.Version, letter.Unit
			_, err = desk.Desk.Act(t.Context(), clerk, issue.ID, o)
			return err
		}
		_, err := s.Change(t.Context(), issue.ID, false, func(c workflow.Case) (workflow.Change, error) {
			change := next(c)
			change.Issue.Recall, change.Issue.CorrectedBy = nil, uuid.Nil
			return change, nil
		})
		must(t, err)
		must(t, becomes(s, letter.ID, mailer.Bounced))
		ids, err := s.Unreached(t.Context(), []uuid.UUID{issue.Series}, now.Add(-1e9))
		must(t, err)
		if l := line(t, s, issue.ID); len(ids) != 1 || l.Need() != receipts.CameBack || len(l.Letters) != 1 || l.Letters[0].Address != letter.Address {
			t.Fatalf("%v %+v", ids, l)
		}
		if err := act(workflow.Order{Act: workflow.Shelve}); !fault.Is(err, fault.Blocked) {
			t.Errorf("without a reason: %v", err)
		}
		must(t, act(workflow.Order{Act: workflow.Shelve, Note: "月底合并"}))
		if l := line(t, s, issue.ID); l.Need() != "" || l.Shelved == nil || l.Shelved.Reason != "月底合并" || l.Shelved.By != "文书" {
			t.Errorf("%+v", l)
		}
		must(t, act(workflow.Order{Act: workflow.Calm, Note: "约好了"}))
		before := line(t, s, issue.ID)
		made := balance(t, s, issue.ID, letter.Unit)
		if err := act(workflow.Order{Act: workflow.Resend, Addresses: []string{"stranger@x.example"}, Note: "改发"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("to an address that is not the unit's: %v", err)
		}
		must(t, act(workflow.Order{Act: workflow.Resend, Copies: 2, Note: "改送纸质"}))
		l := line(t, s, issue.ID)
		if l.Given != 2 || l.Copies != before.Copies+2 || l.Calm == nil || l.Need() != "" || balance(t, s, issue.ID, letter.Unit) != made+2 {
			t.Errorf("%+v", l)
		}
		if letters, err := s.Deliveries(t.Context(), issue.ID); err != nil || len(letters) != 1 {
			t.Errorf("paper went by mail: %d, %v", len(letters), err)
		}
		if err := act(workflow.Order{Act: workflow.Resend, Copies: -1, Note: "x"}); !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Blocked) {
			t.Errorf("less than nothing: %v", err)
		}
		events, err := s.Events(t.Context(), issue.ID)
		must(t, err)
		if n := len(events); events[n-1].Act != workflow.Resend || events[n-2].Act != workflow.Calm || events[n-3].Act != workflow.Shelve {
			t.Errorf("%+v", events)
		}
	})
}

func balance(t *testing.T, s *Store, issue, unit uuid.UUID) int {
	t.Helper()
	entries, err := s.CopyEntries(t.Context(), issue)
	must(t, err)
	return copies.New(entries).Balance(copies.OfUnit(unit))
}

// TestAReplyIsDismissedOnceWithAReason, and one that was not understood is
// entered by a clerk; a letter that was shown is written down.
func TestAReplyIsDismissedOnceWithAReason(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		desk, issue, letter := outIssue(t, s, now)
		clerk := workflow.Actor{Person: accounts.Person{ID: newID(), Name: "文书", Active: true, Grants: []accounts.Grant{{Role: accounts.Clerk}}}}
		for sha, words := range map[string]string{"1": "下期几号出？", "2": "拒收，不是我单位的"} {
			_, err := s.Receive(t.Context(), mailer.Incoming{SHA256: sha, Class: mailer.OtherMail, Sender: "a@b.example", Words: words, Deliveries: []uuid.UUID{letter.ID}, Raw: []byte(words)}, now)
			must(t, err)
		}
		collect(t, desk, 0)
		mails, err := s.ReceiptMails(t.Context(), nil, 10)
		must(t, err)
		if len(mails) != 2 || mails[0].Unit != letter.Unit {
			t.Fatalf("%+v", mails)
		}
		if err := desk.Dismiss(t.Context(), workflow.Actor{Person: accounts.Person{Active: true}}, mails[0].ID, "x"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("no clerk: %v", err)
		}
		if err := desk.Dismiss(t.Context(), clerk, mails[0].ID, " "); !fault.Is(err, fault.Invalid) {
			t.Errorf("no reason: %v", err)
		}
		must(t, desk.Dismiss(t.Context(), clerk, mails[0].ID, "问期刊号"))
		if err := desk.Dismiss(t.Context(), clerk, mails[0].ID, "问期刊号"); !fault.Is(err, fault.Conflict) {
			t.Errorf("twice: %v", err)
		}
		_, err = desk.EnterMail(t.Context(), clerk, mails[1].ID, receipts.Receipt{Verdict: receipts.Rejected, Reason: "不是我单位的"})
		must(t, err)
		state(t, s, issue.ID, receipts.Refused)
		must(t, s.Shown(t.Context(), issue.ID, letter, clerk, now))
		if l := line(t, s, issue.ID); len(l.Seen) != 1 || l.Seen[0].By != "文书" {
			t.Errorf("%+v", l.Seen)
		}
		if err := s.db.Exec("DELETE FROM receipt_sight").Error; err == nil {
			t.Error("that a link was seen was deleted")
		}
	})
}
