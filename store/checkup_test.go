package store

import (
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
