package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/mailer/drain"
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

// TestBytesAlone sends without books to a drain that counts.
func TestBytesAlone(t *testing.T) {
	wall, err := drain.Start("127.0.0.1:0", drain.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer wall.Close()
	for n, bytes := range map[int64]string{7: "1", 50: "10240", 3: "430000"} {
		before := wall.Count()
		code, said, _ := ran(t, "bench", "wire", "--relay", wall.Addr(), "--recipients", strconv.FormatInt(n, 10), "--bytes", bytes, "--connections", "4", "--json")
		var f wireFigures
		if err := json.Unmarshal([]byte(said), &f); code != 0 || err != nil || int64(f.Messages) != n || f.CPUPerMessage < 0 || wall.Count()-before != n {
			t.Errorf("%d letters: exit %d, %v, %d taken: %s", n, code, err, wall.Count()-before, said)
		}
	}
}

// TestADrainWritesDownWhatItTook sends to a drain that keeps a list, and reads
// the list.
func TestADrainWritesDownWhatItTook(t *testing.T) {
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(t.TempDir(), "took")
	wall := exec.CommandContext(t.Context(), path, "bench", "drain", "--took", list)
	in, err := wall.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := wall.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := wall.Start(); err != nil {
		t.Fatal(err)
	}
	var address string
	if _, err := fmt.Fscanln(out, &address); err != nil {
		t.Fatal(err)
	}
	var said, errs strings.Builder
	if code := run(t.Context(), []string{"bench", "mail", "--recipients", "40", "--connections", "2", "--relay", address}, &said, &errs); code != 0 {
		t.Fatalf("%d %s%s", code, &said, &errs)
	}
	_ = in.Close()
	if err := wall.Wait(); err != nil {
		t.Fatal(err)
	}
	took, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile(`(?m)^u\d+@unit\.example [0-9a-f-]{36}@bench\.example$`).FindAllString(string(took), -1)
	slices.Sort(lines)
	if n := len(slices.Compact(lines)); n != 40 || strings.Count(string(took), "\n") != 40 {
		t.Errorf("%d of 40 letters are in the list:\n%s", n, took)
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
		{1, "还有3封", "mail --recipients 3 --relay 127.0.0.1:9 --timeout 3s"},
	} {
		var out, errs strings.Builder
		code := run(t.Context(), append([]string{"bench"}, strings.Fields(c.args)...), &out, &errs)
		if code != c.code || !strings.Contains(errs.String(), c.want) {
			t.Errorf("%s: %d %s%s", c.args, code, &out, &errs)
		}
	}
}
