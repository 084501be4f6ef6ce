package main

import (
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"
)

// audited is a directory in which the demonstration left its data.
func audited(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	demonstration(t, "--dir", dir)
	return dir
}

// done runs a command that must succeed and returns what it prints.
func done(t *testing.T, args ...string) string {
	t.Helper()
	code, out, errs := ran(t, args...)
	if code != 0 {
		t.Fatalf("%v: exit %d: %s%s", args, code, out, errs)
	}
	return out
}

func TestAuditFromTheFirstRootToTheCrime(t *testing.T) {
	dir := audited(t)
	if out := done(t, "audit", "verify", "--dir", dir); !strings.Contains(out, "没有根可核对") {
		t.Errorf("without a root: %s", out)
	}
	if out := done(t, "audit", "root", "--dir", dir); !strings.Contains(out, "已生成第1份根") {
		t.Errorf("the first root: %s", out)
	}
	if out := done(t, "audit", "root", "--dir", dir); !strings.Contains(out, "今天的根已有") {
		t.Errorf("again: %s", out)
	}
	if out := done(t, "audit", "verify", "--dir", dir, "--lang", "en"); !strings.Contains(out, "are sound: 1 issues with") {
		t.Errorf("with a root: %s", out)
	}
	for name, mode := range map[string]os.FileMode{"roots.key": 0o600, "roots.jsonl": 0o644} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm()&^mode != 0 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	burgle(t, dir)
	code, out, errs := ran(t, "audit", "verify", "--dir", dir)
	if code != 1 || !strings.Contains(out, "鄂尔多斯科技简报 2021年第8期") || !strings.Contains(out, "第2条的内容被改动过") || !strings.Contains(errs, "发现1处") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	code, out, _ = ran(t, "audit", "verify", "--dir", dir, "--json")
	var v verified
	if err := json.Unmarshal([]byte(out), &v); code != 1 || err != nil || v.Sound || len(v.Findings) != 1 || v.Findings[0].Line != 2 || v.Roots != 1 {
		t.Errorf("exit %d: %s", code, out)
	}
}

// burgle edits the second line of every history in SQL.
func burgle(t *testing.T, dir string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("DROP TRIGGER event_no_update; UPDATE event SET line = replace(line, '\"name\":\"', '\"name\":\"假') WHERE seq = 2"); err != nil {
		t.Fatal(err)
	}
}

func TestAuditTrustsTheKeyThatIsKeptElsewhere(t *testing.T) {
	dir := audited(t)
	out := done(t, "audit", "root", "--dir", dir)
	_, key, _ := strings.Cut(out, "公钥 ")
	key, _, _ = strings.Cut(key, "，")
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.Remove(filepath.Join(dir, "roots.key")))
	done(t, "audit", "verify", "--dir", dir, "--trust", key)
	other := base64.StdEncoding.EncodeToString(make([]byte, 32))
	if code, out, _ := ran(t, "audit", "verify", "--dir", dir, "--trust", other); code != 1 || !strings.Contains(out, "第1份根的签名不对") {
		t.Errorf("another key: exit %d: %s", code, out)
	}
	if code, _, errs := ran(t, "audit", "verify", "--dir", dir, "--trust", "abc"); code != 2 {
		t.Errorf("no key: exit %d: %s", code, errs)
	}
	if code, _, errs := ran(t, "audit", "root", "--dir", dir); code != 1 || !strings.Contains(errs, "不是以前各份根所用的那一个") {
		t.Errorf("a new key by itself: exit %d: %s", code, errs)
	}
	if code, out, errs := ran(t, "audit", "verify", "--dir", dir); code != 1 || !strings.Contains(out, "签名不对") {
		t.Errorf("under the new key: exit %d: %s%s", code, out, errs)
	}
}

func TestAuditExportsEveryEvent(t *testing.T) {
	dir := audited(t)
	lines := strings.Split(strings.TrimSpace(done(t, "audit", "export", "--dir", dir)), "\n")
	prev := ""
	for n, line := range lines {
		var e struct {
			Hash  string `json:"hash"`
			Event struct {
				Seq  int    `json:"seq"`
				Prev string `json:"prev"`
			} `json:"event"`
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil || e.Event.Seq != n+1 || e.Event.Prev != prev {
			t.Fatalf("line %d: %s, %v", n+1, line, err)
		}
		prev = e.Hash
	}
	if len(lines) < 5 {
		t.Errorf("%d lines", len(lines))
	}
}
