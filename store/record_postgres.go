package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"jianbao/mailer"
)

// settleStatement and markStatement do on PostgreSQL what settle and markAll do:
// they are one statement, and so one transaction and one journey there and back,
// of which a group of letters makes no more than one. Only what is claimed or
// marked has a token: to ask for the states as well would tempt the planner to
// read all that is held.
const settleStatement = `WITH o AS (
	SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::text[],
		$9::bigint[], $10::text[], $11::text[], $12::text[], $13::uuid[], $14::uuid[])
	AS o(delivery, token, state, next_at, began, ended, stage, relay, code, enhanced, words, queue_id, attempt, onward)),
settled AS (
	UPDATE delivery d SET state = o.state, next_at = o.next_at, updated = o.ended,
		token = '00000000-0000-0000-0000-000000000000', lease_until = 0,
		tries    = CASE o.state WHEN 'queued' THEN d.tries    ELSE d.tries + 1 END,
		code     = CASE o.state WHEN 'queued' THEN d.code     ELSE o.code END,
		words    = CASE o.state WHEN 'queued' THEN d.words    ELSE o.words END,
		queue_id = CASE o.state WHEN 'queued' THEN d.queue_id ELSE o.queue_id END
	FROM o WHERE d.id = o.delivery AND d.token = o.token
	RETURNING d.id, d.tries, d.dispatch, d.urgent, d.unit, d.name, d.alternates, o.*),
tried AS (
	INSERT INTO attempt (id, delivery, n, token, state, next_at, began, ended, stage, relay, code, enhanced, words, queue_id)
	SELECT attempt, id, tries, token, state, next_at, began, ended, stage, relay, code, enhanced, words, queue_id
	FROM settled WHERE state <> 'queued')`

// onwardStatement queues what failed to the unit's next address, in the same
// statement. It stands apart because a part of a statement that finds nothing to
// do costs each group as much as a letter.
const onwardStatement = `,
onward AS (
	INSERT INTO delivery (id, dispatch, urgent, unit, name, address, alternates, state, tries, next_at, created, token, lease_until, code, words, queue_id, updated)
	SELECT onward, dispatch, urgent, unit, name, alternates::jsonb ->> 0, (alternates::jsonb - 0)::text,
		'queued', 0, ended, ended, '00000000-0000-0000-0000-000000000000', 0, 0, '', '', ended
	FROM settled WHERE state = 'failed' AND alternates LIKE '["%')`

const markStatement = `
UPDATE delivery d SET state = 'data', updated = m.at
FROM unnest($15::uuid[], $16::uuid[], $17::bigint[]) AS m(id, token, at)
WHERE d.id = m.id AND d.token = m.token AND d.state <> 'data' RETURNING d.id`

// recordAtOnce is Record on PostgreSQL.
func (s *Store) recordAtOnce(ctx context.Context, outcomes []mailer.Outcome, marks []mailer.Mark) (holds []uuid.UUID, err error) {
	statement := settleStatement + markStatement
	if slices.ContainsFunc(outcomes, func(o mailer.Outcome) bool { return o.State == mailer.Failed }) {
		statement = settleStatement + onwardStatement + markStatement
	}
	arguments := append(columnsOf(outcomes), columnsOfMarks(marks)...)
	err = s.bare(ctx, statement, arguments, func(found pgx.Rows) error {
		holds = make([]uuid.UUID, 0, len(marks))
		for found.Next() {
			var id [16]byte
			if err := found.Scan(&id); err != nil {
				return err
			}
			holds = append(holds, id)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("store: record: %w", err)
	}
	s.sent(outcomes)
	return holds, nil
}

// columnsOf turns outcomes on their side. An outcome that is handed in twice
// counts once.
func columnsOf(outcomes []mailer.Outcome) []any {
	n := len(outcomes)
	ids, tokens, tries, onward := make(idArray, 0, n), make(idArray, 0, n), make(idArray, 0, n), make(idArray, 0, n)
	states, stages, relays := make([]string, 0, n), make([]string, 0, n), make([]string, 0, n)
	enhanced, words, queueIDs := make([]string, 0, n), make([]string, 0, n), make([]string, 0, n)
	next, began, ended, codes := make([]int64, 0, n), make([]int64, 0, n), make([]int64, 0, n), make([]int64, 0, n)
	seen := make(map[uuid.UUID]bool, n)
	for _, o := range outcomes {
		if seen[o.Delivery] {
			continue
		}
		seen[o.Delivery] = true
		ids, tokens = append(ids, o.Delivery), append(tokens, o.Token)
		tries, onward = append(tries, newID()), append(onward, newID())
		states, stages, relays = append(states, string(o.State)), append(stages, string(o.Stage)), append(relays, o.Relay)
		enhanced, words, queueIDs = append(enhanced, o.Enhanced), append(words, o.Words), append(queueIDs, o.QueueID)
		next, codes = append(next, int64(momentOf(o.NextAt))), append(codes, int64(o.Code))
		began, ended = append(began, int64(momentOf(o.Began))), append(ended, int64(momentOf(o.Ended)))
	}
	return []any{ids, tokens, states, next, began, ended, stages, relays, codes, enhanced, words, queueIDs, tries, onward}
}

func columnsOfMarks(marks []mailer.Mark) []any {
	ids, tokens, at := make(idArray, len(marks)), make(idArray, len(marks)), make([]int64, len(marks))
	for i, m := range marks {
		ids[i], tokens[i], at[i] = m.ID, m.Token, int64(momentOf(m.At))
	}
	return []any{ids, tokens, at}
}
