package throttle

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"
)

// counts answers with wait and err, and keeps what it was asked.
type counts struct {
	wait            time.Duration
	err             error
	taken, forgiven []string
	told            []int
	free            time.Time
}

func (c *counts) CountTry(_ context.Context, key string, _ time.Time, _ int, _ time.Duration) (time.Duration, error) {
	c.taken = append(c.taken, key)
	return c.wait, c.err
}

func (c *counts) ForgiveTry(_ context.Context, key string, _ time.Duration) error {
	c.forgiven = append(c.forgiven, key)
	return c.err
}

func (c *counts) CountTries(_ context.Context, key string, now time.Time, n, burst int, every time.Duration) (time.Time, error) {
	c.told = append(c.told, n)
	return c.free, c.err
}

func TestATryIsCountedHereAndThere(t *testing.T) {
	c := &counts{}
	s := Share("door", New(2, time.Minute, 10), c, slog.New(slog.DiscardHandler))
	gone, stop := context.WithCancel(t.Context())
	stop() // whoever hangs up is counted all the same
	if try := s.Take(gone, noon, "bianji"); try.Wait != 0 {
		t.Fatal(try.Wait)
	} else {
		try.Forgive()
	}
	if len(c.taken) != 1 || len(c.forgiven) != 1 || len(c.taken[0]) != 64 || c.taken[0] != c.forgiven[0] {
		t.Errorf("%+v", c)
	}
	c.wait = 20 * time.Second
	for range 5 {
		if try := s.Take(t.Context(), noon, "bianji"); try.Wait != c.wait {
			t.Errorf("others counted more, and it waits %s", try.Wait)
		}
	}
	c.wait, c.taken = 0, nil
	s.Take(t.Context(), noon, "bianji")
	s.Take(t.Context(), noon, "bianji")
	if try := s.Take(t.Context(), noon, "bianji"); try.Wait != time.Minute || len(c.taken) != 2 {
		t.Errorf("it waits %s, and the database was asked %d times", try.Wait, len(c.taken))
	}
}

func TestADatabaseThatIsAwayShutsNoDoorAndOpensNone(t *testing.T) {
	s := Share("door", New(2, time.Minute, 10), &counts{err: errors.New("away")}, slog.New(slog.DiscardHandler))
	through := 0
	for range 9 {
		if s.Take(t.Context(), noon, "bianji").Wait == 0 {
			through++
		}
	}
	if through != 2 {
		t.Errorf("%d tries", through)
	}
}

func TestThrottlesOfDifferentNamesShareNothing(t *testing.T) {
	c := &counts{}
	for _, name := range []string{"a", "b"} {
		Share(name, New(2, time.Minute, 10), c, slog.New(slog.DiscardHandler)).Take(t.Context(), noon, "x")
	}
	if c.taken[0] == c.taken[1] {
		t.Error("they count together")
	}
}
