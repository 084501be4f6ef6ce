package store

import (
	"reflect"
	"testing"

	"jianbao/fault"
	"jianbao/workflow/calendar"
)

func TestTheOfficesOwnWorkingDays(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		if none, err := s.Years(t.Context()); err != nil || len(none) != 0 {
			t.Fatalf("%v, %v", none, err)
		}
		own, err := calendar.ReadYear(2027, "# 来源：市政府办\n2026-12-31至2027-01-03,休,元旦\n2027-01-09,班,元旦")
		must(t, err)
		later := calendar.Year{Year: 2028, Days: []calendar.Special{{Day: calendar.Day{Year: 2028, Month: 1, Day: 1}, Off: true, Name: "元旦"}}}
		must(t, s.SaveYear(t.Context(), later))
		must(t, s.SaveYear(t.Context(), own))
		own.Version, later.Version = 1, 1
		if got, err := s.Years(t.Context()); err != nil || !reflect.DeepEqual(got, []calendar.Year{own, later}) {
			t.Errorf("%+v, %v", got, err)
		}
		own.Days = own.Days[:2]
		must(t, s.SaveYear(t.Context(), own))
		for name, version := range map[string]int{"over a newer version": 1, "as if there were none": 0} {
			own.Version = version
			if err := s.SaveYear(t.Context(), own); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
		own.Version = 2
		if got, err := s.Years(t.Context()); err != nil || !reflect.DeepEqual(got[0], own) {
			t.Errorf("%+v, %v", got, err)
		}
		must(t, s.DropYear(t.Context(), own))
		if err := s.DropYear(t.Context(), own); !fault.Is(err, fault.Conflict) {
			t.Errorf("dropped twice: %v", err)
		}
		if got, err := s.Years(t.Context()); err != nil || len(got) != 1 {
			t.Errorf("%+v, %v", got, err)
		}
		own.Days[0].Name = ""
		if err := s.SaveYear(t.Context(), own); !fault.Is(err, fault.Invalid) {
			t.Errorf("nameless: %v", err)
		}
	})
}
