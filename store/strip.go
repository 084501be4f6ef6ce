package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/workflow"
	"jianbao/workflow/filing"
)

// content are the tables whose rows are content of an issue and nothing else.
// The triggers of issue_text and original let them go because the history says
// so by now.
var content = []string{"item_print", "item", "issue_text", "original", "text_comment"}

// emptied are the columns that hold content beside what is record: of letters
// sent, and of the answers to them. That they were there, when, from whom and to
// whom, and their hashes stay.
var emptied = []string{
	`UPDATE dispatch SET subject = '', text = @none, html = @none, attachments = NULL WHERE issue = @issue`,
	`UPDATE incoming SET subject = '', words = '', raw = @none WHERE delivery IN
		(SELECT d.id FROM delivery d JOIN dispatch p ON p.id = d.dispatch WHERE p.issue = @issue)`,
	`UPDATE incoming SET subject = '', words = '', raw = @none WHERE delivery IN
		(SELECT d.id FROM delivery d JOIN chase c ON c.dispatch = d.dispatch WHERE c.issue = @issue)`,
}

// strip removes the content of an issue that is destroyed; before is the issue
// as it was. It begins with the names of its files, which go last, unless
// something else has them too.
func (s *Store) strip(tx *gorm.DB, before workflow.Issue) error {
	files, err := filesOf(tx, before)
	if err != nil {
		return err
	}
	for _, table := range content {
		if err := tx.Exec("DELETE FROM "+table+" WHERE issue = ?", before.ID).Error; err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	for _, sql := range emptied {
		if err := tx.Exec(sql, map[string]any{"issue": before.ID, "none": []byte{}}).Error; err != nil {
			return err
		}
	}
	if err := stripRemarks(tx, before.ID); err != nil {
		return err
	}
	for _, sum := range files {
		if err := dropFile(tx, sum); err != nil {
			return err
		}
	}
	return nil
}

// filesOf returns the hashes of every file of an issue: its own, those that went
// out with it, the scans of its remarks.
func filesOf(tx *gorm.DB, issue workflow.Issue) (sums []string, err error) {
	files := namedFiles(issue)
	sent, err := rows[dispatchRow](tx.Select("id", "attachments").Where("issue = ?", issue.ID))
	if err != nil {
		return nil, err
	}
	for _, d := range sent {
		files = append(files, d.Attachments...)
	}
	said, err := rows[remarkRow](tx.Where("issue = ?", issue.ID))
	if err != nil {
		return nil, err
	}
	for _, r := range said {
		files = append(files, r.Body.Scan)
	}
	for _, f := range files {
		if f.SHA256 != "" {
			sums = append(sums, f.SHA256)
		}
	}
	return sums, nil
}

// stripRemarks takes the words out of the remarks on an issue.
func stripRemarks(tx *gorm.DB, issue uuid.UUID) error {
	found, err := rows[remarkRow](tx.Where("issue = ?", issue))
	if err != nil {
		return err
	}
	for _, row := range found {
		row.Body, row.Look = filing.Emptied(row.Body), 0
		row.Body.Version++
		row.Version++
		if err := replace(tx, &row, row.ID, row.Version-1); err != nil {
			return err
		}
	}
	return nil
}

// holdsFile finds whatever names a file and is not destroyed. The names of files
// are in JSON, where a hash is found as it is.
const holdsFile = `SELECT COUNT(*) FROM (
	SELECT id FROM issue WHERE state <> 'destroyed' AND (attachments LIKE @sum OR pictures LIKE @sum OR decisions LIKE @sum)
	UNION ALL SELECT id FROM dispatch WHERE attachments LIKE @sum
	UNION ALL SELECT id FROM remark WHERE body LIKE @sum
) AS held`

// dropFile removes a file that nothing has any more.
func dropFile(tx *gorm.DB, sum string) error {
	var held int64
	if err := tx.Raw(holdsFile, map[string]any{"sum": "%" + sum + "%"}).Scan(&held).Error; err != nil || held > 0 {
		return err
	}
	return tx.Exec("DELETE FROM attachment WHERE sha256 = ?", sum).Error
}

// shred has SQLite overwrite with zeros what is deleted from here on
// (sqlite.org/pragma.html).
func (s *Store) shred(tx *gorm.DB) error {
	if s.postgres {
		return nil
	}
	return tx.Exec("PRAGMA secure_delete = ON").Error
}

// forget takes out of SQLite's log what a destruction removed. It does what it
// can while others read; what is left goes with the next checkpoint.
func (s *Store) forget(ctx context.Context) {
	if !s.postgres {
		_ = s.db.WithContext(ctx).Exec("PRAGMA wal_checkpoint(TRUNCATE)").Error
	}
}
