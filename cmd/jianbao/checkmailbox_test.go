package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"jianbao/mailer"
	"jianbao/mailer/mailbox"
)

func TestWhatIsSaidOfAMailbox(t *testing.T) {
	now := time.Date(2026, 12, 3, 9, 0, 0, 0, time.UTC)
	worst := func(found []finding) (c condition) {
		for _, f := range found {
			if f.State == bad || c == "" {
				c = f.State
			}
		}
		return c
	}
	account := mailbox.Account{Addr: "imap.example:993", Folder: "INBOX"}
	for name, c := range map[string]struct{ got, want condition }{
		"works":               {worst(mailboxFindings(account, mailbox.After{}, mailbox.Report{After: true})), fine},
		"cannot delete":       {worst(mailboxFindings(account, mailbox.After{Way: mailbox.Delete}, mailbox.Report{})), bad},
		"never read":          {fetchedFinding(time.Time{}, now, time.UTC).State, note},
		"read":                {fetchedFinding(now, now.Add(-time.Hour), time.UTC).State, fine},
		"not read for long":   {fetchedFinding(now.Add(-2*time.Hour), now.Add(-time.Hour), time.UTC).State, bad},
		"none is set":         {worst((&check{}).mailbox(t.Context())), note},
		"not read by this":    {worst((&check{settings: settings{pageSettings: pageSettings{Only: "web"}}}).mailbox(t.Context())), ""},
		"nobody is there":     {worst((&check{settings: settings{mailboxSettings: mailboxSettings{Mailbox: "127.0.0.1:1", MailboxUser: "a", MailboxDays: 1}}}).mailbox(t.Context())), bad},
		"the password is not": {worst((&check{settings: settings{mailboxSettings: mailboxSettings{Mailbox: "127.0.0.1:1", MailboxPasswordFile: "none"}}}).mailbox(t.Context())), bad},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", name, c.got, c.want)
		}
	}
}

// TestThePasswordOfTheMailbox comes from a file, or from a variable, and never
// from the settings.
func TestThePasswordOfTheMailbox(t *testing.T) {
	file := filepath.Join(t.TempDir(), "p")
	if err := os.WriteFile(file, []byte("from a file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("JIANBAO_MAILBOX_PASSWORD", "from a variable")
	s := settled(t, "--mailbox", "imap.example:993", "--mailbox-user", "a", "--mailbox-after", "move:x")
	for path, want := range map[string]string{"": "from a variable", file: "from a file"} {
		s.MailboxPasswordFile = path
		a, err := s.account()
		if err != nil || a.Password != want || a.Security != mailer.TLS || a.Folder != "INBOX" || s.MailboxAfter.Folder != "x" {
			t.Errorf("%+v, %v", a, err)
		}
	}
	s.MailboxDays = 0
	if _, err := s.account(); err == nil {
		t.Error("no days back")
	}
	if code, _, errs := ran(t, "serve", "--mailbox-after", "shred"); code == 0 || errs == "" {
		t.Errorf("%d %s", code, errs)
	}
}
