package store

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// addStatement writes the letters of a release on PostgreSQL, whatever their
// number, as one statement with an array for each column: a parameter for each
// value costs more than the rows. What it leaves out is nobody's and never tried.
const addStatement = `INSERT INTO delivery (id, dispatch, urgent, unit, name, address, alternates, state, tries, next_at, created, token, lease_until, code, words, queue_id, updated)
SELECT id, dispatch, urgent, unit, name, address, alternates, state, 0, next_at, created, '00000000-0000-0000-0000-000000000000', 0, 0, '', '', updated
FROM unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::bigint[], $11::bigint[])
AS l(id, dispatch, urgent, unit, name, address, alternates, state, next_at, created, updated)`

// addLetters writes letters that nobody holds and nobody tried.
func addLetters(tx *gorm.DB, all ...deliveryRow) error {
	if tx.Name() != "postgres" || len(all) == 0 {
		return add(tx, all...)
	}
	n := len(all)
	ids, dispatches, units := make(idArray, n), make(idArray, n), make(idArray, n)
	urgent, alternates := make([]bool, n), make([]string, n)
	names, addresses, states := make([]string, n), make([]string, n), make([]string, n)
	next, created, updated := make([]int64, n), make([]int64, n), make([]int64, n)
	for i, l := range all {
		if l.Token != uuid.Nil || l.Tries != 0 {
			return fmt.Errorf("store: letter %s is not a new one", l.ID)
		}
		others, err := json.Marshal(l.Alternates)
		if err != nil {
			return fmt.Errorf("store: letter %s: %w", l.ID, err)
		}
		ids[i], dispatches[i], units[i], urgent[i], alternates[i] = l.ID, l.Dispatch, l.Unit, l.Urgent, string(others)
		names[i], addresses[i], states[i] = l.Name, l.Address, l.State
		next[i], created[i], updated[i] = int64(l.NextAt), int64(l.Created), int64(l.Updated)
	}
	_, err := tx.Statement.ConnPool.ExecContext(tx.Statement.Context, addStatement,
		ids, dispatches, urgent, units, names, addresses, alternates, states, next, created, updated)
	if err != nil {
		return asConflict(fmt.Errorf("store: write letters: %w", err))
	}
	return nil
}
