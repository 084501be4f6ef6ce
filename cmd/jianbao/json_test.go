package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"jianbao/fault"
	"jianbao/seeds"
)

// withoutJSON are the commands that have no --json, and why.
var withoutJSON = map[string]string{
	"serve":           "says what it does in its log, which --log json makes JSON",
	"config":          "prints a file of TOML",
	"completion":      "prints a script",
	"render":          "writes a file and says nothing",
	"calendar export": "writes a file and says nothing",
	"audit export":    "prints lines of JSON anyway",
	"bench drain":     "prints the address that it listens at, and nothing else",
}

// leaves are all commands that can be run, by their path.
func leaves(t *testing.T) map[string]*kong.Node {
	t.Helper()
	parser, err := parserOf(&program{})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*kong.Node{}
	_ = kong.Visit(parser.Model, func(n kong.Visitable, next kong.Next) error {
		if c, is := n.(*kong.Node); is && c.Type == kong.CommandNode && c.Leaf() && !c.Hidden {
			all[c.Path()] = c
		}
		return next(nil)
	})
	return all
}

// Every command prints JSON for programs, or has a reason not to.
func TestEveryCommandSpeaksJSON(t *testing.T) {
	for path, c := range leaves(t) {
		has := false
		for _, f := range c.Flags {
			has = has || f.Name == "json"
		}
		if why := withoutJSON[path]; has == (why != "") {
			t.Errorf("jianbao %s: --json %t, %q", path, has, why)
		}
	}
}

// What a spoken command says is one object for each sentence, with what a program
// wants to know of it.
func TestSentencesAsJSON(t *testing.T) {
	dir := t.TempDir()
	for _, line := range [][]string{
		{"plant", "--dir", dir, "--json"},
		{"user", "add", "newcomer", "新来的", "--role", "editor", "--dir", dir, "--json"},
		{"user", "close", "newcomer", "--dir", dir, "--json"},
		{"calendar", "set", "2026-10-08", "off", "--name", "国庆节", "--reason", "调休", "--dir", dir, "--json", "--lang", "en"},
	} {
		code, out, errs := ran(t, line...)
		if code != 0 {
			t.Fatalf("%v: %s", line, errs)
		}
		for one := range strings.Lines(out) {
			var s sentence
			if err := json.Unmarshal([]byte(one), &s); err != nil || s.Key == "" || s.Text == "" || s.In(langIn(line)) != s.Text {
				t.Errorf("%v: %q, %v", line, one, err)
			}
		}
		if out == "" {
			t.Errorf("%v says nothing", line)
		}
	}
}

func langIn(line []string) fault.Lang {
	if slices.Contains(line, "en") {
		return fault.EN
	}
	return fault.ZH
}

// Objects of commands that make something for a program.
func TestObjectsAsJSON(t *testing.T) {
	dir := t.TempDir()
	if code, _, errs := ran(t, "plant", "--dir", dir); code != 0 {
		t.Fatal(errs)
	}
	for want, line := range map[string][]string{
		"version": {"version"},
		"token":   {"token", "new", seeds.ClerkLogin, "脚本", "--dir", dir},
		"days":    {"calendar", "show", "2026", "--dir", dir},
		"value":   {"dkim", "new", "--key", filepath.Join(dir, "dkim.key"), "--domain", "kjj.example"},
	} {
		code, out, errs := ran(t, append(line, "--json")...)
		var object map[string]any
		if err := json.Unmarshal([]byte(out), &object); code != 0 || err != nil || object[want] == nil {
			t.Errorf("%v: %d %s%s", line, code, out, errs)
		}
	}
}

// The exit codes are those that the help and docs/operating.md name.
func TestExitCodes(t *testing.T) {
	for line, want := range map[string]int{"version": 0, "": 0, "--help": 0, "no-such-command": 2, "backup --keep many": 2, "user list --dir /nowhere/at/all": 1, "restore --from none.backup --db none.db": 1} {
		if code, _, errs := ran(t, strings.Fields(line)...); code != want {
			t.Errorf("jianbao %s: %d, want %d (%s)", line, code, want, errs)
		}
	}
	for _, page := range []string{"../../docs/operating.md", "../../docs/operating.zh-CN.md"} {
		text, err := os.ReadFile(page)
		if err != nil || !strings.Contains(string(text), "`0`") || !strings.Contains(string(text), "`1`") || !strings.Contains(string(text), "`2`") {
			t.Errorf("%s does not say which exit codes there are", page)
		}
	}
}
