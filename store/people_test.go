package store

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
)

func TestAPersonComesBackAndIsSavedOverOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		p := accounts.Person{ID: newID(), Login: "cheng", Name: "程继东", Password: "hash", Active: true,
			Grants: []accounts.Grant{{Role: accounts.Admin}, {Series: newID(), Role: accounts.Editor}}}
		must(t, s.SavePerson(t.Context(), p))
		got, err := s.ByLogin(t.Context(), "cheng")
		must(t, err)
		p.Version = 1
		if !reflect.DeepEqual(got, p) {
			t.Errorf("came back as %+v", got)
		}
		got.Active, got.Grants = false, nil
		must(t, s.SavePerson(t.Context(), got))
		if err := s.SavePerson(t.Context(), got); !fault.Is(err, fault.Conflict) {
			t.Errorf("saved over a newer one: %v", err)
		}
		if now, err := s.PersonByID(t.Context(), p.ID); err != nil || now.Active || now.Version != 2 || len(now.Grants) != 0 {
			t.Errorf("%+v %v", now, err)
		}
		if err := s.SavePerson(t.Context(), accounts.Person{ID: newID(), Login: "cheng"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("a login that is taken: %v", err)
		}
		if all, err := s.People(t.Context()); err != nil || len(all) != 1 {
			t.Errorf("%d people, %v", len(all), err)
		}
	})
}

func TestSessions(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		clock := now
		sessions := Sessions{store: s, now: func() time.Time { return clock }}
		must(t, sessions.Commit("token", []byte("one"), now.Add(time.Hour)))
		must(t, sessions.Commit("token", []byte("two"), now.Add(time.Hour)))
		if data, found, err := sessions.Find("token"); string(data) != "two" || !found || err != nil {
			t.Errorf("found %q %v %v", data, found, err)
		}
		all, err := rows[sessionRow](s.db)
		must(t, err)
		if len(all) != 1 || strings.Contains(all[0].Token, "token") {
			t.Errorf("kept as %+v", all)
		}
		clock = now.Add(time.Hour)
		if _, found, err := sessions.Find("token"); found || err != nil {
			t.Errorf("after its time: %v %v", found, err)
		}
		must(t, sessions.Commit("other", nil, clock.Add(time.Hour)))
		must(t, sessions.Delete("other"))
		must(t, sessions.Delete("other"))
		if all, err := rows[sessionRow](s.db); err != nil || len(all) != 0 {
			t.Errorf("%d are left, %v", len(all), err)
		}
	})
}

func TestTheDirectoryComesBackAndIsSavedOverOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		unit := recipients.Unit{
			ID: newID(), Name: "鄂尔多斯市统计局", Place: "鄂尔多斯", Addresses: []string{"a@b.example"}, Phone: "0477-1", Postcode: "017000", Street: "鄂尔多斯大街1号", Channel: recipients.ByBoth,
			Copies: 2, CopiesAssumed: true, Version: 1, Aliases: []recipients.Alias{{Name: "市统计局", From: now}, {Name: "统计局"}},
		}
		must(t, s.AddUnit(t.Context(), unit))
		group := recipients.Collective{ID: newID(), Text: "市委、市政府领导", Place: "鄂尔多斯", Version: 1, Members: []recipients.Member{{Words: "市委领导", Unit: unit.ID}, {Words: "市政府领导", Unit: unit.ID}}}
		must(t, s.AddCollective(t.Context(), group))
		must(t, s.SettleName(t.Context(), series.ID, "统局", unit.ID))
		must(t, s.SettleName(t.Context(), series.ID, "统局", unit.ID))
		want := recipients.Directory{
			Units: []recipients.Unit{unit}, Collectives: []recipients.Collective{group}, Settled: map[string]uuid.UUID{"统局": unit.ID},
		}
		if got, err := s.Directory(t.Context(), series.ID); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, %v, want %+v", got, err, want)
		}
		unit.Aliases = unit.Aliases[:1]
		must(t, s.SaveUnit(t.Context(), unit))
		if err := s.SaveUnit(t.Context(), unit); !fault.Is(err, fault.Conflict) {
			t.Errorf("saved over a newer one: %v", err)
		}
		if all, err := s.Units(t.Context()); err != nil || len(all) != 1 || all[0].Version != 2 || len(all[0].Aliases) != 1 {
			t.Errorf("%+v %v", all, err)
		}
		unit.ID = newID()
		if err := s.AddUnit(t.Context(), unit); !fault.Is(err, fault.Conflict) {
			t.Errorf("a name that is taken: %v", err)
		}
	})
}
