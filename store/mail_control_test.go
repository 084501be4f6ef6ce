package store

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/queuetest"
	"jianbao/workflow"
)

func onBothStores(t *testing.T, test func(*testing.T, *Store)) {
	t.Run("sqlite", func(t *testing.T) { test(t, opened(t, t.TempDir()+"/m.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, opened(t, freshPostgres(t))) })
}

// sent is a dispatch of n letters; the first of them is claimed and marked, the
// second claimed.
func sent(t *testing.T, s *Store, n int) (uuid.UUID, []mailer.Delivery) {
	t.Helper()
	c := queuetest.Dispatch()
	all := queuetest.Deliveries(c.Dispatch, n, now)
	must(t, fixture(s).Add(t.Context(), c, all))
	held, err := s.Claim(t.Context(), 2, now.Add(time.Second), now.Add(time.Hour))
	if err != nil || len(held) != 2 {
		t.Fatal(held, err)
	}
	if _, err := s.Record(t.Context(), nil, []mailer.Mark{{ID: held[0].ID, Token: held[0].Token, At: now}}); err != nil {
		t.Fatal(err)
	}
	return c.Dispatch, append(held, all[2:]...)
}

func stateOf(t *testing.T, s *Store, id uuid.UUID) mailer.State {
	t.Helper()
	d, _, err := fixture(s).Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return d.State
}

// does a deed with a letter.
func (b books) does(deed workflow.LetterDeed, letter uuid.UUID) error {
	return b.write(b.t.Context(), func(tx *gorm.DB) error { return handle(tx, letter, deed, now) })
}

// steer orders something of all letters of an issue, to which a dispatch is
// given first.
func (b books) steer(order workflow.QueueOrder, dispatch uuid.UUID) {
	b.t.Helper()
	must(b.t, b.write(b.t.Context(), func(tx *gorm.DB) error {
		if err := tx.Exec("UPDATE dispatch SET issue = id, purpose = 'release' WHERE id = ?", dispatch).Error; err != nil {
			return err
		}
		return queueOrder(tx, dispatch, order, now)
	}))
}

type books struct {
	*Store
	t *testing.T
}

func TestAPausedDispatchWaits(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		dispatch, all := sent(t, s, 4)
		b := books{s, t}
		b.steer(workflow.PauseQueue, dispatch)
		if paused, err := s.Paused(t.Context(), dispatch); err != nil || !paused {
			t.Errorf("paused: %v, %v", paused, err)
		}
		holds, err := s.Record(t.Context(), nil, []mailer.Mark{{ID: all[1].ID, Token: all[1].Token, At: now}})
		if err != nil || len(holds) != 0 {
			t.Errorf("a claimed letter of a paused dispatch is marked: %v, %v", holds, err)
		}
		later := now.Add(time.Minute)
		if claimed, err := s.Claim(t.Context(), 10, later, later); err != nil || len(claimed) != 0 {
			t.Errorf("claimed while paused: %v, %v", claimed, err)
		}
		b.steer(workflow.ResumeQueue, dispatch)
		if claimed, err := s.Claim(t.Context(), 10, later, later); err != nil || len(claimed) != 3 {
			t.Errorf("claimed afterwards: %d, %v", len(claimed), err)
		}
	})
}

func TestCancelStopsAtTheMark(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		dispatch, all := sent(t, s, 4)
		b := books{s, t}
		if err := b.does(workflow.CancelLetter, all[0].ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("a letter behind its mark: %v", err)
		}
		must(t, b.does(workflow.CancelLetter, all[1].ID))
		must(t, b.does(workflow.HoldLetter, all[2].ID))
		b.steer(workflow.CancelQueue, dispatch)
		for i, want := range []mailer.State{mailer.Data, mailer.Cancelled, mailer.Cancelled, mailer.Cancelled} {
			if got := stateOf(t, s, all[i].ID); got != want {
				t.Errorf("letter %d is %s, want %s", i, got, want)
			}
		}
	})
}

func TestHeldAndDoubtfulLettersAreTasks(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		_, all := sent(t, s, 3)
		b := books{s, t}
		must(t, b.does(workflow.HoldLetter, all[2].ID))
		if _, err := s.Reap(t.Context(), now.Add(2*time.Hour), mailer.Ask); err != nil {
			t.Fatal(err)
		}
		tasks, err := s.MailTasks(t.Context())
		if err != nil || len(tasks) != 2 {
			t.Fatalf("%v, %v", tasks, err)
		}
		must(t, b.does(workflow.FreeLetter, all[2].ID))
		must(t, b.does(workflow.ItArrived, all[0].ID))
		if err := b.does(workflow.SendAgain, all[0].ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("settled twice: %v", err)
		}
		if tasks, err := s.MailTasks(t.Context()); err != nil || len(tasks) != 0 {
			t.Errorf("%v, %v", tasks, err)
		}
	})
}

// TestAFailedLetterGoesAgain once somebody has seen to what it was refused for:
// under its own id, unless the next address is being tried already.
func TestAFailedLetterGoesAgain(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		c := queuetest.Dispatch()
		all := queuetest.Deliveries(c.Dispatch, 3, now)
		all[0].Alternates = []string{"second@a.example"}
		must(t, fixture(s).Add(t.Context(), c, all))
		held, err := s.Claim(t.Context(), 3, now.Add(time.Second), now.Add(time.Hour))
		must(t, err)
		var outcomes []mailer.Outcome
		for _, d := range held {
			o := mailer.Outcome{Delivery: d.ID, Token: d.Token, State: mailer.Failed, NextAt: now, Ended: now.Add(time.Minute), Stage: mailer.Rcpt, Code: 550}
			if d.ID == all[2].ID {
				o.State = mailer.Accepted
			}
			outcomes = append(outcomes, o)
		}
		_, err = s.Record(t.Context(), outcomes, nil)
		must(t, err)
		b := books{s, t}
		for _, n := range []int{0, 2} {
			if err := b.does(workflow.RetryLetter, all[n].ID); !fault.Is(err, fault.Conflict) {
				t.Errorf("letter %d goes again: %v", n, err)
			}
		}
		must(t, b.does(workflow.RetryLetter, all[1].ID))
		d, attempts, err := fixture(s).Get(t.Context(), all[1].ID)
		if err != nil || d.State != mailer.Queued || d.Tries != 1 || len(attempts) != 1 {
			t.Errorf("%+v, %d attempts, %v", d, len(attempts), err)
		}
		for _, deed := range []workflow.LetterDeed{workflow.SendAgain, workflow.ItArrived, workflow.HoldLetter, workflow.CancelLetter, workflow.FreeLetter} {
			if err := b.does(deed, all[2].ID); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s of a letter that has gone: %v", deed, err)
			}
		}
	})
}
