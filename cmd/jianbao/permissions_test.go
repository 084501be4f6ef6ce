package main

import (
	"bytes"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/web/api"
	"jianbao/web/metrics"
)

var permissions = flag.Bool("permissions", false, "write docs/permissions.md anew")

// What may be answered to somebody who asks, as the table has it.
const (
	doorFirst = "door" // asked to sign in, or for a token
	notThere  = "–"    // as if it did not exist
	refusedTo = "no"   // it exists, and is not for them
	letIn     = "yes"  // shown, or done
	inForm    = "form" // let in, and refused for what was sent or for how things stand
)

// ofASeries are the beginnings of what belongs to one series: whoever holds all
// roles in another, and none in this, must be told that it does not exist.
var ofASeries = []string{"/issues/{id}", "/series/{id}", "/remarks/{id}", "/hooks/{id}", "/remark-mails/{id}", "/receipts/mails/{mail}", "/tray/{id}",
	api.Prefix + "/issues/{issue}", api.Prefix + "/series/{series}", api.Prefix + "/remarks/{remark}", api.Prefix + "/hooks/{hook}", api.Prefix + "/tray/{mail}", api.Prefix + "/receipt-mails/{mail}"}

// TestWhoMayAskForWhat asks for every route that the router knows as everybody
// there may be, through the real handler over a real database, and compares the
// answers with docs/permissions.md. A change of that table is a change of what
// people may do, and is read by somebody before it is taken.
func TestWhoMayAskForWhat(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var table bytes.Buffer
	table.WriteString(permissionsHead)
	for _, part := range []struct {
		title string
		who   []string
		of    func(string) bool
	}{
		{"Pages", w.people, func(path string) bool { return !forPrograms(path) }},
		{"API", w.programs, forPrograms},
	} {
		fmt.Fprintf(&table, "\n## %s\n\n| route | %s |\n|---%s|\n", part.title, strings.Join(part.who, " | "), strings.Repeat("|---", len(part.who)))
		for _, route := range w.routes {
			if method, path, _ := strings.Cut(route, " "); part.of(path) {
				fmt.Fprintf(&table, "| `%s` | %s |\n", route, strings.Join(w.row(method, path, part.who), " | "))
			}
		}
	}
	compareTable(t, table.Bytes())
}

// forPrograms reports whether a path is asked for by token.
func forPrograms(path string) bool {
	return strings.HasPrefix(path, api.Prefix) || path == metrics.Path
}

// row asks for a route as everybody.
func (w *world) row(method, path string, who []string) []string {
	w.t.Helper()
	cells := make([]string, len(who))
	address, known := w.address(method + " " + path)
	if !known {
		return cells
	}
	for n, name := range who {
		cells[n] = w.ask(name, method, path, address)
		if (name == "stranger" || name == "elsewhere") && cells[n] != notThere && belongs(path, ofASeries) {
			w.t.Errorf("%s %s: somebody of another series is answered %q and must be told that it does not exist", method, path, cells[n])
		}
	}
	return cells
}

// verdict says what an answer means for who asked.
func verdict(status int, to string) string {
	switch {
	case status == http.StatusUnauthorized, status == http.StatusSeeOther && strings.HasPrefix(to, "/sign-in?"):
		return doorFirst
	case status == http.StatusNotFound:
		return notThere
	case status == http.StatusForbidden:
		return refusedTo
	case status >= 400:
		return inForm
	}
	return letIn
}

const permissionsFile = "permissions.md"

// compareTable fails for every line that differs, with what is to be done.
func compareTable(t *testing.T, now []byte) {
	t.Helper()
	file := filepath.Join("..", "..", "docs", permissionsFile)
	if *permissions {
		if err := os.WriteFile(file, now, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows := func(text []byte) map[string]string {
		all := map[string]string{}
		for line := range strings.Lines(string(text)) {
			if _, rest, is := strings.Cut(line, "| `"); is {
				route, cells, _ := strings.Cut(rest, "`")
				all[route] = strings.TrimSpace(cells)
			}
		}
		return all
	}
	want, got := rows(before), rows(now)
	const mend = "if that is meant, write docs/permissions.md anew: go test ./cmd/jianbao -run WhoMayAsk -permissions, read the difference, and commit it"
	for route, cells := range got {
		switch known, there := want[route]; {
		case !there:
			t.Errorf("%s is a route that docs/permissions.md lacks; it answers %s: %s", route, cells, mend)
		case known != cells:
			t.Errorf("%s answers\n  %s where docs/permissions.md says\n  %s: %s", route, cells, known, mend)
		}
	}
	for route := range want {
		if _, there := got[route]; !there {
			t.Errorf("docs/permissions.md has %s, which is no route: %s", route, mend)
		}
	}
	if !t.Failed() && !bytes.Equal(before, now) {
		t.Errorf("docs/permissions.md is not as the test writes it: %s", mend)
	}
}

const permissionsHead = `# Who may ask for what

Every route that the program serves, asked for through the real handler over a
real database as everybody there may be. The table is written by a test
(` + "`go test ./cmd/jianbao -run WhoMayAsk -permissions`" + `), which fails where an
answer is another, and names a route that the table lacks.

* **door**: asked to sign in, or for a token.
* **–**: answered as if it did not exist.
* **no**: refused, because of who asks.
* **yes**: shown, or done.
* **form**: let in, and refused for what the test sent or for how things stand,
  with all reasons. Which act is whose, state by state and step by step, is
  [workflow.md](workflow.md); those rules have tests of their own.

*stranger* holds every role, administrator's too, in another series and none in
this one; *none* has an account and no role. *reader* to *admin1* hold one role in
this series; *admin*, *security* and *auditor* hold theirs in all. The administrators
are not separated here: see [security.md](security.md). What has a token in its
address is asked for with one that holds, but for an answer's, which is used up by
whoever has it; ` + "`POST /start`" + ` leads away as soon as anybody is there, and
changes nothing. Of the programs,
*service* holds a clerk's role and may act, *looks* is the same and may only read,
*elsewhere* is an administrator's token for another series, *monitor* reads numbers.
`
