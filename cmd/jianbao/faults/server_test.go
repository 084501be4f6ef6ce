package faults

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// An ownServer is a PostgreSQL for one test alone, which may stop it. It makes
// every commit durable, as one does whose crash must lose nothing.
type ownServer struct {
	address string
	in      io.Writer
	out     *bufio.Reader
}

// restarting is what scripts/postgres runs beside the server: it says the
// server's address and restarts it in the way that each line names.
const restarting = `echo "$JIANBAO_TEST_POSTGRES"
while read -r way; do "$0" restart "$way" && echo done || echo failed; done`

func startServer(t *testing.T) *ownServer {
	t.Helper()
	script := "../../../scripts/postgres"
	cmd := exec.Command(script, "run", "bash", "-c", restarting, script)
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "JIANBAO_TEST_POSTGRES")
	}), "JIANBAO_TEST_DURABLE=yes")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &ownServer{in: in, out: bufio.NewReader(out)}
	t.Cleanup(func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	s.address = s.line(t)
	return s
}

func (s *ownServer) line(t *testing.T) string {
	t.Helper()
	line, err := s.out.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

// restart stops the server in a way of pg_ctl's, and starts it again.
func (s *ownServer) restart(t *testing.T, way string) {
	t.Helper()
	fmt.Fprintln(s.in, way)
	if said := s.line(t); said != "done" {
		t.Fatalf("restart %s: %s", way, said)
	}
}
