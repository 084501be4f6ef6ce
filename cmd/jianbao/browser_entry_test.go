package main

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp/totp"

	"jianbao/accounts/vault"
	"jianbao/mailer"
)

// emptyOffice serves an office in which nobody has an account, and returns the
// address of its pages and the code that guards it.
func emptyOffice(t *testing.T) (base, code string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	o, err := open(ctx, filepath.Join(t.TempDir(), "jianbao.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	key := sha256.Sum256([]byte("a test"))
	o.keys = &keyFile{ring: vault.New()}
	o.installed(machine{id: "0123456789ab", setUp: key[:], passes: key[:]}, "")
	o.post = &postRoom{office: o, settings: smtpRelay{Connections: mailer.DefaultConnections, RelayWindow: 1, Zone: "Asia/Shanghai"}, look: 10 * time.Millisecond}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := o.pages(listener, false)
	if err != nil {
		t.Fatal(err)
	}
	if code, err = o.setUpCode(ctx); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- together(ctx, o.post.Run, pages) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		_ = o.close()
	})
	return "http://" + listener.Addr().String(), code
}

const (
	bossPassword  = "quiet-river-stone"
	chengPassword = "early-morning-tea"
)

// TestAnOfficeBeginsOnThePages: from an empty installation to a second person
// who has set a password by an invitation and one-time codes, and signs in with
// them.
func TestAnOfficeBeginsOnThePages(t *testing.T) {
	t.Parallel()
	base, code := emptyOffice(t)
	l := looking(t, browser(t))
	do := l.do
	var at, text, link string
	do(chromedp.Navigate(base+"/desk"), chromedp.Location(&at))
	if at != base+"/start" {
		t.Fatalf("an empty office leads to %s", at)
	}
	l.look("start-first")
	do(set("#code", "AAAA-AAAA-AAAA-AAAA", "#name", "刘科", "#login", "boss", "#password", bossPassword, "#again", bossPassword), follow("form.door button"),
		chromedp.Text("#fault", &text, chromedp.ByQuery))
	if !strings.Contains(text, "启用码不对") {
		t.Errorf("a wrong code: %s", text)
	}
	do(set("#code", strings.ToLower(code), "#password", bossPassword, "#again", bossPassword), follow("form.door button"),
		set("#login", "boss", "#password", bossPassword), follow("form.door button"), chromedp.Location(&at))
	if at != base+"/start/steps" {
		t.Fatalf("signed in at %s", at)
	}
	l.look("start-steps")
	do(chromedp.Navigate(base+"/start/house"), set("#name", "市科技局办公室"), follow("form.card button"),
		chromedp.Navigate(base+"/start/series"), set("#masthead", "科技工作简报", "#mailbox", "jianbao@kjj.example"), follow("form.card button.main"),
		chromedp.Navigate(base+"/relays"), follow(`button[value=try]`), chromedp.Text("main", &text, chromedp.ByQuery))
	if !strings.Contains(text, "现在是试用") {
		t.Errorf("mail is not being tried: %s", text)
	}
	l.look("relays-trial")
	do(chromedp.Navigate(base+"/start/people"), set("#name", "程继东", "#login", "cheng", "#role", "editor"), follow("form.card button"),
		chromedp.Text("code.whole", &link, chromedp.ByQuery), chromedp.Navigate(base+"/start/steps"), chromedp.Text("main", &text, chromedp.ByQuery))
	if strings.Count(text, "已完成") != 4 || !strings.HasPrefix(link, base+"/pass/") {
		t.Errorf("the steps: %s; the link: %s", text, link)
	}
	for _, page := range []string{"desk", "issues", "remarks", "units", "units/rosters", "statistics", "archive", "filing", "tray", "receipts", "me/notices"} {
		do(chromedp.Navigate(base + "/" + page))
		l.look("empty-" + strings.ReplaceAll(page, "/", "-"))
	}
	do(chromedp.Navigate(base+"/people/house"), chromedp.Click(`input[value=editor]`, chromedp.ByQuery), follow("form.card button.main"), signOut())
	comesIn(t, l, base, link)
}

// comesIn is somebody who was invited: a password, one-time codes, and in by
// them.
func comesIn(t *testing.T, l looker, base, link string) {
	t.Helper()
	do := l.do
	var at, recovery, secret string
	do(chromedp.Navigate(link))
	do(set("#password", chengPassword, "#again", chengPassword), follow("form.door button"),
		set("#login", "cheng", "#password", chengPassword), follow("form.door button"), chromedp.Location(&at))
	if !strings.HasPrefix(at, base+"/me/codes") {
		t.Fatalf("who needs a second factor is led to %s", at)
	}
	do(chromedp.Text("code.whole", &secret, chromedp.ByQuery))
	six := func(at time.Time) string {
		code, err := totp.GenerateCode(strings.ReplaceAll(secret, " ", ""), at)
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	do(set("#code", six(time.Now().Add(-30*time.Second))), follow("button.main"), chromedp.Text(".recovery li:first-child code", &recovery, chromedp.ByQuery))
	l.look("recovery")
	do(follow("a.button.main"), chromedp.Location(&at), signOut())
	if at != base+"/desk" {
		t.Errorf("with codes one is led to %s", at)
	}
	do(set("#login", "cheng", "#password", chengPassword), follow("form.door button"))
	l.look("sign-in-code")
	do(set("#code", six(time.Now().Add(30*time.Second))), follow("form.door button"), chromedp.Location(&at))
	if at != base+"/desk" {
		t.Errorf("with a code one is at %s", at)
	}
	do(signOut(), set("#login", "cheng", "#password", chengPassword), follow("form.door button"), set("#code", recovery), follow("form.door button"), chromedp.Location(&at))
	if at != base+"/desk" {
		t.Errorf("with a recovery code one is at %s", at)
	}
}

// set fills in fields: selectors and values in turn.
func set(fields ...string) (all chromedp.Tasks) {
	for n := 0; n+1 < len(fields); n += 2 {
		all = append(all, chromedp.SetValue(fields[n], fields[n+1], chromedp.ByQuery))
	}
	return all
}
