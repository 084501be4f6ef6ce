package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/bulletin"
	"jianbao/workflow"
	"jianbao/workflow/history"
)

var _ history.Books = (*Store)(nil)

type rootRow struct {
	Seq  int `gorm:"primaryKey;autoIncrement:false"`
	At   moment
	Line string
}

func (rootRow) TableName() string { return "history_root" }

// A linkRow is what an issue says of its own history, and what it is called by.
type linkRow struct {
	ID         uuid.UUID
	Masthead   string
	NumberKind string
	NumberYear int
	NumberNo   int
	Opened     moment
	Events     int
	Head       string
}

// linked selects them.
func linked(tx *gorm.DB) *gorm.DB {
	return tx.Table("issue").Joins("JOIN series ON series.id = issue.series").
		Select("issue.id, series.masthead, issue.number_kind, issue.number_year, issue.number_no, issue.opened, issue.events, issue.head")
}

func (r linkRow) link() history.Link {
	called := "草稿（" + r.Opened.time().In(office).Format(time.DateOnly) + "）"
	if r.NumberNo > 0 {
		number := bulletin.Number{Kind: bulletin.Kind(r.NumberKind), Year: r.NumberYear, No: r.NumberNo}
		called = strings.ReplaceAll(number.String(), " ", "")
	}
	return history.Link{Issue: r.ID, Name: r.Masthead + " " + called, Count: r.Events, Head: r.Head}
}

// office is where a draft's day is told; the name of a draft tells no more than
// which one it is.
var office = time.FixedZone("CST", 8*60*60)

// ChainIDs returns the id of every issue, and of those that only their history
// is left of.
func (s *Store) ChainIDs(ctx context.Context) (ids []uuid.UUID, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		return tx.Raw("SELECT id FROM issue UNION SELECT issue FROM event ORDER BY 1").Scan(&ids).Error
	})
	if err != nil {
		return nil, fmt.Errorf("store: histories: %w", err)
	}
	return ids, nil
}

// Chains returns the histories of issues; what is not there is left out.
func (s *Store) Chains(ctx context.Context, issues []uuid.UUID) (chains []history.Chain, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		kept, err := rows[linkRow](linked(tx).Where("issue.id IN ?", issues))
		if err != nil {
			return err
		}
		lines, err := rows[eventRow](tx.Where("issue IN ?", issues).Order("issue, seq"))
		if err != nil {
			return err
		}
		chains = chained(issues, kept, lines)
		return nil
	})
	return chains, err
}

func chained(issues []uuid.UUID, kept []linkRow, lines []eventRow) []history.Chain {
	byIssue := map[uuid.UUID]*history.Chain{}
	for _, row := range kept {
		byIssue[row.ID] = &history.Chain{Link: row.link(), Kept: true}
	}
	for _, row := range lines {
		c := byIssue[row.Issue]
		if c == nil {
			c = &history.Chain{Link: history.Link{Issue: row.Issue}}
			byIssue[row.Issue] = c
		}
		c.Lines = append(c.Lines, history.Line{Seq: row.Seq, At: row.At.time(), Act: workflow.Act(row.Act), Raw: row.Line, Hash: row.Hash})
	}
	var chains []history.Chain
	for _, id := range issues {
		if c := byIssue[id]; c != nil {
			chains = append(chains, *c)
		}
	}
	return chains
}

// Roots returns every root, the first one first.
func (s *Store) Roots(ctx context.Context) (roots []history.Sealed, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		roots, err = rootsOf(tx)
		return err
	})
	return roots, err
}

func rootsOf(tx *gorm.DB) ([]history.Sealed, error) {
	found, err := rows[rootRow](tx.Order("seq"))
	if err != nil {
		return nil, err
	}
	roots := make([]history.Sealed, len(found))
	for n, row := range found {
		// What cannot be read stays empty: that it was altered is for the
		// verification to say.
		roots[n], _ = history.ReadSealed(row.Line)
	}
	return roots, nil
}

// AddRoot writes the root that next makes of the roots so far and of the links
// of all issues, which it sees in one state; nil is none. It fails with
// fault.Conflict if another process wrote one meanwhile.
func (s *Store) AddRoot(ctx context.Context, next func([]history.Sealed, []history.Link) (*history.Sealed, error)) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		before, err := rootsOf(tx)
		if err != nil {
			return err
		}
		found, err := rows[linkRow](linked(tx).Order("issue.id"))
		if err != nil {
			return err
		}
		made, err := next(before, convert(found, linkRow.link))
		if err != nil || made == nil {
			return err
		}
		root, err := made.Root()
		if err != nil {
			return err
		}
		line, err := made.Line()
		if err != nil {
			return err
		}
		return add(tx, rootRow{Seq: len(before) + 1, At: momentOf(root.At), Line: line})
	})
}
