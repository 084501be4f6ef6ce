package store

import (
	"slices"
	"testing"
	"time"
)

func TestClocks(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		c, err := s.Clocks(t.Context())
		if err != nil || !c.Last.IsZero() || s.postgres == c.Database.IsZero() {
			t.Errorf("%+v, %v", c, err)
		}
		if far := time.Since(c.Database).Abs(); s.postgres && far > time.Minute {
			t.Errorf("the server on this machine is %s away", far)
		}
		issue := openedIssue(t, s, plant(t, s))
		must(t, s.db.Exec("INSERT INTO event (id, issue, seq, at, act, line, hash) VALUES (?, ?, 9, ?, 'approve', '', '')", newID(), issue.ID, momentOf(now)).Error)
		if c, err := s.Clocks(t.Context()); err != nil || !c.Last.Equal(now) {
			t.Errorf("%+v, %v", c, err)
		}
	})
}

// A server that forgets is named by the settings that make it forget, and SQLite
// has none.
func TestLooseSettingsAreNamed(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		loose, err := s.Loose(t.Context())
		commits := "on"
		if s.postgres {
			must(t, s.db.Raw("SHOW synchronous_commit").Row().Scan(&commits))
		}
		if err != nil || slices.Contains(loose, "synchronous_commit") != (commits == "off") {
			t.Errorf("synchronous_commit is %s, and %v are named: %v", commits, loose, err)
		}
	})
}
