package store

import (
	"context"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"jianbao/workflow"
	"jianbao/workflow/filing"
	"jianbao/workflow/holidays"
	"jianbao/workflow/remarks"
)

// crowd fills a database with series, open issues and archived ones, without
// their texts, and with a watch and notices for the open ones.
func crowd(t testing.TB, s *Store, series, open, archived int) {
	t.Helper()
	insert := func(statement string, args ...any) {
		t.Helper()
		if err := s.db.Exec(statement, args...).Error; err != nil {
			t.Fatal(err)
		}
	}
	insert(`INSERT INTO series (id, masthead, organ, place, mailbox, zone, route, file_copies, template, tolerance, cadence, max_late, created, version, layout)
		SELECT gen_random_uuid(), 'crowd ' || gen_random_uuid(), '', '', 'j@b.example', '', '[]', 0, 1, 0, '0 9 * * 1', 0, 1, 1, '' FROM generate_series(1, ?) n`, series)
	insert(`INSERT INTO issue (id, series, kind, state, number_kind, number_year, number_no, date, release_at, released, opened, changed, version, step, round, template, items, events, head, text)
		SELECT gen_random_uuid(), s.id, '', CASE WHEN n > ? THEN 'archived' WHEN n % 100 = 0 THEN 'dispatching'
		ELSE (ARRAY['draft', 'review', 'approved', 'scheduled'])[n % 4 + 1] END,
		'', 0, 0, '', 4000000000000000, 0, 1, 1, 1, 1, 1, 1, 1, 1, '', ''
		FROM generate_series(1, ?) n JOIN (SELECT id, row_number() OVER () AS r FROM series WHERE masthead LIKE 'crowd %') s ON s.r = n % ? + 1`, open, open+archived, series)
	insert(`INSERT INTO watch (issue, series, at, seen, told) SELECT id, series, 4000000000000000, 1, 1 FROM issue WHERE state <> 'archived' ON CONFLICT DO NOTHING`)
	insert(`INSERT INTO dispatch (id, issue, series, at, digest, urgent, from_name, from_address, reply_to, list_id, subject, text, html, sha256)
		SELECT gen_random_uuid(), id, series, 1, '', FALSE, '', '', '', '', '', '', '', '' FROM issue i WHERE state IN ('dispatching', 'archived') AND NOT EXISTS (SELECT 1 FROM dispatch p WHERE p.issue = i.id)`)
	insert(`INSERT INTO delivery (id, dispatch, urgent, unit, name, address, state, tries, next_at, created, token, lease_until, code, words, queue_id, updated)
		SELECT gen_random_uuid(), p.id, FALSE, p.id, '', '', CASE WHEN i.state = 'archived' THEN 'accepted' ELSE 'queued' END, 0, 4000000000000000, 1, p.id, 0, 0, '', '', 1
		FROM dispatch p JOIN issue i ON i.id = p.issue WHERE NOT EXISTS (SELECT 1 FROM delivery d WHERE d.dispatch = p.id)`)
	insert(`INSERT INTO event (id, issue, seq, at, act, line, hash) SELECT gen_random_uuid(), id, 1, 1, 'open', '{}', '' FROM issue i WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.issue = i.id)`)
	insert(`INSERT INTO fire (series, schedule, local, at, outcome, issue) SELECT id, 'open', '2021-01-01T09:' || lpad(m::text, 2, '0'), 1, 'opened', id FROM series, generate_series(0, 59) m ON CONFLICT DO NOTHING`)
	insert(`INSERT INTO person (id, login, name, password, active, version) VALUES ('00000000-0000-0000-0000-0000000000aa', 'crowd', 'crowd', '', TRUE, 1) ON CONFLICT DO NOTHING`)
	insert(`INSERT INTO notice (id, person, series, issue, kind, key, place, digest, says, at, send_at, read, settled, dispatch)
		SELECT gen_random_uuid(), '00000000-0000-0000-0000-0000000000aa', series, id, 'assigned', 'k', 'p', '', '{}', 1, 1, CASE WHEN state = 'archived' THEN 1 ELSE 0 END, 0,
		CASE WHEN state = 'archived' THEN '00000000-0000-0000-0000-000000000000'::uuid ELSE id END FROM issue ON CONFLICT DO NOTHING`)
	insert(`ANALYZE`)
}

// quiet is when nothing of a crowd is due.
var quiet = time.Date(2021, 1, 1, 10, 0, 30, 0, time.UTC)

// wholeScheduler is a scheduler with everything that the program has it see to.
func wholeScheduler(s *Store, c *clock) *workflow.Scheduler {
	w := schedulerOver(s, c)
	w.Answering = workflow.Answering{Desk: w.Desk, Tickets: s, Mails: s}
	w.Receiving, w.Chases = workflow.Receiving{Desk: w.Desk, Keep: s, Tray: s}, s
	w.Chores = append(w.Chores,
		(&holidays.Reminder{Watch: s, NewID: newID}).Look, workflow.ClockWatch{Desk: w.Desk, Releases: s}.Look,
		remarks.Reminder{Watch: s, NewID: newID}.Look, (&filing.Reminder{Watch: s, NewID: newID}).Look)
	return w
}

// overheard keeps what is asked of a database.
type overheard struct {
	logger.Interface
	mu    sync.Mutex
	asked []string
}

func (o *overheard) LogMode(logger.LogLevel) logger.Interface { return o }

func (o *overheard) Trace(_ context.Context, _ time.Time, sql func() (string, int64), _ error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if statement, _ := sql(); !slices.Contains(o.asked, statement) {
		o.asked = append(o.asked, statement)
	}
}

// asks returns every statement of the first look of an hour at which nothing is
// due. A look of another minute or second asks some of them.
func asks(t *testing.T, s *Store) []string {
	t.Helper()
	o, before := &overheard{Interface: logger.Discard}, s.db.Logger
	s.db.Logger = o
	defer func() { s.db.Logger = before }()
	must(t, wholeScheduler(s, &clock{at: quiet}).Look(t.Context()))
	return o.asked
}

// TestATickReadsIndexes: whatever a tick asks goes through indexes that archived
// issues are not in, or in which they lie apart. Ten times as many archived
// issues make it read no more pages.
func TestATickReadsIndexes(t *testing.T) {
	s := opened(t, freshPostgres(t))
	crowd(t, s, 50, 1000, 3_000)
	asks(t, s) // what there is to be done is done
	few := pagesOfTick(t, s)
	crowd(t, s, 1, 0, 20_000)
	many := pagesOfTick(t, s)
	t.Log(len(many), "statements")
	if len(many) < 12 {
		t.Errorf("only these were heard: %v", many)
	}
	for query, pages := range many {
		if pages > few[query]*3/2+40 {
			t.Errorf("%d pages with 3,000 archived issues, %d with 23,000: %s", few[query], pages, query)
		}
	}
}

var (
	someID       = regexp.MustCompile(`('[0-9a-f-]{36}',?)+`)
	pagesTouched = regexp.MustCompile(`(?:hit|read)=(\d+)`)
	// growing are the tables that grow with what was done long ago.
	growing = regexp.MustCompile(`Seq Scan on "?(issue|notice|delivery|dispatch|fire|event)"?( |$)`)
)

// pagesOfTick explains the statements of a tick, complains of those that read a
// table that grows from end to end, and returns the pages each touches.
func pagesOfTick(t *testing.T, s *Store) map[string]int {
	t.Helper()
	pages := map[string]int{}
	for _, statement := range asks(t, s) {
		pages[someID.ReplaceAllString(statement, "'…'")] = explained(t, s, statement)
	}
	return pages
}

// explained returns how many pages a statement touches.
func explained(t *testing.T, s *Store, statement string) (pages int) {
	t.Helper()
	var lines []string
	err := s.db.Transaction(func(tx *gorm.DB) error {
		if err := tx.Raw("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) " + statement).Scan(&lines).Error; err != nil {
			return err
		}
		return errRead
	})
	if err != errRead {
		t.Fatal(statement, err)
	}
	for _, line := range lines {
		if growing.MatchString(line) {
			t.Errorf("%s reads a whole table:\n%s", statement, strings.Join(lines, "\n"))
		}
	}
	// The first line with buffers is that of the whole statement.
	at := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "Buffers: ") })
	if at < 0 {
		return 0
	}
	for _, n := range pagesTouched.FindAllStringSubmatch(lines[at], -1) {
		touched, err := strconv.Atoi(n[1])
		must(t, err)
		pages += touched
	}
	return pages
}

// BenchmarkTick is a look at which nothing is due, over 10,000 open issues in
// 200 series and 100,000 archived ones; the first look of a minute, which also
// reads every cadence and looks for what was lost; and that of an hour, which
// looks for what is to be filed and for holidays.
func BenchmarkTick(b *testing.B) {
	if os.Getenv(testServer) == "" {
		b.Fatal(testServer + " is not set: run this under scripts/postgres run")
	}
	address, drop, err := newPostgres(pattern)
	if err != nil {
		b.Fatal(err)
	}
	s, err := Open(b.Context(), address)
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
		if err := drop(); err != nil {
			b.Error(err)
		}
	}()
	crowd(b, s, 200, 10_000, 100_000)
	for name, next := range map[string]func(*workflow.Scheduler, *clock) *workflow.Scheduler{
		"second": func(w *workflow.Scheduler, _ *clock) *workflow.Scheduler { return w },
		"minute": func(w *workflow.Scheduler, c *clock) *workflow.Scheduler {
			c.set(quiet.Add(c.now().Add(time.Minute).Sub(quiet) % (48 * time.Hour))) // no cadence comes due
			return w
		},
		"hour": func(_ *workflow.Scheduler, c *clock) *workflow.Scheduler { return wholeScheduler(s, c) },
	} {
		b.Run(name, func(b *testing.B) {
			c := &clock{at: quiet}
			w := wholeScheduler(s, c)
			for b.Loop() {
				if err := w.Look(b.Context()); err != nil {
					b.Fatal(err)
				}
				w = next(w, c)
			}
		})
	}
}
