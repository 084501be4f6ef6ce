package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// employed makes a person and returns the flags by which they act.
func employed(t *testing.T, dir, login, role string) []string {
	t.Helper()
	fields := strings.Fields(done(t, "user", login, login, "--role", role, "--dir", dir))
	file := filepath.Join(t.TempDir(), login)
	if err := os.WriteFile(file, []byte(fields[len(fields)-1]+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"--as", login, "--password-file", file, "--dir", dir}
}

func TestAnIssueIsFiledByCommand(t *testing.T) {
	dir := t.TempDir()
	demonstration(t, "--dir", dir)
	of := []string{"--series", sampleMasthead, "--dir", dir}
	var open []uncheckedFile
	if err := json.Unmarshal([]byte(done(t, append([]string{"filing", "check", "--json"}, of...)...)), &open); err != nil || len(open) != 1 {
		t.Fatalf("%+v %v", open, err)
	}
	if o := open[0]; o.Deadline != "2022-06-30" || !o.Late || o.Class != "10" || len(o.Gaps) != 1 || o.Gaps[0].Fatal || !strings.Contains(o.Gaps[0].Says, "没有签收") {
		t.Errorf("%+v", o)
	}
	if out := done(t, append([]string{"filing", "check", "--year", "2021"}, of...)...); !strings.Contains(out, "2021年第8期  2022-06-30 前归档  缺1项") || !strings.Contains(out, "    · 缺回执") {
		t.Error(out)
	}
	clerk, chief := employed(t, dir, "guidang", "clerk"), employed(t, dir, "zhuren", "signatory")
	file := func(want int, more ...string) string {
		t.Helper()
		code, out, errs := ran(t, append(append([]string{"filing", "file"}, clerk...), more...)...)
		if code != want {
			t.Errorf("%v: exit %d, %s%s", more, code, out, errs)
		}
		return out + errs
	}
	if out := file(0, "--series", sampleMasthead, "--year", "2021"); !strings.Contains(out, "没有归档") || !strings.Contains(out, "缺回执") {
		t.Error(out)
	}
	file(2)
	if out := file(1, open[0].ID.String()); !strings.Contains(out, "缺回执") {
		t.Error(out)
	}
	if out := file(0, open[0].ID.String(), "--note", "回执在登记本上", "--kept", "三楼", "--class", "permanent"); !strings.Contains(out, "2021年第8期：2021年度第1件，保管期限永久") {
		t.Error(out)
	}
	sheet := filepath.Join(dir, "目录.csv")
	done(t, append([]string{"filing", "list", "--year", "2021", "-o", sheet}, of...)...)
	if text, err := os.ReadFile(sheet); err != nil || !strings.Contains(string(text), "回执在登记本上；纸质原件：三楼") || !strings.Contains(string(text), "20210715") {
		t.Errorf("%s %v", text, err)
	}
	// Nothing but what has expired is destroyed; and nobody signs as another.
	done(t, append([]string{"filing", "expired", "--json"}, of...)...)
	propose := append(append([]string{"filing", "propose", "--series", sampleMasthead, "--reason", "期满"}, clerk...), open[0].ID.String())
	if code, _, errs := ran(t, propose...); code != 1 || !strings.Contains(errs, "永久保管，不能销毁") {
		t.Errorf("%d %s", code, errs)
	}
	propose[7] = "zhuren"
	if code, _, errs := ran(t, propose...); code != 1 || strings.Contains(errs, "永久") {
		t.Errorf("with another's password: %d %s", code, errs)
	}
	decide := append(append([]string{"filing", "decide", "--series", sampleMasthead, "--approve"}, chief...), "x")
	if code, _, errs := ran(t, decide...); code != 1 || !strings.Contains(errs, "没有这份销毁清册") {
		t.Errorf("%d %s", code, errs)
	}
	if out := done(t, append([]string{"filing", "register", "--json"}, of...)...); !strings.Contains(out, "销毁清册") {
		t.Error(out)
	}
}
