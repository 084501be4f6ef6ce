package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// Commands stand in documents at the beginning of a line of a block, or between
// backquotes.
var (
	commandLines = regexp.MustCompile("(?m)^(?:bin/)?jianbao (.+)$")
	quoted       = regexp.MustCompile(`"[^"]*"`)
	commandSpans = regexp.MustCompile("`(?:bin/)?jianbao ([^`\n]+)`")
)

// commandsIn returns the command lines that a document names, without their
// comments and where the shell puts what they print.
func commandsIn(text string) (all []string) {
	for _, form := range []*regexp.Regexp{commandLines, commandSpans} {
		for _, m := range form.FindAllStringSubmatch(text, -1) {
			line, _, _ := strings.Cut(m[1], " #")
			line, _, _ = strings.Cut(line, " > ")
			all = append(all, strings.TrimSpace(line))
		}
	}
	return all
}

// Every command and flag that a document names is one that there is. A span may
// name a group of commands alone, and lack what an example need not say.
func TestTheDocumentsNameCommandsThatThereAre(t *testing.T) {
	found := 0
	for _, pattern := range []string{"../../README*.md", "../../docs/*.md", "../../docs/operations/*.md", "../../deploy/README.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v %v", pattern, files, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range commandsIn(string(text)) {
				found++
				if err := understood(t, line); err != nil {
					t.Errorf("%s: jianbao %s: %v", filepath.Base(file), line, err)
				}
			}
		}
	}
	if found < 30 {
		t.Errorf("only %d commands were found", found)
	}
	for _, wrong := range []string{"calender show 2026", "backup --towards /srv"} {
		if understood(t, wrong) == nil {
			t.Errorf("%s is understood", wrong)
		}
	}
}

// understood has a line traced by the parser, which runs nothing.
func understood(t *testing.T, line string) error {
	t.Helper()
	parser, err := parserOf(&program{})
	if err != nil {
		t.Fatal(err)
	}
	traced, err := kong.Trace(parser, strings.Fields(quoted.ReplaceAllString(line, "words")))
	if err != nil {
		return err
	}
	return traced.Error
}
