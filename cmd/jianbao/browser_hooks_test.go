package main

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/hooks"
	"jianbao/seeds"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	holidaywatch "jianbao/workflow/holidays"
)

// hookShown is the target that the exhibition has.
var hookShown = uuid.MustParse("6f0f3bb6-66a7-4c0f-8f0c-0d6f2a9a0b11")

// withHook gives the exhibition a program that is told, with messages that
// arrived and that did not, a notice for its administrator, and a table of
// holidays of its own.
func (x exhibition) withHook(t *testing.T) {
	t.Helper()
	now := time.Now()
	target := hooks.Target{ID: hookShown, Series: seeds.SeriesID, Name: "市委办公文系统", URL: "https://oa.example.gov.cn/jianbao", Kinds: []hooks.Kind{hooks.Released}, Generation: 1, Made: now}
	failed := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	failed(x.store.SaveHookTarget(t.Context(), target, hooks.Change{At: now, ByName: "管理员", What: hooks.SayMade.With(target.URL)}))
	for _, m := range []hooks.Message{
		{State: hooks.Delivered, Tries: 1, Status: 204, Ended: now},
		{State: hooks.Waiting, Tries: 3, Status: 503, NextAt: now.Add(time.Hour), Why: fault.Reason{Key: "hooks.status", Args: []any{503}}},
	} {
		m.ID, m.Target, m.Kind, m.At = uuid.New(), hookShown, hooks.Test, now
		failed(x.store.TestHook(t.Context(), m, hooks.Change{At: now, ByName: "管理员", What: hooks.SayTested.With()}))
	}
	years := calendar.Known()
	y := years[len(years)-1]
	failed(x.store.ChangeYear(t.Context(), calendar.Change{ID: uuid.New(), At: now, ByName: "管理员", Reason: "核对国办通知", Year: y.Year, Table: &y}))
	admin, err := x.store.ByLogin(t.Context(), adminLogin)
	failed(err)
	failed(x.store.RemindOfHolidays(t.Context(), now, func(holidaywatch.Sight) holidaywatch.Telling {
		n := workflow.Notice{ID: uuid.New(), Person: admin.ID, Series: seeds.SeriesID, Kind: workflow.Holidays, Key: "holidays/2027", At: now}
		n.Says = fault.Reason{Key: "holidays.missing", Args: []any{2027}}
		return holidaywatch.Telling{Notices: []workflow.Notice{n}, Key: n.Key}
	}))
}
