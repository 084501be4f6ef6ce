package store

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
)

// employed writes a person with a role in a series.
func employed(t *testing.T, s *Store, login string, grants ...accounts.Grant) accounts.Person {
	t.Helper()
	p := accounts.Person{ID: newID(), Login: login, Name: "甲" + login, Password: "hash", Active: true, Grants: grants}
	must(t, s.SavePerson(t.Context(), p))
	p.Version = 1
	return p
}

func TestTheStaffOfASeries(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		here := employed(t, s, "a", accounts.Grant{Series: series.ID, Role: accounts.Editor})
		everywhere := employed(t, s, "b", accounts.Grant{Role: accounts.Admin})
		named := employed(t, s, "c")
		employed(t, s, "d", accounts.Grant{Series: newID(), Role: accounts.Editor})
		head := employed(t, s, "e")
		head.Heads = append(head.Heads, newID())
		must(t, s.SavePerson(t.Context(), head))
		head.Version = 2
		away := accounts.Delegation{
			ID: newID(), Person: here.ID, Deputy: named.ID, Series: series.ID, From: now, Until: now.Add(time.Hour),
			Absent: true, Reason: "休假", By: here.ID, ByName: "甲a", At: now,
		}
		must(t, s.AddDelegation(t.Context(), away))
		want := workflow.Staff{Delegations: []accounts.Delegation{away}}
		for _, p := range []accounts.Person{here, everywhere, named, head} {
			p.Password = ""
			want.People = append(want.People, p)
		}
		got, err := s.Staff(t.Context(), series.ID, []uuid.UUID{named.ID})
		must(t, err)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("the staff is\n%+v\nnot\n%+v", got, want)
		}
		if all, err := s.Staff(t.Context(), uuid.Nil, nil); err != nil || len(all.People) != 4 { // the named one alone has no role
			t.Errorf("of all series: %+v, %v", all.People, err)
		}
		issue := openedIssue(t, s, series)
		_, err = s.Change(t.Context(), issue.ID, false, func(c workflow.Case) (workflow.Change, error) {
			if len(c.Staff.People) != 3 || len(c.Staff.Delegations) != 1 { // nobody names the third
				t.Errorf("a decision sees %+v", c.Staff)
			}
			return next(c), nil
		})
		must(t, err)
		end := func(d accounts.Delegation) (accounts.Delegation, error) { d.Until = now; return d, nil }
		must(t, s.ChangeDelegation(t.Context(), away.ID, end))
		if got, err = s.Staff(t.Context(), series.ID, nil); err != nil || !got.Delegations[0].Until.Equal(now) || len(got.People) != 3 {
			t.Errorf("%+v %v", got, err)
		}
		if err := s.ChangeDelegation(t.Context(), newID(), end); !fault.Is(err, fault.NotFound) {
			t.Errorf("one that is not there: %v", err)
		}
	})
}

func TestAnAccountWithWorkIsNotClosed(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		p := employed(t, s, "a")
		series := plant(t, s)
		change := opening(series)
		change.Issue.State, change.Issue.Decisions = workflow.Review, nil
		change.Issue.Route = workflow.Route{workflow.DefaultRoute()[0], {Kind: workflow.ReviewStep, People: []workflow.Named{{ID: p.ID, Name: p.Name}}}}
		must(t, s.Open(t.Context(), change))
		running, err := s.Running(t.Context())
		must(t, err)
		if tasks := workflow.TasksOf(p.ID, running); len(tasks) != 1 || tasks[0].Issue != change.Issue.ID {
			t.Fatalf("%+v", tasks)
		}
		p.Active = false
		if e := fault.As(s.SavePerson(t.Context(), p)); e == nil || e.Code != fault.Blocked || len(e.Reasons) != 1 {
			t.Fatalf("closed: %v", e)
		}
		if kept, err := s.PersonByID(t.Context(), p.ID); err != nil || !kept.Active || kept.Version != 1 {
			t.Errorf("%+v %v", kept, err)
		}
		_, err = s.Change(t.Context(), change.Issue.ID, false, func(c workflow.Case) (workflow.Change, error) {
			done := next(c)
			done.Issue.Assigned = []workflow.Assignment{{Step: 1, Seat: p.ID, Person: newID(), Name: "乙"}}
			return done, nil
		})
		must(t, err)
		must(t, s.SavePerson(t.Context(), p))
		employedNow, err := s.PersonByID(t.Context(), p.ID)
		must(t, err)
		must(t, s.SavePerson(t.Context(), employedNow)) // who is gone stays gone
	})
}

func TestCommentsComeBack(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue := openedIssue(t, s, plant(t, s))
		c := workflow.Comment{ID: newID(), Issue: issue.ID, Version: 1, Line: 3, Quote: "甲", Words: "再核", By: newID(), ByName: "乙", At: now}
		must(t, s.AddComment(t.Context(), c))
		later := c
		later.ID, later.At = newID(), now.Add(time.Second)
		must(t, s.AddComment(t.Context(), later))
		c.Settled, c.SettledBy, c.SettledName = now, newID(), "丙"
		settled, err := s.ChangeComment(t.Context(), c.ID, func(workflow.Comment) (workflow.Comment, error) { return c, nil })
		must(t, err)
		got, err := s.CommentsOf(t.Context(), issue.ID)
		must(t, err)
		if !reflect.DeepEqual(got, []workflow.Comment{c, later}) || settled != c {
			t.Errorf("came back as %+v", got)
		}
		_, err = s.ChangeComment(t.Context(), newID(), func(c workflow.Comment) (workflow.Comment, error) { return c, nil })
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("one that is not there: %v", err)
		}
		c.Words = "\x00"
		if err := s.AddComment(t.Context(), c); !fault.Is(err, fault.Invalid) {
			t.Errorf("what cannot be stored: %v", err)
		}
	})
}

func TestABackIssueTakesItsLine(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		number := workflow.Number{Kind: "正刊", Year: 2021, No: 1}
		must(t, s.AddRegisterLine(t.Context(), workflow.RegisterLine{Number: number, Series: series.ID, Title: "旧", At: now, By: "补录", Back: true}))
		enter := func() error {
			change := opening(series)
			change.Issue.State, change.Issue.Number, change.Issue.Total = workflow.Archived, number, 8
			change.Given = &workflow.RegisterLine{Number: number, Total: 8, Series: series.ID, Issue: change.Issue.ID, Title: "新", At: now, By: "甲", Back: true}
			return s.Enter(t.Context(), series.ID, func(of workflow.Series, register []workflow.RegisterLine) (workflow.Change, error) {
				if of.ID != series.ID || len(register) != 1 {
					t.Errorf("decided over %d lines", len(register))
				}
				return change, nil
			})
		}
		must(t, enter())
		lines, err := s.Register(t.Context(), series.ID)
		must(t, err)
		if len(lines) != 1 || lines[0].Title != "新" || lines[0].Total != 8 || !lines[0].Back {
			t.Errorf("%+v", lines)
		}
		issue, err := s.Issue(t.Context(), lines[0].Issue)
		if err != nil || issue.Total != 8 || issue.State != workflow.Archived {
			t.Errorf("%+v %v", issue.Number, err)
		}
		if err := enter(); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second text for one number: %v", err)
		}
		if all, err := s.Summaries(t.Context(), nil, 10); err != nil || len(all) != 1 {
			t.Errorf("%d issues, %v", len(all), err)
		}
	})
}

func TestSettingsThatCannotBeUsedAreNotKept(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		series.TwoPerson, series.Total = &workflow.Exception{Reason: "两人", By: newID(), ByName: "主任", At: now}, workflow.Total{Last: 9}
		must(t, s.SaveSeries(t.Context(), series))
		got, err := s.Series(t.Context(), series.ID)
		must(t, err)
		if !reflect.DeepEqual(got.TwoPerson, series.TwoPerson) || got.Total.Last != 9 {
			t.Errorf("%+v", got)
		}
		got.Route = nil
		if err := s.SaveSeries(t.Context(), got); !fault.Is(err, fault.Invalid) {
			t.Errorf("no route: %v", err)
		}
		if err := s.AddSeries(t.Context(), workflow.Series{ID: newID(), Masthead: "x"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("no route at all: %v", err)
		}
	})
}

// The change of a route under running issues: docs/adr/0009.
func TestAnOpenIssueKeepsItsRoute(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		issue := openedIssue(t, s, series)
		series.Route = workflow.FullRoute()
		must(t, s.SaveSeries(t.Context(), series))
		if got, err := s.Issue(t.Context(), issue.ID); err != nil || !reflect.DeepEqual(got.Route, workflow.DefaultRoute()) {
			t.Errorf("%+v %v", got.Route, err)
		}
	})
}
