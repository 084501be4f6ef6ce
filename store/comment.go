package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/workflow"
)

var _ workflow.Comments = (*Store)(nil)

type commentRow struct {
	ID          uuid.UUID
	Issue       uuid.UUID
	Version     int
	Line        int
	Quote       string
	Words       string
	ByID        uuid.UUID
	ByName      string
	At          moment
	Settled     moment
	SettledBy   uuid.UUID
	SettledName string
}

func (commentRow) TableName() string { return "text_comment" }

func rowOfComment(c workflow.Comment) commentRow {
	return commentRow{
		ID: c.ID, Issue: c.Issue, Version: c.Version, Line: c.Line, Quote: c.Quote, Words: c.Words,
		ByID: c.By, ByName: c.ByName, At: momentOf(c.At),
		Settled: momentOf(c.Settled), SettledBy: c.SettledBy, SettledName: c.SettledName,
	}
}

func (r commentRow) comment() workflow.Comment {
	return workflow.Comment{
		ID: r.ID, Issue: r.Issue, Version: r.Version, Line: r.Line, Quote: r.Quote, Words: r.Words,
		By: r.ByID, ByName: r.ByName, At: r.At.time(),
		Settled: r.Settled.time(), SettledBy: r.SettledBy, SettledName: r.SettledName,
	}
}

// AddComment writes a comment on the text of an issue. It fails with
// fault.Invalid if the words cannot be stored.
func (s *Store) AddComment(ctx context.Context, c workflow.Comment) error {
	if err := storable(c.Words, c.Quote); err != nil {
		return err
	}
	return s.write(ctx, func(tx *gorm.DB) error { return add(tx, rowOfComment(c)) })
}

// ChangeComment writes what decide makes of a comment, which is locked
// meanwhile. It fails with fault.NotFound, and as decide does.
func (s *Store) ChangeComment(ctx context.Context, id uuid.UUID, decide func(workflow.Comment) (workflow.Comment, error)) (c workflow.Comment, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		row, err := first[commentRow](s.locking(tx, issueLock).Where("id = ?", id))
		if err != nil {
			return err
		}
		if c, err = decide(row.comment()); err != nil {
			return err
		}
		row = rowOfComment(c)
		if err := tx.Model(&row).Select("*").Where("id = ?", id).Updates(&row).Error; err != nil {
			return fmt.Errorf("store: comment %s: %w", id, err)
		}
		return nil
	})
	return c, err
}

// CommentsOf returns the comments on an issue, the oldest first; none on one that
// is withheld.
func (s *Store) CommentsOf(ctx context.Context, issue uuid.UUID) (all []workflow.Comment, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[commentRow](shown(tx).Where("issue = ?", issue).Order("at, id"))
		all = convert(found, commentRow.comment)
		return err
	})
	return all, err
}
