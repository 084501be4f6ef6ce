package store

import (
	"maps"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"jianbao/mailer"
	"jianbao/mailer/queuetest"
	"jianbao/workflow"
)

func TestWhatLiesInTheQueue(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		empty := must1(s.Backlog(t.Context(), now))(t)
		if len(empty.Letters) != 0 || empty.Due != 0 || !empty.Oldest.IsZero() || empty.Mail != 0 || !empty.MailSince.IsZero() {
			t.Errorf("of nothing: %+v", empty)
		}
		sending := queuetest.Dispatch()
		letters := queuetest.Deliveries(sending.Dispatch, 8, now)
		must(t, fixture(s).Add(t.Context(), sending, letters))
		states := []mailer.State{mailer.Queued, mailer.Deferred, mailer.Deferred, mailer.Data, mailer.Held, mailer.Uncertain, mailer.Accepted, mailer.Failed}
		for n, state := range states {
			must(t, s.db.Model(&deliveryRow{}).Where("id = ?", letters[n].ID).Updates(map[string]any{"state": string(state), "next_at": momentOf(now.Add(time.Duration(n) * time.Hour))}).Error)
		}
		got := must1(s.Backlog(t.Context(), now.Add(time.Hour)))(t)
		want := map[mailer.State]int{mailer.Queued: 1, mailer.Deferred: 2, mailer.Data: 1, mailer.Held: 1, mailer.Uncertain: 1}
		if !maps.Equal(got.Letters, want) || got.Due != 2 || !got.Oldest.Equal(now) {
			t.Errorf("%+v, want %v, 2 due since %v", got, want, now)
		}
		must(t, s.db.Exec("UPDATE dispatch SET paused = ?", true).Error)
		if got := must1(s.Backlog(t.Context(), now.Add(time.Hour)))(t); got.Due != 0 || !got.Oldest.IsZero() || got.Letters[mailer.Queued] != 1 {
			t.Errorf("of a paused dispatch: %+v", got)
		}
	})
}

func TestWhatTheProgramHasStillToDo(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series, person := plant(t, s), employed(t, s, "clerk")
		if w := must1(s.Waiting(t.Context(), now))(t); w.Notices != 0 || !w.Since.IsZero() || !w.Rooted.IsZero() {
			t.Errorf("of nothing: %+v", w)
		}
		notice := func(key string, at time.Time) workflow.Notice {
			return workflow.Notice{ID: newID(), Person: person.ID, Series: series.ID, Key: key, Kind: workflow.Returned, Says: saying.With("b"), At: now, SendAt: at}
		}
		must(t, s.db.Transaction(func(tx *gorm.DB) error {
			_, err := notify(tx, []workflow.Notice{notice("due", now.Add(-time.Hour)), notice("later", now.Add(time.Hour)), notice("page", time.Time{})})
			return err
		}))
		must(t, add(s.db, rootRow{Seq: 1, At: 5, Line: "{}"}, rootRow{Seq: 2, At: momentOf(now), Line: "{}"}))
		if w := must1(s.Waiting(t.Context(), now))(t); w.Notices != 1 || !w.Since.Equal(now.Add(-time.Hour)) || !w.Rooted.Equal(now) {
			t.Errorf("%+v", w)
		}
	})
}

func TestALedgerThatSomebodyWroteInDoesNotBalance(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue, _ := sentIssue(t, s)
		if n := must1(s.Unbalanced(t.Context()))(t); n != 0 {
			t.Fatalf("%d ledgers do not balance before anything happened", n)
		}
		unguarded(t, s)
		must(t, s.db.Exec("DELETE FROM copy_entry WHERE issue = ? AND seq = 1", issue.ID).Error)
		if n := must1(s.Unbalanced(t.Context()))(t); n != 1 {
			t.Errorf("%d ledgers do not balance, not the one", n)
		}
	})
}

// unguarded takes the triggers from the ledger, as somebody who owns the
// database may.
func unguarded(t *testing.T, s *Store) {
	t.Helper()
	if s.postgres {
		must(t, s.db.Exec("ALTER TABLE copy_entry DISABLE TRIGGER USER").Error)
		return
	}
	must(t, s.db.Exec("DROP TRIGGER copy_entry_no_delete").Error)
}

// Ten years of letters are not read to say what is in the queue.
func TestMetricsReadIndexes(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		for statement, indexes := range map[string][]string{
			unfinished: {"delivery_turn", "delivery_held", "delivery_doubt"}, strings.Replace(dueLetters, "?", "1", 1): {"delivery_turn"},
			"SELECT id FROM delivery WHERE " + tasked: {"delivery_doubt", "delivery_refused"},
			openMail: {"incoming_open"}, strings.Replace(dueNotices, "?", "1", 1): {"notice_mail"}, unbalanced: {"issue_due"},
		} {
			plan := planOf(t, s, statement)
			for _, index := range indexes {
				if !strings.Contains(plan, index) {
					t.Errorf("%s: %s is not used:\n%s", statement, index, plan)
				}
			}
		}
	})
}
