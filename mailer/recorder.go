package mailer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
)

// errFenced is why a letter is withheld whose delivery somebody else holds now.
var errFenced = errors.New("the delivery is no longer held")

// patience of one call to the database.
const storePatience = 30 * time.Second

// How long the recorder waits when the database fails, at first and at most.
const (
	shortestRetry = 100 * time.Millisecond
	longestRetry  = 5 * time.Second
)

// A recorder writes the outcomes and marks of all connections. What comes in
// while one transaction runs is the next one: groups are as large as the
// database is slow, and nobody waits for a timer.
//
// Outcomes are kept until they are committed and never overtaken by a mark that
// was asked for later; thereby a connection's next mark is committed with or
// after the settlement of its last letter.
type recorder struct {
	queue Queue
	log   *slog.Logger
	count *Counters
	// committed is told what was settled.
	committed func([]Outcome)

	mu       sync.Mutex
	waiting  group
	giveUpAt time.Time // zero until the recorder is closed

	kick chan struct{} // holds one token when something is waiting
	done chan error
}

// A group is what one transaction writes.
type group struct {
	outcomes []Outcome
	marks    []Mark
	asked    []chan<- error // one for each mark
}

func newRecorder(queue Queue, log *slog.Logger, count *Counters, committed func([]Outcome)) *recorder {
	return &recorder{
		queue: queue, log: log, count: count, committed: committed,
		kick: make(chan struct{}, 1), done: make(chan error, 1),
	}
}

// settle hands in an outcome. It does not wait. If more says that the same
// connection asks for its next mark at once, the two are written together: the
// outcome alone starts no transaction.
func (r *recorder) settle(o Outcome, more bool) {
	r.mu.Lock()
	r.waiting.outcomes = append(r.waiting.outcomes, o)
	r.mu.Unlock()
	if !more {
		r.wake()
	}
}

// mark asks for marks. The answer to each, of which room must be made in its
// channel, is nil when the mark is committed and holds, errFenced if it does not
// hold, and another error if that is not known. It must be waited for, so that
// no mark is written behind the back of a letter that was given up.
func (r *recorder) mark(marks []Mark, answers []chan<- error) {
	r.mu.Lock()
	r.waiting.marks = append(r.waiting.marks, marks...)
	r.waiting.asked = append(r.waiting.asked, answers...)
	r.mu.Unlock()
	r.wake()
}

func (r *recorder) wake() { knock(r.kick) }

// close writes what is left, trying for at most patience, and returns an error
// if it could not. Nothing may be handed in any more.
func (r *recorder) close(patience time.Duration) error {
	r.mu.Lock()
	r.giveUpAt = time.Now().Add(patience)
	r.mu.Unlock()
	r.wake()
	return <-r.done
}

// run writes groups until the recorder is closed and empty.
func (r *recorder) run(ctx context.Context) {
	retry := shortestRetry
	for {
		g, giveUpAt := r.take()
		if len(g.outcomes)+len(g.marks) == 0 {
			if !giveUpAt.IsZero() {
				r.done <- nil
				return
			}
			<-r.kick
			continue
		}
		err := r.commit(ctx, g)
		if err == nil {
			retry = shortestRetry
			continue
		}
		if !giveUpAt.IsZero() && time.Now().After(giveUpAt) {
			r.done <- fmt.Errorf("mailer: %d outcomes were not written: %w", len(g.outcomes), err)
			return
		}
		r.log.Error("record", "outcomes", len(g.outcomes), "marks", len(g.marks), "err", err)
		time.Sleep(retry)
		retry = min(2*retry, longestRetry)
	}
}

func (r *recorder) take() (group, time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	g := r.waiting
	r.waiting = group{}
	return g, r.giveUpAt
}

// commit writes a group. If that fails its marks are answered, and its outcomes
// go back to the head of what waits.
func (r *recorder) commit(ctx context.Context, g group) error {
	ctx, cancel := context.WithTimeout(ctx, storePatience)
	defer cancel()
	ids, err := r.queue.Record(ctx, g.outcomes, g.marks)
	if err != nil {
		r.putBack(g.outcomes)
		for _, asked := range g.asked {
			asked <- err
		}
		return err
	}
	r.count.Groups.Add(1)
	r.committed(g.outcomes)
	holds := make(map[uuid.UUID]bool, len(ids))
	for _, id := range ids {
		holds[id] = true
	}
	for i, asked := range g.asked {
		if holds[g.marks[i].ID] {
			asked <- nil
		} else {
			asked <- errFenced
		}
	}
	return nil
}

func (r *recorder) putBack(outcomes []Outcome) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.waiting.outcomes = append(outcomes, r.waiting.outcomes...)
}
