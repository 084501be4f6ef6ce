package housekeeping

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"testing"
	"time"
)

var now = time.Date(2026, 8, 1, 9, 0, 0, 0, time.UTC)

// rows are how many of each sort are old enough.
type rows struct {
	left   map[Sort]int
	asked  map[Sort]int
	before map[Sort]time.Time
	fails  Sort
}

func (r *rows) Prune(_ context.Context, sort Sort, before time.Time, limit int) (int, error) {
	r.asked[sort]++
	r.before[sort] = before
	if sort == r.fails {
		return 0, errors.New("no")
	}
	n := min(limit, r.left[sort])
	r.left[sort] -= n
	return n, nil
}

func house(left map[Sort]int) (*rows, Keeper, map[Sort]int) {
	r, told := &rows{left: left, asked: map[Sort]int{}, before: map[Sort]time.Time{}}, map[Sort]int{}
	return r, Keeper{Books: r, Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler), Deleted: func(s Sort, n int) { told[s] += n }}, told
}

func TestARoundTakesAllThatIsOldInBatches(t *testing.T) {
	r, k, told := house(map[Sort]int{Notices: 2*batch + 7, Fires: batch, Sessions: 3})
	if err := k.Round(t.Context()); err != nil {
		t.Fatal(err)
	}
	if want := map[Sort]int{Notices: 2*batch + 7, Fires: batch, Sessions: 3}; !maps.Equal(told, want) {
		t.Errorf("deleted %v, want %v", told, want)
	}
	if r.asked[Notices] != 3 || r.asked[Fires] != 2 || r.asked[Tickets] != 1 {
		t.Errorf("asked %v", r.asked)
	}
	for _, sort := range []Sort{Notices, Fires} {
		if kept := now.AddDate(0, -13, 0); r.before[sort].After(kept) {
			t.Errorf("%s before %v, which is not thirteen months ago", sort, r.before[sort])
		}
	}
	for _, sort := range Sorts() {
		if !r.before[sort].Before(now) {
			t.Errorf("%s are deleted the moment they end", sort)
		}
	}
}

func TestADayIsBounded(t *testing.T) {
	r, k, told := house(map[Sort]int{Notices: (batches + 5) * batch})
	if err := k.Round(t.Context()); err != nil || told[Notices] != batches*batch || r.left[Notices] != 5*batch {
		t.Errorf("%v, deleted %d", err, told[Notices])
	}
}

func TestOneSortThatFailsKeepsNoOther(t *testing.T) {
	r, k, told := house(map[Sort]int{Fires: 1, Tickets: 4})
	r.fails = Fires
	if err := k.Round(t.Context()); err == nil || told[Tickets] != 4 || told[Fires] != 0 {
		t.Errorf("%v, deleted %v", err, told)
	}
}

func TestItEndsWhenItIsTold(t *testing.T) {
	_, k, told := house(map[Sort]int{Sessions: 1})
	ctx, stop := context.WithCancel(t.Context())
	k.Deleted = func(s Sort, n int) { told[s] += n; stop() }
	if err := k.Run(ctx); err != nil || told[Sessions] != 1 {
		t.Errorf("%v, %v", err, told)
	}
}
