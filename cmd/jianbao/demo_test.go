package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// ran runs the program and returns its exit code and both outputs.
func ran(t *testing.T, args ...string) (int, string, string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(t.Context(), args, &out, &errs)
	return code, out.String(), errs.String()
}

func demonstration(t *testing.T, args ...string) report {
	t.Helper()
	code, out, errs := ran(t, append([]string{"demo", "--json"}, args...)...)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	var r report
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheWholeJob(t *testing.T) {
	r := demonstration(t)
	if len(r.Received) != 15 || len(r.Letters) != 15 {
		t.Errorf("%d received, %d letters", len(r.Received), len(r.Letters))
	}
	if want := "20 = 报 8（4×2）＋送 11＋存档 1"; r.Copies.Sentence != want || r.Copies.Accounts["file"] != 1 {
		t.Errorf("copies: %+v", r.Copies)
	}
	if len(r.Refusals) != 2 || !strings.Contains(strings.Join(r.Refusals[0].Reasons, ""), "重复了“记”") ||
		!strings.Contains(strings.Join(r.Refusals[1].Reasons, ""), "审核须由他人办理") {
		t.Errorf("refusals: %+v", r.Refusals)
	}
}

func TestASecondRunSendsNothing(t *testing.T) {
	dir := t.TempDir()
	first := demonstration(t, "--dir", dir)
	second := demonstration(t, "--dir", dir)
	if len(second.Received) != 0 || second.Issue.ID != first.Issue.ID {
		t.Errorf("second run: %d received", len(second.Received))
	}
}

func TestOnPostgreSQL(t *testing.T) {
	if r := demonstration(t, "--db", emptyPostgres(t)); r.Issue.Number != 8 {
		t.Errorf("number %d", r.Issue.Number)
	}
}
