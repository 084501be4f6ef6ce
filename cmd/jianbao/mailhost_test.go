package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"mime"
	netmail "net/mail"
	"net/smtp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/google/uuid"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jianbao/mailer"
	"jianbao/mailer/mailbox"
	"jianbao/recipients/receipts"
	"jianbao/seeds"
	"jianbao/workflow"
)

// A mailHost is the Postfix and the Dovecot that scripts/mailhost runs.
type mailHost struct {
	t                     *testing.T
	smtp, imaps, ca, pass string
}

func host(t *testing.T) mailHost {
	t.Helper()
	h := mailHost{t, os.Getenv("JIANBAO_TEST_SMTP"), os.Getenv("JIANBAO_TEST_IMAPS"), os.Getenv("JIANBAO_TEST_MAIL_CA"), os.Getenv("JIANBAO_TEST_MAIL_PASSWORD")}
	if h.smtp == "" {
		t.Fatal("there is no mail host; run the test with scripts/mailhost run go test …")
	}
	return h
}

func (h mailHost) account(address string) mailbox.Account {
	return mailbox.Account{Addr: h.imaps, Username: address, Password: h.pass, CAFile: h.ca, Timeout: 10 * time.Second}
}

// sends hands a mail to Postfix as any mail program does.
func (h mailHost) sends(from, to, raw string) {
	h.t.Helper()
	client, err := smtp.Dial(h.smtp)
	if err != nil {
		h.t.Fatal(err)
	}
	defer client.Close()
	for _, err := range []error{client.Mail(from), client.Rcpt(to)} {
		if err != nil {
			h.t.Fatal(err)
		}
	}
	w, err := client.Data()
	if err == nil {
		_, err = io.WriteString(w, strings.ReplaceAll(raw, "\n", "\r\n"))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		h.t.Fatal(err)
	}
	_ = client.Quit()
}

// opens is a mail program that opens somebody's mailbox.
func (h mailHost) opens(address string) *imapclient.Client {
	h.t.Helper()
	// The poller proves who Dovecot is; here its word is taken.
	client, err := imapclient.DialTLS(h.imaps, &imapclient.Options{TLSConfig: &tls.Config{InsecureSkipVerify: true}})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = client.Close() })
	if err := client.Login(address, h.pass).Wait(); err != nil {
		h.t.Fatal(err)
	}
	if _, err := client.Select("INBOX", nil).Wait(); err != nil {
		h.t.Fatal(err)
	}
	return client
}

// gets is the letter that came to a unit.
func (h mailHost) gets(address string) *netmail.Message {
	h.t.Helper()
	client := h.opens(address)
	section := &imap.FetchItemBodySection{Peek: true}
	var raw []byte
	eventually(h.t.Context(), h.t, "a letter to "+address, func() bool {
		_ = client.Noop().Wait()
		found, err := client.Fetch(imap.SeqSetNum(1), &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{section}}).Collect()
		if err == nil && len(found) == 1 {
			raw = found[0].FindBodySection(section)
		}
		return len(raw) > 0
	})
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		h.t.Fatal(err)
	}
	return m
}

// A wholeOffice sends through the real Postfix and reads the real Dovecot.
type wholeOffice struct {
	runningOffice
	mailHost
	issue workflow.Issue
	box   string // the office's mailbox
}

// TestARealMailHost: the issue goes to its fifteen units. One address does not
// exist at a host behind ours, and Postfix says so by a notice to the letter's own
// return address; others answer: in words, in GBK, by nothing but a quoted link, by
// a machine. Somebody contributes; somebody sends what must not be kept.
func TestARealMailHost(t *testing.T) {
	w := wholly(t)
	lines := w.linesOf(t, w.issue.ID)
	inWords, quoting, absent := w.gets(lines[1].Letters[0].Address), w.gets(lines[2].Letters[0].Address), w.gets(lines[3].Letters[0].Address)
	w.sends("zhang@unit.example", w.box, "From: =?gb2312?B?1cXI/Q==?= <zhang@unit.example>\nTo: "+w.box+"\nSubject: Re: x\nIn-Reply-To: "+inWords.Header.Get("Message-ID")+
		"\nContent-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: base64\n\n"+base64.StdEncoding.EncodeToString([]byte(inGBK("已收到1份，张三\n\n------------------ 原始邮件 ------------------\n请签收")))+"\n")
	w.sends("li@unit.example", w.box, "From: li@unit.example\nTo: "+w.box+"\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\n收到\n\n> "+linkIn(t, quoting)+"\n")
	w.sends("", returnOf(absent), "From: auto@unit.example\nTo: "+w.box+"\nAuto-Submitted: auto-replied\nSubject: =?utf-8?B?6Ieq5Yqo5Zue5aSN?=\nContent-Type: text/plain; charset=utf-8\n\n已收到，我在外地\n")
	w.sends("gao@unit.example", w.box, attached("供稿：某区科技工作", "稿.txt", "某区科技工作情况"))
	w.sends("mi@unit.example", w.box, attached("报送材料", "材料.txt", "机密★10年\n某某情况"))

	eventually(t.Context(), t, "six mails, a bounce and two receipts", func() bool {
		count := receipts.Count(w.linesOf(t, w.issue.ID))
		return w.poller.Received.Load() == 6 && count[receipts.Bounced] == 1 && count[receipts.Acknowledged] == 2
	})
	lines = w.linesOf(t, w.issue.ID)
	if l := lines[0]; l.State != receipts.Bounced || !strings.Contains(l.Letters[0].Words, "no such user") {
		t.Errorf("%+v", l)
	}
	for n, by := range map[int]string{1: "张三", 2: ""} {
		if r, _ := lines[n].Last(); r.Means != receipts.ByReply || !strings.HasPrefix(r.By, by) {
			t.Errorf("%s: %+v", lines[n].Name, r)
		}
	}
	w.theTrayHas(lines[3].Letters[0].ID)
	w.theMailboxHas(6)
}

// wholly is an office with everything running, whose issue went out.
func wholly(t *testing.T) wholeOffice {
	t.Helper()
	h := host(t)
	ctx, stop := context.WithCancel(t.Context())
	// A mailbox of this run's own: the host may serve several.
	w := wholeOffice{mailHost: h, box: "jianbao" + uuid.NewString()[:8] + "@kjj.example"}
	o, err := open(ctx, filepath.Join(t.TempDir(), "jianbao.db"), slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		t.Fatal(err)
	}
	w.runningOffice = runningOffice{o, "https://jianbao.example", nil}
	o.sendThrough(mailer.Relay{Addr: h.smtp, Security: mailer.StartTLS, CAFile: h.ca}, 2)
	o.engine.ReturnPath = strings.Replace(w.box, "@", "+*@", 1)
	key := workflow.TicketKey(bytes.Repeat([]byte{7}, 32))
	o.engine.Parts = linked{Parts: o.engine.Parts, key: key, site: w.base, receiving: o.receive(machine{tickets: key}, w.base)}
	o.scheduler.Every = 20 * time.Millisecond
	o.fetchBy(&mailbox.Poller{Account: h.account(w.box), After: mailbox.After{Way: mailbox.Seen}, Every: time.Minute, Now: time.Now})
	if err := seeds.Plant(ctx, o.store, o.hasher, testPassword, time.Now()); err != nil {
		t.Fatal(err)
	}
	w.unitsAtTheHost(t)
	by := &walk{office: o}
	if w.issue, err = by.issue8(ctx); err == nil {
		err = by.onward(ctx, w.issue)
	}
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- together(ctx, o.scheduler.Run, o.engine.Run, o.poller.Run) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		_ = o.close()
	})
	o.untilDispatched(t, w.issue.ID)
	return w
}

// unitsAtTheHost gives each unit an address of this run's own, and the first that
// the issue goes to one that does not exist.
func (w wholeOffice) unitsAtTheHost(t *testing.T) {
	t.Helper()
	all, err := w.store.Units(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	run := uuid.NewString()[:8]
	for n, u := range all {
		u.Addresses = []string{fmt.Sprintf("unit%d@%s.unit.example", n, run)}
		if u.Name == "中共鄂尔多斯市委办公室" {
			u.Addresses = []string{"gone@far.example"}
		}
		if err := w.store.SaveUnit(t.Context(), u); err != nil {
			t.Fatal(err)
		}
	}
}

// theTrayHas what the machine said about its letter, the contribution, and of what
// must not be kept the sender alone.
func (w wholeOffice) theTrayHas(letter uuid.UUID) {
	w.t.Helper()
	tray, err := w.store.Tray(w.t.Context(), 20)
	if err != nil {
		w.t.Fatal(err)
	}
	var found []string
	for _, a := range tray {
		switch {
		case a.Class == mailer.AutoReply && a.Delivery == letter:
			found = append(found, "machine")
		case a.Class == mailer.Contribution && bytes.Contains(a.Raw, []byte("某区科技工作")):
			found = append(found, "contribution")
		case a.Sender == "mi@unit.example" && len(a.Raw) == 0 && a.Subject == "":
			found = append(found, "labelled")
		default:
			found = append(found, fmt.Sprintf("%s %q %q", a.Class, a.Subject, a.Words))
		}
	}
	slices.Sort(found)
	if want := []string{"contribution", "labelled", "machine"}; !slices.Equal(found, want) {
		w.t.Errorf("in the tray: %q", found)
	}
}

// theMailboxHas all mails still, and but for the one that was not kept they are
// marked as seen.
func (w wholeOffice) theMailboxHas(n uint32) {
	w.t.Helper()
	client := w.opens(w.box)
	eventually(w.t.Context(), w.t, "all but one are marked as seen", func() bool {
		status, err := client.Status("INBOX", &imap.StatusOptions{NumMessages: true, NumUnseen: true}).Wait()
		return err == nil && *status.NumMessages == n && *status.NumUnseen == 1
	})
}

func inGBK(text string) string {
	out, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		panic(err)
	}
	return out
}

// attached is a mail with a text file.
func attached(subject, name, text string) string {
	sender := map[bool]string{true: "gao", false: "mi"}[strings.HasPrefix(subject, "供稿")]
	return "From: " + sender + "@unit.example\nSubject: " + mime.BEncoding.Encode("utf-8", subject) + "\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" +
		"--b\nContent-Type: text/plain; charset=utf-8\n\n见附件\n--b\nContent-Type: application/octet-stream; name=\"" + mime.BEncoding.Encode("utf-8", name) + "\"\nContent-Transfer-Encoding: 8bit\n\n" + text + "\n--b--\n"
}

// returnOf is where the envelope of a letter came from.
func returnOf(m *netmail.Message) string { return strings.Trim(m.Header.Get("Return-Path"), "<>") }

// linkIn is the link of a letter.
func linkIn(t *testing.T, m *netmail.Message) string {
	t.Helper()
	body, err := io.ReadAll(m.Body)
	if err != nil {
		t.Fatal(err)
	}
	head := "Content-Type: " + m.Header.Get("Content-Type") + "\r\nContent-Transfer-Encoding: " + m.Header.Get("Content-Transfer-Encoding") + "\r\n\r\n"
	in, err := mailer.ReadIncoming(append([]byte(head), body...))
	if err != nil || len(in.Tokens) == 0 {
		t.Fatalf("no link in %s, %v", body, err)
	}
	return "https://jianbao.example/receipt/" + in.Tokens[0]
}
