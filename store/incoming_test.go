package store

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/mailer/queuetest"
)

// goneLetter is a letter with a further address that the relay took, or may have.
func goneLetter(t *testing.T, s *Store, state mailer.State) mailer.Delivery {
	t.Helper()
	c := queuetest.Dispatch()
	all := queuetest.Deliveries(c.Dispatch, 1, now)
	all[0].Alternates = []string{"second@unit.example"}
	must(t, fixture(s).Add(t.Context(), c, all))
	held, err := s.Claim(t.Context(), 1, now, now.Add(time.Hour))
	if err != nil || len(held) != 1 {
		t.Fatal(held, err)
	}
	o := mailer.Outcome{Delivery: held[0].ID, Token: held[0].Token, State: state, Ended: now, Stage: mailer.Dot}
	if _, err := s.Record(t.Context(), []mailer.Outcome{o}, nil); err != nil {
		t.Fatal(err)
	}
	return held[0]
}

func TestWhatComesInSettlesLetters(t *testing.T) {
	cases := []struct {
		before mailer.State
		class  mailer.Class
		after  mailer.State
		next   int // addresses queued
	}{
		{mailer.Accepted, mailer.BounceMail, mailer.Bounced, 1},
		{mailer.Uncertain, mailer.BounceMail, mailer.Bounced, 1},
		{mailer.Uncertain, mailer.Receipt, mailer.Accepted, 0},
		{mailer.Accepted, mailer.Receipt, mailer.Accepted, 0},
		{mailer.Accepted, mailer.DelayMail, mailer.Accepted, 0},
		{mailer.Uncertain, mailer.AutoReply, mailer.Uncertain, 0},
	}
	onBothStores(t, func(t *testing.T, s *Store) {
		for _, c := range cases {
			letter := goneLetter(t, s, c.before)
			in := mailer.Incoming{SHA256: uuid.NewString(), Class: c.class, Words: "mailbox is full", Code: 552, Raw: []byte("raw"),
				Deliveries: []uuid.UUID{uuid.New(), letter.ID}}
			for _, want := range []bool{true, false} { // the same mail once
				if got, err := s.Receive(t.Context(), in, now); got != want || err != nil {
					t.Fatalf("%s: received %v, %v", c.class, got, err)
				}
			}
			if got := stateOf(t, s, letter.ID); got != c.after {
				t.Errorf("%s after %s: %s, want %s", c.class, c.before, got, c.after)
			}
			next, err := s.Claim(t.Context(), 5, now.Add(time.Minute), now.Add(time.Hour))
			if err != nil || len(next) != c.next {
				t.Errorf("%s after %s: %d further addresses, %v", c.class, c.before, len(next), err)
			}
		}
		tray, err := s.Tray(t.Context(), 100)
		if err != nil || len(tray) != len(cases)-2 || string(tray[0].Raw) != "raw" || tray[0].Delivery == uuid.Nil {
			t.Fatalf("%d in the tray, which two bounces are not, %v", len(tray), err)
		}
	})
}

func TestOfALabelledMailNothingIsKept(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		in := mailer.Incoming{SHA256: "1", Class: mailer.Contribution, Sender: "a@unit.example", Subject: "供稿", Words: "机密★1年\n某市情况", Raw: []byte("机密★1年")}
		if _, err := s.Receive(t.Context(), in, now); err != nil {
			t.Fatal(err)
		}
		tray, err := s.Tray(t.Context(), 1)
		if err != nil || len(tray) != 1 {
			t.Fatal(tray, err)
		}
		if a := tray[0]; len(a.Raw) != 0 || a.Subject != "" || a.Sender != "a@unit.example" || a.Words == in.Words {
			t.Errorf("kept: %+v", a)
		}
	})
}

// Whatever is attached counts, and mails in mails; of a bounce the letter learns
// that it came back, and nothing of what the mail says.
func TestOfAMailWithALabelAnywhereNothingIsKept(t *testing.T) {
	const word = "青冈坪甲号"
	secret := "机密★1年\n" + word
	for name, in := range map[string]mailer.Incoming{
		"quoted":     {Texts: []string{"收到", secret}},
		"attached":   {Files: []mailer.File{{Name: word + ".txt", Data: []byte(secret)}}},
		"by a name":  {Files: []mailer.File{{Name: word + " 绝密.pdf", Data: []byte("%PDF")}}},
		"a bounce":   {Class: mailer.BounceMail, Texts: []string{secret}},
		"in subject": {Subject: "秘密★1年 " + word},
	} {
		onBothStores(t, func(t *testing.T, s *Store) {
			letter := goneLetter(t, s, mailer.Accepted)
			in.SHA256, in.Words, in.Raw, in.Deliveries = name, word, []byte(word), []uuid.UUID{letter.ID}
			if got, err := s.Receive(t.Context(), in, now); !got || err != nil {
				t.Fatal(name, got, err)
			}
			if where := found(t, s, word); len(where) > 0 {
				t.Errorf("%s: it is in %v", name, where)
			}
			if whole, err := s.KeptWhole(t.Context(), name); whole || err != nil {
				t.Errorf("%s: kept %v, %v", name, whole, err)
			}
		})
	}
}

// A bounce may be read before it is written down that its letter had gone.
func TestABounceThatIsFasterThanTheBooks(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		_, letters := sent(t, s, 2) // the first is marked, and so may be gone
		in := mailer.Incoming{SHA256: "b", Class: mailer.BounceMail, Words: "no such user", Code: 550, Raw: []byte("b"), Deliveries: []uuid.UUID{letters[0].ID}}
		if _, err := s.Receive(t.Context(), in, now); err != nil {
			t.Fatal(err)
		}
		must(t, s.SettleBounces(t.Context(), now))
		if got := stateOf(t, s, letters[0].ID); got != mailer.Data {
			t.Errorf("while it is sent: %s", got)
		}
		o := mailer.Outcome{Delivery: letters[0].ID, Token: letters[0].Token, State: mailer.Accepted, Ended: now, Stage: mailer.Reply}
		if _, err := s.Record(t.Context(), []mailer.Outcome{o}, nil); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			must(t, s.SettleBounces(t.Context(), now))
		}
		d, _, err := fixture(s).Get(t.Context(), letters[0].ID)
		if err != nil || d.State != mailer.Bounced || d.Words != "no such user" || d.Code != 550 {
			t.Errorf("%+v, %v", d, err)
		}
		if tray, err := s.Tray(t.Context(), 5); err != nil || len(tray) != 0 {
			t.Errorf("%d in the tray, %v", len(tray), err)
		}
	})
}
