package store

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/workflow"
)

func TestAnIssueComesBackAsItWas(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		change := opening(series)
		must(t, s.Open(t.Context(), change))
		got, err := s.Issue(t.Context(), change.Issue.ID)
		must(t, err)
		if !reflect.DeepEqual(got, change.Issue) || got.Digest() != change.Issue.Digest() {
			t.Errorf("it came back as\n%+v\nnot\n%+v", got, change.Issue)
		}
		back, err := s.SeriesAll(t.Context())
		must(t, err)
		if !reflect.DeepEqual(back, []workflow.Series{series}) {
			t.Errorf("the series came back as %+v", back)
		}
		events, err := s.Events(t.Context(), got.ID)
		must(t, err)
		if !reflect.DeepEqual(events, []workflow.Event{change.Event}) {
			t.Errorf("the event came back as %+v", events)
		}
		before, _ := json.Marshal(change.Event)
		if after, _ := json.Marshal(events[0]); string(after) != string(before) {
			t.Errorf("it would be hashed as %s, not %s", after, before)
		}
		texts, err := s.Texts(t.Context(), got.ID)
		must(t, err)
		if !reflect.DeepEqual(texts, []workflow.TextVersion{*change.Text}) {
			t.Errorf("the text came back as %+v", texts)
		}
		lists, err := s.Summaries(t.Context(), []uuid.UUID{series.ID}, 10)
		must(t, err)
		if len(lists) != 1 || lists[0].Masthead != series.Masthead || lists[0].Items != 1 || !lists[0].Emergency || lists[0].ID != got.ID {
			t.Errorf("in a list it is %+v", lists)
		}
		if none, err := s.Summaries(t.Context(), []uuid.UUID{newID()}, 10); err != nil || len(none) != 0 {
			t.Errorf("of another series: %v %v", none, err)
		}
	})
}

func TestASeriesIsSavedOverTheVersionItWasReadAs(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		series.Organ, series.Leaders = "科技局", nil
		must(t, s.SaveSeries(t.Context(), series))
		if err := s.SaveSeries(t.Context(), series); !fault.Is(err, fault.Conflict) {
			t.Errorf("over a newer version: %v", err)
		}
		got, err := s.Series(t.Context(), series.ID)
		must(t, err)
		if got.Organ != "科技局" || len(got.Leaders) != 0 || got.Version != 2 || got.Template != 1 || !got.Created.Equal(series.Created) {
			t.Errorf("%+v", got)
		}
		got.Layout = json.RawMessage(`{"name":"新版"}`)
		must(t, s.SaveSeries(t.Context(), got))
		if got, err = s.Series(t.Context(), series.ID); err != nil || got.Template != 2 || string(got.Layout) != `{"name":"新版"}` {
			t.Errorf("%+v %v", got, err)
		}
		if err := s.SaveSeries(t.Context(), workflow.Series{ID: newID()}); !fault.Is(err, fault.NotFound) {
			t.Errorf("one that is not there: %v", err)
		}
	})
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		_, noIssue := s.Issue(t.Context(), newID())
		_, noSeries := s.Series(t.Context(), newID())
		_, noContent := s.Content(t.Context(), newID())
		_, noPerson := s.ByLogin(t.Context(), "nobody")
		_, noChange := s.Change(t.Context(), newID(), false, send)
		for n, err := range []error{noIssue, noSeries, noContent, noPerson, noChange} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("no. %d: %v", n, err)
			}
		}
	})
}

func TestNothingIsWrittenWhenDecideFails(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue := openedIssue(t, s, plant(t, s))
		no := errors.New("no")
		_, err := s.Change(t.Context(), issue.ID, true, func(c workflow.Case) (workflow.Change, error) {
			change, _ := register(c)
			return change, no
		})
		if !errors.Is(err, no) {
			t.Errorf("the error is %v", err)
		}
		got, err := s.Issue(t.Context(), issue.ID)
		must(t, err)
		if lines, err := s.Register(t.Context(), issue.Series); got.Version != 1 || len(lines) != 0 || err != nil {
			t.Errorf("version %d, %d numbers, %v", got.Version, len(lines), err)
		}
	})
}

func TestSixtyFourRegistrationsGiveConsecutiveNumbers(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		const many = 64
		var group sync.WaitGroup
		for range many {
			issue := openedIssue(t, s, series)
			group.Go(func() {
				if _, err := s.Change(t.Context(), issue.ID, true, register); err != nil {
					t.Error(err, errors.Unwrap(err))
				}
			})
		}
		group.Wait()
		lines, err := s.Register(t.Context(), series.ID)
		must(t, err)
		if len(lines) != many {
			t.Fatalf("%d numbers, not %d", len(lines), many)
		}
		for n, line := range lines {
			if line.No != n+1 {
				t.Errorf("line %d has number %d", n, line.No)
			}
		}
	})
}

func TestAStaleChangeAndANumberThatIsTakenAreConflicts(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		issue := openedIssue(t, s, series)
		_, err := s.Change(t.Context(), issue.ID, false, func(c workflow.Case) (workflow.Change, error) {
			return workflow.Change{Issue: c.Issue, Event: eventOf(c.Issue)}, nil // the same version again
		})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("stale: %v", err)
		}
		line := workflow.RegisterLine{Number: workflow.Number{Kind: issue.Kind, Year: 2021, No: 1}, Series: series.ID, At: now}
		must(t, s.AddRegisterLine(t.Context(), line))
		if err := s.AddRegisterLine(t.Context(), line); !fault.Is(err, fault.Conflict) {
			t.Errorf("entered twice: %v", err)
		}
		_, err = s.Change(t.Context(), issue.ID, true, func(c workflow.Case) (workflow.Change, error) {
			c.Register = nil
			return register(c)
		})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("given twice: %v", err)
		}
		if got, err := s.Issue(t.Context(), issue.ID); err != nil || got.Version != 1 {
			t.Errorf("version %d, %v", got.Version, err)
		}
	})
}

func TestAWithdrawnNumberIsVoid(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue := openedIssue(t, s, plant(t, s))
		_, err := s.Change(t.Context(), issue.ID, true, register)
		must(t, err)
		_, err = s.Change(t.Context(), issue.ID, true, func(c workflow.Case) (workflow.Change, error) {
			change := next(c)
			change.Void = "重复"
			return change, nil
		})
		must(t, err)
		if lines, err := s.Register(t.Context(), issue.Series); err != nil || len(lines) != 1 || lines[0].Void != "重复" || lines[0].VoidBy != "甲" || !lines[0].VoidAt.Equal(now) {
			t.Errorf("%+v %v", lines, err)
		}
	})
}

func TestTheRegisterTakesTheDateOfASecondRegistration(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue := openedIssue(t, s, plant(t, s))
		_, err := s.Change(t.Context(), issue.ID, true, register)
		must(t, err)
		again := func(no int) error {
			_, err := s.Change(t.Context(), issue.ID, true, func(c workflow.Case) (workflow.Change, error) {
				change, line := next(c), c.Register[0]
				line.No, line.Date.Day = no, 14
				change.Redated = &line
				return change, nil
			})
			return err
		}
		if err := again(7); !fault.Is(err, fault.Conflict) {
			t.Errorf("a line that is not there: %v", err)
		}
		must(t, again(1))
		if lines, err := s.Register(t.Context(), issue.Series); err != nil || len(lines) != 1 || lines[0].Date.Day != 14 || lines[0].No != 1 {
			t.Errorf("%+v %v", lines, err)
		}
	})
}

func TestASendingWritesLettersAndCopies(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue := openedIssue(t, s, plant(t, s))
		_, err := s.Change(t.Context(), issue.ID, false, send)
		must(t, err)
		letters, err := s.Deliveries(t.Context(), issue.ID)
		must(t, err)
		if len(letters) != 1 || letters[0].State != mailer.Queued || letters[0].Address != "a@b.example" ||
			!reflect.DeepEqual(letters[0].Alternates, []string{"c@b.example"}) || !letters[0].NextAt.Equal(now) {
			t.Fatalf("letters: %+v", letters)
		}
		content, err := s.Content(t.Context(), letters[0].Dispatch)
		must(t, err)
		if content.Subject != "第8期" || string(content.Text) != "文" || len(content.Attachments) != 1 || string(content.Attachments[0].Data) != "pdf" {
			t.Errorf("content: %+v", content)
		}
		entries, err := s.CopyEntries(t.Context(), issue.ID)
		must(t, err)
		if len(entries) == 0 || entries[0].Seq != 1 {
			t.Errorf("copies: %+v", entries)
		}
		if n, err := s.Pending(t.Context(), issue.ID); n != 1 || err != nil {
			t.Errorf("%d pending, %v", n, err)
		}
		if _, err := s.Change(t.Context(), issue.ID, false, func(c workflow.Case) (workflow.Change, error) {
			change, _ := send(c)
			change.Release.Letters[0].Addresses = nil
			return change, nil
		}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a letter to nobody: %v", err)
		}
	})
}

func TestWhatWasFrozenAndThenAlteredIsNotSent(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue := openedIssue(t, s, plant(t, s))
		_, err := s.Change(t.Context(), issue.ID, false, send)
		must(t, err)
		letters, err := s.Deliveries(t.Context(), issue.ID)
		must(t, err)
		must(t, s.db.Exec("UPDATE dispatch SET subject = '第9期'").Error)
		if _, err := s.Content(t.Context(), letters[0].Dispatch); !fault.Is(err, fault.Internal) {
			t.Errorf("%v", err)
		}
	})
}

func TestTablesThatOnlyGrow(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue := openedIssue(t, s, plant(t, s))
		_, err := s.Change(t.Context(), issue.ID, false, send)
		must(t, err)
		claimed, err := s.Claim(t.Context(), 1, now, now)
		must(t, err)
		_, err = s.Record(t.Context(), []mailer.Outcome{{Delivery: claimed[0].ID, Token: claimed[0].Token, State: mailer.Accepted}}, nil)
		must(t, err)
		for table, column := range map[string]string{"event": "at", "attempt": "began", "copy_entry": "at", "issue_text": "at"} {
			var n int64
			must(t, s.db.Table(table).Count(&n).Error)
			if n == 0 {
				t.Errorf("%s is empty, so that nothing is tried", table)
			}
			for _, statement := range []string{"DELETE FROM " + table, "UPDATE " + table + " SET " + column + " = 0"} {
				if err := s.db.Exec(statement).Error; err == nil || !strings.Contains(err.Error(), "only grows") {
					t.Errorf("%s: %v", statement, err)
				}
			}
		}
	})
}
