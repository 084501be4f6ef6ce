package store

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

func TestAFireIsMadeOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		fire := workflow.Fire{Series: series.ID, Schedule: workflow.Opening, Local: "2021-07-12T09:00", At: now}
		failed := errors.New("no")
		made, err := s.Fire(t.Context(), fire, func(workflow.FireView) (workflow.FireResult, error) { return workflow.FireResult{}, failed })
		if made || !errors.Is(err, failed) {
			t.Errorf("a fire whose work fails: %v %v", made, err)
		}
		var worked, fired atomic.Int32
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				made, err := s.Fire(t.Context(), fire, func(v workflow.FireView) (workflow.FireResult, error) {
					worked.Add(1)
					change := opening(v.Series)
					return workflow.FireResult{Outcome: workflow.Opened, Change: &change}, nil
				})
				if err != nil {
					t.Error(err)
				}
				if made {
					fired.Add(1)
				}
			})
		}
		group.Wait()
		if worked.Load() != 1 || fired.Load() != 1 {
			t.Errorf("worked %d times and was made %d times", worked.Load(), fired.Load())
		}
		cursors, err := s.Cursors(t.Context())
		must(t, err)
		if len(cursors) != 1 || cursors[0].Last[workflow.Opening] != fire.Local {
			t.Errorf("the cursor: %+v", cursors)
		}
		if all, err := s.Summaries(t.Context(), nil, 10); err != nil || len(all) != 1 {
			t.Errorf("%d issues, %v", len(all), err)
		}
	})
}

func TestDueAndSettled(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		var want []uuid.UUID
		for n := range 3 {
			change := opening(series)
			change.Issue.State, change.Issue.ReleaseAt = workflow.Scheduled, now.Add(-time.Duration(n)*time.Microsecond)
			must(t, s.Open(t.Context(), change))
			want = append([]uuid.UUID{change.Issue.ID}, want...)
		}
		got, err := s.Due(t.Context(), now.Add(-time.Microsecond), 10)
		if err != nil || !slices.Equal(got, want[:2]) {
			t.Errorf("due: %v %v, want %v", got, err, want[:2])
		}
		_, err = s.Change(t.Context(), want[0], false, send)
		must(t, err)
		if got, err := s.Settled(t.Context(), 10); err != nil || len(got) != 0 {
			t.Errorf("settled before its letters: %v %v", got, err)
		}
		claimed, err := s.Claim(t.Context(), 1, now, now)
		must(t, err)
		_, err = s.Record(t.Context(), []mailer.Outcome{{Delivery: claimed[0].ID, Token: claimed[0].Token, State: mailer.Accepted}}, nil)
		must(t, err)
		if got, err := s.Settled(t.Context(), 10); err != nil || !slices.Equal(got, want[:1]) {
			t.Errorf("settled: %v %v", got, err)
		}
	})
}

// A cadence that is set today asks for nothing of yesterday.
func TestACadenceBeginsWhenItIsSet(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		all := newSettings()
		all.Series.Created = now.AddDate(0, -1, 0)
		must(t, s.AddSettings(t.Context(), all, boss, all.Series.Created))
		c := &clock{at: now} // 10:00 in Shanghai
		look := func(want int) {
			t.Helper()
			must(t, schedulerOver(s, c).Look(t.Context()))
			if opened, err := s.Summaries(t.Context(), nil, 10); err != nil || len(opened) != want {
				t.Errorf("%d issues, want %d, %v", len(opened), want, err)
			}
		}
		for _, spec := range []string{"0 9 * * *", "30 9 * * *"} {
			_, err := s.ChangeSettings(t.Context(), all.Series.ID, boss, c.now(), func(next setup.Settings) (setup.Settings, error) {
				next.Series.Cadence = workflow.Cadence{Spec: spec, MaxLate: 240 * time.Hour}
				next.Timetable.CatchUp = workflow.CatchAll
				return next, nil
			})
			must(t, err)
			look(0)
		}
		c.set(now.Add(24 * time.Hour))
		look(1)
	})
}
