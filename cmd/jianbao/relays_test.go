package main

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/accounts/vault"
	"jianbao/fault"
	"jianbao/mailer/relays"
	"jianbao/mailer/sink"
	"jianbao/web/metrics"
)

// TestRelaysOfThePagesAreTakenUp: a relay that is set while the program runs
// takes the letters, with its password out of the vault; another takes over when
// it is changed; that for trying takes them without a mail server.
func TestRelaysOfThePagesAreTakenUp(t *testing.T) {
	err := withOffice(t.Context(), database{Dir: t.TempDir()}, func(o *office) error {
		o.keys = &keyFile{ring: vault.New()}
		s := serve{}
		s.Connections, s.RelayWindow, s.Zone = 1, 1, "Asia/Shanghai"
		o.post = &postRoom{office: o, settings: s.smtpRelay, look: 5 * time.Millisecond}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- o.post.Run(ctx) }()
		defer func() {
			stop()
			if err := <-done; err != nil {
				t.Error(err)
			}
		}()
		mails := s.mailing(o)
		if on, err := mails(ctx); on || err != nil {
			t.Errorf("mail goes out before anything is set: %v", err)
		}
		if text := o.monitored(t); strings.Contains(text, `part="mailer"`) || !strings.Contains(text, `jianbao_mail_attempts_total{outcome="accepted"} 0`) {
			t.Errorf("before anything is set:\n%s", text)
		}
		version := 0
		for range 2 {
			box, err := sink.StartWith("127.0.0.1:0", sink.Config{Username: "jianbao", Password: "geheim"})
			if err != nil {
				return err
			}
			defer box.Close()
			set := relays.Setting{Place: relays.First, Kind: relays.SMTP, Addr: box.Addr(), Security: "none", Login: "jianbao", Version: version}
			if set.Sealed, err = o.keys.Seal(set.SealedPlace(), []byte("geheim")); err != nil {
				return err
			}
			save(t, o, set)
			version++
			if on, err := mails(ctx); !on || err != nil {
				t.Errorf("mail does not go out: %v", err)
			}
			arrives(t, o, func() int { return box.Count() })
		}
		save(t, o, relays.Setting{Place: relays.First, Kind: relays.Trial, Version: version})
		if on, err := mails(ctx); on || err != nil {
			t.Errorf("mail goes out while it is being tried: %v", err)
		}
		arrives(t, o, func() int {
			all, _ := o.post.trial()
			return len(all)
		})
		// Three engines, one after the other, are one mailer to whoever watches.
		eventually(ctx, t, "the three letters in the numbers", func() bool {
			text := o.monitored(t)
			return strings.Contains(text, `jianbao_part_running{part="mailer"} 1`) && strings.Contains(text, `jianbao_mail_attempts_total{outcome="accepted"} 3`)
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// monitored is what monitoring reads of the office.
func (o *office) monitored(t *testing.T) string {
	t.Helper()
	w, r := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), "GET", metrics.Path, nil)
	r.RemoteAddr = "127.0.0.1:1"
	o.numbers.handler(o, false).ServeHTTP(w, r)
	if w.Code != 200 {
		t.Fatalf("%d", w.Code)
	}
	return w.Body.String()
}

func save(t *testing.T, o *office, set relays.Setting) {
	t.Helper()
	if err := o.store.SaveRelay(t.Context(), set, entry.Line{Sphere: accounts.OfSystem, What: fault.Reason{Key: "x"}}); err != nil {
		t.Fatal(err)
	}
}

// arrives queues a letter and waits until it was taken.
func arrives(t *testing.T, o *office, count func() int) {
	t.Helper()
	if err := o.sendTrial(t.Context(), "bgs@kjj.example", "cheng@kjj.example"); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(20 * time.Second); count() == 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the letter does not come")
		}
	}
}
