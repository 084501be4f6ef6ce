package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"jianbao/store/hints"
)

// channel is what processes notify each other on; it belongs to one database
// (PostgreSQL manual, NOTIFY).
const channel = "jianbao"

// How long it takes until a connection that says nothing is asked whether it is
// there still, until it must have answered, and until one that was lost is made
// anew, at first and at most. Where notifications do not come at all, as behind a
// pooler, it is tried again seldom, since the server may be another by then.
const (
	silence      = 15 * time.Second
	echoPatience = 5 * time.Second
	shortestDeaf = time.Second
	longestDeaf  = 30 * time.Second
	declined     = 5 * time.Minute
)

// errPooled is why nothing is listened for behind a pooler: LISTEN would stay with
// a connection to the server that is somebody else's the next moment.
var errPooled = errors.New("the connection leads through a pooler, which keeps notifications back")

// notifyOthers sends hints to every process that listens, in a transaction of
// their own: NOTIFY takes a lock of the whole server when it commits, for which
// no letter should wait.
func (s *Store) notifyOthers(ctx context.Context, all []hints.Hint) error {
	payloads := make([]string, len(all))
	for i, h := range all {
		payloads[i] = payloadOf(s.nonce, h)
	}
	const statement = `SELECT pg_notify('` + channel + `', p) FROM unnest($1::text[]) AS p`
	err := s.bare(ctx, statement, []any{payloads}, func(found pgx.Rows) error {
		for found.Next() {
			continue // each is void
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store: notify: %w", err)
	}
	return nil
}

// payloadOf is a hint on its way: who sends it, its topic and what it is about.
func payloadOf(sender string, h hints.Hint) string {
	return sender + " " + string(h.Topic) + " " + h.About.String()
}

// hintOf reads a payload; ok is false for what is no hint, as from another
// version of the program.
func hintOf(payload string) (sender string, h hints.Hint, ok bool) {
	parts := strings.Split(payload, " ")
	if len(parts) != 3 {
		return "", h, false
	}
	about, err := uuid.Parse(parts[2])
	return parts[0], hints.Hint{Topic: hints.Topic(parts[1]), About: about}, err == nil
}

// listen hears what other processes notify until the context ends. While it does
// not, everybody looks for himself.
func (s *Store) listen(ctx context.Context, log *slog.Logger) {
	wait := shortestDeaf
	for {
		began := time.Now()
		err := s.hear(ctx)
		s.hub.Listens(false)
		if ctx.Err() != nil {
			return
		}
		if time.Since(began) > longestDeaf {
			wait = shortestDeaf
		}
		if !worthTrying(err) {
			log.InfoContext(ctx, "hints: none of other processes are heard; everybody looks for himself", "why", err.Error())
			wait = declined
		} else {
			log.WarnContext(ctx, "hints: the connection was lost; everybody looks for himself until it is back", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		wait = min(2*wait, longestDeaf)
	}
}

// worthTrying reports whether listening may work in a moment. It does not where
// there is a pooler, nor on servers that have no LISTEN (feature_not_supported and
// syntax_error, PostgreSQL manual, appendix A).
func worthTrying(err error) bool {
	var pg *pgconn.PgError
	return !errors.Is(err, errPooled) && (!errors.As(err, &pg) || pg.Code != "0A000" && pg.Code != "42601")
}

// hear listens on a connection of its own, which is not used for anything else
// afterwards, until that is lost or the context ends.
func (s *Store) hear(ctx context.Context) error {
	conn, err := s.pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store: connection: %w", err)
	}
	defer conn.Close()
	var lost error
	_ = conn.Raw(func(raw any) error {
		if pg, ok := raw.(*stdlib.Conn); ok {
			lost = s.hearOn(ctx, pg.Conn())
		}
		return driver.ErrBadConn // the pool would give out a connection that listens
	})
	return lost
}

func (s *Store) hearOn(ctx context.Context, conn *pgx.Conn) error {
	// A pooler makes up the number of the process for whoever comes (PostgreSQL
	// manual, 55.2.8; PgBouncer does).
	var pid uint32
	if err := conn.QueryRow(ctx, "SELECT pg_backend_pid()").Scan(&pid); err != nil {
		return err
	}
	if pid != conn.PgConn().PID() {
		return errPooled
	}
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	s.hub.Listens(true)
	for {
		said, err := nextIn(ctx, conn, silence)
		if err == nil {
			s.pass(said.Payload)
			continue
		}
		if !pgconn.Timeout(err) || ctx.Err() != nil {
			return err
		}
		// A network that was cut says nothing: a call shows whether anybody is there.
		asked, stop := context.WithTimeout(ctx, echoPatience)
		err = conn.Ping(asked)
		stop()
		if err != nil {
			return err
		}
	}
}

// nextIn waits for a notification, for a while.
func nextIn(ctx context.Context, conn *pgx.Conn, patience time.Duration) (*pgconn.Notification, error) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	return conn.WaitForNotification(ctx)
}

// pass hands on what another process notified of; what this one did was told
// here already.
func (s *Store) pass(payload string) {
	if sender, hint, ok := hintOf(payload); ok && sender != s.nonce {
		s.hub.Tell(hint)
	}
}
