package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/mailer"
)

var _ mailer.Queue = (*Store)(nil)

// What a claim chooses from. The dispatches with letters that wait are found by
// leaping through the index from one to the next, and of each a share is read:
// a claim costs as much as it takes, however many are waiting. As long as an
// urgent dispatch has letters that are due, only urgent ones have turns.
//
// Every ORDER BY is that of the index delivery_turn to its end, so that no
// planner comes to think another one as good.
const (
	waiting = `phase = 'waiting'`

	turns = `WITH RECURSIVE live(dispatch) AS (
	SELECT (SELECT dispatch FROM delivery WHERE ` + waiting + ` ORDER BY dispatch, next_at, id LIMIT 1)
	UNION ALL
	SELECT (SELECT d.dispatch FROM delivery d WHERE ` + waiting + ` AND d.dispatch > live.dispatch ORDER BY d.dispatch, d.next_at, d.id LIMIT 1)
	FROM live WHERE live.dispatch IS NOT NULL),
due AS (
	SELECT p.id AS dispatch, p.urgent, (SELECT d.next_at FROM delivery d WHERE d.dispatch = p.id AND ` + waiting + ` ORDER BY d.dispatch, d.next_at, d.id LIMIT 1) AS oldest
	FROM live JOIN dispatch p ON p.id = live.dispatch WHERE NOT p.paused),
turn AS (
	SELECT dispatch, oldest FROM due
	WHERE oldest <= @now AND (urgent OR NOT EXISTS (SELECT 1 FROM due WHERE urgent AND oldest <= @now))),
share(n) AS (SELECT CASE WHEN COUNT(*) < @limit THEN @limit / COUNT(*) ELSE 1 END FROM turn HAVING COUNT(*) > 0)`

	shareOf = `SELECT x.id FROM delivery x WHERE x.dispatch = turn.dispatch AND ` + waiting + ` AND x.next_at <= @now
		ORDER BY x.dispatch, x.next_at, x.id LIMIT (SELECT n FROM share)`
)

const claimSQLite = turns + `
UPDATE delivery SET state = 'claimed', token = @token, lease_until = @until, updated = @now
WHERE id IN (SELECT mine.id FROM (SELECT * FROM turn ORDER BY oldest) turn
	JOIN delivery mine ON mine.id IN (` + shareOf + `) LIMIT @limit) RETURNING ` + returned

// deliveryColumns are those of a deliveryRow, in the order in which it is
// scanned.
const (
	deliveryColumns = `d.id, d.dispatch, d.urgent, d.unit, d.name, d.address, d.alternates, d.state, d.tries, d.next_at,
	d.created, d.token, d.lease_until, d.code, d.words, d.queue_id, d.updated`
	returned = `id, dispatch, urgent, unit, name, address, alternates, state, tries, next_at,
	created, token, lease_until, code, words, queue_id, updated`
)

// Claim takes up to limit deliveries that are due; see [mailer.Queue].
func (s *Store) Claim(ctx context.Context, limit int, now, until time.Time) (claimed []mailer.Delivery, err error) {
	if limit <= 0 {
		return nil, nil
	}
	var found []deliveryRow
	if s.postgres {
		found, err = s.claimAtOnce(ctx, limit, now, until)
	} else {
		err = s.write(ctx, func(tx *gorm.DB) error {
			found, err = scanDeliveries(tx.Raw(claimSQLite, map[string]any{
				"now": momentOf(now), "until": momentOf(until), "token": newID(), "limit": limit,
			}))
			return err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("store: claim: %w", err)
	}
	return convert(inTurn(found), deliveryRow.delivery), nil
}

// scanDeliveries reads deliveryColumns. It does by hand what gorm does by
// reflection, at a fifth of its cost.
func scanDeliveries(query *gorm.DB) (all []deliveryRow, err error) {
	found, err := query.Rows()
	if err != nil {
		return nil, err
	}
	defer found.Close()
	for found.Next() {
		var r deliveryRow
		var alternates *string
		err := found.Scan(&r.ID, &r.Dispatch, &r.Urgent, &r.Unit, &r.Name, &r.Address, &alternates, &r.State, &r.Tries, &r.NextAt,
			&r.Created, &r.Token, &r.LeaseUntil, &r.Code, &r.Words, &r.QueueID, &r.Updated)
		if err != nil {
			return nil, err
		}
		if r.Alternates, err = alternatesOf(alternates); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, found.Err()
}

// inTurn puts claimed rows, which come back in any order, into the order of
// the claim.
func inTurn(all []deliveryRow) []deliveryRow {
	byTime := func(a, b deliveryRow) int {
		return cmp.Or(cmp.Compare(a.NextAt, b.NextAt), slices.Compare(a.ID[:], b.ID[:]))
	}
	slices.SortFunc(all, byTime)
	turns, turn := map[uuid.UUID]int{}, map[uuid.UUID]int{}
	for _, r := range all {
		turns[r.Dispatch]++
		turn[r.ID] = turns[r.Dispatch]
	}
	slices.SortStableFunc(all, func(a, b deliveryRow) int {
		switch {
		case a.Urgent && !b.Urgent:
			return -1
		case b.Urgent && !a.Urgent:
			return 1
		}
		return cmp.Or(cmp.Compare(turn[a.ID], turn[b.ID]), byTime(a, b))
	})
	return all
}
