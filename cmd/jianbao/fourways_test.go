package main

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/mailer/sink"
	"jianbao/recipients/receipts"
	"jianbao/seeds"
	"jianbao/workflow"
)

// receiptOffice is a running office whose letters have links, with the real
// issue sent to its fifteen units.
func receiptOffice(t *testing.T) (here runningOffice, issue workflow.Issue) {
	t.Helper()
	return sentWithLinks(t, sink.Config{}, func(*office) {})
}

// sentWithLinks is a running office whose letters have links, with the real
// issue sent through a relay to the units of the directory as a test changes it.
func sentWithLinks(t *testing.T, relay sink.Config, change func(*office)) (here runningOffice, issue workflow.Issue) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	box, err := sink.StartWith("127.0.0.1:0", relay)
	if err != nil {
		t.Fatal(err)
	}
	o, err := open(ctx, filepath.Join(t.TempDir(), "jianbao.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + listener.Addr().String()
	key := workflow.TicketKey(bytes.Repeat([]byte{7}, 32))
	o.sendThrough(mailer.Relay{Addr: box.Addr(), Security: mailer.Plain}, 2)
	o.engine.Parts = linked{Parts: o.engine.Parts, key: key, site: base, receiving: o.receive(machine{tickets: key}, base)}
	o.scheduler.Every = 20 * time.Millisecond
	if err := seeds.Plant(ctx, o.store, o.hasher, testPassword, time.Now()); err != nil {
		t.Fatal(err)
	}
	change(o)
	w := &walk{office: o}
	if issue, err = w.issue8(ctx); err == nil {
		err = w.onward(ctx, issue)
	}
	if err != nil {
		t.Fatal(err)
	}
	pages, err := o.pages(listener, false)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- together(ctx, o.scheduler.Run, o.engine.Run, pages) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		_ = o.close()
		_ = box.Close()
	})
	o.untilDispatched(t, issue.ID)
	return runningOffice{o, base, box}, issue
}

// TestReceiptsByAllFourWays over real mail and real pages: the link in a letter,
// the code on paper, a reply, a clerk's entry. Looking confirms nothing; whoever
// has answered is not asked again, and everybody else is.
func TestReceiptsByAllFourWays(t *testing.T) {
	here, issue := receiptOffice(t)
	lines := here.linesOf(t, issue.ID)
	letterTo := func(n int) sink.Message {
		for _, m := range here.box.Messages() {
			if slices.Contains(m.To, lines[n].Letters[0].Address) {
				return m
			}
		}
		t.Fatalf("no letter to %s", lines[n].Name)
		return sink.Message{}
	}
	codes, err := here.receiving.Codes(t.Context(), here.letterOf(t, issue.ID, lines[1].Letters[0].ID).Dispatch)
	if err != nil {
		t.Fatal(err)
	}
	link, code := here.base+receiptLink.FindString(letterTo(0).Text()), codes[lines[1].Unit]
	for _, address := range []string{link, code} { // as a scanner of mail does
		if status, said := fetched(t, address); status != http.StatusOK || !strings.Contains(said, "确认签收") {
			t.Fatalf("%s: %d %s", address, status, said)
		}
	}
	if n := receipts.Count(here.linesOf(t, issue.ID))[receipts.Accepted]; n != len(lines) {
		t.Fatalf("%d of %d are accepted after the links were followed", n, len(lines))
	}
	for _, address := range []string{link, code} {
		answer, err := http.PostForm(address, url.Values{"verdict": {"received"}, "by": {"张三"}, "copies": {"1"}})
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
	}
	correspondence{here, t}.comesIn(reply(letterTo(2), "zf@zf.example", "", "已收到1份，李四"))
	clerk := (&walk{office: here.office}).as(t.Context(), seeds.ClerkLogin)
	if _, err := here.receiving.Enter(t.Context(), clerk, issue.ID, lines[3].Unit, receipts.Receipt{Means: receipts.ByPhone, Verdict: receipts.Received, By: "王五", At: time.Now(), Copies: 1, Evidence: "0477-1234567"}); err != nil {
		t.Fatal(err)
	}
	eventually(t.Context(), t, "four receipts", func() bool {
		return receipts.Count(here.linesOf(t, issue.ID))[receipts.Acknowledged] == 4
	})
	for n, means := range []receipts.Means{receipts.ByLink, receipts.ByCode, receipts.ByReply, receipts.ByPhone} {
		if r, _ := here.linesOf(t, issue.ID)[n].Last(); r.Means != means || r.Copies != 1 {
			t.Errorf("%s: %+v", lines[n].Name, r)
		}
	}
	here.onlyTheOthersAreAsked(t, issue, lines[:4])
}

func (o *office) linesOf(t *testing.T, issue uuid.UUID) []receipts.Line {
	t.Helper()
	lines, err := o.store.ReceiptLines(t.Context(), issue)
	if err != nil || len(lines) < 5 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	return lines
}

func (o *office) letterOf(t *testing.T, issue, id uuid.UUID) mailer.Delivery {
	t.Helper()
	letter, _, err := o.store.Letter(t.Context(), issue, id)
	if err != nil {
		t.Fatal(err)
	}
	return letter
}

// onlyTheOthersAreAsked lets the ladder be climbed for a fortnight: those who
// answered hear nothing of it.
func (o *office) onlyTheOthersAreAsked(t *testing.T, issue workflow.Issue, answered []receipts.Line) {
	t.Helper()
	asked := map[uuid.UUID]int{}
	for hour := range 14 * 24 {
		at := time.Now().Truncate(time.Hour).Add(time.Duration(hour) * time.Hour)
		_, err := o.store.Chase(t.Context(), issue.ID, at, func(v workflow.ChaseSight) workflow.Chasings {
			v.Timetable.Chasing = workflow.UsualChasing()
			all := workflow.Chase(v, o.receiving.Key, o.receiving.Site, at, uuid.New)
			for _, c := range all.Chased {
				asked[c.Unit]++
			}
			return all
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range answered {
		if asked[l.Unit] != 0 {
			t.Errorf("%s has answered and was asked %d times", l.Name, asked[l.Unit])
		}
	}
	if n := len(o.linesOf(t, issue.ID)) - len(answered); len(asked) != n {
		t.Errorf("%d units were asked, want %d", len(asked), n)
	}
}

// TestTheVeryMailIsShown to a clerk byte for byte, and on the screen without what
// opens its link; what is signed by that link afterwards says who had it.
func TestTheVeryMailIsShown(t *testing.T) {
	here, issue := receiptOffice(t)
	l := here.linesOf(t, issue.ID)[0]
	var sent sink.Message
	for _, m := range here.box.Messages() {
		if slices.Contains(m.To, l.Letters[0].Address) {
			sent = m
		}
	}
	letters, clerk := sentLetters{here.office}, (&walk{office: here.office}).as(t.Context(), seeds.ClerkLogin)
	raw, err := letters.Eml(t.Context(), clerk, issue.ID, l.Letters[0].ID)
	if err != nil || !bytes.Equal(raw, sent.Raw) {
		t.Fatalf("not what went out, %v:\n%s\n---\n%s", err, raw, sent.Raw)
	}
	link := receiptLink.FindString(sent.Text())
	look, err := letters.Look(t.Context(), issue.ID, l.Letters[0].ID)
	if err != nil || link == "" || strings.Contains(look.Text+look.HTML, link) || !strings.Contains(look.Text, "/receipt/…") {
		t.Errorf("%v: %s", err, look.Text)
	}
	answer, err := http.PostForm(here.base+link, url.Values{"verdict": {"received"}, "by": {"张三"}, "copies": {"1"}})
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	signed := here.linesOf(t, issue.ID)[0]
	if r, _ := signed.Last(); len(signed.Doubted(r)) != 1 || signed.Doubted(r)[0].By != clerk.Name() {
		t.Errorf("nobody knows that the link was seen: %+v", signed)
	}
}
