package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheDatabaseIsBackedUpAndRestored after the whole job, by the commands.
func TestTheDatabaseIsBackedUpAndRestored(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		demonstration(t, "--db", db)
		dir := t.TempDir()
		var made backupSaid
		if err := json.Unmarshal([]byte(done(t, "backup", "--db", db, "--to", dir, "--json")), &made); err != nil || made.Rows < 100 {
			t.Fatalf("%+v %v", made, err)
		}
		info, err := os.Stat(made.File)
		if err != nil || info.Mode().Perm() != 0o600 || info.Size() != made.Bytes {
			t.Errorf("%v %v", info, err)
		}
		for kind, target := range map[string]string{"sqlite": filepath.Join(dir, "again.db"), "postgres": emptyPostgres(t)} {
			var said restoreSaid
			if err := json.Unmarshal([]byte(done(t, "restore", "--from", made.File, "--db", target, "--json")), &said); err != nil ||
				said.Rows != made.Rows || said.Issues != 1 || said.Events == 0 || said.Findings != 0 {
				t.Errorf("%s: %+v %v", kind, said, err)
			}
			if code, _, errs := ran(t, "restore", "--from", made.File, "--db", target); code != 1 || !strings.Contains(errs, "已有数据") {
				t.Errorf("%s: once more: %d %s", kind, code, errs)
			}
			if out := done(t, "audit", "verify", "--db", target, "--dir", t.TempDir()); !strings.Contains(out, "历史前后相接：1期") {
				t.Errorf("%s: %s", kind, out)
			}
			p := start(t, "serve", "--db", target, "--listen", "127.0.0.1:0", "--installation", filepath.Join(dir, "installation"))
			p.says(t, "数据库属于另一处安装（restored")
			p.says(t, "简报已启动：")
			p.stop(t)
		}
	})
}

func TestOldBackupsGo(t *testing.T) {
	dir := t.TempDir()
	demonstration(t, "--dir", dir)
	var last backupSaid
	for range 3 {
		last = backupSaid{}
		if err := json.Unmarshal([]byte(done(t, "backup", "--dir", dir, "--keep", "2", "--json")), &last); err != nil {
			t.Fatal(err)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, "backups", "*"))
	if err != nil || len(left) != 2 || len(last.Removed) != 1 || left[1] != last.File {
		t.Errorf("left %v, removed %v, %v", left, last.Removed, err)
	}
}

func TestNothingToBackUp(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	for want, args := range map[string][]string{
		"没有数据可备份":    {"backup", "--dir", dir, "--to", t.TempDir()},
		"打不开备份文件":    {"restore", "--from", filepath.Join(dir, "x.backup"), "--db", filepath.Join(t.TempDir(), "x.db")},
		"没有数据库":      {"move", "--dir", dir, "--to", filepath.Join(t.TempDir(), "x.db")},
		"目录":         {"backup", "--dir", dir, "--to", os.DevNull},
		"连不上数据库h:1/": {"backup", "--db", "postgres://u:geheim@h:1/db", "--to", t.TempDir()},
	} {
		if code, _, errs := ran(t, args...); code != 1 || !strings.Contains(errs, want) || strings.Contains(errs, "geheim") {
			t.Errorf("%v: %d %s", args, code, errs)
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("something was made")
	}
}

// TestTheDataMove from a file to PostgreSQL, and the file sends no more.
func TestTheDataMove(t *testing.T) {
	dir, target := t.TempDir(), emptyPostgres(t)
	demonstration(t, "--dir", dir)
	done(t, "adopt", "--dir", dir)
	if code, _, errs := ran(t, "move", "--dir", dir, "--to", "postgres://127.0.0.1:1/none"); code != 1 || !strings.Contains(errs, "连不上数据库") {
		t.Errorf("%d %s", code, errs)
	}
	if out := done(t, "adopt", "--dir", dir); !strings.Contains(out, "数据库属于本安装（") {
		t.Errorf("after a move that failed the old database is not its own: %s", out)
	}
	if out := done(t, "move", "--dir", dir, "--to", target); !strings.Contains(out, "历史完好：1期") || !strings.Contains(out, "jianbao adopt") {
		t.Error(out)
	}
	for db, whose := range map[string]string{filepath.Join(dir, databaseFile): "此前属于moved", target: "此前属于restored"} {
		if out := done(t, "adopt", "--dir", dir, "--db", db); !strings.Contains(out, whose) {
			t.Errorf("%s: %s", db, out)
		}
	}
}
