package throttle

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"
)

// ledger is what processes count in together, as the database does.
type ledger struct {
	counts
	mu   sync.Mutex
	free map[string]time.Time
}

func (l *ledger) CountTries(_ context.Context, key string, now time.Time, n, burst int, every time.Duration) (time.Time, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.told = append(l.told, n)
	if l.free[key].Before(now) {
		l.free[key] = now
	}
	if !l.free[key].After(now.Add(2 * every * time.Duration(burst))) {
		l.free[key] = l.free[key].Add(every * time.Duration(n))
	}
	return l.free[key], nil
}

var discard = slog.New(slog.DiscardHandler)

func TestATallyTellsOthersALotAtATime(t *testing.T) {
	all := &ledger{free: map[string]time.Time{}}
	one, two := Tell("x", New(10, time.Second, 10), all, 4, discard), Tell("x", New(10, time.Second, 10), all, 4, discard)
	through := func(by *Tally, now time.Time) (n int) {
		for range 100 {
			if by.Take(now, "k") == 0 {
				by.Count(t.Context(), now, "k")
				n++
			}
		}
		return n
	}
	if n := through(one, noon); n != 10 {
		t.Errorf("one process lets %d through", n)
	}
	if n := through(two, noon); n != 4 { // until it is told
		t.Errorf("the other lets %d through besides", n)
	}
	if !slices.Equal(all.told, []int{4, 4, 4}) {
		t.Errorf("told %v", all.told)
	}
	total := 0
	for second := range 200 {
		total += through(one, noon.Add(time.Duration(second)*time.Second)) + through(two, noon.Add(time.Duration(second)*time.Second))
	}
	if total > 200+10+2*4 {
		t.Errorf("in 200 seconds both let %d through, which is more than one alone would", total)
	}
}

// TestManyProcessesLetNoMoreThroughThanOne: guesses go to eight processes as
// often as each lets them through.
func TestManyProcessesLetNoMoreThroughThanOne(t *testing.T) {
	all := &ledger{free: map[string]time.Time{}}
	var each []*Guesses
	for range 8 {
		each = append(each, Guess(Tell("x", New(30, 10*time.Second, 10), all, 1, discard), 10))
	}
	tried := 0
	const hour = 3600
	for second := range hour {
		now := noon.Add(time.Duration(second) * time.Second)
		for n, g := range each {
			if asked := g.Ask(now, "10.0.0.1", fmt.Sprint(second, n)); asked.Wait == 0 {
				asked.Nothing(t.Context(), now)
				tried++
			}
		}
	}
	if most := 30 + hour/10 + 2*len(each); tried > most || tried < hour/10 {
		t.Errorf("%d were tried in an hour, where one process lets through %d", tried, 30+hour/10)
	}
	if len(all.told) != tried {
		t.Errorf("the database was asked %d times for %d guesses", len(all.told), tried)
	}
}

func TestWhatOpensIsLetThroughWhileOthersGuess(t *testing.T) {
	all := &ledger{free: map[string]time.Time{}}
	g := Guess(Tell("x", New(3, time.Minute, 10), all, 1, discard), 2)
	ask := func(what string) Guessed { return g.Ask(noon, "10.0.0.1", what) }
	for range 9 {
		ask("right").Opened()
		ask("right").Unknown() // it opens, and what was sent was no good
		ask("slow").Unknown()
	}
	if len(all.told) != 0 {
		t.Errorf("what is right was written down: %v", all.told)
	}
	var open []Guessed
	for range 3 { // at the same time
		open = append(open, ask("wrong"))
	}
	if ask("wrong").Wait != time.Minute || ask("new").Wait != time.Minute {
		t.Error("guesses do not wait")
	}
	for _, o := range open {
		o.Nothing(t.Context(), noon)
	}
	if ask("right").Wait != 0 {
		t.Error("who guesses keeps out who opens")
	}
	ask("right").Nothing(t.Context(), noon) // it was used up
	if ask("right").Wait == 0 {
		t.Error("what opens nothing any more is let through")
	}
	for n := range 20 {
		g.right.add(Guessed{what: [32]byte{byte(n)}}.what)
	}
	if len(g.right.byKey) != 2 || g.right.used.Len() != 2 {
		t.Errorf("%d are remembered", len(g.right.byKey))
	}
}

func TestATallyGoesOnWithoutTheDatabase(t *testing.T) {
	g := Guess(Tell("x", New(3, time.Minute, 10), &brokenCounts{}, 1, discard), 2)
	for n := range 5 {
		asked := g.Ask(noon, "10.0.0.1", "wrong")
		if (asked.Wait == 0) != (n < 3) {
			t.Fatalf("guess %d waits %s", n+1, asked.Wait)
		}
		if asked.Wait == 0 {
			asked.Nothing(t.Context(), noon)
		}
	}
}

type brokenCounts struct{ counts }

func (brokenCounts) CountTries(context.Context, string, time.Time, int, int, time.Duration) (time.Time, error) {
	return time.Time{}, errors.New("away")
}
