package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/fault"
	"jianbao/sheets"
)

func TestRegistersAreWrittenByCommand(t *testing.T) {
	dir := t.TempDir()
	if code, _, errs := ran(t, "demo", "--dir", dir); code != 0 {
		t.Fatal(errs)
	}
	register := func(args ...string) (int, string, string) {
		return ran(t, append([]string{"register", "--dir", dir, "--series", "鄂尔多斯科技简报"}, args...)...)
	}
	for kind, want := range map[string]int{"dispatch": 8, "distribution": 16, "copies": 18, "history": 8} {
		for _, form := range []string{"xlsx", "csv", "pdf"} {
			file := filepath.Join(dir, kind+"."+form)
			if code, said, errs := register(kind, "--year", "2021", "-o", file); code != 0 || !strings.Contains(said, file) {
				t.Fatalf("%s: %d %s %s", file, code, said, errs)
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if form == "pdf" {
				if !strings.HasPrefix(string(data), "%PDF-") {
					t.Errorf("%s is no PDF", file)
				}
				continue
			}
			if read, err := sheets.Read(data); err != nil || form == "csv" && len(read.Rows) != want {
				t.Errorf("%s: %d rows, %v", file, len(read.Rows), err)
			} else if kind == "dispatch" && form == "csv" && (read.Text(0, 6) != "" || read.Text(7, 6) != "20") {
				t.Errorf("%s: of a back issue %q copies, of the last %q", file, read.Text(0, 6), read.Text(7, 6))
			}
		}
	}
	_, said, _ := register("copies", "--json")
	var tables []tableJSON
	if err := json.Unmarshal([]byte(said), &tables); err != nil || len(tables) != 2 || len(tables[0].Rows) != 18 || tables[1].Rows[1][3] != float64(20) {
		t.Errorf("%v: %s", err, said)
	}
	if code, _, errs := register("dispatch", "-o", "a.doc"); code != fault.ExitCode(fault.New(fault.Usage, registerForm.With(""))) {
		t.Errorf("as .doc: %d %s", code, errs)
	}
	if code, _, errs := ran(t, "register", "dispatch", "--dir", dir, "--series", "无", "--json"); code != fault.ExitCode(fault.New(fault.NotFound, registerForm.With(""))) {
		t.Errorf("of no series: %d %s", code, errs)
	}
}
