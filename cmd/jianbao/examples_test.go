package main

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// Every command shows in its help how it is typed, and the parser understands
// that.
func TestEveryCommandHasAnExample(t *testing.T) {
	parser, err := parserOf(&program{})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	_ = kong.Visit(parser.Model, func(n kong.Visitable, next kong.Next) error {
		c, is := n.(*kong.Node)
		if !is || c.Type != kong.CommandNode || !c.Leaf() || c.Hidden {
			return next(nil)
		}
		seen++
		_, example, shown := strings.Cut(c.Detail, "Example: ")
		if !shown {
			t.Errorf("jianbao %s --help has no example", c.Path())
			return next(nil)
		}
		for _, line := range strings.Split(example, "; ") {
			line, _, _ = strings.Cut(line, " > ")
			if command, ours := strings.CutPrefix(line, "jianbao "); ours {
				if err := understood(t, command); err != nil {
					t.Errorf("%s: %v", line, err)
				}
			}
		}
		return next(nil)
	})
	if seen < 40 {
		t.Errorf("only %d commands were found", seen)
	}
	for path := range examples {
		if code, _, _ := ran(t, append(strings.Fields(path), "--help")...); code != 0 {
			t.Errorf("there is no command %s", path)
		}
	}
}

func TestTheHelpNamesTheExitCodes(t *testing.T) {
	if _, out, _ := ran(t, "--help"); !strings.Contains(out, "Exit codes: 0") {
		t.Error("the exit codes are not there")
	}
	if code, _, _ := ran(t, "nonsense"); code != 2 {
		t.Errorf("what cannot be understood exits with %d", code)
	}
}

// completed asks the real program, as a shell does.
func completed(t *testing.T, line string) []string {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	ask := exec.Command(path)
	ask.Env = append(os.Environ(), "COMP_LINE="+line)
	out, err := ask.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(out))
}

func TestShellsComplete(t *testing.T) {
	for line, want := range map[string]string{"jianbao iss": "issue", "jianbao unit ": "rename", "jianbao backup --kee": "--keep"} {
		if got := completed(t, line); !slices.Contains(got, want) {
			t.Errorf("%q: %v", line, got)
		}
	}
	for _, shell := range []string{"bash", "zsh", "fish"} {
		if code, out, _ := ran(t, "completion", shell); code != 0 || !strings.Contains(out, "jianbao") || strings.Contains(out, "%!") {
			t.Errorf("%s: exit %d: %s", shell, code, out)
		}
	}
	if code, _, _ := ran(t, "completion", "tcsh"); code != 2 {
		t.Errorf("a shell that is not known: %d", code)
	}
}
