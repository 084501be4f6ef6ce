package store

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/mailer"
	"jianbao/mailer/queuetest"
)

// perIssue is how many letters an issue of the benchmark has, and waitingIssues
// how many of its issues wait to be sent.
const (
	perIssue      = 1_000
	waitingIssues = 20
)

// BenchmarkAtScale measures what is asked most often of a database in which many
// letters lie that went long ago, 200,000 or as many as
// JIANBAO_BENCH_DELIVERIES says; docs/scale.md has the figures at 5 million. The
// letters are planted by the database itself, since writing them one by one takes
// an hour.
func BenchmarkAtScale(b *testing.B) {
	letters := 200_000
	if set := os.Getenv("JIANBAO_BENCH_DELIVERIES"); set != "" {
		n, err := strconv.Atoi(set)
		if err != nil || n < 2*waitingIssues*perIssue {
			b.Fatalf("JIANBAO_BENCH_DELIVERIES=%s is no number of letters, or too small", set)
		}
		letters = n
	}
	address, drop, err := newPostgres(pattern)
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := drop(); err != nil {
			b.Error(err)
		}
	}()
	s, err := Open(b.Context(), address)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	issue := plantLetters(b, s, letters)
	ctx := b.Context()
	b.Run("claim-mark-and-settle-100", func(b *testing.B) {
		sent := 0
		for b.Loop() {
			sent += sendSome(b, s, 100)
		}
		b.ReportMetric(float64(sent)/float64(b.N), "letters/op")
	})
	for _, q := range []struct {
		name string
		ask  func() error
	}{
		{"board-of-1000", func() error { _, err := s.Deliveries(ctx, issue); return err }},
		{"progress-of-1000", func() error { _, err := s.LetterCounts(ctx, issue); return err }},
		{"backlog", func() error { _, err := s.Backlog(ctx, time.Now()); return err }},
		{"reap", func() error { _, err := s.Reap(ctx, time.Now().Add(-time.Hour), mailer.Ask); return err }},
		{"issues-that-are-through", func() error { _, err := s.Settled(ctx, 100); return err }},
		{"letters-that-wait-for-people", func() error { _, err := s.MailTasks(ctx); return err }},
	} {
		b.Run(q.name, func(b *testing.B) {
			for b.Loop() {
				if err := q.ask(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// sendSome claims up to n letters, marks them, and settles all as accepted. A
// claim shares between the issues that wait, and may come to fewer.
func sendSome(b *testing.B, s *Store, n int) int {
	b.Helper()
	at := time.Now()
	claimed, err := s.Claim(b.Context(), n, at, at.Add(time.Minute))
	if err != nil || len(claimed) == 0 {
		b.Fatal(len(claimed), err)
	}
	var marks []mailer.Mark
	var outcomes []mailer.Outcome
	for _, d := range claimed {
		marks = append(marks, mailer.Mark{ID: d.ID, Token: d.Token, At: at})
		outcomes = append(outcomes, mailer.Outcome{
			Delivery: d.ID, Token: d.Token, State: mailer.Accepted, Stage: mailer.Reply, Relay: "127.0.0.1:25", Code: 250,
			Words: "Ok: queued as 4B1F2C", QueueID: "4B1F2C", Began: at, Ended: at,
		})
	}
	if held, err := s.Record(b.Context(), nil, marks); err != nil || len(held) != len(claimed) {
		b.Fatal(len(held), err)
	}
	if _, err := s.Record(b.Context(), outcomes, nil); err != nil {
		b.Fatal(err)
	}
	return len(claimed)
}

// plantLetters fills the tables of letters and attempts: of a thousand letters
// one failed and one may or may not have gone; the last issues wait. It returns
// an issue out of the middle.
func plantLetters(b *testing.B, s *Store, n int) (issue uuid.UUID) {
	b.Helper()
	c := queuetest.Dispatch()
	if err := fixture(s).Add(b.Context(), c, queuetest.Deliveries(c.Dispatch, 1, time.Now().Add(-time.Hour))); err != nil {
		b.Fatal(err)
	}
	issues := n / perIssue
	db := s.db.Session(&gorm.Session{})
	for _, statement := range []string{
		`CREATE TABLE past AS SELECT g, gen_random_uuid() AS id, gen_random_uuid() AS issue FROM generate_series(1, ` + strconv.Itoa(issues) + `) g`,
		`INSERT INTO dispatch SELECT r.* FROM past, dispatch d, LATERAL jsonb_populate_record(d, jsonb_build_object('id', past.id, 'issue', past.issue)) r`,
		fmt.Sprintf(`INSERT INTO delivery (id, dispatch, urgent, unit, name, address, state, tries, next_at, created, token, lease_until, code, words, queue_id, updated)
			SELECT ('01990000-0000-7000-8000-' || lpad(to_hex(past.g * %[1]d + k), 12, '0'))::uuid, past.id, false, gen_random_uuid(), '第' || k || '号单位', 'u' || k || '@unit.example',
				CASE WHEN past.g > %[2]d THEN 'queued' WHEN k = 1 THEN 'failed' WHEN k = 2 THEN 'uncertain' ELSE 'accepted' END,
				CASE WHEN past.g > %[2]d THEN 0 ELSE 1 END, d.next_at, d.created, '00000000-0000-0000-0000-000000000000', 0, 250, 'Ok: queued as 4B1F2C', '4B1F2C', d.updated
			FROM past, generate_series(1, %[1]d) k, (SELECT * FROM delivery LIMIT 1) d`, perIssue, issues-waitingIssues),
		`INSERT INTO attempt (id, delivery, n, token, state, next_at, began, ended, stage, relay, code, enhanced, words, queue_id)
			SELECT gen_random_uuid(), id, 1, gen_random_uuid(), state, next_at, updated, updated, 'reply', '127.0.0.1:25', code, '2.0.0', words, queue_id FROM delivery WHERE tries > 0`,
		`VACUUM ANALYZE`,
	} {
		if err := db.Exec(statement).Error; err != nil {
			b.Fatal(err)
		}
	}
	if err := db.Raw(`SELECT issue FROM past WHERE g = ?`, issues/2).Row().Scan(&issue); err != nil {
		b.Fatal(err)
	}
	return issue
}
