package faults

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/store"
)

// A book is a database with letters that are to be sent, and a look into it that
// the program knows nothing of.
type book struct {
	address string
	db      *sql.DB
	total   int
}

// onBoth runs a test on SQLite and on PostgreSQL; fresh makes an empty database.
func onBoth(t *testing.T, test func(t *testing.T, fresh func(*testing.T) string)) {
	t.Run("sqlite", func(t *testing.T) {
		test(t, func(t *testing.T) string { return filepath.Join(t.TempDir(), "faults.db") })
	})
	t.Run("postgres", func(t *testing.T) {
		test(t, func(t *testing.T) string { return emptyPostgres(t, server(t)) })
	})
}

// server is the PostgreSQL that scripts/postgres run has started.
func server(t *testing.T) string {
	t.Helper()
	address := os.Getenv("JIANBAO_TEST_POSTGRES")
	if address == "" {
		t.Fatal("JIANBAO_TEST_POSTGRES is not set: run this under scripts/postgres run")
	}
	return address
}

// emptyPostgres makes a database on a server and drops it afterwards.
func emptyPostgres(t *testing.T, server string) string {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	name := "f" + strings.ReplaceAll(uuid.NewString(), "-", "")
	administer(t, server, "CREATE DATABASE "+name)
	t.Cleanup(func() { administer(t, server, "DROP DATABASE "+name+" WITH (FORCE)") })
	u.Path = "/" + name
	return u.String()
}

// directly turns an address behind a PgBouncer, as scripts/pgbouncer runs it, into
// one of the server itself: who makes databases and tables goes there.
func directly(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	bouncer, err := url.Parse(os.Getenv("JIANBAO_TEST_POSTGRES"))
	if err != nil {
		t.Fatal(err)
	}
	direct := os.Getenv("JIANBAO_TEST_DIRECT")
	if direct == "" || u.Host != bouncer.Host {
		return address
	}
	server, err := url.Parse(direct)
	if err != nil {
		t.Fatal(err)
	}
	server.Path = u.Path
	return server.String()
}

func administer(t *testing.T, server, statement string, args ...any) {
	t.Helper()
	db, err := sql.Open("pgx", directly(t, server))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(context.Background(), statement, args...); err != nil {
		t.Fatal(err)
	}
}

// plant writes a release of n letters of 10 KB into an empty database.
func plant(t *testing.T, address string, n int) *book {
	t.Helper()
	direct := directly(t, address)
	s, err := store.Open(t.Context(), direct)
	if err != nil {
		t.Fatal(err)
	}
	content := mailer.Content{
		Dispatch: uuid.Must(uuid.NewV7()), From: mail.Address{Address: "jianbao@bench.example"}, Subject: "简报",
		Text: []byte("本期内容。\n"), Attachments: []mailer.Attachment{{Name: "简报.pdf", Type: "application/pdf", Data: make([]byte, 5_000)}},
	}
	if err := s.PostLetters(t.Context(), content, planted(content.Dispatch, n)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	driver := "sqlite"
	if strings.HasPrefix(address, "postgres") {
		driver = "pgx"
	}
	db, err := sql.Open(driver, direct)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return &book{address: address, db: db, total: n}
}

func planted(dispatch uuid.UUID, n int) iter.Seq[mailer.Delivery] {
	due := time.Now().Add(-time.Minute)
	return func(yield func(mailer.Delivery) bool) {
		for i := range n {
			if !yield(mailer.Delivery{
				ID: uuid.Must(uuid.NewV7()), Dispatch: dispatch, Unit: uuid.Must(uuid.NewV7()), Name: fmt.Sprintf("第%d号单位", i+1),
				Address: fmt.Sprintf("u%d@unit.example", i+1), State: mailer.Queued, NextAt: due, Created: due,
			}) {
				return
			}
		}
	}
}

// rows returns the letters in these states, all of them if there is none.
func (b *book) rows(t *testing.T, states ...mailer.State) (all []row) {
	t.Helper()
	statement := "SELECT CAST(id AS TEXT), address, state, CAST(token AS TEXT) FROM delivery"
	if len(states) > 0 {
		statement += " WHERE state IN ('" + strings.Join(words(states), "', '") + "')"
	}
	found, err := b.db.QueryContext(t.Context(), statement)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	for found.Next() {
		var r row
		if err := found.Scan(&r.id, &r.address, &r.state, &r.token); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func words(states []mailer.State) (all []string) {
	for _, s := range states {
		all = append(all, string(s))
	}
	return all
}

// open returns how many letters have no end yet, less than nothing while the
// database cannot be asked.
func (b *book) open(ctx context.Context) int {
	var n int
	err := b.db.QueryRowContext(ctx, "SELECT COUNT(*) FROM delivery WHERE state NOT IN ('accepted', 'failed', 'uncertain')").Scan(&n)
	if err != nil {
		return -1
	}
	return n
}

// finish waits until every letter has its end, as long as there is progress.
func (b *book) finish(t *testing.T, engines ...*engine) {
	t.Helper()
	for before := b.open(t.Context()); before != 0; {
		ended, stop := context.WithTimeout(t.Context(), soon)
		for b.open(ended) != 0 && ended.Err() == nil {
			select {
			case <-ended.Done():
			case <-time.After(100 * time.Millisecond):
			}
		}
		stop()
		now := b.open(t.Context())
		if now > 0 && now == before {
			t.Fatalf("%d letters have no end; %s", now, engines[0].words())
		}
		before = now
	}
}

// alone waits until nobody but the test is connected to the database: a backend
// of PostgreSQL finishes the statement of a client that was killed.
func (b *book) alone(t *testing.T) {
	t.Helper()
	if !strings.HasPrefix(b.address, "postgres") {
		return
	}
	eventually(t, "the database is left alone", func() bool {
		var others int
		err := b.db.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM pg_stat_activity
			WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`).Scan(&others)
		return err == nil && others == 0
	})
}

// settled compares the book with what a relay took, and says how it went.
func (b *book) settled(t *testing.T, took taken, doubtful doubts, policy mailer.Policy) {
	t.Helper()
	all := b.rows(t)
	if len(all) != b.total {
		t.Errorf("the book has %d letters, %d were written into it", len(all), b.total)
	}
	wrong := compare(all, took, doubtful, policy)
	for i, w := range wrong {
		if i == 20 {
			t.Errorf("and %d more", len(wrong)-20)
			break
		}
		t.Error(w)
	}
	sum(t, all, took, doubtful)
}

// sum logs the figures of docs/faults.md.
func sum(t *testing.T, all []row, took taken, doubtful doubts) {
	t.Helper()
	copies, doubled, states := 0, 0, map[mailer.State]int{}
	for _, ids := range took {
		copies += len(ids)
		if len(ids) > 1 {
			doubled++
		}
	}
	missing := 0
	for _, r := range all {
		states[r.state]++
		if r.state == mailer.Uncertain && len(took[r.address]) == 0 {
			missing++
		}
	}
	t.Logf("%d letters: accepted %d, uncertain %d (of which %d did not go), taken %d, of which twice %d; behind a mark when something died %d",
		len(all), states[mailer.Accepted], states[mailer.Uncertain], missing, copies, doubled, len(doubtful))
}
