package store

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/mailer"
	"jianbao/workflow"
)

// asking is an office whose reviewer was asked by a letter to decide.
func asking(t *testing.T, s *Store) (workflow.Answering, workflow.Issue, accounts.Person, uuid.UUID) {
	t.Helper()
	series := plant(t, s)
	reviewer := hired(t, s, "reviewer", accounts.Reviewer, workflow.Reach{Address: "r@b.example", AtOnce: true})
	change := inReview(series)
	must(t, s.Open(t.Context(), change))
	if _, err := s.Tell(t.Context(), change.Issue.ID, now, telling); err != nil {
		t.Fatal(err)
	}
	later := now.Add(24 * time.Hour)
	if mailed, err := s.Mail(t.Context(), reviewer.ID, later, letters); err != nil || !mailed {
		t.Fatal(mailed, err)
	}
	notices, err := s.Notices(t.Context(), reviewer.ID, 1)
	must(t, err)
	letter, err := onlyLetter(s, notices[0].Dispatch)
	must(t, err)
	desk, _ := editors(s)
	desk.Now = func() time.Time { return later }
	return workflow.Answering{Desk: desk, Tickets: s, Mails: s}, change.Issue, reviewer, letter
}

// onlyLetter is the one letter of a dispatch.
func onlyLetter(s *Store, dispatch uuid.UUID) (uuid.UUID, error) {
	row, err := first[deliveryRow](s.db.Where("dispatch = ?", dispatch))
	return row.ID, err
}

// arrives puts a mail into the tray.
func arrives(t *testing.T, s *Store, class mailer.Class, letter uuid.UUID, sender, words string) {
	t.Helper()
	in := mailer.Incoming{SHA256: uuid.NewString(), Class: class, Sender: sender, Words: words, Raw: []byte("raw"), Deliveries: []uuid.UUID{letter}}
	if got, err := s.Receive(t.Context(), in, now); !got || err != nil {
		t.Fatal(got, err)
	}
}

func TestAReplyDecidesOnceForMany(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a, issue, reviewer, letter := asking(t, s)
		arrives(t, s, mailer.AutoReply, letter, "r@b.example", "同意")
		arrives(t, s, mailer.BounceMail, letter, "r@b.example", "同意")
		if n, err := a.Collect(t.Context()); n != 0 || err != nil {
			t.Fatal("a machine decided", n, err)
		}
		arrives(t, s, mailer.OtherMail, letter, "r@b.example", "同意")
		var done atomic.Int32
		var group sync.WaitGroup
		for range 6 {
			group.Go(func() {
				n, err := a.Collect(t.Context())
				if err != nil {
					t.Error(err)
				}
				done.Add(int32(n))
			})
		}
		group.Wait()
		now, err := s.Issue(t.Context(), issue.ID)
		must(t, err)
		if done.Load() != 1 || now.State != workflow.Approved {
			t.Errorf("%d decisions, the issue is %s", done.Load(), now.State)
		}
		tray, err := s.Tray(t.Context(), 10)
		must(t, err)
		if len(tray) != 2 {
			t.Errorf("%d mails are left to a person", len(tray))
		}
		told(t, s, reviewer.ID, "workflow.notice.reply-done")
	})
}

func TestAnUnclearReplyStaysInTheTray(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a, issue, reviewer, letter := asking(t, s)
		arrives(t, s, mailer.OtherMail, letter, "r@b.example", "同意，但第3条请再核实")
		for range 2 {
			if n, err := a.Collect(t.Context()); n != 0 || err != nil {
				t.Fatal(n, err)
			}
		}
		now, err := s.Issue(t.Context(), issue.ID)
		must(t, err)
		tray, err := s.Tray(t.Context(), 10)
		must(t, err)
		if now.State != workflow.Review || len(tray) != 1 {
			t.Errorf("the issue is %s, %d in the tray", now.State, len(tray))
		}
		told(t, s, reviewer.ID, "workflow.notice.reply-left")
		arrives(t, s, mailer.OtherMail, letter, "r@b.example", "同意") // a second mail, and the ticket is still good
		if n, err := a.Collect(t.Context()); n != 1 || err != nil {
			t.Error(n, err)
		}
	})
}

func TestAReplyThatWasBegunIsNotDone(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a, issue, _, letter := asking(t, s)
		arrives(t, s, mailer.OtherMail, letter, "r@b.example", "同意")
		tray, err := s.Tray(t.Context(), 1)
		must(t, err)
		for n, want := range []bool{true, false} {
			if mine, err := s.BeginReply(t.Context(), tray[0].ID, now); mine != want || err != nil {
				t.Fatal(n, mine, err)
			}
		}
		if n, err := a.Collect(t.Context()); n != 0 || err != nil { // a day later: whoever began is gone
			t.Fatal(n, err)
		}
		if left, err := s.Replies(t.Context(), now.Add(48*time.Hour), 10); len(left) != 0 || err != nil {
			t.Errorf("%v %v", left, err)
		}
		if now, err := s.Issue(t.Context(), issue.ID); err != nil || now.State != workflow.Review {
			t.Error(now.State, err)
		}
	})
}

// told fails unless a person has one notice of a sentence, to be mailed.
func told(t *testing.T, s *Store, person uuid.UUID, key string) {
	t.Helper()
	all, err := s.Notices(t.Context(), person, 10)
	must(t, err)
	n := 0
	for _, notice := range all {
		if notice.Says.Key == key && notice.Kind == workflow.Replied && !notice.SendAt.IsZero() {
			n++
		}
	}
	if n != 1 {
		t.Errorf("told %d times of %s", n, key)
	}
}

func TestWhoSawWhichVersion(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue := openedIssue(t, s, plant(t, s))
		person, other := newID(), newID()
		for _, c := range []struct {
			person          uuid.UUID
			version, before int
		}{{person, 1, 0}, {person, 1, 0}, {person, 4, 1}, {other, 5, 0}, {person, 6, 4}, {person, 6, 4}} {
			before, when, err := s.See(t.Context(), c.person, issue.ID, c.version, now)
			if before != c.before || err != nil || when.IsZero() != (c.before == 0) {
				t.Errorf("version %d: before %d at %s, want %d, %v", c.version, before, when, c.before, err)
			}
		}
	})
}
