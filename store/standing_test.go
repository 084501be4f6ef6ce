package store

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/standing"
	"jianbao/workflow"
)

var otherList = fault.Say("store.test-list", "“%s”有变", "%q is other")

func TestStandingListsAreKept(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series, unit := plant(t, s), plantUnit(t, s, "甲局")
		none, err := s.StandingLists(t.Context(), series.ID)
		must(t, err)
		if !none.IsZero() || none.Series != series.ID || none.Version != 0 {
			t.Fatalf("before anything was written: %+v", none)
		}
		lists := standing.Lists{Series: series.ID, Lists: []recipients.Listed{{Label: "送", Text: "甲局"}}, Copies: map[uuid.UUID]int{unit.ID: 4}}
		save := func() error {
			return s.SaveStandingLists(t.Context(), lists, boss, now, []fault.Reason{otherList.With("送")})
		}
		must(t, save())
		got, err := s.StandingLists(t.Context(), series.ID)
		must(t, err)
		want := lists
		want.Version = 1
		if !reflect.DeepEqual(got, want) {
			t.Errorf("came back as %+v", got)
		}
		if err := save(); !fault.Is(err, fault.Conflict) {
			t.Errorf("saved from what was there before: %v", err)
		}
		if lines := changesOf(t, s, series.ID); len(lines) != 1 || !strings.Contains(lines[0], "“送”有变") {
			t.Errorf("history: %v", lines)
		}
		lists.Series, lists.Version = newID(), 0
		if err := save(); !fault.Is(err, fault.NotFound) {
			t.Errorf("no series: %v", err)
		}
		lists.Lists = []recipients.Listed{{Text: "甲局"}}
		if err := save(); !fault.Is(err, fault.Invalid) {
			t.Errorf("no label: %v", err)
		}
		d, err := s.Directory(t.Context(), series.ID)
		must(t, err)
		if d.Copies[unit.ID] != 4 {
			t.Errorf("the series' directory gives %v", d.Copies)
		}
	})
}

// sentTo is an issue of a series that went out to a unit.
func sentTo(t *testing.T, s *Store, series workflow.Series, no int, unit recipients.Unit) workflow.Issue {
	t.Helper()
	change := opening(series)
	issue := &change.Issue
	issue.Circulation = recipients.Circulation{Lists: []recipients.List{{Label: "送", Entries: []recipients.Entry{
		{Printed: unit.Name, Recipients: []recipients.Recipient{{Unit: unit.ID, Name: unit.Name, Channel: unit.Channel, Copies: 2}}}}}}}
	issue.Released, issue.State = now, workflow.Dispatched
	issue.Number = workflow.Number{Year: 2026, Kind: issue.Kind, No: no}
	must(t, s.Open(t.Context(), change))
	must(t, s.Enter(t.Context(), series.ID, func(workflow.Series, []workflow.RegisterLine) (workflow.Change, error) {
		line := workflow.RegisterLine{Series: series.ID, Number: issue.Number, Issue: issue.ID, At: now.AddDate(0, 0, no), By: "甲"}
		return workflow.Change{Given: &line}, nil
	}))
	return *issue
}

func TestWhatAUnitGotIsFound(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series, one, other := plant(t, s), plantUnit(t, s, "甲局"), plantUnit(t, s, "乙局")
		first, second := sentTo(t, s, series, 1, one), sentTo(t, s, series, 2, one)
		sentTo(t, s, series, 3, other)
		got, err := s.Got(t.Context(), []uuid.UUID{series.ID}, one.ID, 10)
		must(t, err)
		if len(got) != 2 || got[0].ID == got[1].ID || got[0].Places[0].Copies != 2 || got[0].Places[0].Name != "甲局" {
			t.Errorf("%+v", got)
		}
		if got, err := s.Got(t.Context(), []uuid.UUID{newID()}, one.ID, 10); err != nil || got != nil {
			t.Errorf("of another series: %+v %v", got, err)
		}
		for before, want := range map[uuid.UUID]uuid.UUID{second.ID: first.ID, first.ID: uuid.Nil} {
			last, err := s.LastIssue(t.Context(), series.ID, before)
			must(t, err)
			if last == nil != (want == uuid.Nil) || last != nil && last.ID != want {
				t.Errorf("before %s came %+v", before, last)
			}
		}
		if last, err := s.LastIssue(t.Context(), series.ID, newID()); err != nil || last == nil || last.Number.No != 3 {
			t.Errorf("before one that has no number came %+v, %v", last, err)
		}
	})
}

func TestRostersAndNotesAreKept(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		one, two := plantUnit(t, s, "甲局"), plantUnit(t, s, "乙局")
		roster := recipients.Collective{ID: newID(), Text: "两局", Place: "鄂尔多斯市", Members: []recipients.Member{
			{Words: "甲", Unit: one.ID, Until: now}, {Words: "乙", Unit: two.ID, From: now}}}
		note := recipients.Note{ID: newID(), Of: roster.ID, Name: "两局", At: now, By: "甲", What: []fault.Reason{otherList.With("两局")}}
		change := func(c recipients.Change) error {
			_, err := s.ChangeUnits(t.Context(), func(recipients.Directory) (recipients.Change, error) { return c, nil })
			return err
		}
		must(t, change(recipients.Change{Founded: []recipients.Collective{roster}, Notes: []recipients.Note{note}}))
		roster.Version = 1
		if got := directory(t, s).Collectives; !reflect.DeepEqual(got, []recipients.Collective{roster}) {
			t.Errorf("came back as %+v", got)
		}
		other := roster
		other.Text, other.Members = "一局", roster.Members[:1]
		must(t, change(recipients.Change{Collectives: []recipients.Collective{other}}))
		if err := change(recipients.Change{Collectives: []recipients.Collective{roster}}); !fault.Is(err, fault.Conflict) {
			t.Errorf("saved from what was there before: %v", err)
		}
		if got := directory(t, s).Collectives; got[0].Text != "一局" || len(got[0].Members) != 1 || got[0].Version != 2 {
			t.Errorf("changed to %+v", got)
		}
		must(t, change(recipients.Change{Dropped: []uuid.UUID{roster.ID}, Founded: []recipients.Collective{{ID: newID(), Text: "一局", Members: other.Members}}}))
		if got := directory(t, s).Collectives; len(got) != 1 || got[0].ID == roster.ID {
			t.Errorf("dropped: %+v", got)
		}
		notes, err := s.UnitNotes(t.Context(), roster.ID, 5)
		must(t, err)
		if len(notes) != 1 || notes[0].By != "甲" || notes[0].What[0].In(fault.EN) != `"两局" is other` {
			t.Errorf("notes: %+v", notes)
		}
	})
}

func TestAUnitIsClosedForGood(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		unit := plantUnit(t, s, "甲局")
		_, err := s.ChangeUnits(t.Context(), func(d recipients.Directory) (recipients.Change, error) { return d.End(unit.ID, orderAt(now)) })
		must(t, err)
		d := directory(t, s)
		if !d.Units[0].Ended.Equal(now) || len(d.Reforms) != 1 || d.Reforms[0].Kind != recipients.Closed || len(d.Reforms[0].To) != 0 {
			t.Errorf("%+v %+v", d.Units, d.Reforms)
		}
	})
}

// The next issue of a series is opened for whom its standing lists mean now.
func TestTheNextIssueTakesTheStandingLists(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series, unit := plant(t, s), plantUnit(t, s, "甲局")
		lists := standing.Lists{Series: series.ID, Lists: []recipients.Listed{{Label: "送", Text: "甲局"}}, Copies: map[uuid.UUID]int{unit.ID: 4}}
		must(t, s.SaveStandingLists(t.Context(), lists, boss, now, nil))
		fire := workflow.Fire{Series: series.ID, Schedule: workflow.Opening, Local: "2026-01-05T09:00", At: now}
		var opened uuid.UUID
		_, err := s.Fire(t.Context(), fire, func(v workflow.FireView) (workflow.FireResult, error) {
			result := workflow.FireWork(v, fire, now, newID)
			if result.Change != nil {
				opened = result.Change.Issue.ID
			}
			return result, nil
		})
		must(t, err)
		issue, err := s.Issue(t.Context(), opened)
		must(t, err)
		places := issue.Circulation.All()
		if len(places) != 1 || places[0].Unit != unit.ID || places[0].Copies != 4 {
			t.Errorf("opened for %+v", places)
		}
	})
}
