package metrics

import (
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/workflow"
	"jianbao/workflow/figures"
)

// 2026-07-15 is a Wednesday; it is 15:30 in Beijing.
var now = time.Date(2026, 7, 15, 7, 30, 0, 0, time.UTC)

// books count how often they are read.
type books struct {
	mu              sync.Mutex
	reads, ledgers  int
	fails           error
	sight           figures.Sight
	backlog         mailer.Backlog
	waiting         figures.Waiting
	unbalancedCount int
}

func (b *books) Underway(context.Context, []uuid.UUID) (figures.Sight, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reads++
	return b.sight, b.fails
}

func (b *books) Backlog(context.Context, time.Time) (mailer.Backlog, error) { return b.backlog, nil }

func (b *books) Waiting(context.Context, time.Time) (figures.Waiting, error) { return b.waiting, nil }

func (b *books) Unbalanced(context.Context) (int, error) {
	b.ledgers++
	return b.unbalancedCount, nil
}

func TestWhatStandsInTheDatabase(t *testing.T) {
	review := workflow.Step{Kind: workflow.ReviewStep, Hours: 1}
	b := &books{
		sight: figures.Sight{Open: []figures.Open{
			{State: workflow.Review, Step: review, Reached: now.Add(-30 * time.Minute)},
			{State: workflow.Review, Step: review, Reached: now.Add(-5 * time.Hour)}, // 10:30: 2.5 working hours
			{State: workflow.Draft, Round: 2, Step: workflow.Step{Kind: workflow.EditStep}, Reached: now},
			{State: workflow.Scheduled, ReleaseAt: now.Add(-90 * time.Second)},
		}},
		backlog:         mailer.Backlog{Letters: map[mailer.State]int{mailer.Queued: 3, mailer.Uncertain: 1}, Due: 2, Oldest: now.Add(-time.Minute), Mail: 1, MailSince: now.Add(-time.Hour)},
		waiting:         figures.Waiting{Notices: 4, Since: now.Add(-2 * time.Minute), Rooted: time.Unix(1_700_000_000, 0)},
		unbalancedCount: 1,
	}
	o := &Office{Books: b, Now: func() time.Time { return now }}
	has(t, o,
		`jianbao_steps_undecided{step="review"} 2`, `jianbao_steps_overdue{step="review"} 1`, `jianbao_steps_overdue{step="sign-off"} 0`,
		`jianbao_steps_oldest_working_seconds{step="review"} 9000`, `jianbao_steps_late_working_seconds{step="review"} 5400`,
		`jianbao_issues_returned 1`, `jianbao_issues{state="scheduled"} 1`, `jianbao_issues{state="approved"} 0`,
		`jianbao_releases_late 1`, `jianbao_releases_late_seconds 90`,
		`jianbao_letters{state="queued"} 3`, `jianbao_letters{state="held"} 0`, `jianbao_letters_due 2`, `jianbao_letters_oldest_age_seconds 60`,
		`jianbao_mail_unhandled_oldest_age_seconds 3600`, `jianbao_notices_waiting 4`, `jianbao_notices_oldest_age_seconds 120`,
		`jianbao_history_rooted_timestamp_seconds 1.7e+09`, `jianbao_ledgers_unbalanced 1`, `jianbao_database_up 1`)
}

// However many ask, the database is read once in ten seconds, and the ledgers
// once in ten minutes.
func TestScrapersShareOneRead(t *testing.T) {
	at, b := now, &books{}
	o := &Office{Books: b, Now: func() time.Time { return at }}
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() { o.current() })
	}
	group.Wait()
	at = at.Add(readEvery - 1)
	o.current()
	if b.reads != 1 {
		t.Errorf("read %d times within ten seconds", b.reads)
	}
	at = at.Add(1)
	o.current()
	if b.reads != 2 || b.ledgers != 1 {
		t.Errorf("read %d times, the ledgers %d times", b.reads, b.ledgers)
	}
	at = at.Add(ledgerEvery)
	o.current()
	at = at.Add(-time.Hour) // the clock was set back
	o.current()
	if b.reads != 4 || b.ledgers != 3 {
		t.Errorf("read %d times, the ledgers %d times", b.reads, b.ledgers)
	}
}

// Numbers that could not be read are not there: old ones would look like new
// ones.
func TestADatabaseThatIsDownHasNoNumbers(t *testing.T) {
	at, b := now, &books{fails: errors.New("down")}
	o := &Office{Books: b, Now: func() time.Time { return at }, Log: slog.New(slog.DiscardHandler)}
	has(t, o, "jianbao_database_up 0", "jianbao_database_failures_total 1")
	if all := o.current(); len(all) != 2 {
		t.Errorf("%+v", all)
	}
	b.fails, at = nil, at.Add(readEvery)
	has(t, o, "jianbao_database_up 1", "jianbao_database_failures_total 1", "jianbao_releases_late 0")
}

// A scraper that goes away does not spoil the answer of the next.
func TestAScraperThatWentAwaySpoilsNothing(t *testing.T) {
	o := &Office{Books: &books{}, Now: func() time.Time { return now }}
	gone, leave := context.WithCancel(t.Context())
	leave()
	w := httptest.NewRecorder()
	written(NewRegistry(o), slog.New(slog.DiscardHandler)).ServeHTTP(w, httptest.NewRequestWithContext(gone, "GET", Path, nil))
	has(t, o, "jianbao_database_up 1")
}
