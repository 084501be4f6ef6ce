package store

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/hooks"
	"jianbao/workflow"
	"jianbao/workflow/history"
	"jianbao/workflow/trail"
)

// TestTheTrailIsOneListOfAllRecords of an office that has lived a while: read in
// pieces of any size it is the same list, and each question finds its lines.
func TestTheTrailIsOneListOfAllRecords(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		lived(t, s)
		auditor := powered("shenji", accounts.Auditor)
		must(t, s.SavePerson(t.Context(), auditor))
		everyBook(t, s)
		d := trail.Desk{Books: s}
		all, more, err := d.Search(t.Context(), auditor, trail.Question{Limit: 10_000})
		must(t, err)
		if more || len(all) < 20 {
			t.Fatalf("%d lines, more: %v", len(all), more)
		}
		read := map[trail.Book]int{}
		for n, one := range all {
			read[one.Book]++
			if one.Act.In(fault.ZH) == "" || one.At.IsZero() || n > 0 && all[n-1].At.Before(one.At) {
				t.Errorf("%+v", one)
			}
		}
		for _, book := range trail.All {
			if read[book] == 0 {
				t.Errorf("no line of %s", book)
			}
		}
		asPieces(t, d, auditor, all)
		asAsked(t, d, auditor, all)
	})
}

// everyBook adds lines to all records, some of them of the same moment.
func everyBook(t *testing.T, s *Store) {
	t.Helper()
	series, err := rows[seriesRow](s.db)
	must(t, err)
	people, err := rows[personRow](s.db)
	must(t, err)
	of, who, at := series[0].ID, people[0].ID, momentOf(time.Date(2021, 7, 15, 4, 0, 0, 0, time.UTC))
	said := []fault.Reason{changedUnit.With()}
	must(t, s.write(t.Context(), func(tx *gorm.DB) error {
		target := hookTargetRow{ID: newID(), Series: of, Name: "平台", Kinds: []hooks.Kind{}}
		for n := range 9 {
			err := errors.Join(
				add(tx, settingsRow{Series: of, Seq: n + 101, At: at, ByID: who, ByName: "程", What: said}),
				add(tx, filingRuleRow{Series: of, Seq: n + 101, At: at + moment(n%2), ByID: who, ByName: "程", Reason: "按表"}),
				add(tx, yearChangeRow{ID: newID(), Year: 2026, At: at, ByID: who, ByName: "程", Reason: "通知"}),
				add(tx, unitNoteRow{ID: newID(), Subject: newID(), Name: "市统计局", At: at, By: "程", What: said}),
				add(tx, visitRow{ID: newID(), Person: who, Way: "provider", Device: "Chrome", Network: "10.0.0.9", Began: at}),
				add(tx, delegationRow{ID: newID(), Person: who, Deputy: uuid.Nil, Reason: "出差", ByID: who, ByName: "程", At: at}),
				add(tx, refusalRow{ID: newID(), Hour: at, Why: "password", Person: who, Place: fmt.Sprint(n), Began: at, Last: at, Times: 1, Origin: "10.0.0.9"}),
				add(tx, lineRow{ID: newID(), At: at, Sphere: "door", What: said}),
			)
			if n == 0 {
				err = errors.Join(err, add(tx, target))
			}
			if err = errors.Join(err, add(tx, hookChangeRow{ID: newID(), Target: target.ID, At: at, ByID: who, ByName: "程", What: said[0]})); err != nil {
				return err
			}
		}
		return nil
	}))
}

// asPieces reads the list piece by piece. What happens meanwhile, such as that
// somebody looks, moves nothing.
func asPieces(t *testing.T, d trail.Desk, who accounts.Person, all []trail.Deed) {
	t.Helper()
	var got []trail.Deed
	after := all[0].Spot
	for more := true; more; {
		var some []trail.Deed
		var err error
		some, more, err = d.Search(t.Context(), who, trail.Question{After: after, Limit: 7})
		must(t, err)
		got = append(got, some...)
		after, err = trail.ParseSpot(some[len(some)-1].Spot.String())
		must(t, err)
	}
	same := func(a, b trail.Deed) bool { return a.Spot == b.Spot }
	if !slices.EqualFunc(got, all[1:], same) {
		t.Errorf("in pieces it has %d lines, at once %d", len(got), len(all)-1)
	}
}

func asAsked(t *testing.T, d trail.Desk, who accounts.Person, all []trail.Deed) {
	t.Helper()
	find := func(q trail.Question) []trail.Deed {
		q.Limit = 10_000
		found, _, err := d.Search(t.Context(), who, q)
		must(t, err)
		return found
	}
	count := func(is func(trail.Deed) bool) (n int) {
		for _, one := range all {
			if is(one) {
				n++
			}
		}
		return n
	}
	first := all[slices.IndexFunc(all, func(one trail.Deed) bool { return one.Book == trail.Issues && one.By != uuid.Nil })]
	acts := workflow.Acts()
	act := acts[slices.IndexFunc(acts, func(a workflow.Act) bool { return a.Title().Key == first.Act.Key })]
	for name, ask := range map[string]struct {
		q  trail.Question
		is func(trail.Deed) bool
	}{
		"by":     {trail.Question{Book: trail.Issues, Person: accounts.Person{ID: first.By}}, func(one trail.Deed) bool { return one.Book == trail.Issues && one.By == first.By }},
		"act":    {trail.Question{Book: trail.Issues, Act: act}, func(one trail.Deed) bool { return one.Act.Key == first.Act.Key }},
		"object": {trail.Question{Object: first.Object.String()}, func(one trail.Deed) bool { return one.Object == first.Object }},
		"from":   {trail.Question{Book: trail.Issues, From: first.At}, func(one trail.Deed) bool { return one.Book == trail.Issues && !one.At.Before(first.At) }},
		"until":  {trail.Question{Until: all[0].At}, func(one trail.Deed) bool { return one.At.Before(all[0].At) }},
		"wild":   {trail.Question{Object: "%_%"}, func(trail.Deed) bool { return false }},
	} {
		found := find(ask.q)
		if want := count(ask.is); len(found) != want || name != "wild" && want == 0 || slices.ContainsFunc(found, func(one trail.Deed) bool { return !ask.is(one) }) {
			t.Errorf("%s: %d lines of %d", name, len(found), want)
		}
	}
	looks := find(trail.Question{Book: trail.Accounts, Sphere: accounts.OfAudit})
	if len(looks) < 6 || looks[0].Object != who.ID {
		t.Errorf("the auditor's own looks: %d lines", len(looks))
	}
	stranger := accounts.Person{ID: newID(), Active: true, Grants: []accounts.Grant{{Role: accounts.Clerk}}}
	if _, _, err := d.Search(t.Context(), stranger, trail.Question{Limit: 1}); !fault.Is(err, fault.NotFound) {
		t.Errorf("somebody who does not audit is answered %v", err)
	}
}

func TestVerificationsAreKept(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		at := time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
		must(t, s.KeepCheck(t.Context(), at, history.Report{Issues: 2, Events: 9, Roots: 1}))
		must(t, s.KeepCheck(t.Context(), at.Add(time.Hour), history.Report{Issues: 2, Events: 9, Roots: 1, Findings: []history.Finding{{Line: 3, Reason: changedUnit.With()}}}))
		all, err := s.LastChecks(t.Context(), 5)
		must(t, err)
		if len(all) != 2 || !all[0].At.Equal(at.Add(time.Hour)) || len(all[0].Findings) != 1 || all[0].Findings[0].Reason.In(fault.EN) != changedUnit.EN {
			t.Errorf("%+v", all)
		}
		if s.db.Exec("UPDATE chain_check SET findings = '[]'").Error == nil {
			t.Error("a finding can be taken away")
		}
	})
}
