package store

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
)

// plantUnit adds a unit and returns it as it comes back.
func plantUnit(t *testing.T, s *Store, name string) recipients.Unit {
	t.Helper()
	u := recipients.Unit{
		ID: newID(), Name: name, Place: "鄂尔多斯市", Channel: recipients.ByBoth, Copies: 1, Version: 1,
		Addresses: []string{"a@" + newID().String()[30:] + ".example"},
		Aliases:   []recipients.Alias{{Name: "简" + name}, {Name: "旧" + name, Until: now, Former: true}},
	}
	must(t, s.AddUnit(t.Context(), u))
	return u
}

func directory(t *testing.T, s *Store) recipients.Directory {
	t.Helper()
	d, err := s.Directory(t.Context(), newID())
	must(t, err)
	return d
}

func orderAt(day time.Time) recipients.Order {
	return recipients.Order{ID: newID(), Day: day, Reason: "机构改革", By: "甲", Now: now}
}

func TestAUnitComesBackWithAllItsFields(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		above := plantUnit(t, s, "市政府")
		u := recipients.Unit{
			ID: newID(), Name: "市统计局", Place: "鄂尔多斯市", Level: recipients.City, Parent: above.ID, Phone: "0477-8580000",
			Contact: recipients.Contact{Name: "程继东", Phone: "1", Addresses: []string{"x@a.example", "y@a.example"}},
			Deputy:  recipients.Contact{Name: "乔栋"}, Channel: recipients.ByPaper, Copies: 3, CopiesAssumed: true,
			Addresses: []string{"tjj@a.example"}, Ended: now, Successors: nil, Version: 1,
		}
		must(t, s.AddUnit(t.Context(), u))
		all, err := s.Units(t.Context())
		must(t, err)
		if !reflect.DeepEqual(all, []recipients.Unit{above, u}) {
			t.Errorf("came back as\n%+v\nnot\n%+v", all, u)
		}
	})
}

func TestReformsAreKept(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		one, two := plantUnit(t, s, "甲局"), plantUnit(t, s, "乙局")
		must(t, s.AddCollective(t.Context(), recipients.Collective{ID: newID(), Text: "两局", Members: []recipients.Member{{Words: "乙", Unit: two.ID}}}))
		_, err := s.ChangeUnits(t.Context(), func(d recipients.Directory) (recipients.Change, error) {
			return d.Rename(one.ID, "丙局", []string{"市丙局"}, orderAt(now.AddDate(-1, 0, 0)))
		})
		must(t, err)
		before := directory(t, s)
		heir := recipients.Unit{ID: newID(), Name: "丁局", Channel: recipients.ByPaper}
		change, err := s.ChangeUnits(t.Context(), func(d recipients.Directory) (recipients.Change, error) {
			return d.Merge([]uuid.UUID{one.ID, two.ID}, heir, orderAt(now))
		})
		must(t, err)
		after := directory(t, s)
		want := before.With(change)
		byName := func(d recipients.Directory) map[string]recipients.Unit {
			all := map[string]recipients.Unit{}
			for _, u := range d.Units {
				all[u.Name] = u
			}
			return all
		}
		if got, want := byName(after), byName(want); !reflect.DeepEqual(got, want) {
			t.Errorf("units\n%+v, want\n%+v", got, want)
		}
		if !reflect.DeepEqual(after.Reforms, want.Reforms) || len(after.Reforms) != 2 {
			t.Errorf("reforms\n%+v, want\n%+v", after.Reforms, want.Reforms)
		}
		if after.Collectives[0].Members[0].Unit != heir.ID {
			t.Errorf("the roster: %+v", after.Collectives)
		}
		for _, statement := range []string{"DELETE FROM unit_reform", "UPDATE unit_reform SET day = 0"} {
			if err := s.db.Exec(statement).Error; err == nil || !strings.Contains(err.Error(), "only grows") {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
}

func TestUnitsChangeTogetherOrNotAtAll(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		one, two := plantUnit(t, s, "甲局"), plantUnit(t, s, "乙局")
		one.Name, two.Name = two.Name, one.Name
		change := recipients.Change{Changed: []recipients.Unit{one, two}, Added: []recipients.Unit{{ID: newID(), Name: "丙局", Channel: recipients.ByPaper}}}
		as := func(recipients.Directory) (recipients.Change, error) { return change, nil }
		_, err := s.ChangeUnits(t.Context(), as)
		must(t, err)
		before := directory(t, s)
		if len(before.Units) != 3 || before.Units[0].Version+before.Units[1].Version+before.Units[2].Version != 5 {
			t.Errorf("two exchange their names: %+v", before.Units)
		}
		if _, err := s.ChangeUnits(t.Context(), as); !fault.Is(err, fault.Conflict) {
			t.Errorf("over a newer version: %v", err)
		}
		change = recipients.Change{Added: []recipients.Unit{{ID: newID(), Name: "丁局", Channel: recipients.ByPaper}, {ID: newID(), Name: "甲局", Channel: recipients.ByPaper}}}
		if _, err := s.ChangeUnits(t.Context(), as); !fault.Is(err, fault.Conflict) {
			t.Errorf("a name that is taken: %v", err)
		}
		change.Added[1] = recipients.Unit{ID: newID(), Name: "戊局"}
		if _, err := s.ChangeUnits(t.Context(), as); !fault.Is(err, fault.Invalid) {
			t.Errorf("a unit without a channel: %v", err)
		}
		if after := directory(t, s); !reflect.DeepEqual(before, after) {
			t.Errorf("half of it was written: %+v", after.Units)
		}
	})
}
