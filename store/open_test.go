package store

import (
	"path/filepath"
	"strings"
	"testing"

	"jianbao/fault"
)

// onBoth runs a test on an empty SQLite file and on an empty PostgreSQL
// database. The server is that of JIANBAO_TEST_POSTGRES; scripts/postgres run
// starts one.
func onBoth(t *testing.T, test func(t *testing.T, s *Store)) {
	t.Run("sqlite", func(t *testing.T) { test(t, opened(t, filepath.Join(t.TempDir(), "jianbao.db"))) })
	t.Run("postgres", func(t *testing.T) { test(t, opened(t, freshPostgres(t))) })
}

func opened(t *testing.T, address string) *Store {
	t.Helper()
	s, err := Open(t.Context(), address)
	if err != nil {
		t.Fatalf("%v: %v", err, fault.As(err).Cause)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestAddressesThatCannotBeRead(t *testing.T) {
	for _, address := range []string{"", "sqlite:", "mysql://h/db", "sqlite::memory:", "postgres://u:geheim@h:port/db", "a\x00b"} {
		_, err := Open(t.Context(), address)
		if !fault.Is(err, fault.Invalid) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestServersThatCannotBeReached(t *testing.T) {
	for _, address := range []string{"postgres://u:geheim@127.0.0.1:1/db", filepath.Join(t.TempDir(), "no", "such", "dir.db")} {
		_, err := Open(t.Context(), address)
		if !fault.Is(err, fault.Unavailable) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestOpeningAgainChangesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a := plant(t, s)
		if err := s.migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Series(t.Context(), a.ID); err != nil {
			t.Error(err)
		}
		if err := s.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	})
}
