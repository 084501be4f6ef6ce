package store

import (
	"slices"
	"testing"
	"time"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar/ics"
	"jianbao/workflow/feeds"
)

// TestAPersonsDeadlinesAsACalendar: what waits for somebody, by when, and no
// longer than the address holds.
func TestAPersonsDeadlinesAsACalendar(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		reviewer, other := hired(t, s, "reviewer", accounts.Reviewer, workflow.Reach{}), hired(t, s, "clerk", accounts.Clerk, workflow.Reach{})
		waits := inReview(series)
		waits.Issue.Route = slices.Clone(waits.Issue.Route)
		waits.Issue.Route[1].Hours = 8
		must(t, s.Open(t.Context(), waits))
		desk := feeds.Desk{Keeper: s, Reads: s, Site: "https://j.example", Now: func() time.Time { return now }, NewID: newID}
		read := func(token string) []ics.Event {
			t.Helper()
			text, err := desk.Show(t.Context(), token)
			must(t, err)
			events, err := ics.Read(text)
			must(t, err)
			return events
		}
		token, err := desk.Make(t.Context(), reviewer.ID)
		must(t, err)
		want := workflow.Timetable{}.Calendar(series, nil).AddWorkingHours(now, 8*time.Hour).Truncate(time.Second)
		events := read(token)
		if len(events) != 1 || !events[0].Begins.Equal(want) || events[0].Summary != "《鄂尔多斯科技简报》第8期：审核" || events[0].URL != "https://j.example/issues/"+waits.Issue.ID.String() {
			t.Errorf("%+v, due %s", events, want)
		}
		idle, err := desk.Make(t.Context(), other.ID)
		must(t, err)
		if events := read(idle); len(events) != 0 {
			t.Errorf("of somebody else: %+v", events)
		}
		var kept feedRow
		must(t, s.db.Where("person = ?", reviewer.ID).Take(&kept).Error)
		if kept.Hash == token || len(kept.Hash) != 64 || len(token) != 43 {
			t.Errorf("the books have %q of %q", kept.Hash, token)
		}
		next, err := desk.Make(t.Context(), reviewer.ID)
		must(t, err)
		ended(t, desk, token)
		if _, has, err := desk.Of(t.Context(), reviewer.ID); err != nil || !has || len(read(next)) != 1 {
			t.Errorf("the new address: %v %v", has, err)
		}
		must(t, desk.End(t.Context(), reviewer.ID))
		ended(t, desk, next)
		ended(t, desk, "")
		if _, has, err := desk.Of(t.Context(), reviewer.ID); err != nil || has {
			t.Errorf("%v %v", has, err)
		}
		other.Version, other.Active = 1, false
		must(t, s.SavePerson(t.Context(), other))
		ended(t, desk, idle)
	})
}

func ended(t *testing.T, desk feeds.Desk, token string) {
	t.Helper()
	if _, err := desk.Show(t.Context(), token); !fault.Is(err, fault.NotFound) {
		t.Errorf("an address that ended: %v", err)
	}
}
