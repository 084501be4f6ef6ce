package store

import (
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"testing"

	"gorm.io/gorm"

	"jianbao/workflow"
)

// TestEveryEarlierSchemaIsBroughtUpToDate: for each version that there ever was,
// tables of that version with rows as they could be then become the tables of
// today, with every row and every value that there was.
func TestEveryEarlierSchemaIsBroughtUpToDate(t *testing.T) {
	onBoth(t, func(t *testing.T, today *Store) {
		lived(t, today)
		versions, err := tablesAt(0, today.db.Name())
		must(t, err)
		columns := everyColumn(t, today)
		server := ""
		if today.postgres {
			server = emptyPostgres(t)
		}
		var planted int
		for _, name := range versions.Pending[:len(versions.Pending)-1] {
			var version int64
			_, err := fmt.Sscanf(name, "%d_", &version)
			must(t, err)
			address := filepath.Join(t.TempDir(), "old.db")
			if today.postgres {
				address = schemaOf(t, server, version)
			}
			before := asOf(t, address, version, today)
			upgraded := opened(t, address)
			if now := everyColumn(t, upgraded); fmt.Sprint(now) != fmt.Sprint(columns) {
				t.Errorf("from %s the tables are others than those made anew:\n%v\n%v", name, now, columns)
			}
			for _, one := range before {
				if after := rowsIn(t, upgraded, one.table); !slices.Equal(after, one.rows) {
					t.Errorf("from %s: %s had %d rows and has %d:\n%.300v\n%.300v", name, one.table.Name, len(one.rows), len(after), one.rows, after)
				}
				planted += len(one.rows)
			}
			holds := table{Name: "copy_entry", Columns: []string{"from_holds", "id", "to_holds"}, Kinds: []kind{intKind, textKind, intKind}, key: []string{"id"}}
			if was, now := rowsIn(t, today, holds), rowsIn(t, upgraded, holds); len(was) == 0 || !slices.Equal(was, now) {
				t.Errorf("from %s: the accounts of the copies held\n%v and hold\n%v", name, was, now)
			}
			if today.postgres { // the catalogue stays small
				must(t, upgraded.db.Exec(fmt.Sprintf("DROP SCHEMA v%d CASCADE", version)).Error)
			}
			must(t, upgraded.Close())
		}
		if planted < 10*len(versions.Pending) {
			t.Errorf("only %d rows were planted, which shows little", planted)
		}
	})
}

// schemaOf makes a schema for a version in a database and returns its address:
// that is quicker than a database of its own.
func schemaOf(t *testing.T, server string, version int64) string {
	t.Helper()
	s, err := connect(t.Context(), server)
	must(t, err)
	defer s.Close()
	must(t, s.db.Exec(fmt.Sprintf("CREATE SCHEMA v%d", version)).Error)
	u, err := url.Parse(server)
	must(t, err)
	query := u.Query()
	query.Set("search_path", fmt.Sprintf("v%d", version))
	u.RawQuery = query.Encode()
	return u.String()
}

// lived leaves an issue that went out, with its people, units and files.
func lived(t *testing.T, s *Store) {
	t.Helper()
	series := plant(t, s)
	issue := openedIssue(t, s, series)
	_, err := s.Change(t.Context(), issue.ID, true, register)
	must(t, err)
	_, err = s.Change(t.Context(), issue.ID, false, func(c workflow.Case) (workflow.Change, error) { return send(c) })
	must(t, err)
	_, err = s.KeepFile(t.Context(), []byte{0, 255, '\n'})
	must(t, err)
}

// everyColumn is the tables of a database with their columns.
func everyColumn(t *testing.T, s *Store) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	must(t, s.read(t.Context(), func(tx *gorm.DB) error {
		tables, err := tablesIn(tx)
		for _, one := range tables {
			all[one.Name] = one.Columns
		}
		return err
	}))
	return all
}

// A plot is a table of an earlier version with what was planted in it.
type plot struct {
	table table
	rows  []string
}

// asOf makes the tables of a version and plants in them what today's have in the
// columns that there were.
func asOf(t *testing.T, address string, version int64, today *Store) (plots []plot) {
	t.Helper()
	old, err := connect(t.Context(), address)
	must(t, err)
	defer old.Close()
	must(t, old.migrateTo(t.Context(), version))
	there := everyColumn(t, today)
	var tables []table
	must(t, old.read(t.Context(), func(tx *gorm.DB) (err error) {
		tables, err = tablesIn(tx)
		return err
	}))
	for _, one := range tables {
		part := table{Name: one.Name, key: one.key}
		for n, column := range one.Columns {
			if slices.Contains(there[one.Name], column) {
				part.Columns, part.Kinds = append(part.Columns, column), append(part.Kinds, one.Kinds[n])
			}
		}
		if len(part.Columns) == 0 {
			continue // a table that was given up
		}
		copied(t, today, old, part)
		plots = append(plots, plot{part, rowsIn(t, old, part)})
	}
	return plots
}

// copied copies the columns of a table.
func copied(t *testing.T, from, to *Store, part table) {
	t.Helper()
	rows, err := from.pool.QueryContext(t.Context(), part.selection(from.postgres))
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		values, into := make([]any, len(part.Columns)), make([]any, len(part.Columns))
		for n := range values {
			into[n] = &values[n]
		}
		must(t, rows.Scan(into...))
		if _, err := to.pool.ExecContext(t.Context(), part.insertion(1, to.postgres), values...); err != nil {
			t.Fatalf("%s: %v", part.Name, err)
		}
	}
	must(t, rows.Err())
}

// rowsIn are the rows of a table as a backup writes them.
func rowsIn(t *testing.T, s *Store, part table) (lines []string) {
	t.Helper()
	must(t, s.read(t.Context(), func(tx *gorm.DB) error {
		return eachRow(tx, part, func(line []byte) error {
			lines = append(lines, string(line))
			return nil
		})
	}))
	return lines
}
