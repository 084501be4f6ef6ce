package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
)

// A Backup says what a file of [Store.Backup] holds.
//
// The file is JSON lines under gzip (RFC 1952), the same for both databases, so
// that it also carries the data from one to the other: a line about the backup,
// then of each table its columns, its rows and their SHA-256, and last a SHA-256
// over all lines before. Ids are text, moments numbers, bytes base64; columns
// and rows are in an order that depends on neither database. Sign-in sessions
// are left out.
type Backup struct {
	Made     time.Time     `json:"made"`
	Program  string        `json:"program"`  // the version of the program that made it
	Database string        `json:"database"` // sqlite or postgres
	Version  int64         `json:"version"`  // of the tables, see Tables
	Rows     int64         `json:"rows"`
	Tables   []BackupTable `json:"tables"`
}

// A BackupTable is one table in a [Backup].
type BackupTable struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"` // of its lines, in hex
}

// A Progress hears how many rows of how many are through, once every few
// hundred rows.
type Progress func(done, total int64)

// Backup writes all rows as they are at one moment. Others read and write
// meanwhile: PostgreSQL and SQLite in WAL mode both let a reader see one state
// for as long as it likes.
func (s *Store) Backup(ctx context.Context, w io.Writer, made time.Time, program string, progress Progress) (b Backup, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		b = Backup{Made: made.UTC(), Program: program, Database: s.db.Name()}
		if b.Version, err = s.version(ctx); err != nil {
			return err
		}
		tables, err := tablesIn(tx)
		if err != nil {
			return err
		}
		total, err := countAll(tx, tables)
		if err != nil {
			return err
		}
		out := newBackupWriter(w)
		if err := out.head(b); err != nil {
			return err
		}
		for _, t := range tables {
			written, err := out.table(tx, t, progress.from(b.Rows, total))
			if err != nil {
				return fmt.Errorf("store: back up %s: %w", t.Name, err)
			}
			b.Tables, b.Rows = append(b.Tables, written), b.Rows+written.Rows
		}
		return out.close(b)
	})
	return b, err
}

// from is the progress of one table, which begins where others ended.
func (p Progress) from(before, total int64) func(done int64) {
	return func(done int64) {
		if p != nil && done%batch == 0 {
			p(before+done, total)
		}
	}
}

func countAll(tx *gorm.DB, tables []table) (total int64, err error) {
	for _, t := range tables {
		var n int64
		if err := tx.Raw("SELECT COUNT(*) FROM " + t.Name).Scan(&n).Error; err != nil {
			return 0, fmt.Errorf("store: count %s: %w", t.Name, err)
		}
		total += n
	}
	return total, nil
}

// eachRow calls do with every row of a table, as a line of a backup.
func eachRow(tx *gorm.DB, t table, do func(line []byte) error) error {
	found, err := tx.Raw(t.selection(tx.Name() == "postgres")).Rows()
	if err != nil {
		return err
	}
	defer found.Close()
	cells := make([]any, len(t.Columns))
	for i, kind := range t.Kinds {
		cells[i] = kind.cell()
	}
	for found.Next() {
		if err := found.Scan(cells...); err != nil {
			return err
		}
		line, err := lineOf(cells)
		if err != nil {
			return err
		}
		if err := do(line); err != nil {
			return err
		}
	}
	return found.Err()
}

// A kind is what a column holds, in the words of both databases.
type kind string

const (
	textKind  kind = "text"
	intKind   kind = "int"
	boolKind  kind = "bool"
	bytesKind kind = "bytes"
)

// cell is where a value of the column is scanned.
func (k kind) cell() any {
	switch k {
	case intKind:
		return new(sql.NullInt64)
	case boolKind:
		return new(sql.NullBool)
	case bytesKind:
		return new(blob)
	}
	return new(sql.NullString)
}

// A blob is what a column of bytes holds until the next row is read. Bytes that
// are none at all are not NULL: SQLite's driver hands over a nil slice for them,
// which sql.RawBytes cannot tell from it.
type blob struct {
	data []byte
	null bool
}

// Scan takes a value of the driver.
func (b *blob) Scan(value any) error {
	switch value := value.(type) {
	case nil:
		*b = blob{null: true}
	case []byte:
		*b = blob{data: value}
	case string:
		*b = blob{data: []byte(value)}
	default:
		return fmt.Errorf("store: a column of bytes holds %T", value)
	}
	return nil
}

// raw is a text that JSON cannot hold: SQLite takes any bytes as one.
type raw struct {
	Raw []byte `json:"raw"`
}

// lineOf writes a row as one line of JSON. Equal rows make equal lines,
// whichever database they are of.
func lineOf(cells []any) ([]byte, error) {
	values := make([]any, len(cells))
	for i, c := range cells {
		switch c := c.(type) {
		case *sql.NullInt64:
			values[i], _ = c.Value()
		case *sql.NullBool:
			values[i], _ = c.Value()
		case *blob:
			if !c.null {
				values[i] = base64.StdEncoding.EncodeToString(c.data)
			}
		case *sql.NullString:
			values[i], _ = c.Value()
			if c.Valid && !utf8.ValidString(c.String) {
				values[i] = raw{[]byte(c.String)}
			}
		}
	}
	return asLine(values)
}

// asLine writes JSON with < and & as they are, and ends the line.
func asLine(value any) ([]byte, error) {
	var b strings.Builder
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	err := out.Encode(value)
	return []byte(b.String()), err
}

// valuesOf reads a line that lineOf wrote.
func valuesOf(line []byte, kinds []kind) ([]any, error) {
	var cells []json.RawMessage
	if err := json.Unmarshal(line, &cells); err != nil {
		return nil, err
	}
	if len(cells) != len(kinds) {
		return nil, fmt.Errorf("%d values in %d columns", len(cells), len(kinds))
	}
	values := make([]any, len(cells))
	for i, c := range cells {
		v, err := kinds[i].value(c)
		if err != nil {
			return nil, err
		}
		values[i] = v
	}
	return values, nil
}

func (k kind) value(cell json.RawMessage) (any, error) {
	if string(cell) == "null" {
		return nil, nil
	}
	var err error
	switch k {
	case intKind:
		var n int64
		err = json.Unmarshal(cell, &n)
		return n, err
	case boolKind:
		var yes bool
		err = json.Unmarshal(cell, &yes)
		return yes, err
	case bytesKind:
		data := []byte{}
		err = json.Unmarshal(cell, &data)
		return data, err
	}
	if cell[0] == '{' {
		var r raw
		err = json.Unmarshal(cell, &r)
		return string(r.Raw), err
	}
	var text string
	err = json.Unmarshal(cell, &text)
	return text, err
}
