package store

import (
	"testing"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/mailbox"
)

func TestOneProcessReadsAMailbox(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		one, two := newID(), newID()
		at := now.Truncate(time.Microsecond)
		hold := func(who int, now time.Time) (mailbox.Position, bool) {
			holder := one
			if who == 2 {
				holder = two
			}
			p, mine, err := s.HoldMailbox(t.Context(), "box", holder, now, now.Add(time.Minute))
			must(t, err)
			return p, mine
		}
		if p, mine := hold(1, at); !mine || p != (mailbox.Position{}) {
			t.Errorf("%+v %v", p, mine)
		}
		if _, mine := hold(2, at.Add(59*time.Second)); mine {
			t.Error("two hold it")
		}
		want := mailbox.Position{Validity: 4294967295, UID: 4294967294, Read: at}
		must(t, s.AdvanceMailbox(t.Context(), "box", one, want))
		if err := s.AdvanceMailbox(t.Context(), "box", two, mailbox.Position{}); !fault.Is(err, fault.Conflict) {
			t.Errorf("advanced by another: %v", err)
		}
		must(t, s.ReleaseMailbox(t.Context(), "box", two))
		if _, mine := hold(1, at.Add(59*time.Second)); !mine {
			t.Error("not renewed")
		}
		if _, mine := hold(2, at.Add(90*time.Second)); mine {
			t.Error("the renewed lease was over")
		}
		if p, mine := hold(2, at.Add(3*time.Minute)); !mine || p != want {
			t.Errorf("taken over: %+v %v", p, mine)
		}
		if err := s.AdvanceMailbox(t.Context(), "box", one, mailbox.Position{}); !fault.Is(err, fault.Conflict) {
			t.Errorf("advanced by the one before: %v", err)
		}
		must(t, s.ReleaseMailbox(t.Context(), "box", two))
		if p, mine := hold(1, at.Add(3*time.Minute)); !mine || p != want {
			t.Errorf("released: %+v %v", p, mine)
		}
		read, err := s.MailboxesRead(t.Context())
		if err != nil || len(read) != 1 || !read["box"].Equal(at) {
			t.Errorf("%v %v", read, err)
		}
	})
}

func TestKeptWhole(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		for sha, in := range map[string]mailer.Incoming{"whole": {Raw: []byte("x")}, "head": {Raw: []byte("x"), Partly: true}, "none": {Raw: []byte{}}} {
			in.SHA256 = sha
			_, err := s.Receive(t.Context(), in, now)
			must(t, err)
		}
		for sha, want := range map[string]bool{"whole": true, "head": false, "none": false, "other": false} {
			if got, err := s.KeptWhole(t.Context(), sha); got != want || err != nil {
				t.Errorf("%s: %v, %v", sha, got, err)
			}
		}
	})
}
