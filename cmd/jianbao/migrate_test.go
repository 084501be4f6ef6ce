package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// emptyPostgres makes a database of its own on the server of
// JIANBAO_TEST_POSTGRES, which scripts/postgres run starts, and drops it
// afterwards.
func emptyPostgres(t *testing.T) string {
	t.Helper()
	server := os.Getenv("JIANBAO_TEST_POSTGRES")
	u, err := url.Parse(server)
	if server == "" || err != nil {
		t.Fatal("JIANBAO_TEST_POSTGRES names no server; run make test")
	}
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	name := "t" + strings.ReplaceAll(uuid.NewString(), "-", "")
	u.Path = "/" + name
	if _, err := admin.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
		_ = admin.Close()
	})
	return u.String()
}

// onBoth runs a test on the address of a database that is not there yet, and
// on that of an empty one of PostgreSQL.
func onBoth(t *testing.T, test func(t *testing.T, db string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "jianbao.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, emptyPostgres(t)) })
}

func TestMigrateSaysFromWhichVersionToWhich(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		migrate := func(args ...string) versions {
			t.Helper()
			code, out, errs := ran(t, append([]string{"migrate", "--json", "--db", db}, args...)...)
			var v versions
			if err := json.Unmarshal([]byte(out), &v); code != 0 || err != nil {
				t.Fatalf("exit %d: %s%s, %v", code, out, errs, err)
			}
			return v
		}
		looked := migrate("--status")
		if looked.From != 0 || looked.To != 0 || looked.Newest == 0 || len(looked.Pending) == 0 {
			t.Errorf("looked at nothing: %+v", looked)
		}
		if done := migrate(); done.From != 0 || done.To != looked.Newest || len(done.Pending) != 0 {
			t.Errorf("migrated: %+v", done)
		}
		if again := migrate(); again.From != looked.Newest || again.To != looked.Newest {
			t.Errorf("again: %+v", again)
		}
	})
}

func TestMigrateSpeaks(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	says := func(want string, args ...string) {
		t.Helper()
		if code, out, errs := ran(t, append([]string{"migrate", "--dir", dir}, args...)...); code != 0 || !strings.Contains(out, want) || strings.Count(out, "\n") != 1 {
			t.Errorf("exit %d: %s%s", code, out, errs)
		}
	}
	says("是第0版，最新是第", "--status")
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("looking made the directory: %v", err)
	}
	says("已从第0版更新到第")
	says("已是最新")
	says("the newest", "--status", "--lang", "en")
}
