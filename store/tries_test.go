package store

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jianbao/workflow/housekeeping"
)

func TestTriesAreCountedForAllProcesses(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		const burst = 5
		now, taken := time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC), atomic.Int32{}
		take := func(at time.Time) time.Duration {
			wait, err := s.CountTry(t.Context(), "k", at, burst, time.Minute)
			must(t, err)
			return wait
		}
		var all sync.WaitGroup
		for range 4 * burst {
			all.Go(func() {
				if take(now) == 0 {
					taken.Add(1)
				}
			})
		}
		all.Wait()
		if taken.Load() != burst {
			t.Errorf("%d tries were let through at once, not %d", taken.Load(), burst)
		}
		if wait := take(now); wait != time.Minute {
			t.Errorf("the next waits %s", wait)
		}
		if wait := take(now.Add(20 * time.Second)); wait != 40*time.Second {
			t.Errorf("after 20 seconds it waits %s", wait)
		}
		must(t, s.ForgiveTry(t.Context(), "k", time.Minute))
		if wait := take(now); wait != 0 {
			t.Errorf("what was given back is not there: %s", wait)
		}
		n, err := s.Prune(t.Context(), housekeeping.Tries, now.Add(4*time.Minute), 10)
		must(t, err)
		if n != 0 {
			t.Error("a count that holds back still was forgotten")
		}
		n, err = s.Prune(t.Context(), housekeeping.Tries, now.Add(6*time.Minute), 10)
		must(t, err)
		if n != 1 || take(now) != 0 {
			t.Errorf("%d counts were forgotten", n)
		}
	})
}
