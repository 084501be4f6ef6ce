package store

import (
	"testing"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/queuetest"
	"jianbao/workflow"
)

// TestALetterThatWasTakenFromAnEngine, held or cancelled by a clerk while it is
// claimed, is nothing to that engine any more: no mark holds, no outcome is written,
// no lease is renewed.
func TestALetterThatWasTakenFromAnEngine(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		for deed, want := range map[workflow.LetterDeed]mailer.State{workflow.HoldLetter: mailer.Held, workflow.CancelLetter: mailer.Cancelled} {
			_, all := sent(t, s, 2)
			claimed := all[1]
			mark := mailer.Mark{ID: claimed.ID, Token: claimed.Token, At: now}
			must(t, books{s, t}.does(deed, claimed.ID))
			renewed, err := s.Renew(t.Context(), []mailer.Mark{mark}, now.Add(2*time.Hour))
			must(t, err)
			outcome := mailer.Outcome{Delivery: claimed.ID, Token: claimed.Token, State: mailer.Deferred, NextAt: now, Ended: now, Stage: mailer.Rcpt, Code: 451}
			holds, err := s.Record(t.Context(), []mailer.Outcome{outcome}, []mailer.Mark{mark})
			must(t, err)
			d, attempts, err := fixture(s).Get(t.Context(), claimed.ID)
			must(t, err)
			if len(renewed)+len(holds)+len(attempts) > 0 || d.State != want {
				t.Errorf("%s: it is %s; renewed %v, marked %v, attempts %v", deed, d.State, renewed, holds, attempts)
			}
		}
	})
}

// TestWhatIsBehindItsMarkIsNotTouched: it may have gone, and only its engine knows.
func TestWhatIsBehindItsMarkIsNotTouched(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		_, all := sent(t, s, 2)
		for _, deed := range []workflow.LetterDeed{workflow.RetryLetter, workflow.HoldLetter, workflow.FreeLetter, workflow.CancelLetter, workflow.ItArrived, workflow.SendAgain} {
			if err := (books{s, t}).does(deed, all[0].ID); !fault.Is(err, fault.Conflict) || stateOf(t, s, all[0].ID) != mailer.Data {
				t.Errorf("%s: %v; it is %s", deed, err, stateOf(t, s, all[0].ID))
			}
		}
	})
}

// TestALetterThatGoesAgainGoesNow, whatever it would have waited for.
func TestALetterThatGoesAgainGoesNow(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		for _, c := range []struct {
			deed workflow.LetterDeed
			from mailer.State
		}{{workflow.RetryLetter, mailer.Deferred}, {workflow.RetryLetter, mailer.Failed}, {workflow.FreeLetter, mailer.Held}, {workflow.SendAgain, mailer.Uncertain}} {
			content := queuetest.Dispatch()
			all := queuetest.Deliveries(content.Dispatch, 1, now)
			all[0].NextAt = now.Add(24 * time.Hour)
			must(t, fixture(s).Add(t.Context(), content, all))
			must(t, becomes(s, all[0].ID, c.from))
			must(t, books{s, t}.does(c.deed, all[0].ID))
			claimed, err := s.Claim(t.Context(), 10, now, now.Add(time.Hour))
			if err != nil || len(claimed) != 1 || claimed[0].ID != all[0].ID {
				t.Errorf("%s of one that is %s: claimed %v, %v", c.deed, c.from, claimed, err)
			}
		}
	})
}

// TestWhatWaitsForAPerson: what failed or came back, is held or in doubt; not what
// goes by itself, nor that behind which another address of the unit is tried.
func TestWhatWaitsForAPerson(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		for state, want := range map[mailer.State]bool{
			mailer.Failed: true, mailer.Bounced: true, mailer.Held: true, mailer.Uncertain: true,
			mailer.Queued: false, mailer.Deferred: false, mailer.Accepted: false, mailer.Cancelled: false,
		} {
			for _, next := range []bool{false, true} {
				content := queuetest.Dispatch()
				all := queuetest.Deliveries(content.Dispatch, 2, now)
				if next {
					all[1].Unit, all[1].Created = all[0].Unit, now.Add(time.Minute)
				}
				must(t, fixture(s).Add(t.Context(), content, all))
				must(t, becomes(s, all[0].ID, state))
				tasks, err := s.MailTasks(t.Context())
				must(t, err)
				found := false
				for _, d := range tasks {
					found = found || d.ID == all[0].ID
				}
				if found != (want && !next) {
					t.Errorf("%s, another address behind it %v: a task %v", state, next, found)
				}
			}
		}
	})
}

// TestALetterIsFoundInItsOwnIssue alone.
func TestALetterIsFoundInItsOwnIssue(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		one, mine := sent(t, s, 2)
		b := books{s, t}
		b.steer(workflow.ResumeQueue, one) // of an issue of that id from now on
		if line, err := s.LetterLine(t.Context(), one, mine[0].ID); err != nil || line.ID != mine[0].ID || line.Address != mine[0].Address {
			t.Errorf("%+v, %v", line, err)
		}
		other, _ := sent(t, s, 2)
		b.steer(workflow.ResumeQueue, other)
		if line, err := s.LetterLine(t.Context(), other, mine[0].ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("of another issue: %+v, %v", line, err)
		}
	})
}
