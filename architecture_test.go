package jianbao_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The table of rooms in the documents says what layers says.
func TestTheMapIsOfThisHouse(t *testing.T) {
	text, err := os.ReadFile("docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile("(?m)^\\| `([a-z/]+)` \\| .* \\| ([^|]*) \\|$")
	drawn := map[string][]string{}
	for _, m := range row.FindAllStringSubmatch(string(text), -1) {
		switch m[2] {
		case "everything":
			drawn[m[1]] = []string{everything}
		case "nothing":
			drawn[m[1]] = nil
		default:
			drawn[m[1]] = strings.Fields(strings.ReplaceAll(m[2], "`", ""))
		}
	}
	for room, may := range layers {
		if room == "." || strings.Contains(room, "/") {
			continue
		}
		if got, ok := drawn[room]; !ok || !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(may))) {
			t.Errorf("docs/architecture.md lets %s import %v, layers_test.go %v", room, got, may)
		}
		delete(drawn, room)
	}
	for room := range drawn {
		t.Errorf("docs/architecture.md has a room %s that there is not", room)
	}
}
