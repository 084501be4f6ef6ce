package faults

import (
	"bufio"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"jianbao/mailer"
)

// A setting is how an engine sends.
type setting struct {
	window int
	policy mailer.Policy
}

func (s setting) String() string { return fmt.Sprintf("%s/window%d", s.policy, s.window) }

// An engine is a process of the program that sends.
type engine struct {
	cmd   *exec.Cmd
	in    io.Closer // its end ends the process in order
	ended chan error

	mu   sync.Mutex
	said []string
}

// startEngine starts one and waits until it sends. Its lease is a second, so
// that others take over soon.
func startEngine(t *testing.T, db, relay string, s setting, more ...string) *engine {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	e := &engine{ended: make(chan error, 1)}
	arguments := []string{"bench", "engine", "--log", "--lease", "1s", "--db", db, "--relay", relay,
		"--connections", fmt.Sprint(connections), "--window", fmt.Sprint(s.window), "--policy", string(s.policy)}
	e.cmd = exec.Command(path, append(arguments, more...)...)
	in, err := e.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	e.in = in
	out, err := e.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	errs, err := e.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := e.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.cmd.Process.Kill() })
	ready := make(chan struct{})
	var heard sync.WaitGroup
	heard.Go(func() {
		lines := bufio.NewScanner(out)
		if lines.Scan() {
			close(ready)
		}
	})
	heard.Go(func() { e.hear(errs) })
	go func() {
		heard.Wait()
		e.ended <- e.cmd.Wait()
	}()
	select {
	case <-ready:
	case err := <-e.ended:
		t.Fatalf("the engine does not start: %v\n%s", err, e.words())
	case <-time.After(soon):
		t.Fatalf("the engine does not start\n%s", e.words())
	}
	return e
}

// mostSaid is how many lines of an engine are kept.
const mostSaid = 1000

func (e *engine) hear(errs io.Reader) {
	for lines := bufio.NewScanner(errs); lines.Scan(); {
		e.mu.Lock()
		if len(e.said) < mostSaid {
			e.said = append(e.said, lines.Text())
		}
		e.mu.Unlock()
	}
}

// words returns what the engine has said.
func (e *engine) words() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return strings.Join(e.said, "\n")
}

// says waits until the engine has said something.
func (e *engine) says(t *testing.T, words string) {
	t.Helper()
	eventually(t, "the engine says "+words, func() bool { return strings.Contains(e.words(), words) })
}

// kill ends the engine as a power cut does.
func (e *engine) kill(t *testing.T) {
	t.Helper()
	if err := e.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-e.ended
}

// stop ends the engine as an operator does, and returns how long that took. It
// must end well.
func (e *engine) stop(t *testing.T) time.Duration {
	t.Helper()
	began := time.Now()
	if err := e.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-e.ended:
		if err != nil {
			t.Errorf("told to stop, the engine ended with %v\n%s", err, e.words())
		}
	case <-time.After(soon):
		t.Fatalf("told to stop, the engine does not\n%s", e.words())
	}
	return time.Since(began)
}

// eventually waits for something that nothing announces.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	within(t, soon, what, holds)
}

func within(t *testing.T, limit time.Duration, what string, holds func() bool) {
	t.Helper()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	late := time.After(limit)
	for !holds() {
		select {
		case <-late:
			t.Fatal("not in time: " + what)
		case <-look.C:
		}
	}
}
