package store

import (
	"testing"

	"github.com/google/uuid"

	"jianbao/bulletin"
)

func TestIssuesAreCountedByTheMonthTheyBear(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		line := func(no, year int, date, void string) registerRow {
			return registerRow{ID: newID(), Series: series.ID, Kind: string(bulletin.Ordinary), Year: year, No: no, Date: date, Void: void}
		}
		must(t, add(s.db, line(1, 2021, "2021-03-01", ""), line(2, 2021, "2021-03-31", ""), line(3, 2021, "2021-04-01", ""),
			line(4, 2021, "2021-04-02", "误登"), line(5, 2021, "", ""), line(1, 2020, "2020-03-05", "")))
		if got := must1(s.Numbered(t.Context(), []uuid.UUID{series.ID}, 2021))(t); got != [12]int{2: 2, 3: 1} {
			t.Errorf("%v", got)
		}
		if got := must1(s.Numbered(t.Context(), []uuid.UUID{newID()}, 2021))(t); got != [12]int{} {
			t.Errorf("of another series: %v", got)
		}
	})
}
