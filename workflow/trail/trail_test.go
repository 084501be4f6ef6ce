package trail

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow/history"
)

// memory is Books of two records; said are the lines that were added.
type memory struct {
	deeds []Deed
	split bool
	said  []fault.Reason
}

func (m *memory) Trail(_ context.Context, q Question) (some []Deed, err error) {
	for _, one := range m.deeds {
		if one.Book == q.Book && (q.After.IsZero() || one.compare(q.After) < 0) {
			some = append(some, one)
		}
	}
	slices.SortFunc(some, func(a, b Deed) int { return b.compare(a.Spot) })
	return some[:min(q.Limit, len(some))], nil
}

func (m *memory) Separation(context.Context) (accounts.Separation, error) {
	return accounts.Separation{On: m.split}, nil
}

func (m *memory) RecordLine(_ context.Context, _ accounts.Sphere, _ uuid.UUID, _ string, what ...fault.Reason) error {
	m.said = append(m.said, what...)
	return nil
}
func (m *memory) LastRoots(context.Context, int) ([]history.Sealed, error) {
	return []history.Sealed{{Raw: []byte(`{"seq":3}`), Hash: "h"}, {}}, nil
}
func (m *memory) LastChecks(context.Context, int) ([]history.Checked, error) { return nil, nil }
func (m *memory) People(context.Context) ([]accounts.Person, error) {
	return []accounts.Person{shenji, guanli}, nil
}

var (
	at     = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
	shenji = accounts.Person{ID: uuid.New(), Login: "shenji", Name: "沈吉", Active: true, Grants: []accounts.Grant{{Role: accounts.Auditor}}}
	guanli = accounts.Person{ID: uuid.New(), Login: "guanli", Name: "管理", Active: true, Grants: []accounts.Grant{{Role: accounts.Admin}}}
)

// TestPiecesAreTheWhole whatever their size, with lines of the same moment.
func TestPiecesAreTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &memory{}
		for n := range rapid.IntRange(1, 30).Draw(t, "lines") {
			when := at.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "at")) * time.Second)
			m.deeds = append(m.deeds, Deed{Spot: Spot{when, rapid.SampledFrom(All).Draw(t, "book"), string(rune('a' + n%6))}})
		}
		slices.SortFunc(m.deeds, func(a, b Deed) int { return b.compare(a.Spot) })
		m.deeds = slices.CompactFunc(m.deeds, func(a, b Deed) bool { return a.Spot == b.Spot })
		q, got := Question{Limit: rapid.IntRange(1, 7).Draw(t, "limit")}, []Deed(nil)
		for more := true; more; {
			var some []Deed
			var err error
			some, more, err = Desk{Books: m}.Search(context.Background(), shenji, q)
			if err != nil || len(some) == 0 {
				t.Fatalf("%d lines, %v", len(some), err)
			}
			got = append(got, some...)
			if q.After, err = ParseSpot(some[len(some)-1].Spot.String()); err != nil {
				t.Fatal(err)
			}
		}
		if !slices.EqualFunc(got, m.deeds, func(a, b Deed) bool { return a.Spot == b.Spot }) {
			t.Errorf("%d lines in pieces, %d at once", len(got), len(m.deeds))
		}
	})
}

func TestWhoAuditsLooksAndIsRecorded(t *testing.T) {
	m := &memory{deeds: []Deed{{Spot: Spot{at, Issues, "a"}}}}
	d := Desk{Books: m}
	if _, _, err := d.Search(t.Context(), guanli, Question{Limit: 1}); err != nil {
		t.Errorf("nothing is separated, and the administrator is answered %v", err)
	}
	m.split, m.said = true, nil
	if _, _, err := d.Search(t.Context(), guanli, Question{Limit: 1}); !fault.Is(err, fault.NotFound) || m.said != nil {
		t.Errorf("the powers are separated, and the administrator is answered %v", err)
	}
	if _, err := d.State(t.Context(), guanli); !fault.Is(err, fault.NotFound) {
		t.Errorf("the state: %v", err)
	}
	q := Question{Book: Issues, Act: "approve", Person: guanli, From: at, Until: at.Add(24 * time.Hour)}
	if _, more, err := d.Export(t.Context(), shenji, q); err != nil || more {
		t.Error(more, err)
	}
	if len(m.said) != 1 || m.said[0].In(fault.ZH) != "导出审计记录：同意，人员“管理”，对象“”，自2026-11-23至2026-11-24" {
		t.Errorf("%v", m.said)
	}
	if s, err := d.State(t.Context(), shenji); err != nil || len(s.Roots) != 1 || s.Hashes[0] != "h" {
		t.Errorf("%+v %v", s, err)
	}
	if p, err := d.Who(t.Context(), " SHENJI "); err != nil || p.ID != shenji.ID {
		t.Errorf("%+v %v", p, err)
	}
	if _, err := d.Who(t.Context(), "nobody"); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

func TestWhatAuditorsReadIsRecorded(t *testing.T) {
	m := &memory{}
	for path, want := range map[string]bool{
		"/issues/1": true, "/archive": true, "/units.xlsx": true, "/api/v1/issues/1": true, "/metrics-of": true,
		"/": false, "/desk": false, "/me/access": false, "/issues/1/dispatch/live": false, "/audit": false, "/audit.csv": false, "/api/v1/audit/lines": false,
	} {
		m.said = nil
		if err := (Desk{Books: m}).Saw(t.Context(), shenji, path); err != nil || len(m.said) == 1 != want {
			t.Errorf("%s: %v, %v", path, m.said, err)
		}
	}
	if Recorded(guanli, "/issues/1") {
		t.Error("who does not audit is recorded for reading")
	}
}

func TestSpotsThatAreNone(t *testing.T) {
	for _, text := range []string{"x", "1", "1.issue", "1.nothing.a", "x.issue.a", "1.issue.' OR 1=1", "99999999999999999999.issue.a"} {
		if s, err := ParseSpot(text); !fault.Is(err, fault.Invalid) || !s.IsZero() {
			t.Errorf("%s: %v, %v", text, s, err)
		}
	}
}

func TestEveryChoiceCanBeChosen(t *testing.T) {
	for _, c := range Choices() {
		var q Question
		if err := q.Choose(c.Value); err != nil || q.Book == "" || c.Title.In(fault.ZH) == "" || c.Part != (q.Act != "" || q.Sphere != "") {
			t.Errorf("%+v: %+v, %v", c, q, err)
		}
	}
}
