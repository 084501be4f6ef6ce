package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/bulletin"
	"jianbao/workflow"
	"jianbao/workflow/ready/likeness"
)

type itemRow struct {
	Issue    uuid.UUID `gorm:"primaryKey"`
	Seq      int       `gorm:"primaryKey;autoIncrement:false"`
	Masthead string
	Kind     string
	Year     int
	No       int
	Section  string
	Text     string
}

func (itemRow) TableName() string { return "item" }

func rowOfItem(i workflow.PastItem) itemRow {
	return itemRow{
		Issue: i.Issue, Seq: i.Seq, Masthead: i.Masthead, Kind: string(i.Number.Kind), Year: i.Number.Year, No: i.Number.No,
		Section: i.Section, Text: i.Text,
	}
}

func (r itemRow) item() workflow.PastItem {
	return workflow.PastItem{
		Issue: r.Issue, Seq: r.Seq, Masthead: r.Masthead, Section: r.Section, Text: r.Text,
		Number: workflow.Number{Kind: bulletin.Kind(r.Kind), Year: r.Year, No: r.No},
	}
}

// A printRow is one key of an item.
type printRow struct {
	Scheme int       `gorm:"primaryKey;autoIncrement:false"`
	Key    int64     `gorm:"primaryKey;autoIncrement:false"`
	Issue  uuid.UUID `gorm:"primaryKey"`
	Seq    int       `gorm:"primaryKey;autoIncrement:false"`
}

func (printRow) TableName() string { return "item_print" }

// keepItems writes the items of a released issue and the keys that find them.
func keepItems(tx *gorm.DB, items []workflow.PastItem) error {
	var prints []printRow
	for _, item := range items {
		for _, key := range distinct(item.Keys) {
			prints = append(prints, printRow{Scheme: likeness.Scheme, Key: key, Issue: item.Issue, Seq: item.Seq})
		}
	}
	if err := add(tx, convert(items, rowOfItem)...); err != nil {
		return err
	}
	return add(tx, prints...)
}

// Past returns the number register of the issue's series, and the items that
// went out with another issue and have one of the keys, in the order of
// issues and items; see [workflow.Books].
func (s *Store) Past(ctx context.Context, issue workflow.Issue, keys []int64) (past workflow.Past, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		if past.Register, err = registerOf(tx, issue.Series); err != nil {
			return err
		}
		found, err := itemsWith(tx, issue.ID, distinct(keys))
		past.Items = convert(found, itemRow.item)
		return err
	})
	return past, err
}

// itemsWith returns the items of other issues that have one of the keys.
func itemsWith(tx *gorm.DB, except uuid.UUID, keys []int64) ([]itemRow, error) {
	const atOnce = 10_000 // parameters of one statement
	var all []itemRow
	type place struct {
		issue uuid.UUID
		seq   int
	}
	seen := map[place]bool{}
	for some := range slices.Chunk(keys, atOnce) {
		have := tx.Model(&printRow{}).Select("issue, seq").Where("scheme = ? AND key IN ? AND issue <> ?", likeness.Scheme, some, except)
		found, err := rows[itemRow](shown(tx).Where("(issue, seq) IN (?)", have).Order("issue, seq"))
		if err != nil {
			return nil, fmt.Errorf("store: past items: %w", err)
		}
		for _, row := range found {
			if at := (place{row.Issue, row.Seq}); !seen[at] {
				seen[at] = true
				all = append(all, row)
			}
		}
	}
	return all, nil
}

func distinct(keys []int64) []int64 {
	return slices.Compact(slices.Sorted(slices.Values(keys)))
}
