package metrics

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"

	"jianbao/mailer"
	"jianbao/workflow"
	"jianbao/workflow/figures"
)

// Books is where the numbers of an office are read.
type Books interface {
	// Underway returns the issues that are under way and when their offices
	// work; nil is those of all series.
	Underway(ctx context.Context, series []uuid.UUID) (figures.Sight, error)

	// Backlog returns what lies in the queue and in the tray of mail.
	Backlog(ctx context.Context, now time.Time) (mailer.Backlog, error)

	// Waiting returns what lies there for the program to do.
	Waiting(ctx context.Context, now time.Time) (figures.Waiting, error)

	// Unbalanced returns in how many issues the ledger of copies does not
	// balance. It may take long.
	Unbalanced(ctx context.Context) (int, error)
}

// How often the database is read, whoever asks, and how long it may take.
const (
	readEvery   = 10 * time.Second
	ledgerEvery = 10 * time.Minute
	readWithin  = 5 * time.Second
)

// An Office is what stands in the database. Its fields are set before it is
// asked.
type Office struct {
	Books Books
	Now   func() time.Time
	Log   *slog.Logger

	mu         sync.Mutex // held while the database is read: who asks meanwhile waits for the same answer
	read       time.Time  // when it was tried last
	numbers    []prometheus.Metric
	ledgers    time.Time
	unbalanced int
	failures   int
}

// Describe implements prometheus.Collector. It names nothing beforehand: which
// numbers there are depends on whether the database can be read.
func (o *Office) Describe(chan<- *prometheus.Desc) {}

// Collect implements prometheus.Collector: it gives what was read last, and reads
// it if that is too old. Who asks meanwhile gets the same.
func (o *Office) Collect(ch chan<- prometheus.Metric) { send(ch, o.current()) }

func (o *Office) current() []prometheus.Metric {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := o.Now()
	if since := now.Sub(o.read); o.read.IsZero() || since >= readEvery || since < 0 {
		ctx, stop := context.WithTimeout(context.Background(), readWithin)
		defer stop()
		o.read = now
		o.numbers = o.look(ctx, now)
	}
	return o.numbers
}

// look reads all, or says that it could not: old numbers would look like new
// ones.
func (o *Office) look(ctx context.Context, now time.Time) []prometheus.Metric {
	all, err := o.all(ctx, now)
	up := 1
	if err != nil {
		o.failures, up, all = o.failures+1, 0, nil
		o.Log.WarnContext(ctx, "metrics: the database was not read", "err", err)
	}
	return slices.Concat(all,
		gauge("jianbao_database_up", "Whether the database could be read for these numbers.", is(up)),
		counter("jianbao_database_failures_total", "How often it could not.", is(o.failures)))
}

func (o *Office) all(ctx context.Context, now time.Time) ([]prometheus.Metric, error) {
	sight, err := o.Books.Underway(ctx, nil)
	if err != nil {
		return nil, err
	}
	backlog, err := o.Books.Backlog(ctx, now)
	if err != nil {
		return nil, err
	}
	waiting, err := o.Books.Waiting(ctx, now)
	if err != nil {
		return nil, err
	}
	if since := now.Sub(o.ledgers); o.ledgers.IsZero() || since >= ledgerEvery || since < 0 {
		if o.unbalanced, err = o.Books.Unbalanced(ctx); err != nil {
			return nil, err
		}
		o.ledgers = now
	}
	return slices.Concat(steps(sight, now), letters(backlog, now),
		gauge("jianbao_notices_waiting", "Notices that should have been mailed by now.", is(waiting.Notices)),
		gauge("jianbao_notices_oldest_age_seconds", "Since when the first of them should have been; 0 if there is none.", age(now, waiting.Since)),
		gauge("jianbao_history_rooted_timestamp_seconds", "When the last signed root of all histories was made.", at(waiting.Rooted)...),
		gauge("jianbao_ledgers_unbalanced", "Issues that are out whose ledger of copies does not balance; read every ten minutes.", is(o.unbalanced))), nil
}

// steps are the numbers of issues under way. Every step and state has its
// sample, 0 where there is nothing.
func steps(sight figures.Sight, now time.Time) []prometheus.Metric {
	states, byState := workflow.Underway(), map[workflow.State]int{}
	for _, o := range sight.Open {
		byState[o.State]++
	}
	var issues, undecided, overdue, oldest, latest []sample
	for _, state := range states {
		issues = append(issues, is(byState[state], "state", string(state)))
	}
	returned := 0
	for _, l := range figures.Loads(figures.Undecided(sight, now)) {
		step := string(l.Step)
		undecided, overdue = append(undecided, is(l.Undecided, "step", step)), append(overdue, is(l.Overdue, "step", step))
		oldest, latest = append(oldest, is(l.Oldest.Seconds(), "step", step)), append(latest, is(l.Latest.Seconds(), "step", step))
		returned += l.Back
	}
	late, since := figures.Belated(sight.Open, now)
	return slices.Concat(
		gauge("jianbao_issues", "Issues under way, by state.", issues...),
		gauge("jianbao_issues_returned", "Issues that were returned and lie with their editors.", is(returned)),
		gauge("jianbao_steps_undecided", "Issues that wait for a decision, by the step they are at.", undecided...),
		gauge("jianbao_steps_overdue", "Those of them whose deadline has passed.", overdue...),
		gauge("jianbao_steps_oldest_working_seconds", "Working time that the one which waits longest has been at its step.", oldest...),
		gauge("jianbao_steps_late_working_seconds", "Working time that the most overdue one is late by.", latest...),
		gauge("jianbao_releases_late", "Scheduled issues whose time has come and that have not gone out.", is(late)),
		gauge("jianbao_releases_late_seconds", "By how much the earliest of them is late; 0 if there is none.", age(now, since)))
}

// letters are the numbers of the queue.
func letters(b mailer.Backlog, now time.Time) []prometheus.Metric {
	var byState []sample
	for _, state := range mailer.Unfinished() {
		byState = append(byState, is(b.Letters[state], "state", string(state)))
	}
	return slices.Concat(
		gauge("jianbao_letters", "Letters that have no end yet, by state; those held and uncertain wait for a person.", byState...),
		gauge("jianbao_letters_due", "Letters that could go now.", is(b.Due)),
		gauge("jianbao_letters_oldest_age_seconds", "Since when the first of them could go; 0 if there is none.", age(now, b.Oldest)),
		gauge("jianbao_mail_unhandled", "Mails that came in and wait for a person.", is(b.Mail)),
		gauge("jianbao_mail_unhandled_oldest_age_seconds", "Since when the first of them waits; 0 if there is none.", age(now, b.MailSince)))
}
