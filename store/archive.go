package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/workflow"
	"jianbao/workflow/archive"
)

var _ archive.Index = (*Store)(nil)

// The sorts of names by which an issue is found.
const (
	unitName   = "unit"
	signerName = "signer"
	remarkName = "remark"
)

type archiveNameRow struct {
	Entry int64
	Sort  string
	Unit  string
	Name  string
}

func (archiveNameRow) TableName() string { return "archive_name" }

// keepIndexed brings the entry of an issue in line with the issue, in the
// transaction that changes it.
func keepIndexed(tx *gorm.DB, i workflow.Issue) error {
	kept := archive.Kept(i)
	var old []struct {
		ID  int64
		Sum string
	}
	if err := tx.Raw("SELECT id, sum FROM archive_entry WHERE issue = ?", i.ID).Scan(&old).Error; err != nil {
		return fmt.Errorf("store: archive entry of %s: %w", i.ID, err)
	}
	if !kept && len(old) == 0 {
		return nil
	}
	e := archive.EntryOf(i)
	sum := e.Sum()
	if kept && len(old) > 0 && old[0].Sum == sum {
		return nil
	}
	for _, entry := range old {
		if err := dropEntry(tx, entry.ID); err != nil {
			return fmt.Errorf("store: archive entry of %s: %w", i.ID, err)
		}
	}
	if !kept {
		return nil
	}
	if err := addEntry(tx, e, sum); err != nil {
		return fmt.Errorf("store: archive entry of %s: %w", i.ID, err)
	}
	return nil
}

// addEntry writes an entry with its text, its pairs and its names.
func addEntry(tx *gorm.DB, e archive.Entry, sum string) error {
	var id int64
	err := tx.Raw("INSERT INTO archive_entry (issue, series, kind, date, format, sum) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
		e.Issue, e.Series, string(e.Kind), e.Date.String(), archive.Format, sum).Scan(&id).Error
	if err != nil {
		return err
	}
	grams := strings.Join(archive.Grams(e.Text), " ")
	if tx.Name() == "postgres" {
		err = tx.Exec("INSERT INTO archive_text (id, folded, grams) VALUES (?, ?, array_to_tsvector(string_to_array(?, ' ')))", id, e.Text, grams).Error
	} else if err = tx.Exec("INSERT INTO archive_text (id, folded) VALUES (?, ?)", id, e.Text).Error; err == nil {
		err = tx.Exec("INSERT INTO archive_gram (rowid, grams) VALUES (?, ?)", id, grams).Error
	}
	if err != nil {
		return err
	}
	var names []archiveNameRow
	for _, u := range e.Units {
		names = append(names, archiveNameRow{id, unitName, u.ID.String(), u.Name})
	}
	for _, name := range e.Signers {
		names = append(names, archiveNameRow{id, signerName, "", name})
	}
	if err := add(tx, names...); err != nil {
		return err
	}
	return keepRemarkers(tx, e.Issue)
}

// dropEntry removes an entry and all that was indexed of it. FTS5 is told once
// more what it was given, since it keeps no texts (sqlite.org/fts5.html, 6.3).
func dropEntry(tx *gorm.DB, id int64) error {
	if tx.Name() != "postgres" {
		var folded []string
		if err := tx.Raw("SELECT folded FROM archive_text WHERE id = ?", id).Scan(&folded).Error; err != nil {
			return err
		}
		for _, text := range folded {
			grams := strings.Join(archive.Grams(text), " ")
			if err := tx.Exec("INSERT INTO archive_gram (archive_gram, rowid, grams) VALUES ('delete', ?, ?)", id, grams).Error; err != nil {
				return err
			}
		}
	}
	for _, sql := range []string{"DELETE FROM archive_name WHERE entry = ?", "DELETE FROM archive_text WHERE id = ?", "DELETE FROM archive_entry WHERE id = ?"} {
		if err := tx.Exec(sql, id).Error; err != nil {
			return err
		}
	}
	return nil
}

// keepRemarkers brings the names of those who wrote remarks on an issue in line
// with its remarks. An issue without an entry has none.
func keepRemarkers(tx *gorm.DB, issue uuid.UUID) error {
	var entry []int64
	if err := tx.Raw("SELECT id FROM archive_entry WHERE issue = ?", issue).Scan(&entry).Error; err != nil || len(entry) == 0 {
		return err
	}
	found, err := rows[remarkRow](tx.Where("issue = ?", issue))
	if err != nil {
		return err
	}
	leaders := convert(found, func(r remarkRow) string { return r.Body.Leader })
	slices.Sort(leaders)
	var names []archiveNameRow
	for _, leader := range slices.Compact(leaders) {
		names = append(names, archiveNameRow{entry[0], remarkName, "", leader})
	}
	if err := tx.Exec("DELETE FROM archive_name WHERE entry = ? AND sort = ?", entry[0], remarkName).Error; err != nil {
		return err
	}
	return add(tx, names...)
}

// behind finds the issues whose entry is missing or of an older format.
func behind(tx *gorm.DB) *gorm.DB {
	return tx.Model(&issueRow{}).Where("state IN ? AND (recall IS NULL OR recall NOT LIKE ?)", archive.KeptStates(), `%"secret":true%`).
		Where("NOT EXISTS (SELECT 1 FROM archive_entry e WHERE e.issue = issue.id AND e.format = ?)", archive.Format)
}

// ArchiveBehind counts the entries that are missing or old; see [archive.Index].
func (s *Store) ArchiveBehind(ctx context.Context) (n int, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		var count int64
		err := behind(tx).Count(&count).Error
		n = int(count)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("store: archive index: %w", err)
	}
	return n, nil
}

// IndexArchive makes entries that are missing or old; see [archive.Index]. The
// issues are locked, so that none changes meanwhile.
func (s *Store) IndexArchive(ctx context.Context, limit int) (done int, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		found, err := rows[issueRow](behind(s.locking(tx, issueLock)).Order("id").Limit(limit))
		if err != nil {
			return err
		}
		for _, row := range found {
			issue, err := row.issue()
			if err != nil {
				return err
			}
			if err := keepIndexed(tx, issue); err != nil {
				return err
			}
		}
		done = len(found)
		return nil
	})
	return done, err
}
