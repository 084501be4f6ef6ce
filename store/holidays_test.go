package store

import (
	"testing"
	"time"

	"jianbao/accounts"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/holidays"
)

// TestAdministratorsAreToldOfNextYear once, from December on, until its table is
// entered.
func TestAdministratorsAreToldOfNextYear(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		plant(t, s)
		admin := hired(t, s, "admin", accounts.Admin, workflow.Reach{Address: "a@b.example"})
		editor := hired(t, s, "editor", accounts.Editor, workflow.Reach{})
		look := func(at string) []workflow.Notice {
			t.Helper()
			day, err := time.Parse(time.DateOnly, at)
			must(t, err)
			for range 2 { // two processes
				r := &holidays.Reminder{Watch: s, NewID: newID}
				must(t, r.Look(t.Context(), day))
				must(t, r.Look(t.Context(), day.Add(time.Minute)))
			}
			told, err := s.Notices(t.Context(), admin.ID, 10)
			must(t, err)
			return told
		}
		if told := look("2026-11-29"); len(told) != 0 {
			t.Errorf("in November: %+v", told)
		}
		told := look("2026-12-02")
		if len(told) != 1 || told[0].Kind != workflow.Holidays || told[0].SendAt.IsZero() || told[0].Says.Args[0] != 2027.0 && told[0].Says.Args[0] != 2027 {
			t.Errorf("in December: %+v", told)
		}
		if told := look("2026-12-20"); len(told) != 1 {
			t.Errorf("again: %+v", told)
		}
		if others, err := s.Notices(t.Context(), editor.ID, 10); err != nil || len(others) != 0 {
			t.Errorf("%+v, %v", others, err)
		}
		y, err := calendar.ReadYear(2027, "2027-01-01,休,元旦")
		must(t, err)
		must(t, s.ChangeYear(t.Context(), calendar.Change{ID: newID(), At: now, ByName: "管理员", Reason: "国办通知", Year: 2027, Table: &y}))
		if told := look("2026-12-21"); len(told) != 0 {
			t.Errorf("when it is there: %+v", told)
		}
	})
}
