package faults

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// How much is broken: few letters unless told otherwise.
var (
	letters = flag.Int("letters", 800, "how many letters a test sends")
	kills   = flag.Int("kills", 3, "how often a test kills the program while it sends them")
)

// connections is how many connections an engine has.
const connections = 8

// soon is how long anything but the letters themselves may take.
const soon = 45 * time.Second

// scratch is where the program is built; it lasts as long as the tests.
var scratch string

func TestMain(m *testing.M) {
	flag.Parse()
	dir, err := os.MkdirTemp("", "jianbao-faults-")
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
	build := exec.Command("go", "build", "-buildvcs=false", "-o", path, "jianbao/cmd/jianbao")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, said)
	}
	return path, nil
})

// beside lets a test run beside others where there are few letters. Many go one
// test after the other, so that docs/faults.md can say how long each took.
func beside(t *testing.T) {
	if *letters < 10_000 {
		t.Parallel()
	}
}
