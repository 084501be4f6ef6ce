package store

import (
	"sync"
	"testing"
	"time"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
)

const draftText = "鄂尔多斯科技简报\n2021年第8期\n鄂尔多斯市科学技术局　2021年7月8日\n他山之石\n一、宿迁开启人才争夺新模式\n宿迁出台新的办法。\n报：市委办\n共印20份\n"

// What the desk writes is proved by its chain when it comes back: were one
// fact of one event read otherwise than it was hashed, the chain would break.
func TestTheHistoryThatTheDeskWritesHolds(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		editor := workflow.Actor{Person: accounts.Person{ID: newID(), Name: "甲", Active: true, Grants: []accounts.Grant{{Role: accounts.Editor}}}}
		desk := &workflow.Desk{Books: s, NewID: newID, Now: func() time.Time { return now }}
		issue, err := desk.Open(t.Context(), editor, series.ID, draftText)
		must(t, err)
		issue, err = desk.Save(t.Context(), editor, issue.ID, issue.Version, draftText+"\n")
		must(t, err)
		if _, err := desk.Save(t.Context(), editor, issue.ID, issue.Version-1, draftText); !fault.Is(err, fault.Conflict) {
			t.Errorf("saved over a newer version: %v", err)
		}
		events, err := s.Events(t.Context(), issue.ID)
		must(t, err)
		if len(events) != 2 {
			t.Errorf("%d events, not 2", len(events))
		}
		must(t, workflow.VerifyChain(events, issue.Events, issue.Head))
		texts, err := s.Texts(t.Context(), issue.ID)
		must(t, err)
		if len(texts) != 2 {
			t.Errorf("%d texts, not 2", len(texts))
		}
	})
}

func TestTextThatCannotBeStoredIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		for _, text := range []string{"甲\x00乙", "甲\xff乙"} {
			change := opening(plantOnce(t, s))
			change.Issue.Text = text
			if err := s.Open(t.Context(), change); !fault.Is(err, fault.Invalid) {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}

// plantOnce returns the series that is there, or plants it.
func plantOnce(t *testing.T, s *Store) workflow.Series {
	t.Helper()
	all, err := s.SeriesAll(t.Context())
	must(t, err)
	if len(all) == 0 {
		return plant(t, s)
	}
	return all[0]
}

func TestProcessesThatStartTogetherMigrateOnce(t *testing.T) {
	for name, address := range map[string]string{"sqlite": t.TempDir() + "/together.db", "postgres": emptyPostgres(t)} {
		t.Run(name, func(t *testing.T) {
			var group sync.WaitGroup
			for range 4 {
				group.Go(func() {
					s, err := Open(t.Context(), address)
					if err != nil {
						t.Error(err, fault.As(err).Cause)
						return
					}
					_ = s.Close()
				})
			}
			group.Wait()
		})
	}
}
