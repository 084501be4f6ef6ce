package jianbao_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	// actLine is a line of docs/api-acts.md: a form or a file, and what programs
	// have.
	actLine = regexp.MustCompile("(?m)^\\| `((?:POST|GET) [^`]+)` \\| (.+) \\|$")
	// formLine is a form, or a file, of docs/permissions.md, whose test holds it
	// against the router. A file is known by how its address ends.
	formLine = regexp.MustCompile("(?m)^\\| `(POST /[^`]*|GET /[^`]*(?:\\.[a-z]+|/eml|/copies/file|/page|/scan|/slip|/\\{form\\}|/\\{file\\}|/\\{sha\\}|/files/\\{n\\}|/pictures/\\{name\\}))` \\|")
	quoted   = regexp.MustCompile("`([^`]+)`")
)

// TestEveryActOfThePagesHasItsOperation holds docs/api-acts.md against the routes
// of the pages and the document of the API.
func TestEveryActOfThePagesHasItsOperation(t *testing.T) {
	read := func(name string) string {
		raw, err := os.ReadFile(filepath.Join("docs", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	operations := operationIDs(t, read("openapi.json"))
	acts := map[string]bool{}
	for _, line := range actLine.FindAllStringSubmatch(read("api-acts.md"), -1) {
		form, with := line[1], line[2]
		acts[form] = true
		named := quoted.FindAllStringSubmatch(with, -1)
		if reason, alone := strings.CutPrefix(with, "– "); alone && len(reason) < 10 || !alone && len(named) == 0 {
			t.Errorf("%s: an operation, or a dash and the reason why there is none", form)
		}
		for _, one := range named {
			if !slices.Contains(operations, one[1]) {
				t.Errorf("%s: there is no operation %s", form, one[1])
			}
		}
	}
	pages, _, _ := strings.Cut(read("permissions.md"), "\n## API\n")
	for _, line := range formLine.FindAllStringSubmatch(pages, -1) {
		if !acts[line[1]] {
			t.Errorf("%s is something that programs cannot do: give it an operation, and a line in docs/api-acts.md", line[1])
		}
		delete(acts, line[1])
	}
	for form := range acts {
		t.Errorf("docs/api-acts.md has %s, which is no form and no file", form)
	}
}

func operationIDs(t *testing.T, document string) (all []string) {
	t.Helper()
	var d struct {
		Paths map[string]map[string]struct {
			ID string `json:"operationId"`
		}
	}
	if err := json.Unmarshal([]byte(document), &d); err != nil {
		t.Fatal(err)
	}
	for _, methods := range d.Paths {
		for _, one := range methods {
			all = append(all, one.ID)
		}
	}
	return all
}
