package seeds_test

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/seeds"
	"jianbao/store"
	"jianbao/workflow"
)

var now = time.Date(2021, 7, 15, 2, 0, 0, 0, time.UTC)

// spelled is a hasher that takes no time.
type spelled struct{}

func (spelled) Hash(_ context.Context, password string) (string, error) {
	return "hash of " + password, nil
}

// garden returns an empty database.
func garden(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), t.TempDir()+"/jianbao.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// What is planted, as the rooms read it back.
type crop struct {
	Series    []workflow.Series
	Directory recipients.Directory
	Register  []workflow.RegisterLine
	People    []accounts.Person
}

func harvest(t *testing.T, s *store.Store) (c crop) {
	t.Helper()
	var errs [3]error
	c.Series, errs[0] = s.SeriesAll(t.Context())
	c.Directory, errs[1] = s.Directory(t.Context(), seeds.SeriesID)
	c.Register, errs[2] = s.Register(t.Context(), seeds.SeriesID)
	for _, p := range seeds.People() {
		person, err := s.ByLogin(t.Context(), p.Login)
		errs[0] = errors.Join(errs[0], err)
		c.People = append(c.People, person)
	}
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPlantingTwiceChangesNothing(t *testing.T) {
	s := garden(t)
	if err := seeds.Plant(t.Context(), s, spelled{}, "first", now); err != nil {
		t.Fatal(err)
	}
	before := harvest(t, s)
	if len(before.Series) != 1 || len(before.Directory.Units) != 15 || len(before.Directory.Collectives) != 1 || len(before.Register) != 7 {
		t.Errorf("planted %d series, %d units, %d collectives, %d numbers", len(before.Series), len(before.Directory.Units), len(before.Directory.Collectives), len(before.Register))
	}
	if err := seeds.Plant(t.Context(), s, spelled{}, "second", now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if after := harvest(t, s); !reflect.DeepEqual(after, before) {
		t.Errorf("now it is\n%+v\nnot\n%+v", after, before)
	}
}

// Every name that the real text lists is a planted unit, with an address.
func TestTheRealListsResolve(t *testing.T) {
	s := garden(t)
	if err := seeds.Plant(t.Context(), s, spelled{}, "p", now); err != nil {
		t.Fatal(err)
	}
	planted := harvest(t, s)
	var listed []recipients.Listed
	for _, l := range bulletin.Parse(seeds.Issue8).Document.Lists {
		listed = append(listed, recipients.Listed{Label: l.Label, Text: l.Text})
	}
	circulation := recipients.Resolve(planted.Directory, planted.Series[0].Place, now, listed)
	if doubts := append(circulation.Unresolved(), circulation.Unreachable()...); len(doubts) > 0 {
		t.Errorf("%v", doubts)
	}
	if all := circulation.All(); len(all) != 15 {
		t.Errorf("%d units, not 15", len(all))
	}
}

func TestThePeopleMayDoTheirPart(t *testing.T) {
	roles := map[string]accounts.Role{seeds.EditorLogin: accounts.Editor, seeds.ReviewerLogin: accounts.Reviewer, seeds.ClerkLogin: accounts.Clerk}
	seen := map[uuid.UUID]bool{}
	for _, p := range seeds.People() {
		if !p.Has(roles[p.Login], seeds.SeriesID) || p.Has(roles[p.Login], uuid.New()) || seen[p.ID] {
			t.Errorf("%s: %+v", p.Login, p.Grants)
		}
		seen[p.ID] = true
	}
}

// bare is ground where one thing does not grow.
type bare struct {
	*store.Store
	err error
}

func (b bare) AddSeries(context.Context, workflow.Series) error { return b.err }

func TestAPlantingThatBrokeOffIsMadeGood(t *testing.T) {
	s := garden(t)
	failed := fault.New(fault.Unavailable, fault.Reason{Key: "x"})
	if err := seeds.Plant(t.Context(), bare{s, failed}, spelled{}, "p", now); !fault.Is(err, fault.Unavailable) {
		t.Fatalf("%v", err)
	}
	if err := seeds.Plant(t.Context(), s, spelled{}, "p", now); err != nil {
		t.Fatal(err)
	}
	if got := harvest(t, s); len(got.Series) != 1 || len(got.Directory.Units) != 15 || len(got.Register) != 7 {
		t.Errorf("%d series, %d units, %d numbers", len(got.Series), len(got.Directory.Units), len(got.Register))
	}
}
