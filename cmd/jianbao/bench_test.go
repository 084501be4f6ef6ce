package main

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/store"
	"jianbao/workflow"
)

// TestAMeasurementCountsEveryLetter measures with the real program against a
// drain in a process of its own, by one engine and by two.
func TestAMeasurementCountsEveryLetter(t *testing.T) {
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	for _, more := range [][]string{nil, {"--engines", "2", "--db", filepath.Join(t.TempDir(), "b.db"), "--window", "4", "--size", "300k"}} {
		cmd := exec.CommandContext(t.Context(), path, append([]string{"bench", "mail", "--recipients", "150", "--connections", "3", "--json"}, more...)...)
		said, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		var f benchFigures
		if err := json.Unmarshal(said, &f); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		if f.Messages != 150 || f.Accepted != 150 || f.Failed+f.Uncertain != 0 || f.PerSecond <= 0 || f.CPUPerMessage <= 0 || f.PeakMB <= 0 {
			t.Errorf("%v: %+v", more, f)
		}
	}
}

func TestMeasurementsKeepToThemselves(t *testing.T) {
	inUse := filepath.Join(t.TempDir(), "used.db")
	books, err := store.Open(t.Context(), inUse)
	if err == nil {
		err = books.AddSeries(t.Context(), workflow.Series{ID: uuid.New(), Masthead: "简报", Route: workflow.DefaultRoute()})
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := books.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code int
		want string
		args string
	}{
		{1, "不是本机", "mail --relay 192.0.2.1:25"},
		{1, "不是本机", "drain --listen 0.0.0.0:0"},
		{1, "不是本机", "engine --relay 192.0.2.1:25 --db " + inUse},
		{1, "空的数据库", "mail --relay 127.0.0.1:9 --db " + inUse},
		{2, "1到64之间", "mail --connections 65"},
		{2, "1到64之间", "mail --window 0"},
		{2, "1000000", "mail --recipients 1000001"},
		{2, "--db", "mail --engines 2 --relay 127.0.0.1:9"},
		{1, "还有3封", "mail --recipients 3 --relay 127.0.0.1:9 --timeout 300ms"},
	} {
		var out, errs strings.Builder
		code := run(t.Context(), append([]string{"bench"}, strings.Fields(c.args)...), &out, &errs)
		if code != c.code || !strings.Contains(errs.String(), c.want) {
			t.Errorf("%s: %d %s%s", c.args, code, &out, &errs)
		}
	}
}
