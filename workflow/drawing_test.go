package workflow

import (
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write docs/workflow.md anew")

// The drawing that people read is the table that Decide uses.
func TestDrawingIsTheTable(t *testing.T) {
	const file = "../docs/workflow.md"
	if *update {
		if err := os.WriteFile(file, []byte(Drawing()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) != Drawing() {
		t.Error("docs/workflow.md differs from the table; run go test ./workflow -run Drawing -update")
	}
}
