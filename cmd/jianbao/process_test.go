package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// soon is how long anything may take that a test waits for.
const soon = 30 * time.Second

// scratch is where the program is built; it lasts as long as the tests.
var scratch string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "jianbao-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	scratch = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// built builds the real program, once, and returns its path.
var built = sync.OnceValues(func() (string, error) {
	path := filepath.Join(scratch, "jianbao")
	build := exec.Command("go", "build", "-buildvcs=false", "-o", path, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, said)
	}
	return path, nil
})

// A process is the program, running.
type process struct {
	cmd   *exec.Cmd
	lines chan string // what it says
	ended chan error
}

// start starts the real program. It is killed when the test ends.
func start(t *testing.T, args ...string) *process {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	reader, writer := io.Pipe()
	p := &process{cmd: exec.Command(path, args...), lines: make(chan string, 1<<12), ended: make(chan error, 1)}
	p.cmd.Stdout, p.cmd.Stderr, p.cmd.Dir = writer, writer, t.TempDir()
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		for scan := bufio.NewScanner(reader); scan.Scan(); {
			p.lines <- scan.Text()
		}
		close(p.lines)
	}()
	go func() {
		err := p.cmd.Wait()
		_ = writer.Close()
		p.ended <- err
	}()
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	return p
}

// says waits until the program says a line with these words, and returns what
// follows them.
func (p *process) says(t *testing.T, words string) string {
	t.Helper()
	late := time.After(soon)
	var all []string
	for {
		select {
		case line, more := <-p.lines:
			if _, rest, found := strings.Cut(line, words); found {
				return rest
			}
			if all = append(all, line); !more {
				t.Fatalf("it ended without saying %q: %s", words, strings.Join(all, "\n"))
			}
		case <-late:
			t.Fatalf("it did not say %q: %s", words, strings.Join(all, "\n"))
		}
	}
}

// kill ends the program as a power cut does, and waits until it is gone.
func (p *process) kill(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	p.wait(t)
}

// stop ends the program as an operator does; it must end well.
func (p *process) stop(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.wait(t); err != nil {
		t.Errorf("told to stop, it ended with %v", err)
	}
}

func (p *process) wait(t *testing.T) error {
	t.Helper()
	select {
	case err := <-p.ended:
		return err
	case <-time.After(soon):
		t.Fatal("it does not end")
		return nil
	}
}

// eventually waits until a condition holds that nothing announces.
func eventually(ctx context.Context, t *testing.T, what string, holds func() bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(ctx, soon)
	defer stop()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatal("not in time: " + what)
		case <-look.C:
		}
	}
}
