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

// tokenFor is a token of a person who is there.
func tokenFor(t *testing.T, s *Store) accounts.Token {
	t.Helper()
	p := accounts.Person{ID: newID(), Login: "cheng", Name: "程继东", Active: true}
	must(t, s.SavePerson(t.Context(), p))
	text := accounts.NewToken()
	return accounts.Token{
		ID: newID(), Person: p.ID, Kind: accounts.Service, Name: "数据平台", Prefix: accounts.TokenPrefix(text), Hash: accounts.TokenHash(text),
		Series: []uuid.UUID{newID()}, Acts: true, Made: now, By: "管理员", Expires: now.AddDate(0, 0, 90),
	}
}

func TestATokenComesBackIsUsedAndRevoked(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		token := tokenFor(t, s)
		must(t, s.AddToken(t.Context(), token))
		if back, err := s.TokenByHash(t.Context(), token.Hash); err != nil || !reflect.DeepEqual(back, token) {
			t.Errorf("%+v %v", back, err)
		}
		must(t, s.TokenUsed(t.Context(), token, now.Add(time.Minute)))
		token.Used = now.Add(time.Minute)
		must(t, s.TokenUsed(t.Context(), token, now.Add(90*time.Second)))
		must(t, s.RevokeToken(t.Context(), token.ID, now.Add(time.Hour)))
		token.Revoked = now.Add(time.Hour)
		if all, err := s.Tokens(t.Context()); err != nil || !reflect.DeepEqual(all, []accounts.Token{token}) {
			t.Errorf("%+v %v", all, err)
		}
		if err := s.RevokeToken(t.Context(), token.ID, now); !fault.Is(err, fault.Conflict) {
			t.Errorf("revoked twice: %v", err)
		}
		if _, err := s.TokenByHash(t.Context(), "x"); !fault.Is(err, fault.NotFound) {
			t.Errorf("unknown: %v", err)
		}
		if err := s.AddToken(t.Context(), accounts.Token{}); !fault.Is(err, fault.Invalid) {
			t.Errorf("empty: %v", err)
		}
	})
}

func TestAnAnswerIsKeptUnderItsKey(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		token, day := tokenFor(t, s), 24*time.Hour
		must(t, s.AddToken(t.Context(), token))
		begins := func(key, request string, at time.Time, known, answer string) {
			t.Helper()
			got, kept, err := s.BeginAnswer(t.Context(), token.ID, key, request, at, at.Add(-day))
			if err != nil || got != known || string(kept) != answer {
				t.Errorf("%s %s: %q %q %v", key, request, got, kept, err)
			}
		}
		begins("one", "a", now, "", "")
		begins("one", "b", now, "a", "")
		must(t, s.KeepAnswer(t.Context(), token.ID, "one", []byte("done")))
		begins("one", "a", now, "a", "done")
		begins("two", "a", now, "", "")
		must(t, s.DropAnswer(t.Context(), token.ID, "two"))
		begins("two", "b", now, "", "")
		begins("one", "b", now.Add(day), "a", "done")
		begins("one", "b", now.Add(day+time.Second), "", "")
	})
}

func TestIssuesInPages(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		desk, editor := editors(s)
		var want []uuid.UUID
		for range 5 {
			issue, err := desk.Open(t.Context(), editor, series.ID, draftText)
			must(t, err)
			want = append([]uuid.UUID{issue.ID}, want...)
		}
		var got []uuid.UUID
		for last := uuid.Nil; ; last = got[len(got)-1] {
			page, err := s.SummariesBefore(t.Context(), []uuid.UUID{series.ID}, []workflow.State{workflow.Draft}, last, 2)
			must(t, err)
			if len(page) == 0 {
				break
			}
			got = append(got, convert(page, func(i workflow.Summary) uuid.UUID { return i.ID })...)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		for _, none := range [][]workflow.Summary{
			first2(s.SummariesBefore(t.Context(), []uuid.UUID{series.ID}, []workflow.State{workflow.Archived}, uuid.Nil, 9)),
			first2(s.SummariesBefore(t.Context(), []uuid.UUID{newID()}, nil, uuid.Nil, 9)),
			first2(s.SummariesBefore(t.Context(), nil, nil, uuid.Nil, 9)),
		} {
			if len(none) > 0 {
				t.Errorf("%v", none)
			}
		}
	})
}

func first2[A, B any](a A, _ B) A { return a }
