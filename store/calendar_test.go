package store

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"jianbao/fault"
	"jianbao/workflow/calendar"
)

func TestTheOfficesOwnWorkingDays(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		if none, err := s.Years(t.Context()); err != nil || len(none) != 0 {
			t.Fatalf("%v, %v", none, err)
		}
		changes := 0
		change := func(year int, y *calendar.Year, version int) calendar.Change {
			changes++
			return calendar.Change{ID: newID(), At: now.Add(time.Duration(changes) * time.Second), ByName: "管理员", Reason: "市政府通知", Year: year, Table: y, Version: version}
		}
		own, err := calendar.ReadYear(2027, "# 来源：市政府办\n2026-12-31至2027-01-03,休,元旦\n2027-01-09,班,元旦")
		must(t, err)
		later := calendar.Year{Year: 2028, Days: []calendar.Special{{Day: calendar.Day{Year: 2028, Month: 1, Day: 1}, Off: true, Name: "元旦"}}}
		must(t, s.ChangeYear(t.Context(), change(2028, &later, 0)))
		must(t, s.ChangeYear(t.Context(), change(2027, &own, 0)))
		own.Version, later.Version = 1, 1
		if got, err := s.Years(t.Context()); err != nil || !reflect.DeepEqual(got, []calendar.Year{own, later}) {
			t.Errorf("%+v, %v", got, err)
		}
		first := own
		own.Days = own.Days[:2]
		must(t, s.ChangeYear(t.Context(), change(2027, &own, 1)))
		less := own
		less.Days = own.Days[:1]
		for name, version := range map[string]int{"over a newer version": 1, "as if there were none": 0} {
			if err := s.ChangeYear(t.Context(), change(2027, &less, version)); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
		own.Version = 2
		if got, err := s.Years(t.Context()); err != nil || !reflect.DeepEqual(got[0], own) {
			t.Errorf("%+v, %v", got, err)
		}
		must(t, s.ChangeYear(t.Context(), change(2027, nil, 2)))
		if err := s.ChangeYear(t.Context(), change(2027, nil, 2)); !fault.Is(err, fault.Conflict) {
			t.Errorf("dropped twice: %v", err)
		}
		must(t, s.ChangeYear(t.Context(), change(2027, &first, 0)))
		if got, err := s.Years(t.Context()); err != nil || len(got) != 2 || got[0].Version != 4 {
			t.Errorf("entered once more: %+v, %v", got, err)
		}
		nameless := own
		nameless.Days = []calendar.Special{{Day: own.Days[0].Day}}
		if err := s.ChangeYear(t.Context(), change(2027, &nameless, 4)); !fault.Is(err, fault.Invalid) {
			t.Errorf("nameless: %v", err)
		}
		theRecordGrows(t, s, []int{4, 2, 0, 4})
	})
}

// theRecordGrows holds the record of 2027 against how many days its table had
// behind each change.
func theRecordGrows(t *testing.T, s *Store, days []int) {
	t.Helper()
	record, err := s.YearChanges(t.Context(), 2027)
	var got []int
	for _, c := range record {
		n := 0
		if c.Table != nil {
			n = len(c.Table.Days) - strings.Count(c.Table.Form(), "班,元旦")
		}
		got = append(got, n)
		if c.ByName != "管理员" || c.Reason != "市政府通知" || c.Year != 2027 || c.Table != nil && c.Table.Source != "市政府办" {
			err = errors.Join(err, fault.New(fault.Internal, fault.Reason{Key: c.ByName}))
		}
	}
	if err != nil || !reflect.DeepEqual(got, days) {
		t.Errorf("%v, %v", got, err)
	}
	for _, statement := range []string{"UPDATE calendar_change SET reason = ''", "DELETE FROM calendar_change"} {
		if err := s.db.Exec(statement).Error; err == nil || !strings.Contains(err.Error(), "only grows") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}
