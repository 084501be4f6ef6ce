package store

import (
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"
)

// A table is one whose rows are backed up, as it is in the database.
type table struct {
	Name    string   `json:"table"`
	Columns []string `json:"columns"` // by name
	Kinds   []kind   `json:"kinds"`

	key     []string // of the primary key
	parents []string // tables that it refers to
}

// passedBy are the tables that a backup leaves out: what goose knows of this
// database, sessions and counted tries, which nobody wants back, and the index of
// the archive, which is made anew of the issues; those of FTS5 are its own
// (sqlite.org/fts5.html, 9).
var passedBy = []string{
	"goose_db_version", "session", "try_count",
	"archive_entry", "archive_text", "archive_name", "archive_gram", "archive_gram_config", "archive_gram_data", "archive_gram_idx",
}

// kinds are what columns hold, by the name of their type in SQLite and in
// PostgreSQL.
var kinds = map[string]kind{
	"text": textKind, "uuid": textKind,
	"integer": intKind, "bigint": intKind,
	"boolean": boolKind,
	"blob":    bytesKind, "bytea": bytesKind,
}

const (
	// The questions that tell what the tables of a database are.
	sqliteColumns = `SELECT m.name AS name, c.name AS col, lower(c.type) AS type, c.pk > 0 AS in_key
		FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.name`
	sqliteParents = `SELECT m.name AS name, f."table" AS parent
		FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`
	postgresColumns = `SELECT c.relname AS name, a.attname AS col, format_type(a.atttypid, NULL) AS type, COALESCE(a.attnum = ANY(i.indkey), FALSE) AS in_key
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
		LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
		WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname COLLATE "C", a.attname COLLATE "C"`
	postgresParents = `SELECT c.relname AS name, p.relname AS parent
		FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid
		WHERE f.contype = 'f' AND f.connamespace = current_schema()::regnamespace`
)

// tablesIn returns the tables of a database, none before one that it refers to.
func tablesIn(tx *gorm.DB) ([]table, error) {
	askColumns, askParents := sqliteColumns, sqliteParents
	if tx.Name() == "postgres" {
		askColumns, askParents = postgresColumns, postgresParents
	}
	var columns []struct {
		Name, Col, Type string
		InKey           bool
	}
	var references []struct{ Name, Parent string }
	if err := tx.Raw(askColumns).Scan(&columns).Error; err != nil {
		return nil, fmt.Errorf("store: look at the tables: %w", err)
	}
	if err := tx.Raw(askParents).Scan(&references).Error; err != nil {
		return nil, fmt.Errorf("store: look at the tables: %w", err)
	}
	var all []table
	for _, c := range columns {
		if slices.Contains(passedBy, c.Name) {
			continue
		}
		if len(all) == 0 || all[len(all)-1].Name != c.Name {
			all = append(all, table{Name: c.Name})
		}
		t := &all[len(all)-1]
		held, known := kinds[c.Type]
		if !known {
			return nil, fmt.Errorf("store: %s.%s is %s, which backups do not know", c.Name, c.Col, c.Type)
		}
		t.Columns, t.Kinds = append(t.Columns, c.Col), append(t.Kinds, held)
		if c.InKey {
			t.key = append(t.key, c.Col)
		}
	}
	for _, r := range references {
		if i := slices.IndexFunc(all, func(t table) bool { return t.Name == r.Name }); i >= 0 && r.Parent != r.Name {
			all[i].parents = append(all[i].parents, r.Parent)
		}
	}
	return parentsFirst(all)
}

// parentsFirst puts every table behind those that it refers to, and leaves the
// order otherwise.
func parentsFirst(all []table) ([]table, error) {
	var sorted []table
	stands := func(name string) bool {
		return slices.ContainsFunc(sorted, func(t table) bool { return t.Name == name })
	}
	for len(all) > 0 {
		i := slices.IndexFunc(all, func(t table) bool {
			return !slices.ContainsFunc(t.parents, func(p string) bool { return !stands(p) })
		})
		if i < 0 {
			return nil, fmt.Errorf("store: the tables from %s on refer to each other", all[0].Name)
		}
		sorted = append(sorted, all[i])
		all = slices.Delete(all, i, i+1)
	}
	return sorted, nil
}

// selection asks for every row, in the same order whichever database it is: by
// seq where there is one, since triggers want such rows in their order, and by
// the primary key. Texts are compared byte by byte.
func (t table) selection(postgres bool) string {
	order := slices.Clone(t.key)
	if slices.Contains(t.Columns, "seq") {
		order = append([]string{"seq"}, slices.DeleteFunc(order, func(c string) bool { return c == "seq" })...)
	}
	for i, c := range order {
		order[i] = quoted(c)
		if n := slices.Index(t.Columns, c); postgres && t.Kinds[n] == textKind {
			order[i] += `::text COLLATE "C"`
		}
	}
	return fmt.Sprintf("SELECT %s FROM %s ORDER BY %s", t.list(), t.Name, strings.Join(order, ", "))
}

// insertion writes n rows. Its places are the driver's own: gorm would take
// bytes between parentheses for a list.
func (t table) insertion(n int, postgres bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES ", t.Name, t.list())
	for place := range n * len(t.Columns) {
		switch {
		case place == 0:
			b.WriteString("(")
		case place%len(t.Columns) == 0:
			b.WriteString("),(")
		default:
			b.WriteString(",")
		}
		if postgres {
			fmt.Fprintf(&b, "$%d", place+1)
		} else {
			b.WriteString("?")
		}
	}
	b.WriteString(")")
	return b.String()
}

func (t table) list() string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = quoted(c)
	}
	return strings.Join(names, ", ")
}

// quoted protects columns whose names are words of SQL.
func quoted(column string) string { return `"` + column + `"` }
