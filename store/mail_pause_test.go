package store

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"jianbao/mailer"
	"jianbao/mailer/queuetest"
	"jianbao/mailer/sink"
	"jianbao/workflow"
)

// A watched queue counts how often an engine looks into it.
type watched struct {
	mailer.Queue
	claims atomic.Int64
}

func (w *watched) Claim(ctx context.Context, limit int, now, until time.Time) ([]mailer.Delivery, error) {
	defer w.claims.Add(1)
	return w.Queue.Claim(ctx, limit, now, until)
}

func waitFor(t *testing.T, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("waited in vain")
		}
	}
}

// TestAPauseStopsARunningEngine: in the middle of five hundred letters a clerk
// pauses. Within a second nothing is on its way any more, and nothing leaves
// until the clerk goes on; then every letter goes, once.
func TestAPauseStopsARunningEngine(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *Store) {
		const n = 500
		box, err := sink.StartWith("127.0.0.1:0", sink.Config{Script: func(at sink.Point, _ sink.Message) sink.Act {
			if at == sink.Dot {
				time.Sleep(10 * time.Millisecond) // a relay at work
			}
			return sink.Act{}
		}})
		must(t, err)
		defer box.Close()
		c := queuetest.Dispatch()
		must(t, s.PostLetters(t.Context(), c, slices.Values(queuetest.Deliveries(c.Dispatch, n, time.Now()))))
		b := books{s, t}
		b.steer(workflow.ResumeQueue, c.Dispatch) // of an issue from now on
		queue := &watched{Queue: s}
		e := &mailer.Engine{Queue: queue, Parts: s, Relay: mailer.Relay{Addr: box.Addr(), Security: mailer.Plain}, Connections: 4, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- e.Run(ctx) }()
		waitFor(t, func() bool { return e.Counters.Accepted.Load() >= 50 })
		b.steer(workflow.PauseQueue, c.Dispatch)
		paused := time.Now()
		waitFor(t, func() bool {
			counts, err := s.LetterCounts(t.Context(), c.Dispatch)
			return err == nil && counts[mailer.Claimed]+counts[mailer.Data] == 0
		})
		if took := time.Since(paused); took > time.Second {
			t.Errorf("letters were on their way %s after the pause", took)
		}
		at := box.Count()
		if at >= n {
			t.Fatal("everything had gone before the pause")
		}
		looked := queue.claims.Load()
		waitFor(t, func() bool { return queue.claims.Load() > looked+1 }) // the engine looks, and finds nothing
		if now := box.Count(); now != at {
			t.Errorf("%d letters left while paused", now-at)
		}
		b.steer(workflow.ResumeQueue, c.Dispatch)
		waitFor(t, func() bool { return e.Counters.Accepted.Load() == n })
		stop()
		must(t, <-ended)
		ids := map[string]bool{}
		for _, m := range box.Messages() {
			ids[m.MessageID()] = true
		}
		if box.Count() != n || len(ids) != n {
			t.Errorf("%d letters, %d of them different", box.Count(), len(ids))
		}
	})
}
