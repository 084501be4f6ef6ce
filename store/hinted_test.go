package store

import (
	"context"
	"encoding/binary"
	"io"
	"log/slog"
	"net"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/mailer/queuetest"
)

// hinting has a store hint until the test ends, and waits until it hears others
// if it can.
func hinting(t *testing.T, s *Store, hears bool) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Hints(ctx, slog.New(slog.NewTextHandler(t.Output(), nil))) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	if hears {
		soonHolds(t, "the store hears others", s.Heard)
	}
}

// atOnce is far less than the time between two looks of anybody.
const atOnce = 700 * time.Millisecond

func comes(t *testing.T, hint <-chan struct{}, what string) {
	t.Helper()
	select {
	case <-hint:
	case <-time.After(atOnce):
		t.Error("no hint came: " + what)
	}
}

func soonHolds(t *testing.T, what string, holds func() bool) {
	t.Helper()
	late, look := time.After(20*time.Second), time.NewTicker(10*time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-late:
			t.Fatal("not in time: " + what)
		case <-look.C:
		}
	}
}

// lettersUnder queues letters of an issue and claims them.
func lettersUnder(t *testing.T, s *Store, issue uuid.UUID, n int) []mailer.Delivery {
	t.Helper()
	c := queuetest.Dispatch()
	must(t, fixture(s).Add(t.Context(), c, queuetest.Deliveries(c.Dispatch, n, now)))
	must(t, s.db.Exec("UPDATE dispatch SET issue = ? WHERE id = ?", issue, c.Dispatch).Error)
	all, err := s.Claim(t.Context(), n, now.Add(time.Second), now.Add(time.Hour))
	if err != nil || len(all) != n {
		t.Fatalf("%d letters claimed, %v", len(all), err)
	}
	return all
}

func accept(t *testing.T, s *Store, d mailer.Delivery) {
	t.Helper()
	o := mailer.Outcome{Delivery: d.ID, Dispatch: d.Dispatch, Token: d.Token, State: mailer.Accepted, NextAt: now, Began: now, Ended: now, Stage: mailer.Reply}
	if _, err := s.Record(t.Context(), []mailer.Outcome{o}, nil); err != nil {
		t.Fatal(err)
	}
}

// A command writes and ends: who runs is told of it all the same.
func TestACommandHintsBeforeItEnds(t *testing.T) {
	address := directly(freshPostgres(t))
	watches := opened(t, address)
	hinting(t, watches, true)
	waiting, done := watches.Queued()
	defer done()
	issue := uuid.New()
	moved, end := watches.Moved(issue)
	defer end()
	command, err := Open(t.Context(), address)
	must(t, err)
	accept(t, command, lettersUnder(t, command, issue, 1)[0])
	must(t, command.Close())
	comes(t, waiting, "letters were queued")
	comes(t, moved, "a letter was accepted")
}

// What one process writes another hears of at once on PostgreSQL, and the same
// process on both.
func TestHintsComeToOtherProcesses(t *testing.T) {
	address := directly(freshPostgres(t))
	for name, pair := range map[string]func() (*Store, *Store){
		"sqlite, one process":     func() (*Store, *Store) { s := opened(t, t.TempDir()+"/h.db"); return s, s },
		"postgres, two processes": func() (*Store, *Store) { return opened(t, address), opened(t, address) },
	} {
		t.Run(name, func(t *testing.T) {
			writes, watches := pair()
			for _, s := range []*Store{writes, watches} {
				if hinting(t, s, s.postgres); writes == watches {
					break
				}
			}
			issue := uuid.New()
			waiting, done := watches.Queued()
			defer done()
			moved, end := watches.Moved(issue)
			defer end()
			others, endOthers := watches.Moved(uuid.New())
			defer endOthers()
			all := lettersUnder(t, writes, issue, 2)
			comes(t, waiting, "letters were queued")
			accept(t, writes, all[0])
			comes(t, moved, "a letter was accepted")
			accept(t, writes, all[1])
			select { // after the gap
			case <-moved:
			case <-time.After(3 * time.Second):
				t.Error("the second letter was not hinted at")
			}
			if len(others) > 0 {
				t.Error("who watches another issue was told")
			}
		})
	}
}

// A connection that is cut comes back by itself. Meanwhile nobody is thought to
// hear, and everybody is told to look when that begins and ends.
func TestListeningComesBack(t *testing.T) {
	address := directly(freshPostgres(t))
	writes, watches := opened(t, address), opened(t, address)
	hinting(t, watches, true)
	hinting(t, writes, true)
	issue := uuid.New()
	all := lettersUnder(t, writes, issue, 1)
	moved, end := watches.Moved(issue)
	defer end()
	must(t, writes.db.Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN jianbao' AND datname = current_database()").Error)
	comes(t, moved, "the connection was cut")
	soonHolds(t, "both listen again", func() bool { return watches.Heard() && writes.Heard() })
	comes(t, moved, "the connection is back")
	accept(t, writes, all[0])
	comes(t, moved, "a letter was accepted after that")
}

// Behind a pooler in transaction mode nothing is listened for, and nothing fails;
// hints of that process go to others all the same.
func TestNobodyListensThroughAPooler(t *testing.T) {
	address := directly(freshPostgres(t))
	pooled := opened(t, pooler(t, address))
	hears := opened(t, address)
	hinting(t, hears, true)
	hinting(t, pooled, false)
	waiting, done := hears.Queued()
	defer done()
	own, doneOwn := pooled.Queued()
	defer doneOwn()
	soonHolds(t, "hints are carried", func() bool {
		lettersUnder(t, pooled, uuid.New(), 1)
		return len(waiting) > 0 && len(own) > 0
	})
	if pooled.Heard() {
		t.Error("it listens on a connection that is not its own")
	}
	var listening int
	must(t, hears.db.Raw("SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN jianbao' AND datname = current_database()").Scan(&listening).Error)
	if listening != 1 {
		t.Errorf("%d connections listen", listening)
	}
}

// What another version of the program notifies of is passed over.
func TestForeignPayloads(t *testing.T) {
	for _, payload := range []string{"", "sent", "a sent not-an-id", "a sent 11111111-1111-4111-8111-111111111111 more"} {
		if _, _, ok := hintOf(payload); ok {
			t.Errorf("%q is a hint", payload)
		}
	}
}

// pooler stands in for a pooler in one thing: it makes up the numbers of the
// server's processes, as PgBouncer does. It returns its address.
func pooler(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(directly(address))
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	server := u.Host
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go between(client, server)
		}
	}()
	u.Host = listener.Addr().String()
	return u.String()
}

func between(client net.Conn, address string) {
	defer client.Close()
	server, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(server, client)
		_ = server.Close()
	}()
	for head := make([]byte, 5); ; { // until BackendKeyData (PostgreSQL manual, 55.7)
		if _, err := io.ReadFull(server, head); err != nil {
			return
		}
		body := make([]byte, binary.BigEndian.Uint32(head[1:])-4)
		if _, err := io.ReadFull(server, body); err != nil {
			return
		}
		if head[0] == 'K' {
			body[0] ^= 0x55
		}
		if _, err := client.Write(append(head[:5:5], body...)); err != nil {
			return
		}
		if head[0] == 'K' {
			break
		}
	}
	_, _ = io.Copy(client, server)
}

// What was taken back from a dead engine says of which issue it was.
func TestWhatIsTakenBackKnowsItsIssue(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue := uuid.New()
		all := lettersUnder(t, s, issue, 2)
		if _, err := s.Record(t.Context(), nil, []mailer.Mark{{ID: all[0].ID, Token: all[0].Token, At: now}}); err != nil {
			t.Fatal(err)
		}
		reaped, err := s.Reap(t.Context(), now.Add(2*time.Hour), mailer.Ask)
		if err != nil || len(reaped.Uncertain) != 1 || reaped.Issues[reaped.Uncertain[0]] != issue {
			t.Errorf("%+v, %v", reaped, err)
		}
	})
}
