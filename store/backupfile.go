package store

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"gorm.io/gorm"

	"jianbao/fault"
)

// backupFormat is the version of the format; see [Backup].
const backupFormat = 1

// The lines of a file that are no rows.
type (
	backupHead struct {
		Format   int       `json:"jianbao-backup"`
		Made     time.Time `json:"made"`
		Program  string    `json:"program"`
		Database string    `json:"database"`
		Version  int64     `json:"version"`
	}
	tableEnd struct {
		End BackupTable `json:"end"`
	}
	backupEnd struct {
		Rows   int64  `json:"rows"`
		Tables int    `json:"tables"`
		SHA256 string `json:"sha256"` // of every line before
	}
)

// A backupWriter writes a file.
type backupWriter struct {
	zip *gzip.Writer
	out *bufio.Writer
	all hash.Hash
}

func newBackupWriter(w io.Writer) *backupWriter {
	zip := gzip.NewWriter(w)
	return &backupWriter{zip: zip, out: bufio.NewWriterSize(zip, 1<<16), all: sha256.New()}
}

func (w *backupWriter) line(line []byte) error {
	w.all.Write(line)
	_, err := w.out.Write(line)
	return err
}

func (w *backupWriter) value(value any) error {
	line, err := asLine(value)
	if err != nil {
		return err
	}
	return w.line(line)
}

func (w *backupWriter) head(b Backup) error {
	return w.value(backupHead{backupFormat, b.Made, b.Program, b.Database, b.Version})
}

func (w *backupWriter) table(tx *gorm.DB, t table, progress func(int64)) (BackupTable, error) {
	done := BackupTable{Name: t.Name}
	if err := w.value(t); err != nil {
		return done, err
	}
	sum := sha256.New()
	err := eachRow(tx, t, func(line []byte) error {
		done.Rows++
		progress(done.Rows)
		sum.Write(line)
		return w.line(line)
	})
	if err != nil {
		return done, err
	}
	done.SHA256 = inHex(sum)
	return done, w.value(tableEnd{done})
}

func (w *backupWriter) close(b Backup) error {
	line, err := asLine(backupEnd{b.Rows, len(b.Tables), inHex(w.all)})
	if err != nil {
		return err
	}
	if _, err := w.out.Write(line); err != nil {
		return err
	}
	return errors.Join(w.out.Flush(), w.zip.Close())
}

func inHex(sum hash.Hash) string { return hex.EncodeToString(sum.Sum(nil)) }

var (
	noBackup     = fault.Say("store.backup-none", "这不是 jianbao 的备份文件", "this is no backup of jianbao")
	brokenBackup = fault.Say("store.backup-broken", "备份文件不完整或被改动过：%s；请换一份备份", "the backup is incomplete or was altered: %s; take another one")
	newBackup    = fault.Say("store.backup-new", "备份文件由新版程序制作（表结构第%d版，本程序认得到第%d版）；请用新版程序", "a newer program made this backup (tables of version %d, this one knows them up to %d); run a newer one")
)

// ReadBackup reads a whole file and holds every row against the sums. It fails
// with fault.Invalid if the file is no backup or not what was written.
func ReadBackup(r io.Reader) (Backup, error) {
	return readBackup(r, func(table, []byte) error { return nil }, func(table) error { return nil })
}

// readBackup calls row with every line of a row and ended behind the last of
// each table. Their errors are returned as they are.
func readBackup(r io.Reader, row func(table, []byte) error, ended func(table) error) (Backup, error) {
	zip, err := gzip.NewReader(r)
	if err != nil {
		return Backup{}, fault.New(fault.Invalid, noBackup.With()).Because(err)
	}
	in := &backupReader{in: bufio.NewReaderSize(zip, 1<<16), all: sha256.New(), row: row, ended: ended}
	var head backupHead
	line, err := in.counted()
	if err != nil || json.Unmarshal(line, &head) != nil || head.Format == 0 {
		return Backup{}, fault.New(fault.Invalid, noBackup.With()).Because(err)
	}
	if newest, err := tablesAt(0, head.Database); head.Format > backupFormat || err == nil && head.Version > newest.Newest {
		return Backup{}, fault.New(fault.Invalid, newBackup.With(head.Version, newest.Newest))
	}
	in.b = Backup{Made: head.Made, Program: head.Program, Database: head.Database, Version: head.Version}
	for {
		more, err := in.next()
		if err != nil || !more {
			return in.b, err
		}
	}
}

// A backupReader reads the tables of a file.
type backupReader struct {
	in    *bufio.Reader
	all   hash.Hash
	b     Backup
	row   func(table, []byte) error
	ended func(table) error
}

// next reads one table, or the end.
func (r *backupReader) next() (more bool, err error) {
	sum := r.all.Sum(nil)
	line, err := r.counted()
	if err != nil {
		return false, err
	}
	var t table
	if json.Unmarshal(line, &t) == nil && t.Name != "" {
		return true, r.table(t)
	}
	var end backupEnd
	_, after := r.in.ReadByte() // gzip has its own sum, and says io.EOF if that is right
	if json.Unmarshal(line, &end) != nil || end.SHA256 != hex.EncodeToString(sum) || end.Rows != r.b.Rows || end.Tables != len(r.b.Tables) || after != io.EOF {
		return false, broken(fmt.Errorf("the last line does not fit"))
	}
	return false, nil
}

// counted returns the next line, which the sum of all covers.
func (r *backupReader) counted() ([]byte, error) {
	line, err := r.in.ReadBytes('\n')
	if err != nil {
		return nil, broken(err)
	}
	r.all.Write(line)
	return line, nil
}

func (r *backupReader) table(t table) error {
	sum, n := sha256.New(), int64(0)
	for {
		line, err := r.counted()
		if err != nil {
			return err
		}
		if line[0] != '[' {
			var end tableEnd
			if want := (BackupTable{t.Name, n, inHex(sum)}); json.Unmarshal(line, &end) != nil || end.End != want {
				return broken(fmt.Errorf("table %s", t.Name))
			}
			r.b.Tables, r.b.Rows = append(r.b.Tables, end.End), r.b.Rows+n
			return r.ended(t)
		}
		sum.Write(line)
		n++
		if err := r.row(t, line); err != nil {
			return err
		}
	}
}

func broken(why error) error {
	return fault.New(fault.Invalid, brokenBackup.With(why.Error())).Because(why)
}
