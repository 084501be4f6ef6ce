package store

import (
	"testing"

	"jianbao/fault"
	"jianbao/recipients"
)

// A unit that cannot be in the directory does not get there by a change either,
// and a name that is settled again means the unit that was chosen last.
func TestTheDirectoryTakesNoWrongUnit(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		series := plant(t, s)
		unit := recipients.Unit{ID: newID(), Name: "市统计局", Channel: recipients.ByPaper, Copies: 1, Version: 1}
		other := recipients.Unit{ID: newID(), Name: "市调查队", Channel: recipients.ByPaper, Copies: 1, Version: 1}
		must(t, s.AddUnit(ctx, unit))
		must(t, s.AddUnit(ctx, other))
		unit.Postcode = "1"
		if err := s.SaveUnit(ctx, unit); !fault.Is(err, fault.Invalid) {
			t.Errorf("a wrong unit was saved: %v", err)
		}
		must(t, s.SettleName(ctx, series.ID, "统局", unit.ID))
		must(t, s.SettleName(ctx, series.ID, "统局", other.ID))
		if d, err := s.Directory(ctx, series.ID); err != nil || d.Settled["统局"] != other.ID {
			t.Errorf("it means %v, %v", d.Settled, err)
		}
	})
}
