package mailer_test

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/mailer/queuetest"
	"jianbao/mailer/sink"
)

// A spring is a queue that gives n deliveries and remembers nothing, so that a
// benchmark measures the engine and not a database.
type spring struct {
	content mailer.Content
	left    int
}

func (s *spring) Content(context.Context, uuid.UUID) (mailer.Content, error) { return s.content, nil }

func (s *spring) Claim(_ context.Context, limit int, now, until time.Time) ([]mailer.Delivery, error) {
	n := min(limit, s.left)
	s.left -= n
	all := queuetest.Deliveries(s.content.Dispatch, n, now)
	for i := range all {
		all[i].Token, all[i].LeaseUntil = uuid.New(), until
	}
	return all, nil
}

func (s *spring) Record(_ context.Context, _ []mailer.Outcome, marks []mailer.Mark) ([]uuid.UUID, error) {
	ids := make([]uuid.UUID, len(marks))
	for i, m := range marks {
		ids[i] = m.ID
	}
	return ids, nil
}

func (s *spring) Renew(context.Context, []mailer.Mark, time.Time) ([]uuid.UUID, error) {
	return nil, nil
}

func (s *spring) Reap(context.Context, time.Time, mailer.Policy) (mailer.Reaped, error) {
	return mailer.Reaped{}, nil
}

func benchmarkEngine(b *testing.B, attached int) {
	s := startSink(b, sink.Config{Script: func(p sink.Point, _ sink.Message) sink.Act {
		if p == sink.Dot { // taken, and not kept: the sink is bounded
			return sink.Act{Code: 250, Words: "2.0.0 Ok"}
		}
		return sink.Act{}
	}})
	q := &spring{content: queuetest.Dispatch(), left: b.N}
	if attached > 0 {
		q.content.Attachments = []mailer.Attachment{{Name: "简报.pdf", Type: "application/pdf", Data: make([]byte, attached)}}
	}
	e := &mailer.Engine{Queue: q, Parts: q, Relay: relayTo(s), Connections: 16, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	b.ResetTimer()
	ended := make(chan error, 1)
	go func() { ended <- e.Run(ctx) }()
	for e.Counters.Accepted.Load() < int64(b.N) {
		time.Sleep(time.Millisecond)
	}
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "letters/s")
	b.ReportMetric(float64(b.N)/float64(e.Counters.Groups.Load()), "letters/group")
	cancel()
	if err := <-ended; err != nil {
		b.Fatal(err)
	}
}

func BenchmarkEngineSmall(b *testing.B)   { benchmarkEngine(b, 0) }
func BenchmarkEngineWithPDF(b *testing.B) { benchmarkEngine(b, 300_000) }
