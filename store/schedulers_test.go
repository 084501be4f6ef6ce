package store

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts"
	"jianbao/workflow"
)

// A clock is one process's, and stands until it is set.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// schedulerOver returns a scheduler of its own process over a database.
func schedulerOver(s *Store, c *clock) *workflow.Scheduler {
	desk := &workflow.Desk{Books: s, Now: c.now, NewID: newID}
	return &workflow.Scheduler{
		Desk: desk, Agenda: s, Watch: s, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Letters: workflow.NoticeLetters("", nil, c.now, newID),
	}
}

// zones are those whose clocks change, and that of the office.
var zones = []string{"Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"}

func seriesIn(t *testing.T, s *Store, zone string, created time.Time) workflow.Series {
	t.Helper()
	series := workflow.Series{
		ID: newID(), Masthead: "简报 " + zone, Organ: "某局", Place: "某地", Mailbox: "j@b.example", Zone: zone, Route: workflow.DefaultRoute(),
		Template: 1, Cadence: workflow.Cadence{Spec: "30 2 * * *", MaxLate: 40 * 24 * time.Hour}, Created: created, Version: 1,
	}
	must(t, s.AddSeries(t.Context(), series))
	return series
}

// TestTenProcessesFireOnce: ten schedulers over one PostgreSQL, each with a
// clock that is wrong by up to a day, go through the changes of clocks and the
// end of a year and sleep for 22 days in between. Every tick of every zone is
// made once or recorded as let go, and nobody is told anything twice.
func TestTenProcessesFireOnce(t *testing.T) {
	address := freshPostgres(t)
	first := opened(t, address)
	start := time.Date(2021, 10, 25, 0, 0, 0, 0, time.UTC)
	editor := hired(t, first, "editor", accounts.Editor, workflow.Reach{Address: "e@b.example", AtOnce: true})
	var all []workflow.Series
	for _, zone := range zones {
		series := seriesIn(t, first, zone, start)
		must(t, first.SaveTimetable(t.Context(), workflow.Timetable{Series: series.ID, Appears: "0 18 * * *"}))
		all = append(all, series)
	}
	clocks, schedulers := make([]clock, 10), make([]*workflow.Scheduler, 10)
	for n := range schedulers {
		schedulers[n] = schedulerOver(opened(t, address), &clocks[n])
	}
	lookAll := func(at time.Time, step int) {
		var group sync.WaitGroup
		for n, s := range schedulers {
			off := time.Duration((n*7+step*3)%3-1) * 24 * time.Hour // a day behind, right, a day ahead
			clocks[n].set(at.Add(off))
			group.Go(func() {
				if err := s.Look(context.WithoutCancel(t.Context())); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
	at := start
	for step := range 16 { // over the end of summer time in Europe and America
		at = at.Add(17 * time.Hour)
		lookAll(at, step)
	}
	at = at.Add(22 * 24 * time.Hour)
	lookAll(at, 0)
	at = time.Date(2021, 12, 30, 20, 0, 0, 0, time.UTC)
	for step := range 4 {
		at = at.Add(13 * time.Hour)
		lookAll(at, step)
	}
	for _, series := range all {
		everyTick(t, first, series, start, at.Add(24*time.Hour))
	}
	toldOnce(t, first, editor.ID)
}

// everyTick holds the fires of a series against the days between two moments.
func everyTick(t *testing.T, s *Store, series workflow.Series, from, until time.Time) {
	t.Helper()
	var fires []fireRow
	var opened int64
	must(t, s.db.Where("series = ? AND schedule = 'open'", series.ID).Order("local").Find(&fires).Error)
	must(t, s.db.Model(&issueRow{}).Where("series = ?", series.ID).Count(&opened).Error)
	const local = "2006-01-02T15:04"
	outcomes := map[string]int{}
	for n, f := range fires {
		if n > 0 {
			before, err := time.Parse(local, fires[n-1].Local)
			if want := before.AddDate(0, 0, 1).Format(local); err != nil || f.Local != want {
				t.Errorf("%s: behind %s comes %s, not %s", series.Zone, fires[n-1].Local, f.Local, want)
			}
		}
		if outcomes[f.Outcome]++; f.Outcome == "" {
			t.Errorf("%s: of %s nothing is recorded", series.Zone, f.Local)
		}
	}
	t.Log(series.Zone, len(fires), outcomes)
	first, last := fires[0].Local, fires[len(fires)-1].Local
	if first > from.Add(36*time.Hour).Format(local) || last < until.Add(-36*time.Hour).Format(local) {
		t.Errorf("%s: the fires are those from %s to %s", series.Zone, first, last)
	}
	if outcomes[workflow.Opened] != 1 || opened != 1 || outcomes[workflow.Skipped] < 20 {
		t.Errorf("%s: %d issues, fires %v", series.Zone, opened, outcomes)
	}
}

// toldOnce holds what a person was told against what they were mailed.
func toldOnce(t *testing.T, s *Store, person uuid.UUID) {
	t.Helper()
	var notices []noticeRow
	var letters int64
	must(t, s.db.Where("person = ?", person).Find(&notices).Error)
	must(t, s.db.Model(&deliveryRow{}).Where("unit = ?", person).Count(&letters).Error)
	said, mails := map[string]int{}, map[uuid.UUID]bool{}
	for _, n := range notices {
		said[fmt.Sprint(n.Series, n.Issue, n.Key)]++
		if n.Dispatch != uuid.Nil {
			mails[n.Dispatch] = true
		}
	}
	for key, n := range said {
		if n != 1 {
			t.Errorf("%s was said %d times", key, n)
		}
	}
	t.Log(len(notices), "notices in", letters, "letters")
	if len(notices) < len(zones) || len(mails) != int(letters) || letters == 0 {
		t.Errorf("%d notices, %d mails, %d letters", len(notices), len(mails), letters)
	}
}

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
	insert(`INSERT INTO fire (series, schedule, local, at, outcome, issue) SELECT id, 'open', '2021-01-01T09:' || lpad(m::text, 2, '0'), 1, 'opened', id FROM series, generate_series(0, 59) m ON CONFLICT DO NOTHING`)
	insert(`INSERT INTO person (id, login, name, password, active, version) VALUES ('00000000-0000-0000-0000-0000000000aa', 'crowd', 'crowd', '', TRUE, 1) ON CONFLICT DO NOTHING`)
	insert(`INSERT INTO notice (id, person, series, issue, kind, key, place, digest, says, at, send_at, read, settled, dispatch)
		SELECT gen_random_uuid(), '00000000-0000-0000-0000-0000000000aa', series, id, 'assigned', 'k', 'p', '', '{}', 1, 1, CASE WHEN state = 'archived' THEN 1 ELSE 0 END, 0,
		CASE WHEN state = 'archived' THEN '00000000-0000-0000-0000-000000000000'::uuid ELSE id END FROM issue ON CONFLICT DO NOTHING`)
	insert(`ANALYZE`)
}

// tick is everything that a look asks of the database when nothing is due, as
// most looks find it; with minute, also what the first look of each minute
// asks.
func tick(t testing.TB, s *Store, minute bool) {
	t.Helper()
	ctx, at := context.Background(), time.Unix(1_700_000_000, 0)
	_, due := s.Due(ctx, at, 50)
	_, settled := s.Settled(ctx, 50)
	_, waking := s.Waking(ctx, at, 50)
	_, unmailed := s.Unmailed(ctx, at, 50)
	var cursors, swept error
	if minute {
		_, cursors = s.Cursors(ctx)
		_, swept = s.Sweep(ctx, at)
	}
	for _, err := range []error{due, settled, waking, unmailed, cursors, swept} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestATickReadsIndexes: what a tick asks goes through indexes that archived
// issues are not in, or in which they lie apart. Ten times as many archived
// issues make it read no more pages.
func TestATickReadsIndexes(t *testing.T) {
	s := opened(t, freshPostgres(t))
	crowd(t, s, 50, 1000, 3_000)
	few := pagesOfTick(t, s)
	crowd(t, s, 1, 0, 20_000)
	many := pagesOfTick(t, s)
	t.Log("pages of a tick:", few, "with 3,000 archived issues,", many, "with 23,000")
	for query, pages := range many {
		if pages > few[query]*3/2+40 {
			t.Errorf("%s: %d pages with 3,000 archived issues, %d with 23,000", query, few[query], pages)
		}
	}
}

// pagesOfTick explains the queries of a tick, complains of those that read a
// large table from end to end, and returns the pages each touches.
func pagesOfTick(t *testing.T, s *Store) map[string]int {
	t.Helper()
	at := momentOf(time.Unix(1_700_000_000, 0))
	pages := map[string]int{}
	for name, query := range map[string]func(tx *gorm.DB) *gorm.DB{
		"due": func(tx *gorm.DB) *gorm.DB {
			return tx.Model(&issueRow{}).Where("state = ? AND release_at <= ?", workflow.Scheduled, at).Order("release_at, id").Limit(50).Select("id")
		},
		"settled": func(tx *gorm.DB) *gorm.DB {
			return tx.Model(&issueRow{}).Where(settledIssues, workflow.Dispatching, openStates).Order("release_at, id").Limit(50).Select("id")
		},
		"waking": func(tx *gorm.DB) *gorm.DB {
			return tx.Model(&watchRow{}).Where("at > 0 AND at <= ?", at).Order("at").Limit(50).Select("issue")
		},
		"unmailed": func(tx *gorm.DB) *gorm.DB {
			return tx.Model(&noticeRow{}).Where(unmailed, at).Distinct("person").Order("person").Limit(50)
		},
		"badge": func(tx *gorm.DB) *gorm.DB {
			return tx.Model(&noticeRow{}).Where("person = ? AND "+openNotice, uuid.MustParse("00000000-0000-0000-0000-0000000000ab")).Select("COUNT(*)")
		},
	} {
		sql := s.db.ToSQL(func(tx *gorm.DB) *gorm.DB { return query(tx).Find(&[]map[string]any{}) })
		pages[name] = explained(t, s, name, sql)
	}
	for name, raw := range map[string]string{"unwatched": unwatched, "delegated": delegated} {
		sql := strings.NewReplacer("@now", fmt.Sprint(int64(at)), "@all", "'"+uuid.Nil.String()+"'").Replace(raw)
		pages[name] = explained(t, s, name, sql)
	}
	return pages
}

// explained returns how many pages a statement touches.
func explained(t *testing.T, s *Store, name, sql string) (pages int) {
	t.Helper()
	var lines []string
	err := s.db.Transaction(func(tx *gorm.DB) error {
		if err := tx.Raw("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) " + sql).Scan(&lines).Error; err != nil {
			return err
		}
		return errRead
	})
	if err != errRead {
		t.Fatal(name, err)
	}
	for _, line := range lines {
		for _, table := range []string{"issue", "notice", "delivery", "dispatch", "fire", "event"} {
			if strings.Contains(line, "Seq Scan on "+table+" ") || strings.HasSuffix(line, "Seq Scan on "+table) {
				t.Errorf("%s reads all of %s:\n%s", name, table, strings.Join(lines, "\n"))
			}
		}
	}
	// The first line with buffers is that of the whole statement.
	at := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "Buffers: ") })
	if at < 0 {
		return 0
	}
	for _, field := range strings.Fields(lines[at]) {
		var n int
		if _, err := fmt.Sscanf(field, "hit=%d", &n); err == nil {
			pages += n
		} else if _, err := fmt.Sscanf(field, "read=%d", &n); err == nil {
			pages += n
		}
	}
	return pages
}

// BenchmarkTick is a look at which nothing is due, over 10,000 open issues in
// 200 series and 100,000 archived ones; and the first look of a minute, which
// also reads every cadence and looks for what was lost.
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
	for name, minute := range map[string]bool{"second": false, "minute": true} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				tick(b, s, minute)
			}
		})
	}
}
