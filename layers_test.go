package jianbao_test

import (
	"fmt"
	"os/exec"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// everything lets a room import every other one.
const everything = "*"

// layers says which rooms a room may import. Arrows only go down. Naming a
// room admits its subrooms, and a room may use its own subrooms; a folder
// without a line obeys the line of the folder above it, and every folder at
// the root has a line.
//
// Workflow and mailer never meet: what one has for the other lies in tables.
var layers = map[string][]string{
	".":                 {},
	"cmd":               {everything},
	"web":               {"hooks", "workflow", "sheets", "recipients", "mailer", "accounts", "bulletin", "fault"},
	"docs":              {},
	"seeds":             {"workflow", "recipients", "accounts", "bulletin", "fault"},
	"store":             {"hooks", "workflow", "recipients", "mailer", "accounts", "bulletin", "fault"},
	"workflow":          {"bulletin", "recipients", "accounts", "fault"},
	"workflow/calendar": {"recipients/table", "fault"},
	"recipients":        {"fault"},
	"recipients/copies": {"recipients/table", "fault"},
	"recipients/table":  {},
	"sheets":            {"recipients", "fault"},
	"mailer":            {"fault"},
	"mailer/mailbox":    {"mailer", "fault"},
	"mailer/sink":       {"mailer", "fault"},
	"mailer/queuetest":  {"mailer", "fault"},
	"bulletin":          {"fault"},
	"bulletin/intake":   {"bulletin", "fault"},
	"bulletin/typeset":  {"bulletin", "fault"},
	"accounts":          {"fault"},
	"hooks":             {"fault"},
	"fault":             {},
}

// wired are the rooms whose tests start the program or parts of it, and so may
// import what they like. The tests of all other rooms obey the room's line.
var wired = []string{".", "cmd", "web", "store", "seeds"}

// fenced are packages that only some rooms may import, and why. Tests of wired
// rooms are free of these too.
var fenced = []struct {
	prefix string
	rooms  []string
	why    string
}{
	{"gorm.io/", []string{"store"}, "gorm is met in store only"},
	{"github.com/pressly/goose", []string{"store"}, "migrations are store's"},
	{"github.com/jackc/pgx", []string{"store"}, "database drivers are store's"},
	{"modernc.org/sqlite", []string{"store"}, "database drivers are store's"},
	{"github.com/mattn/go-sqlite3", nil, "nothing links a C driver"},
	{"database/sql", []string{"store"}, "databases are store's"},
	{"net/http", []string{"web", "cmd", "hooks"}, "HTTP is web's, and hooks', which posts messages to other programs"},
	{"net/smtp", nil, "mail goes out through mailer, which knows where a letter stands"},
	{"github.com/emersion/go-smtp", []string{"mailer"}, "SMTP is mailer's"},
	{"github.com/emersion/go-imap", []string{"mailer/mailbox"}, "mailboxes are read by mailer/mailbox"},
	{"github.com/jordan-wright/email", []string{"mailer"}, "letters are composed in mailer"},
	{"github.com/robfig/cron", []string{"workflow"}, "schedules are workflow's"},
	{"github.com/alecthomas/kong", []string{"cmd"}, "the command line is cmd's"},
	{"github.com/xuri/excelize", []string{"sheets"}, "spreadsheets are sheets'"},
}

// domain are the rooms that know neither databases nor networks, not even
// through a library; foreign is what they must compile without.
var (
	domain  = []string{"bulletin", "recipients", "workflow", "accounts"}
	foreign = []string{"gorm.io/", "net/http", "net/smtp", "github.com/emersion/go-smtp", "github.com/pressly/goose"}
)

func TestArrowsOnlyGoDown(t *testing.T) { complain(t, upwards(sources(t))) }

func TestUpwardArrowsAreCaught(t *testing.T) {
	caught(t, upwards(invented(t, map[string]string{
		"accounts/a.go":           `package accounts; import "jianbao/fault"`,
		"fault/a.go":              `package fault; import "jianbao/accounts"`,
		"mailer/a_test.go":        `package mailer_test; import _ "jianbao/workflow"`,
		"recipients/copies/a.go":  `package copies; import _ "jianbao/recipients"`,
		"store/a.go":              `package store; import _ "gorm.io/gorm"`,
		"store/conform_test.go":   `package store_test; import _ "jianbao/seeds"`,
		"tools/a.go":              `package tools`,
		"web/a.go":                `package web; import ( _ "net/http"; _ "jianbao/store"; _ "jianbao/mailer/sink" )`,
		"workflow/a.go":           `package workflow; import _ "jianbao/workflow/calendar"`,
		"workflow/b_test.go":      `package workflow; import _ "gorm.io/driver/sqlite"`,
		"workflow/calendar/a.go":  `package calendar; import _ "jianbao/bulletin"`,
		"cmd/jianbao/main.go":     `package main; import _ "jianbao/store"`,
		"cmd/jianbao/a.go":        `package main; import _ "gorm.io/gorm"`,
		"cmd/jianbao/run_test.go": `package main; import _ "database/sql"`,
	})),
		"cmd/jianbao/a.go:1: cmd imports gorm.io/gorm: gorm is met in store only",
		"fault/a.go:1: fault imports accounts",
		"mailer/a_test.go:1: mailer imports workflow",
		"recipients/copies/a.go:1: recipients/copies imports recipients",
		"tools/a.go: no line in the import table",
		"web/a.go:1: web imports store",
		"workflow/b_test.go:1: workflow imports gorm.io/driver/sqlite",
		"workflow/calendar/a.go:1: workflow/calendar imports bulletin",
	)
}

// TestEveryLineHasItsTargets keeps the table itself honest.
func TestEveryLineHasItsTargets(t *testing.T) {
	for room, targets := range layers {
		for _, target := range targets {
			if _, listed := layers[target]; !listed && target != everything {
				t.Errorf("%s may import %s, which has no line", room, target)
			}
		}
	}
}

// TestTheDomainKnowsNoMachines asks the go command for everything that the
// domain rooms are built from, so that a library cannot bring in by its back
// door what the table keeps out at the front.
func TestTheDomainKnowsNoMachines(t *testing.T) {
	args := []string{"list", "-e", "-deps", "-f", "{{.ImportPath}}"}
	for _, room := range domain {
		args = append(args, "./"+room+"/...")
	}
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, module+"/bulletin") {
		t.Fatalf("the go command does not list the domain: %q", deps)
	}
	for _, dep := range deps {
		for _, f := range foreign {
			if within(dep, f) {
				t.Errorf("the domain rooms are built from %s; `go list -deps` with each of %v says which", dep, domain)
			}
		}
	}
}

// upwards returns every import that the table does not admit, by file.
func upwards(all []source) []string {
	byFile := map[string][]string{}
	for _, s := range all {
		line, listed := lineOf(s.room)
		if !listed {
			byFile[s.path] = []string{s.path + ": no line in the import table for " + s.room}
			continue
		}
		if s.test && slices.ContainsFunc(wired, func(r string) bool { return line == r }) {
			continue
		}
		for _, spec := range s.file.Imports {
			target, _ := strconv.Unquote(spec.Path.Value)
			if why := barred(line, target); why != "" {
				byFile[s.path] = append(byFile[s.path], fmt.Sprintf("%s: %s imports %s", s.at(spec.Pos()), line, why))
			}
		}
	}
	var complaints []string
	for _, name := range sortedKeys(byFile) {
		complaints = append(complaints, byFile[name]...)
	}
	return complaints
}

// lineOf returns the name of the line that a folder obeys.
func lineOf(room string) (line string, listed bool) {
	for dir := room; ; dir = path.Dir(dir) {
		if _, listed := layers[dir]; listed && (dir != "." || room == ".") {
			return dir, true
		}
		if dir == "." {
			return "", false
		}
	}
}

// barred returns why the rooms under a line may not import a package, or "".
func barred(line, target string) string {
	if own, ok := strings.CutPrefix(target, module+"/"); ok {
		if within(own, line) || slices.ContainsFunc(layers[line], func(r string) bool { return r == everything || within(own, r) }) {
			return ""
		}
		return fmt.Sprintf("%s; it may import %v", own, layers[line])
	}
	for _, f := range fenced {
		if within(target, f.prefix) && !slices.ContainsFunc(f.rooms, func(r string) bool { return within(line, r) }) {
			return target + ": " + f.why
		}
	}
	return ""
}

// within reports whether an import path is the prefix or lies beneath it.
func within(target, prefix string) bool {
	return target == prefix || strings.HasPrefix(target, strings.TrimSuffix(prefix, "/")+"/")
}
