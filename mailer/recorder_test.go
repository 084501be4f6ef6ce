package mailer

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
)

// A logbook is a queue that writes down what was recorded, and fails at times.
type logbook struct {
	Queue
	mu    sync.Mutex
	fails int
	calls int
	wrote []any // uuid.UUID for an outcome, Mark for a mark
	pause time.Duration
}

func (l *logbook) Record(_ context.Context, outcomes []Outcome, marks []Mark) (ids []uuid.UUID, err error) {
	time.Sleep(l.pause)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.calls++
	if l.calls <= l.fails {
		return nil, errors.New("no database")
	}
	for _, o := range outcomes {
		l.wrote = append(l.wrote, o.Delivery)
	}
	for _, m := range marks {
		l.wrote = append(l.wrote, m)
		ids = append(ids, m.ID)
	}
	return ids, nil
}

func startRecorder(l *logbook) *recorder {
	r := newRecorder(l, slog.New(slog.NewTextHandler(io.Discard, nil)), &Counters{}, func([]Outcome) {})
	go r.run(context.Background())
	return r
}

func markOne(r *recorder, m Mark) error {
	answer := make(chan error, 1)
	r.mark([]Mark{m}, []chan<- error{answer})
	return <-answer
}

func TestAMarkNeverOvertakesASettlement(t *testing.T) {
	l := &logbook{fails: 2}
	r := startRecorder(l)
	last, next := uuid.New(), Mark{ID: uuid.New()}
	r.settle(Outcome{Delivery: last}, false)
	for markOne(r, next) != nil { // a failed group answers its marks, and keeps its outcomes
	}
	if err := r.close(time.Second); err != nil {
		t.Fatal(err)
	}
	if len(l.wrote) != 2 || l.wrote[0] != last || l.wrote[1] != next {
		t.Errorf("written: %v", l.wrote)
	}
}

func TestGroupsSpanConnections(t *testing.T) {
	l := &logbook{pause: 20 * time.Millisecond}
	r := startRecorder(l)
	var wg sync.WaitGroup
	const connections, letters = 16, 5
	for range connections {
		wg.Go(func() {
			for range letters {
				if err := markOne(r, Mark{ID: uuid.New()}); err != nil {
					t.Error(err)
				}
				r.settle(Outcome{Delivery: uuid.New()}, false)
			}
		})
	}
	wg.Wait()
	if err := r.close(time.Second); err != nil {
		t.Fatal(err)
	}
	if len(l.wrote) != 2*connections*letters {
		t.Errorf("%d written", len(l.wrote))
	}
	if l.calls > connections*letters/4 {
		t.Errorf("%d transactions for %d letters over %d connections", l.calls, connections*letters, connections)
	}
}

func TestCloseSaysWhatWasNotWritten(t *testing.T) {
	r := startRecorder(&logbook{fails: 1 << 30})
	r.settle(Outcome{Delivery: uuid.New()}, false)
	if err := r.close(time.Millisecond); err == nil {
		t.Error("nothing was said")
	}
}

// TestAFencedLetterLeavesNoOutcomeBehind: an outcome that waits for the mark of the
// next letter is written when there will be no such mark.
func TestAFencedLetterLeavesNoOutcomeBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, r := &logbook{}, bareRun()
		r.recorder = newRecorder(l, r.log, &Counters{}, func([]Outcome) {})
		go r.recorder.run(context.Background())
		synctest.Wait() // for something to do
		r.recorder.settle(Outcome{Delivery: uuid.New()}, true)
		if synctest.Wait(); len(l.wrote) != 0 {
			t.Error("the outcome alone started a transaction")
		}
		(&connection{run: r}).fenced(&letter{Delivery: Delivery{ID: uuid.New()}})
		if synctest.Wait(); len(l.wrote) != 1 {
			t.Error("the outcome was not written")
		}
		if err := r.recorder.close(time.Second); err != nil {
			t.Error(err)
		}
	})
}
