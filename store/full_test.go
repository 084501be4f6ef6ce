package store

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jianbao/mailer"
	"jianbao/mailer/queuetest"
)

// On a full disk an outcome is refused as a whole, and taken when there is room:
// nothing of it is there before.
func TestAFullDiskTakesAllOrNothing(t *testing.T) {
	s := opened(t, filepath.Join(t.TempDir(), "full.db"))
	s.pool.SetMaxOpenConns(1) // the limit is a connection's
	ctx, now := t.Context(), time.Now().Truncate(time.Microsecond)
	c := queuetest.Dispatch()
	all := queuetest.Deliveries(c.Dispatch, 200, now.Add(-time.Hour))
	if err := s.PostLetters(ctx, c, slices.Values(all)); err != nil {
		t.Fatal(err)
	}
	claimed, err := s.Claim(ctx, 200, now, now.Add(time.Minute))
	if err != nil || len(claimed) != 200 {
		t.Fatalf("%d claimed, %v", len(claimed), err)
	}
	var outcomes []mailer.Outcome
	for _, d := range claimed {
		outcomes = append(outcomes, mailer.Outcome{
			Delivery: d.ID, Token: d.Token, State: mailer.Accepted, NextAt: now, Began: now, Ended: now,
			Stage: mailer.Reply, Code: 250, Words: strings.Repeat("收", 400),
		})
	}
	if err := s.db.Exec("PRAGMA max_page_count = 1").Error; err != nil { // no more than there are
		t.Fatal(err)
	}
	if _, err := s.Record(ctx, outcomes, nil); err == nil || !strings.Contains(err.Error(), "full") {
		t.Fatalf("recorded on a full disk: %v", err)
	}
	counts := func(state string) (n int64) {
		if err := s.db.Model(&deliveryRow{}).Where("state = ?", state).Count(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := counts("claimed"); n != 200 {
		t.Errorf("%d are still claimed", n)
	}
	if err := s.db.Exec("PRAGMA max_page_count = 1000000").Error; err != nil {
		t.Fatal(err)
	}
	if _, err := s.Record(ctx, outcomes, nil); err != nil {
		t.Fatal(err)
	}
	var attempts int64
	if err := s.db.Model(&attemptRow{}).Count(&attempts).Error; err != nil || attempts != 200 || counts("accepted") != 200 {
		t.Errorf("%d attempts, %d accepted, %v", attempts, counts("accepted"), err)
	}
}
