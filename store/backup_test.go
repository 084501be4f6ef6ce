package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"
)

// furnish leaves something in many tables, and in all kinds of columns.
func furnish(t *testing.T, s *Store) {
	t.Helper()
	ctx := t.Context()
	series := plant(t, s)
	issue := openedIssue(t, s, series)
	_, err := s.Change(ctx, issue.ID, true, register)
	must(t, err)
	_, err = s.Change(ctx, issue.ID, false, func(c workflow.Case) (workflow.Change, error) { return send(c) })
	must(t, err)
	_, err = s.KeepFile(ctx, []byte{0, 255, '\n', '"', 7})
	must(t, err)
	must(t, s.SavePerson(ctx, accounts.Person{ID: newID(), Login: "bao", Name: "包<&>\"\u2028", Active: true, Grants: []accounts.Grant{{Role: accounts.Editor}}}))
	for n := range 450 { // more than two batches
		must(t, s.AddUnit(ctx, recipients.Unit{ID: newID(), Name: fmt.Sprintf("第%d中学", n), Channel: recipients.ByBoth, Copies: 1, Version: 1}))
	}
	_, err = s.Adopt(ctx, "m1", "管理员", now)
	must(t, err)
	must(t, s.Sessions().Commit("token", []byte("data"), now.AddDate(10, 0, 0)))
}

// linesOf is every row of every table that a backup has.
func linesOf(t *testing.T, s *Store) map[string][]string {
	t.Helper()
	lines := map[string][]string{}
	must(t, s.read(t.Context(), func(tx *gorm.DB) error {
		tables, err := tablesIn(tx)
		for _, table := range tables {
			lines[table.Name] = []string{}
			must(t, eachRow(tx, table, func(line []byte) error {
				lines[table.Name] = append(lines[table.Name], string(line))
				return nil
			}))
		}
		return err
	}))
	return lines
}

func backedUp(t *testing.T, s *Store) []byte {
	t.Helper()
	var file bytes.Buffer
	b, err := s.Backup(t.Context(), &file, now, "v1", nil)
	must(t, err)
	read, err := ReadBackup(bytes.NewReader(file.Bytes()))
	if err != nil || fmt.Sprint(read) != fmt.Sprint(b) {
		t.Fatalf("wrote %d rows, read %d: %v", b.Rows, read.Rows, err)
	}
	return file.Bytes()
}

func restoring(file []byte) Restoration {
	return Restoration{By: "管理员", Now: now, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(file)), nil }}
}

// TestABackupIsRestored from either database into either, row by row.
func TestABackupIsRestored(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		furnish(t, s)
		want := linesOf(t, s)
		file := backedUp(t, s)
		for _, address := range []string{filepath.Join(t.TempDir(), "restored.db"), emptyPostgres(t)} {
			var heard int64
			r := restoring(file)
			r.Progress = func(done, total int64) { heard = done }
			b, err := Restore(t.Context(), address, r)
			if err != nil {
				t.Fatal(err, fault.As(err).Cause)
			}
			if heard != b.Rows || b.Rows < 450 {
				t.Errorf("%d rows, heard of %d", b.Rows, heard)
			}
			restored := opened(t, address)
			got := linesOf(t, restored)
			owners := got["installation"]
			if len(owners) != 2 || owners[0] != want["installation"][0] || !strings.Contains(owners[1], RestoredID) {
				t.Errorf("it belongs to %v", owners)
			}
			got["installation"] = want["installation"]
			for name := range want {
				if !slices.Equal(got[name], want[name]) {
					t.Errorf("%s: %d rows of %d, or others", name, len(got[name]), len(want[name]))
				}
			}
			grown(t, restored)
			if _, err := Restore(t.Context(), address, r); !fault.Is(err, fault.Conflict) {
				t.Errorf("over another database: %v", err)
			}
		}
	})
}

// grown holds that what only grows still does, and can.
func grown(t *testing.T, s *Store) {
	t.Helper()
	if err := s.db.Exec("UPDATE event SET at = 1").Error; err == nil {
		t.Error("the history can be rewritten")
	}
	ids, err := s.ChainIDs(t.Context())
	must(t, err)
	chains, err := s.Chains(t.Context(), ids)
	if err != nil || len(chains) != 1 {
		t.Errorf("%d chains, %v", len(chains), err)
	}
	if _, err := s.Change(t.Context(), ids[0], false, func(c workflow.Case) (workflow.Change, error) { return next(c), nil }); err != nil {
		t.Error("nothing can be done with the issue:", err)
	}
}

// busy writes to the database while a backup is made.
type busy struct {
	bytes.Buffer
	once func()
}

func (b *busy) Write(p []byte) (int, error) {
	b.once()
	b.once = func() {}
	return b.Buffer.Write(p)
}

func TestABackupIsOfOneMoment(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		furnish(t, s)
		before := len(linesOf(t, s)["unit"])
		file := &busy{once: func() {
			must(t, s.AddUnit(context.Background(), recipients.Unit{ID: newID(), Name: "后来的局", Channel: recipients.ByMail, Copies: 1, Version: 1}))
		}}
		b, err := s.Backup(t.Context(), file, now, "v1", nil)
		must(t, err)
		i := slices.IndexFunc(b.Tables, func(x BackupTable) bool { return x.Name == "unit" })
		if after := len(linesOf(t, s)["unit"]); after != before+1 || b.Tables[i].Rows != int64(before) {
			t.Errorf("%d units, %d backed up, %d then", before, b.Tables[i].Rows, after)
		}
	})
}

func TestBackupsThatAreNotWhole(t *testing.T) {
	s := opened(t, filepath.Join(t.TempDir(), "jianbao.db"))
	furnish(t, s)
	file := backedUp(t, s)
	zip, err := gzip.NewReader(bytes.NewReader(file))
	must(t, err)
	plain, err := io.ReadAll(zip)
	must(t, err)
	zipped := func(text []byte) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, err := w.Write(text)
		must(t, err)
		must(t, w.Close())
		return b.Bytes()
	}
	lines := bytes.SplitAfter(plain, []byte("\n"))
	bad := map[string][]byte{
		"nothing": nil, "a letter": []byte("这不是备份"), "other lines": zipped([]byte("{}\n")), "cut": file[:len(file)/2], "cut at a line": zipped(bytes.Join(lines[:len(lines)-2], nil)),
		"another row":   zipped(bytes.Replace(plain, []byte("第7中学"), []byte("第8中学"), 1)),
		"a row less":    zipped(bytes.Join(slices.Delete(slices.Clone(lines), 2, 3), nil)),
		"more":          zipped(append(slices.Clone(plain), "[1]\n"...)),
		"of the future": zipped(bytes.Replace(plain, []byte(`"version":`), []byte(`"version":9`), 1)),
	}
	for name, data := range bad {
		target := filepath.Join(t.TempDir(), "restored.db")
		if _, err := Restore(t.Context(), target, restoring(data)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(target); err == nil {
			t.Errorf("%s: something was made", name)
		}
	}
}

// TestOldTablesAreRestored and then brought up to date.
func TestOldTablesAreRestored(t *testing.T) {
	onBoth(t, func(t *testing.T, newer *Store) {
		address := filepath.Join(t.TempDir(), "old.db")
		if newer.postgres {
			address = emptyPostgres(t)
		}
		old, err := connect(t.Context(), address)
		must(t, err)
		defer old.Close()
		must(t, old.migrateTo(t.Context(), 9))
		must(t, old.db.Exec("INSERT INTO calendar_year (year, source, version) VALUES (2027, '国办', 1)").Error)
		target := filepath.Join(t.TempDir(), "restored.db")
		b, err := Restore(t.Context(), target, restoring(backedUp(t, old)))
		if err != nil || b.Version != 9 {
			t.Fatal(b.Version, err)
		}
		s := opened(t, target)
		if years, err := s.Years(t.Context()); err != nil || len(years) != 1 || years[0].Source != "国办" {
			t.Errorf("%v, %v", years, err)
		}
		if _, err := s.Installation(t.Context(), workflow.Installation{ID: "m1"}); err != nil {
			t.Error(err)
		}
	})
}

func TestSQLiteTakesAnyBytesAsText(t *testing.T) {
	s := opened(t, filepath.Join(t.TempDir(), "jianbao.db"))
	must(t, s.db.Exec("INSERT INTO calendar_year (year, source, version) VALUES (2027, CAST(x'e7ff41' AS TEXT), 1)").Error)
	target := filepath.Join(t.TempDir(), "restored.db")
	file := backedUp(t, s)
	_, err := Restore(t.Context(), target, restoring(file))
	must(t, err)
	if got := linesOf(t, opened(t, target))["calendar_year"]; !slices.Equal(got, linesOf(t, s)["calendar_year"]) {
		t.Errorf("%q", got)
	}
	if _, err := Restore(t.Context(), emptyPostgres(t), restoring(file)); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "calendar_year") {
		t.Errorf("PostgreSQL takes them, too: %v", err)
	}
}
