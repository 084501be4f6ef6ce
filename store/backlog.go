package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"jianbao/mailer"
	"jianbao/workflow/figures"
)

// What metrics ask. Each statement reads an index that holds what is unfinished
// and nothing else, so that it costs the same in the tenth year.
const (
	unfinished = `SELECT state, COUNT(*) AS n FROM delivery WHERE phase = 'waiting' GROUP BY state
UNION ALL SELECT state, COUNT(*) FROM delivery WHERE phase = 'going' GROUP BY state
UNION ALL SELECT state, COUNT(*) FROM delivery WHERE phase = 'doubt' GROUP BY state`

	dueLetters = `SELECT COUNT(*) AS n, COALESCE(MIN(d.next_at), 0) AS since FROM delivery d JOIN dispatch p ON p.id = d.dispatch
WHERE d.phase = 'waiting' AND d.next_at <= ? AND NOT p.paused`

	openMail = `SELECT COUNT(*) AS n, COALESCE(MIN(at), 0) AS since FROM incoming WHERE handled = 0`

	dueNotices = `SELECT COUNT(*) AS n, COALESCE(MIN(send_at), 0) AS since FROM notice WHERE ` + unmailed

	lastRoot = `SELECT COALESCE((SELECT at FROM history_root ORDER BY seq DESC LIMIT 1), 0) AS since`
)

// A count is how many there are and since when.
type count struct {
	N     int
	Since moment
}

func tallied(tx *gorm.DB, statement string, args ...any) (c count, err error) {
	if err := tx.Raw(statement, args...).Scan(&c).Error; err != nil {
		return c, fmt.Errorf("store: count: %w", err)
	}
	return c, nil
}

// Backlog returns what lies in the queue and in the tray at now; what went long
// ago costs nothing.
func (s *Store) Backlog(ctx context.Context, now time.Time) (b mailer.Backlog, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		b = mailer.Backlog{Letters: map[mailer.State]int{}}
		var found []struct {
			State string
			N     int
		}
		if err := tx.Raw(unfinished).Scan(&found).Error; err != nil {
			return fmt.Errorf("store: letters by state: %w", err)
		}
		for _, f := range found {
			b.Letters[mailer.State(f.State)] = f.N
		}
		due, err := tallied(tx, dueLetters, momentOf(now))
		if err != nil {
			return err
		}
		tray, err := tallied(tx, openMail)
		b.Due, b.Oldest, b.Mail, b.MailSince = due.N, due.Since.time(), tray.N, tray.Since.time()
		return err
	})
	return b, err
}

// Waiting returns what lies there for the program to do at now.
func (s *Store) Waiting(ctx context.Context, now time.Time) (w figures.Waiting, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		due, err := tallied(tx, dueNotices, momentOf(now))
		if err != nil {
			return err
		}
		root, err := tallied(tx, lastRoot)
		w = figures.Waiting{Notices: due.N, Since: due.Since.time(), Rooted: root.Since.time()}
		return err
	})
	return w, err
}

// unbalanced are the issues, out and not archived yet, in whose ledger an entry
// is missing or an account gave what it did not have. The program and the
// triggers of the database allow neither: somebody went around both.
const unbalanced = `WITH entry AS MATERIALIZED (SELECT e.issue, e.seq, e.from_account, e.to_account, e.count AS n FROM issue i JOIN copy_entry e ON e.issue = i.id
	WHERE i.state IN ('dispatching', 'dispatched', 'corrected', 'recalled')),
held AS (SELECT issue, account, SUM(n) AS n FROM (
	SELECT issue, to_account AS account, n FROM entry UNION ALL SELECT issue, from_account, -n FROM entry) moved GROUP BY issue, account)
SELECT COUNT(*) AS n, 0 AS since FROM (
	SELECT issue FROM held WHERE account <> 'made' AND n < 0
	UNION SELECT issue FROM entry GROUP BY issue HAVING COUNT(*) <> MAX(seq)) broken`

// Unbalanced returns in how many issues that are out, and not archived, the
// ledger of copies does not balance. It reads their ledgers whole: once in a
// while is enough.
func (s *Store) Unbalanced(ctx context.Context) (n int, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		c, err := tallied(tx, unbalanced)
		n = c.N
		return err
	})
	return n, err
}
