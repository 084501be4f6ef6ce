package store

import (
	"os"
	"path/filepath"
	"testing"

	"jianbao/fault"
)

func TestTablesAreLookedAtWithoutTouchingThem(t *testing.T) {
	file := filepath.Join(t.TempDir(), "jianbao.db")
	for name, address := range map[string]string{"sqlite": file, "postgres": emptyPostgres(t)} {
		before, err := TablesOf(t.Context(), address)
		if err != nil || before.Version != 0 || before.Newest == 0 || len(before.Pending) == 0 || before.Pending[0] != "00001_tables" {
			t.Errorf("%s: empty: %+v, %v", name, before, err)
		}
		if _, err := os.Stat(file); name == "sqlite" && err == nil {
			t.Error("looking made the file")
		}
		opened(t, address)
		after, err := TablesOf(t.Context(), address)
		if err != nil || after.Version != before.Newest || after.Pending != nil {
			t.Errorf("%s: opened: %+v, %v", name, after, err)
		}
	}
}

func TestTablesOfANewerProgramAreLeftAlone(t *testing.T) {
	for name, address := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "jianbao.db"), "postgres": emptyPostgres(t)} {
		s := opened(t, address)
		if err := s.db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)").Error; err != nil {
			t.Fatal(err)
		}
		if _, err := Open(t.Context(), address); !fault.Is(err, fault.Unavailable) || fault.As(err).Message.Key != tooNew.Key {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLookingAtNoDatabase(t *testing.T) {
	junk := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(junk, []byte("这不是数据库，只是一段文字。这不是数据库，只是一段文字。"), 0o600); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]fault.Code{"": fault.Invalid, "mysql://h/db": fault.Invalid, junk: fault.Unavailable, "postgres://u:geheim@127.0.0.1:1/db": fault.Unavailable} {
		if _, err := TablesOf(t.Context(), address); !fault.Is(err, want) {
			t.Errorf("%q: %v", address, err)
		}
		if _, err := Open(t.Context(), address); !fault.Is(err, want) {
			t.Errorf("opening %q: %v", address, err)
		}
	}
	if left, err := os.ReadFile(junk); err != nil || len(left) != 84 {
		t.Errorf("%d bytes are left of the letter: %v", len(left), err)
	}
}
