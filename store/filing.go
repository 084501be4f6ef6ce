package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/filing"
	"jianbao/workflow/retention"
)

var (
	_ filing.Books = (*Store)(nil)
	_ filing.Rules = (*Store)(nil)
)

type filingRuleRow struct {
	Series uuid.UUID `gorm:"primaryKey"`
	Seq    int       `gorm:"primaryKey;autoIncrement:false"`
	At     moment
	ByID   uuid.UUID
	ByName string
	Reason string
	Body   retention.Rule `gorm:"serializer:json"`
}

func (filingRuleRow) TableName() string { return "filing_rule" }

func (r filingRuleRow) line() filing.RuleLine {
	return filing.RuleLine{Seq: r.Seq, Rule: r.Body, Set: filing.Hand{By: r.ByID, Name: r.ByName, At: r.At.time(), Note: r.Reason}}
}

// FilingRules returns every version of the rule of a series; see [filing.Rules].
func (s *Store) FilingRules(ctx context.Context, series uuid.UUID) (all []filing.RuleLine, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[filingRuleRow](tx.Where("series = ?", series).Order("seq"))
		all = convert(found, filingRuleRow.line)
		return err
	})
	return all, err
}

// AddFilingRule adds a version of the rule of a series; see [filing.Rules].
func (s *Store) AddFilingRule(ctx context.Context, series uuid.UUID, l filing.RuleLine) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if _, err := seriesByID(s.locking(tx, seriesLock), series); err != nil {
			return err
		}
		if err := storable(l.Set.Name, l.Set.Note); err != nil {
			return err
		}
		var last int
		if err := tx.Model(&filingRuleRow{}).Where("series = ?", series).Select("COALESCE(MAX(seq), 0)").Scan(&last).Error; err != nil {
			return fmt.Errorf("store: rule of %s: %w", series, err)
		}
		if l.Seq != last+1 {
			return fault.New(fault.Conflict, changedSince.With())
		}
		return add(tx, filingRuleRow{Series: series, Seq: l.Seq, At: momentOf(l.Set.At), ByID: l.Set.By, ByName: l.Set.Name, Reason: l.Set.Note, Body: l.Rule})
	})
}

// ruleOf is the rule that holds for a series.
func ruleOf(tx *gorm.DB, series uuid.UUID) (retention.Rule, error) {
	found, err := rows[filingRuleRow](tx.Where("series = ?", series).Order("seq DESC").Limit(1))
	if err != nil || len(found) == 0 {
		return retention.Rule{}, err
	}
	return found[0].Body, nil
}

type filingItemRow struct {
	Issue  uuid.UUID `gorm:"primaryKey"`
	Series uuid.UUID
	Year   int
	Class  string
	No     int
	At     moment
	Body   filing.Item `gorm:"serializer:json"`
}

func (filingItemRow) TableName() string { return "filing_item" }

func rowOfFiled(i filing.Item) filingItemRow {
	return filingItemRow{Issue: i.Issue, Series: i.Series, Year: i.Year, Class: string(i.Class), No: i.No, At: momentOf(i.Filed.At), Body: i}
}

func (r filingItemRow) item() filing.Item { return r.Body }

// FileIssue files an issue; see [filing.Books]. When it was the last one of its year
// that had to be filed, the notices about that year have done their work.
func (s *Store) FileIssue(ctx context.Context, issue uuid.UUID, decide func(filing.Case) (workflow.Change, filing.Item, error)) (item filing.Item, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		of, err := s.caseOf(tx, issue, true)
		if err != nil {
			return err
		}
		c := filing.Case{}
		if c.Contents, err = contentsOf(tx, of.Issue, of.Series); err != nil {
			return err
		}
		if c.Taken, err = numbersTaken(tx, of.Series.ID, of.Issue.Date.Year); err != nil {
			return err
		}
		change, filed, err := decide(c)
		if err != nil {
			return err
		}
		item = filed
		if err := storable(item.Note, item.Kept); err != nil {
			return err
		}
		if err := overwrite(tx, change); err != nil {
			return err
		}
		if err := add(tx, rowOfFiled(item)); err != nil {
			return err
		}
		return settleFiling(tx, item)
	})
	return item, err
}

// numbersTaken returns the highest number of each class in a year.
func numbersTaken(tx *gorm.DB, series uuid.UUID, year int) (map[retention.Class]int, error) {
	var found []struct {
		Class string
		No    int
	}
	err := tx.Model(&filingItemRow{}).Select("class, MAX(no) AS no").Where("series = ? AND year = ?", series, year).Group("class").Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("store: item numbers: %w", err)
	}
	taken := map[retention.Class]int{}
	for _, row := range found {
		taken[retention.Class(row.Class)] = row.No
	}
	return taken, nil
}

// settleFiling ends the notices about a year of which all is filed.
func settleFiling(tx *gorm.DB, item filing.Item) error {
	left, err := unfiledOf(tx, item.Series)
	if err != nil || left[item.Year] > 0 {
		return err
	}
	return tx.Model(&noticeRow{}).Where("series = ? AND settled = 0 AND key IN ?", item.Series, filing.Keys(item.Year)).
		Update("settled", momentOf(item.Filed.At)).Error
}
