package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"
)

// On PostgreSQL several engines choose at once: each passes over what others
// have locked.
const claimPostgres = turns + `,
picked AS (
	SELECT mine.id FROM (SELECT * FROM turn ORDER BY oldest) turn
	CROSS JOIN LATERAL (` + shareOf + ` FOR UPDATE SKIP LOCKED) mine LIMIT @limit)
UPDATE delivery d SET state = 'claimed', token = @token, lease_until = @until, updated = @now
WHERE d.id = ANY (ARRAY(SELECT id FROM picked)) RETURNING ` + deliveryColumns

// claimAtOnce is Claim on PostgreSQL.
func (s *Store) claimAtOnce(ctx context.Context, limit int, now, until time.Time) (all []deliveryRow, err error) {
	arguments := []any{pgx.NamedArgs{
		"now": int64(momentOf(now)), "until": int64(momentOf(until)), "token": [16]byte(newID()), "limit": limit,
	}}
	err = s.bare(ctx, claimPostgres, arguments, func(found pgx.Rows) error {
		all = make([]deliveryRow, 0, limit)
		for found.Next() {
			r, err := bareDelivery(found)
			if err != nil {
				return err
			}
			all = append(all, r)
		}
		return nil
	})
	return all, err
}

// bareDelivery reads deliveryColumns.
func bareDelivery(found pgx.Rows) (r deliveryRow, err error) {
	var alternates *string
	err = found.Scan((*[16]byte)(&r.ID), (*[16]byte)(&r.Dispatch), &r.Urgent, (*[16]byte)(&r.Unit), &r.Name, &r.Address, &alternates,
		&r.State, &r.Tries, (*int64)(&r.NextAt), (*int64)(&r.Created), (*[16]byte)(&r.Token), (*int64)(&r.LeaseUntil),
		&r.Code, &r.Words, &r.QueueID, (*int64)(&r.Updated))
	if err == nil {
		r.Alternates, err = alternatesOf(alternates)
	}
	return r, err
}

// alternatesOf reads the further addresses of a delivery; most have none.
func alternatesOf(text *string) (all []string, err error) {
	if text == nil || *text == "null" || *text == "[]" {
		return nil, nil
	}
	err = json.Unmarshal([]byte(*text), &all)
	return all, err
}
