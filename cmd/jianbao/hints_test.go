package main

import (
	"bufio"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer/sink"
	"jianbao/seeds"
)

// TestABoardHearsOfAnotherProcess: the board of an issue is watched at one
// process, the letters are sent by another, and what becomes of them is on the
// board well before anybody would have looked.
func TestABoardHearsOfAnotherProcess(t *testing.T) {
	t.Parallel()
	db := emptyPostgres(t)
	relay := &slowRelay{}
	box, err := sink.StartWith("127.0.0.1:0", sink.Config{Script: relay.script})
	if err != nil {
		t.Fatal(err)
	}
	relay.Sink = box
	defer box.Close()
	o, issue := largeOffice(t.Context(), t, db)
	defer o.close()
	machine := filepath.Join(t.TempDir(), "installation")
	pages := start(t, "serve", "--db", db, "--only", "web", "--listen", "127.0.0.1:0", "--installation", machine)
	base := strings.TrimSpace(pages.says(t, "简报已启动："))

	scheduler := start(t, "serve", "--db", db, "--only", "scheduler", "--installation", machine)
	trap := relay.set(sink.Dot, 0)
	engine := start(t, "serve", "--db", db, "--only", "mailer", "--relay", relay.Addr(), "--relay-tls", "none",
		"--connections", fmt.Sprint(crashConnections), "--installation", machine)
	within(t, trap.full, "every connection holds a letter")

	board := visit(t, base, seeds.ClerkLogin, testPassword).watches(t, issue)
	<-board // as it stands
	close(trap.open)
	let := time.Now()
	select {
	case <-board:
	case <-time.After(soon):
		t.Fatal("the board says nothing more")
	}
	// Without hints it would be five seconds.
	if took := time.Since(let); took > 2500*time.Millisecond {
		t.Errorf("the board heard of it after %s", took)
	}
	for _, p := range []*process{engine, scheduler, pages} {
		p.stop(t)
	}
}

// watches opens the stream of a board, and returns a channel with a line of it for
// every time that the board was sent.
func (v *visitor) watches(t *testing.T, issue uuid.UUID) <-chan string {
	t.Helper()
	answer, err := v.client.Get(v.base + "/issues/" + issue.String() + "/dispatch/live")
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%+v %v", answer, err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	boards := make(chan string, 100)
	go func() {
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			if strings.HasPrefix(lines.Text(), "event:") {
				boards <- lines.Text()
			}
		}
	}()
	return boards
}
