package main

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"jianbao/mailer"
	"jianbao/mailer/sink"
	"jianbao/seeds"
)

const testPassword = "a-long-enough-password"

// A running office is everything on one database, with a server that takes its
// letters.
type runningOffice struct {
	*office
	base string // address of the pages
	box  *sink.Sink
}

// before is what is done to it before it runs, with the address of its pages.
func running(t *testing.T, before ...func(o *office, base string)) runningOffice {
	t.Helper()
	box, err := sink.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	o, base := sendingTo(t, box.Addr(), before...)
	return runningOffice{o, base, box}
}

// sendingTo starts an office whose letters go to an address, and returns the
// address of its pages.
func sendingTo(t *testing.T, relay string, before ...func(o *office, base string)) (*office, string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	o, err := open(ctx, filepath.Join(t.TempDir(), "jianbao.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	o.sendThrough(mailer.Relay{Addr: relay, Security: mailer.Plain}, 2)
	if err := seeds.Plant(ctx, o.store, o.hasher, testPassword, time.Now()); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + listener.Addr().String()
	for _, do := range before {
		do(o, base)
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
	})
	return o, base
}

// browser starts a real Chromium. Its profile is a new directory that chromedp
// makes and removes: the browser's children may still write to it when a
// test's own directory is already being removed.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := os.Getenv("JIANBAO_TEST_CHROMIUM")
	if path == "" {
		t.Fatal("JIANBAO_TEST_CHROMIUM names no browser; run make test")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("lang", "zh-CN"), chromedp.Env("LANGUAGE=zh_CN"), chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.WindowSize(1180, 900))
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 12*time.Minute) // of a machine that is busy
	t.Cleanup(stop)
	return ctx
}

// press presses the button of an act on the issue page and waits for the page
// that follows.
func press(act string) chromedp.Tasks {
	return chromedp.Tasks{follow(`#acts form.` + act + ` button[name=act]`)}
}

// follow clicks and waits until another document is there.
func follow(selector string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := chromedp.RunResponse(ctx, chromedp.Click(selector, chromedp.ByQuery))
		return err
	})
}

func signIn(base, login string) chromedp.Tasks {
	return chromedp.Tasks{
		chromedp.Navigate(base + "/sign-in"),
		chromedp.SetValue("#login", login, chromedp.ByQuery),
		chromedp.SetValue("#password", testPassword, chromedp.ByQuery),
		follow("form.door button"),
	}
}

func signOut() chromedp.Action { return follow(`form[action="/sign-out"] button`) }

func TestAPersonDoesTheWholeJobOnThePages(t *testing.T) {
	t.Parallel()
	here := running(t)
	base, box := here.base, here.box
	ctx := browser(t)
	do := func(actions ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	var issue, refusal, names, files, board string
	// One unit stands there by a name that nobody has used before.
	text := strings.Replace(seeds.Issue8, "送：市发改委", "送：市发改部门", 1)
	do(signIn(base, seeds.EditorLogin), chromedp.Navigate(base+"/issues/new"),
		chromedp.SetUploadFiles("#file", []string{fileOf(t, "第8期 稿.txt", text)}, chromedp.ByQuery), follow("form.card button.main"),
		chromedp.Location(&issue), chromedp.Text("#problems", &refusal, chromedp.ByQuery))
	if !strings.Contains(refusal, "记") {
		t.Errorf("the doubled character is not shown: %s", refusal)
	}
	do(chromedp.Text("#names", &names, chromedp.ByQuery),
		chromedp.SetValue(`#names input[name=unit-name]`, "鄂尔多斯市发展和改革委员会", chromedp.ByQuery),
		follow(`#names form:has(input[name=unit-name]) button`))
	if !strings.Contains(names, "市发改部门") {
		t.Errorf("the unknown name is not shown: %s", names)
	}
	do(chromedp.SetUploadFiles("#attach", []string{fileOf(t, "统计表.xlsx", "figures")}, chromedp.ByQuery),
		follow(`form:has(#attach) button`), chromedp.Text("#files", &files, chromedp.ByQuery),
		chromedp.Click(`#repairs summary`, chromedp.ByQuery), follow(`#repairs details[open] button[name=rule]`))
	if !strings.Contains(files, "统计表.xlsx") {
		t.Errorf("the attachment is not listed: %s", files)
	}
	do(follow(`#problems button[name=choice][value=drop]`))
	proof := visit(t, base, seeds.EditorLogin, testPassword)
	for form, begins := range map[string]string{"paper.pdf": "%PDF-", "large.pdf": "%PDF-", "paper.docx": "PK", "paper.html": "<!", "paper.txt": ""} {
		if got := proof.get(strings.TrimPrefix(issue, base) + "/" + form); got.status != http.StatusOK || !strings.HasPrefix(got.page, begins) || len(got.page) < 1000 {
			t.Errorf("%s: %d, %d bytes", form, got.status, len(got.page))
		}
	}
	do(press("submit"), signOut())
	do(signIn(base, seeds.ReviewerLogin), chromedp.Navigate(issue), press("approve"), signOut())
	do(signIn(base, seeds.ClerkLogin), chromedp.Navigate(issue),
		chromedp.Click(`input[name=keep-date]`, chromedp.ByQuery), press("register"), press("schedule"))
	here.untilDispatched(t, issueOf(t, issue))
	do(chromedp.Navigate(issue+"/dispatch"), chromedp.Text("body", &board, chromedp.ByQuery))
	if strings.Count(board, "@") < 15 || box.Count() != 15 {
		t.Errorf("%d letters received; the board says %s", box.Count(), board)
	}
}

// fileOf is a file of a test's own.
func fileOf(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
