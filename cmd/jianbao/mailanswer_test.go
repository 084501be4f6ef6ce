package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/sink"
	"jianbao/seeds"
	"jianbao/workflow"
)

// A correspondence is an office whose reviewer is asked by mail, at once, and
// decides without signing in.
type correspondence struct {
	runningOffice
	t *testing.T
}

const leader = "qiaodong@kjj.example"

func corresponding(t *testing.T) correspondence {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	box, err := sink.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o, err := open(ctx, filepath.Join(t.TempDir(), "jianbao.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	// A Tuesday in the morning, when nobody is to be left in peace.
	o.desk.Now = func() time.Time {
		return time.Date(2025, 7, 15, 2, 0, 0, 0, time.UTC).Add(time.Since(began))
	}
	o.sendThrough(mailer.Relay{Addr: box.Addr(), Security: mailer.Plain}, 2)
	o.scheduler.Every = 20 * time.Millisecond
	if err := seeds.Plant(ctx, o.store, o.hasher, testPassword, time.Now()); err != nil {
		t.Fatal(err)
	}
	reviewer, err := o.store.ByLogin(ctx, seeds.ReviewerLogin)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.store.SaveReach(ctx, workflow.Reach{Person: reviewer.ID, Address: leader, AtOnce: true}); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + listener.Addr().String()
	o.installed(machine{id: "0123456789ab", tickets: []byte(strings.Repeat("k", 32))}, base)
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
		_, _ = o.close(), box.Close()
	})
	return correspondence{runningOffice{o, base, box}, t}
}

// submitted is an issue that waits for the reviewer, and the letter that says so.
func (c correspondence) submitted(number string) (uuid.UUID, sink.Message) {
	c.t.Helper()
	w := &walk{office: c.office}
	text := strings.Replace(settledText(c.t), "第 8 期", number, 1)
	issue, err := c.desk.Open(c.t.Context(), w.as(c.t.Context(), seeds.EditorLogin), seeds.SeriesID, text)
	if err != nil {
		c.t.Fatal(err)
	}
	if issue, err = w.step(c.t.Context(), issue); err != nil || issue.State != workflow.Review {
		c.t.Fatal(issue.State, err)
	}
	return issue.ID, c.letter("/issues/" + issue.ID.String())
}

// letter waits for the letter to the reviewer that has some words in it.
func (c correspondence) letter(words string) (found sink.Message) {
	c.t.Helper()
	eventually(c.t.Context(), c.t, "a letter with "+words, func() bool {
		for _, m := range c.box.Messages() {
			if slices.Equal(m.To, []string{leader}) && strings.Contains(m.Text()+m.Subject(), words) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

// comesIn takes a mail the way that mail comes in.
func (c correspondence) comesIn(raw string) {
	c.t.Helper()
	in, err := mailer.ReadIncoming([]byte(strings.ReplaceAll(raw, "\n", "\r\n")))
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := c.store.Receive(c.t.Context(), in, time.Now()); err != nil {
		c.t.Fatal(err)
	}
}

// reply is an answer to a letter, as mail programs write it.
func reply(to sink.Message, from, more, words string) string {
	return fmt.Sprintf("From: =?utf-8?B?5LmU5qCL?= <%s>\nTo: kjjb@kjj.ordos.example\nSubject: Re: notice\nMessage-ID: <%s@mail.example>\nIn-Reply-To: %s\nReferences: %[3]s\n%s"+
		"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n\n在 2025年7月15日，科技简报 写道：\n> 同意\n> 退回：理由\n",
		from, uuid.New(), to.MessageID(), more, words)
}

func (c correspondence) isIn(id uuid.UUID, want workflow.State) workflow.Issue {
	c.t.Helper()
	issue, err := c.store.Issue(c.t.Context(), id)
	if err != nil || issue.State != want {
		c.t.Errorf("the issue is %s, want %s, %v", issue.State, want, err)
	}
	return issue
}

// said fails unless the last event of an issue is of a person and has a fact.
func (c correspondence) said(id uuid.UUID, act workflow.Act, fact string) {
	c.t.Helper()
	events, err := c.store.Events(c.t.Context(), id)
	if err != nil {
		c.t.Fatal(err)
	}
	last := events[len(events)-1]
	if last.Act != act || last.Name != "乔栋" || !slices.ContainsFunc(last.Facts, func(f fault.Reason) bool { return f.Key == fact }) {
		c.t.Errorf("history ends with %s by %s, %v", last.Act, last.Name, last.Facts)
	}
}

var answerLink = regexp.MustCompile(`http://\S+/answer/[A-Za-z0-9_-]{43}`)

// TestALeaderDecidesByTheLinkInALetter from the scheduler over the engine and
// real mail to a real browser's request: looking decides nothing, however often
// and by whatever program; the button does, once.
func TestALeaderDecidesByTheLinkInALetter(t *testing.T) {
	c := corresponding(t)
	id, letter := c.submitted("第8期")
	link := answerLink.FindString(letter.Text())
	if link == "" {
		t.Fatalf("no link in %s", letter.Text())
	}
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodGet, http.MethodOptions} { // as scanners of mail do
		request, err := http.NewRequestWithContext(t.Context(), method, link, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
	}
	status, page := fetched(t, link)
	if status != http.StatusOK || !strings.Contains(page, "鄂尔多斯市科学技术局") || !strings.Contains(page, "同意") {
		t.Errorf("%d %s", status, page)
	}
	c.isIn(id, workflow.Review)
	for range 2 { // pressed twice
		answer, err := http.PostForm(link, url.Values{"act": {"approve"}})
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
	}
	c.isIn(id, workflow.Approved)
	c.said(id, workflow.Approve, "workflow.fact.by-link")
}

// TestALeaderDecidesByAnsweringALetter: by mail that comes in, which a person
// wrote from their own address, once, and they are told.
func TestALeaderDecidesByAnsweringALetter(t *testing.T) {
	c := corresponding(t)
	id, letter := c.submitted("第8期")
	c.comesIn(reply(letter, leader, "Auto-Submitted: auto-replied\n", "同意"))
	c.comesIn(reply(letter, "somebody@elsewhere.example", "", "同意"))
	c.letter("没有按您的回信办理")
	c.comesIn(reply(letter, leader, "", "同意，但第3条请再核实"))
	c.isIn(id, workflow.Review)
	yes := reply(letter, leader, "", "同意\n\n乔栋")
	c.comesIn(yes)
	c.letter("已按您的回信办理")
	c.comesIn(yes) // once more by another way
	c.isIn(id, workflow.Approved)
	c.said(id, workflow.Approve, "workflow.fact.by-reply")

	id, letter = c.submitted("第9期")
	c.comesIn(reply(letter, leader, "", "退回：第3条数字有误"))
	c.letter("已按您的回信办理：退回")
	issue := c.isIn(id, workflow.Draft)
	if last := issue.Decisions[len(issue.Decisions)-1]; last.Note != "第3条数字有误" {
		t.Errorf("%+v", last)
	}
	tray, err := c.store.Tray(t.Context(), 10)
	if err != nil || len(tray) != 3 {
		t.Errorf("%d mails are left to the clerk, want 3, %v", len(tray), err)
	}
}
