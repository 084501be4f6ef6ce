package store

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/workflow"
)

// hired adds a person with a role who is reached by mail.
func hired(t *testing.T, s *Store, login string, role accounts.Role, at workflow.Reach) accounts.Person {
	t.Helper()
	p := accounts.Person{ID: newID(), Login: login, Name: login, Active: true, Grants: []accounts.Grant{{Role: role}}}
	must(t, s.SavePerson(t.Context(), p))
	at.Person = p.ID
	must(t, s.SaveReach(t.Context(), at))
	return p
}

// inReview is an issue that waits for its reviewer.
func inReview(series workflow.Series) workflow.Change {
	change := opening(series)
	change.Issue.State, change.Issue.Step, change.Issue.Decisions, change.Issue.Reached = workflow.Review, 1, nil, now
	change.Issue.Assigned, change.Issue.Amendments, change.Issue.Emergency, change.Issue.Recall = nil, nil, nil, nil
	change.Event = eventOf(change.Issue)
	return change
}

func telling(v workflow.Sight) workflow.Telling { return workflow.Tell(v, now, newID) }

// letters writes notices as mail whose links can be made again.
var letters = workflow.NoticeLetters("https://j.example", workflow.TicketKey(strings.Repeat("k", 32)), func() time.Time { return now }, newID)

func TestAChangeIsToldOnceAndMailedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		reviewer := hired(t, s, "reviewer", accounts.Reviewer, workflow.Reach{Address: "r@b.example", AtOnce: true, Muted: []workflow.NoticeKind{workflow.Overdue}})
		issue := inReview(series)
		must(t, s.Open(t.Context(), issue))
		waking, err := s.Waking(t.Context(), now, 10)
		if err != nil || !slices.Equal(waking, []uuid.UUID{issue.Issue.ID}) {
			t.Fatalf("waking: %v %v", waking, err)
		}
		var said, mailed atomic.Int32
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				n, err := s.Tell(t.Context(), issue.Issue.ID, now, telling)
				if err != nil {
					t.Error(err)
				}
				said.Add(int32(n))
			})
		}
		group.Wait()
		for range 8 {
			group.Go(func() {
				if done, err := s.Mail(t.Context(), reviewer.ID, now, letters); err != nil {
					t.Error(err)
				} else if done {
					mailed.Add(1)
				}
			})
		}
		group.Wait()
		if said.Load() != 1 || mailed.Load() != 1 {
			t.Errorf("said %d times, mailed %d times", said.Load(), mailed.Load())
		}
		unread, err := s.Unread(t.Context(), reviewer.ID)
		if err != nil || unread != 1 {
			t.Errorf("%d unread, %v", unread, err)
		}
		claimed, err := s.Claim(t.Context(), 10, now, now)
		if err != nil || len(claimed) != 1 || claimed[0].Address != "r@b.example" || claimed[0].Unit != reviewer.ID {
			t.Fatalf("%+v %v", claimed, err)
		}
		holdsTicket(t, s, claimed[0], reviewer, issue.Issue)
	})
}

// holdsTicket follows the letter to the one-time answer that it offers.
func holdsTicket(t *testing.T, s *Store, letter mailer.Delivery, reviewer accounts.Person, issue workflow.Issue) {
	t.Helper()
	content, err := s.Content(t.Context(), letter.Dispatch)
	must(t, err)
	tickets, err := s.TicketsOf(t.Context(), letter.ID)
	if err != nil || len(tickets) != 1 || !strings.Contains(string(content.Text), tickets[0].Mark()) {
		t.Fatalf("%v %v in %s", tickets, err, content.Text)
	}
	byHash, err := s.TicketByHash(t.Context(), tickets[0].Hash)
	if err != nil || byHash != tickets[0] || byHash.Person != reviewer.ID || byHash.Digest != issue.Digest() || byHash.Place != issue.Place() {
		t.Errorf("%+v %v", byHash, err)
	}
	must(t, s.SpendTicket(t.Context(), byHash.ID, now))
	if err := s.SpendTicket(t.Context(), byHash.ID, now); !fault.Is(err, fault.Conflict) {
		t.Errorf("spent twice: %v", err)
	}
	must(t, s.SpendTicket(t.Context(), byHash.ID, time.Time{}))
}

func TestWhatIsReadOrOverIsNotMailed(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		reads := hired(t, s, "reads", accounts.Reviewer, workflow.Reach{Address: "r@b.example"})
		waits := hired(t, s, "waits", accounts.Reviewer, workflow.Reach{Address: "w@b.example"})
		pageOnly := hired(t, s, "page", accounts.Reviewer, workflow.Reach{})
		issue := inReview(series)
		must(t, s.Open(t.Context(), issue))
		if n, err := s.Tell(t.Context(), issue.Issue.ID, now, telling); err != nil || n != 3 {
			t.Fatal(n, err)
		}
		morning := now.Add(24 * time.Hour)
		if early, err := s.Unmailed(t.Context(), now, 10); err != nil || len(early) != 0 {
			t.Errorf("before the morning: %v %v", early, err)
		}
		notices, err := s.Notices(t.Context(), reads.ID, 10)
		if err != nil || len(notices) != 1 || notices[0].Says.In(fault.ZH) != "《鄂尔多斯科技简报》第8期：请办理审核" {
			t.Fatalf("%+v %v", notices, err)
		}
		must(t, s.ReadNotices(t.Context(), pageOnly.ID, now, notices[0].ID)) // another's: nothing
		must(t, s.ReadNotices(t.Context(), reads.ID, now, notices[0].ID))
		due, err := s.Unmailed(t.Context(), morning, 10)
		if err != nil || !slices.Equal(due, []uuid.UUID{waits.ID}) {
			t.Errorf("in the morning: %v %v", due, err)
		}
		_, err = s.Change(t.Context(), issue.Issue.ID, false, func(c workflow.Case) (workflow.Change, error) {
			change := next(c)
			change.Issue.State, change.Event.At = workflow.Withdrawn, morning
			return change, nil
		})
		must(t, err)
		if _, err := s.Tell(t.Context(), issue.Issue.ID, morning, telling); err != nil {
			t.Fatal(err)
		}
		if late, err := s.Unmailed(t.Context(), morning, 10); err != nil || len(late) != 0 {
			t.Errorf("of an issue that went on: %v %v", late, err)
		}
		if n, err := s.Unread(t.Context(), waits.ID); err != nil || n != 0 {
			t.Errorf("%d unread of what is over, %v", n, err)
		}
		if left, err := s.Waking(t.Context(), morning.AddDate(1, 0, 0), 10); err != nil || len(left) != 0 {
			t.Errorf("an issue that is through is watched: %v %v", left, err)
		}
	})
}

func TestWhoLeftGetsNoMail(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		p := hired(t, s, "gone", accounts.Reviewer, workflow.Reach{Address: "r@b.example", AtOnce: true})
		issue := inReview(series)
		must(t, s.Open(t.Context(), issue))
		_, err := s.Tell(t.Context(), issue.Issue.ID, now, telling)
		must(t, err)
		p.Active, p.Version = false, 1
		must(t, s.SavePerson(t.Context(), p))
		if done, err := s.Mail(t.Context(), p.ID, now, letters); err != nil || done {
			t.Errorf("mailed: %v %v", done, err)
		}
		if left, err := s.Unmailed(t.Context(), now, 10); err != nil || len(left) != 0 {
			t.Errorf("asked again for ever: %v %v", left, err)
		}
	})
}

func TestTheSweepFindsWhatWasLost(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		issue, done := inReview(series), inReview(series)
		done.Issue.State = workflow.Archived
		must(t, s.Open(t.Context(), issue))
		must(t, s.Open(t.Context(), done))
		if err := s.db.Exec("DELETE FROM watch").Error; err != nil {
			t.Fatal(err)
		}
		if n, err := s.Sweep(t.Context(), now); err != nil || n != 1 {
			t.Errorf("found %d, %v", n, err)
		}
		if n, err := s.Sweep(t.Context(), now); err != nil || n != 0 {
			t.Errorf("found %d again, %v", n, err)
		}
		_, err := s.Tell(t.Context(), issue.Issue.ID, now, telling)
		must(t, err)
		p := hired(t, s, "away", accounts.Reviewer, workflow.Reach{})
		d := accounts.Delegation{ID: newID(), Person: p.ID, From: now.Add(time.Minute), Until: now.Add(time.Hour), Absent: true, Reason: "出差", At: now}
		must(t, s.AddDelegation(t.Context(), d))
		if n, err := s.Sweep(t.Context(), now); err != nil || n != 0 {
			t.Errorf("before it begins: %d %v", n, err)
		}
		if n, err := s.Sweep(t.Context(), now.Add(time.Minute)); err != nil || n != 1 {
			t.Errorf("when it begins: %d %v", n, err)
		}
		_, err = s.Tell(t.Context(), issue.Issue.ID, now.Add(time.Minute), telling)
		must(t, err)
	})
}

func TestATimetableWakesItsIssues(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		issue := inReview(series)
		must(t, s.Open(t.Context(), issue))
		_, err := s.Tell(t.Context(), issue.Issue.ID, now, telling)
		must(t, err)
		if waking, _ := s.Waking(t.Context(), now, 10); len(waking) != 0 {
			t.Fatal("it wakes by itself")
		}
		table, err := s.Timetable(t.Context(), series.ID)
		must(t, err)
		table.Ladder, table.Appears = []workflow.Rung{{Hours: 2, Raise: true}}, "0 18 31 * *"
		must(t, s.SaveTimetable(t.Context(), table))
		if waking, err := s.Waking(t.Context(), now, 10); err != nil || len(waking) != 1 {
			t.Errorf("%v %v", waking, err)
		}
		if err := s.SaveTimetable(t.Context(), table); !fault.Is(err, fault.Conflict) {
			t.Errorf("over another's: %v", err)
		}
		again, err := s.Timetable(t.Context(), series.ID)
		if err != nil || again.Version != 1 || !slices.Equal(again.Ladder, table.Ladder) || again.Appears != table.Appears {
			t.Errorf("%+v %v", again, err)
		}
	})
}

func TestADatabaseBelongsToTheFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		var group sync.WaitGroup
		var mu sync.Mutex
		owners := map[string]int{}
		for _, id := range []string{"a", "b", "c", "d"} {
			group.Go(func() {
				got, err := s.Installation(t.Context(), workflow.Installation{ID: id, At: now, By: "host"})
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				owners[got.ID]++
			})
		}
		group.Wait()
		if len(owners) != 1 {
			t.Errorf("it belongs to %v", owners)
		}
		before, err := s.Adopt(t.Context(), "z", "乔栋", now)
		if err != nil || owners[before.ID] != 4 {
			t.Errorf("before: %+v %v", before, err)
		}
		if got, err := s.Installation(t.Context(), workflow.Installation{ID: "a"}); err != nil || got != (workflow.Installation{ID: "z", At: now.Truncate(time.Microsecond), By: "乔栋"}) {
			t.Errorf("after: %+v %v", got, err)
		}
	})
}
