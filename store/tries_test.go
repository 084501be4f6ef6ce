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

// TestTriesThatWereMadeAreCounted: they count though they came too soon, and keep
// nobody out for longer than twice the burst.
func TestTriesThatWereMadeAreCounted(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		const burst = 5
		now := time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
		count := func(n int) time.Duration {
			free, err := s.CountTries(t.Context(), "k", now, n, burst, time.Minute)
			must(t, err)
			return free.Sub(now)
		}
		for n := range burst + 2 {
			if ahead := count(1); ahead != time.Duration(n+1)*time.Minute {
				t.Fatalf("after %d tries all are free in %s", n+1, ahead)
			}
		}
		if wait, err := s.CountTry(t.Context(), "k", now, burst, time.Minute); err != nil || wait != 3*time.Minute {
			t.Errorf("the next waits %s, %v", wait, err)
		}
		for range 10 * burst {
			if ahead := count(1); ahead > (2*burst+1)*time.Minute {
				t.Fatalf("all are free in %s", ahead)
			}
		}
		now = now.Add(time.Hour)
		if ahead := count(3); ahead != 3*time.Minute {
			t.Errorf("an hour later all are free in %s", ahead)
		}
	})
}
