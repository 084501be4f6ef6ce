package store

import (
	"sync"
	"testing"
	"time"

	"jianbao/mailer"
)

func TestEnginesShareABudget(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		var mu sync.Mutex
		got := map[string]int{}
		var wg sync.WaitGroup
		for n := range 8 {
			wg.Go(func() {
				wants := []mailer.Want{
					{Key: "relay r:25", N: 4, Rate: mailer.Rate{PerMinute: 60, Burst: 10}},
					{Key: "domain d.example", N: 1, Rate: mailer.Rate{PerMinute: 60, Burst: 5}},
				}
				if n%2 == 0 {
					wants[0], wants[1] = wants[1], wants[0]
				}
				grants, err := s.Take(t.Context(), now, wants)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				for i, g := range grants {
					got[wants[i].Key] += g.N
				}
			})
		}
		wg.Wait()
		if got["relay r:25"] != 10 || got["domain d.example"] != 5 {
			t.Errorf("eight engines got %v", got)
		}
	})
}

func TestHeldBudget(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		want := []mailer.Want{{Key: "k", N: 1, Rate: mailer.Rate{PerMinute: 60}}}
		must(t, s.Hold(t.Context(), "k", now.Add(time.Hour)))
		must(t, s.Hold(t.Context(), "k", now.Add(time.Minute))) // not earlier
		for wait, n := range map[time.Duration]int{time.Hour - time.Second: 0, time.Hour: 1} {
			grants, err := s.Take(t.Context(), now.Add(wait), want)
			if err != nil || grants[0].N != n {
				t.Errorf("after %s: %+v, %v", wait, grants, err)
			}
		}
	})
}
