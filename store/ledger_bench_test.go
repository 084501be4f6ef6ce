package store

import (
	"path/filepath"
	"testing"

	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/recipients/copies"
)

// BenchmarkLedgerOfTenThousand enters what the release of an issue enters that
// 10,000 units have on paper. It must grow with their number, not with its
// square: on SQLite nobody else writes meanwhile.
func BenchmarkLedgerOfTenThousand(b *testing.B) {
	server, drop, err := newPostgres(pattern)
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := drop(); err != nil {
			b.Error(err)
		}
	}()
	plan := copies.Plan{PrintRun: 20_001, File: 1}
	for range 10_000 {
		plan.Shares = append(plan.Shares, copies.Share{Label: "发", Unit: newID(), Copies: 2})
	}
	for name, address := range map[string]string{"sqlite": filepath.Join(b.TempDir(), "jianbao.db"), "postgres": server} {
		b.Run(name, func(b *testing.B) {
			s, err := Open(b.Context(), address)
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			change := opening(measured(b, s))
			if err := s.Open(b.Context(), change); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				tx := s.db.Session(&gorm.Session{}).Begin()
				if err := post(tx, change.Issue.ID, copies.Opening(plan, now, "甲", fault.ZH, newID)); err != nil {
					b.Fatal(err)
				}
				tx.Rollback()
			}
		})
	}
}
