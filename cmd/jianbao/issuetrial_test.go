package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/sink"
	"jianbao/seeds"
	"jianbao/workflow"
)

// TestATrialLetterCountsForNothing: the real issue, registered, goes to one
// address as it would go out; then it is scheduled and goes to its units as if
// there had been no trial.
func TestATrialLetterCountsForNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		box, err := sink.Start("127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer box.Close()
		o, err := open(ctx, db, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer o.close()
		if err := seeds.Plant(ctx, o.store, o.hasher, testPassword, time.Now()); err != nil {
			t.Fatal(err)
		}
		w := &walk{office: o}
		issue, err := w.issue8(ctx)
		for err == nil && issue.State != workflow.Registered {
			issue, err = w.step(ctx, issue)
		}
		if err != nil {
			t.Fatal(err)
		}
		password := filepath.Join(t.TempDir(), "password")
		if err := os.WriteFile(password, []byte(testPassword+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		try := func(to string) (int, string, string) {
			return ran(t, "issue", "trial", "2021-8", "--to", to, "--as", seeds.ClerkLogin, "--password-file", password, "--db", db)
		}
		if code, _, errs := try("x y"); code != 1 || !strings.Contains(errs, "x y") {
			t.Errorf("%d %s", code, errs)
		}
		if code, out, errs := try("me@kjj.example"); code != 0 || !strings.Contains(out, "me@kjj.example") {
			t.Fatalf("%d %s%s", code, out, errs)
		}
		o.sendThrough(mailer.Relay{Addr: box.Addr(), Security: mailer.Plain}, 2)
		ended := make(chan error, 1)
		go func() { ended <- o.engine.Run(ctx) }()
		eventually(ctx, t, "the trial letter", func() bool { return box.Count() == 1 })
		m := box.Messages()[0]
		if !strings.HasPrefix(m.Subject(), "【试发】") || len(m.Attachments()) == 0 || !slices.Equal(m.To, []string{"me@kjj.example"}) || strings.Contains(m.Text(), "/receipt/") || !strings.Contains(m.Text(), "宿迁") {
			t.Errorf("%v %q", m.To, m.Subject())
		}
		after, err := o.store.Issue(ctx, issue.ID)
		if err != nil || after.State != workflow.Registered || after.Digest() != issue.Digest() || len(after.Decisions) != len(issue.Decisions) {
			t.Fatalf("%+v, %v", after.State, err)
		}
		if letters, err := o.store.Deliveries(ctx, issue.ID); err != nil || len(letters) > 0 {
			t.Errorf("the board has %d letters, %v", len(letters), err)
		}
		events, err := o.store.Events(ctx, issue.ID)
		if last := events[len(events)-1]; err != nil || last.Act != workflow.Trial || last.Name == "" || !strings.Contains(last.Facts[0].In(fault.ZH), "me@kjj.example") {
			t.Errorf("%+v, %v", last, err)
		}
		if after, err = w.step(ctx, after); err != nil || after.State != workflow.Scheduled {
			t.Fatalf("%s, %v", after.State, err)
		}
		o.scheduler.Every = 20 * time.Millisecond
		scheduled := make(chan error, 1)
		go func() { scheduled <- o.scheduler.Run(ctx) }()
		o.untilDispatched(t, issue.ID)
		if box.Count() != 1+15 {
			t.Errorf("%d letters in all", box.Count())
		}
		if code, _, errs := try("me@kjj.example"); code != 1 || !strings.Contains(errs, "试发") {
			t.Errorf("after the release: %d %s", code, errs)
		}
		stop()
		<-scheduled
		<-ended
	})
}
