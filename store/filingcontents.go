package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/filing"
)

// outStates are the states of issues that are done with being sent.
var outStates = []workflow.State{workflow.Dispatched, workflow.Archived, workflow.Corrected, workflow.Recalled, workflow.Destroyed}

// FilesOfYear returns the issues of a year that are out; see [filing.Books].
func (s *Store) FilesOfYear(ctx context.Context, series uuid.UUID, year int) (all []filing.Contents, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all = nil
		of, err := seriesByID(tx, series)
		if err != nil {
			return err
		}
		found, err := rows[issueRow](tx.Where("series = ? AND date LIKE ? AND state IN ?", series, fmt.Sprintf("%04d-%%", year), outStates).
			Order("date, number_kind, number_no, edition, id"))
		if err != nil {
			return err
		}
		for _, row := range found {
			issue, err := row.issue()
			if err != nil {
				return err
			}
			c, err := contentsOf(tx, issue, of)
			if err != nil {
				return err
			}
			all = append(all, c)
		}
		return nil
	})
	return all, err
}

// FileOfIssue returns the contents of one issue; see [filing.Books].
func (s *Store) FileOfIssue(ctx context.Context, issue uuid.UUID) (c filing.Contents, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		of, err := issueByID(tx, issue)
		if err != nil {
			return err
		}
		series, err := seriesByID(tx, of.Series)
		if err != nil {
			return err
		}
		c, err = contentsOf(tx, of, series)
		return err
	})
	return c, err
}

// contentsOf reads what belongs to the file of an issue; of one that is filed
// its item alone.
func contentsOf(tx *gorm.DB, issue workflow.Issue, series workflow.Series) (c filing.Contents, err error) {
	c.Issue, c.Series = issue, series
	if c.Rule, err = ruleOf(tx, series.ID); err != nil {
		return c, err
	}
	item, err := first[filingItemRow](tx.Where("issue = ?", issue.ID))
	if err == nil {
		c.Item = &item.Body
		return c, nil
	}
	if !fault.Is(err, fault.NotFound) {
		return c, err
	}
	if c.Events, err = eventsOf(tx, issue.ID); err != nil {
		return c, err
	}
	if _, c.Board, err = boardOf(tx, issue); err != nil {
		return c, err
	}
	if c.Copies, err = copiesOf(tx, issue.ID); err != nil {
		return c, err
	}
	found, err := rows[remarkRow](tx.Where("issue = ?", issue.ID).Order("entered, id"))
	if err != nil {
		return c, err
	}
	c.Remarks = convert(found, remarkRow.remark)
	var originals int64
	if err := tx.Model(&originalRow{}).Where("issue = ?", issue.ID).Count(&originals).Error; err != nil {
		return c, fmt.Errorf("store: originals of %s: %w", issue.ID, err)
	}
	c.Originals = int(originals)
	return c, sentFiles(tx, &c)
}

// sentFiles looks at what went out, and whether every file is there that issue,
// letters and remarks name.
func sentFiles(tx *gorm.DB, c *filing.Contents) error {
	sent, err := rows[dispatchRow](tx.Where("issue = ? AND purpose = ?", c.Issue.ID, string(workflow.Released)).Order("at, id"))
	if err != nil {
		return err
	}
	files := namedFiles(c.Issue)
	for _, d := range sent {
		c.Sent, c.Altered = true, c.Altered || d.SHA256 != d.seal()
		files = append(files, d.Attachments...)
	}
	for _, r := range c.Remarks {
		if r.Scan.SHA256 != "" {
			files = append(files, r.Scan)
		}
	}
	var there []string
	sums := convert(files, func(a workflow.Attachment) string { return a.SHA256 })
	if err := tx.Model(&attachmentRow{}).Where("sha256 IN ?", sums).Pluck("sha256", &there).Error; err != nil {
		return fmt.Errorf("store: files of %s: %w", c.Issue.ID, err)
	}
	held := map[string]bool{}
	for _, sum := range there {
		held[sum] = true
	}
	for _, a := range files {
		if !held[a.SHA256] {
			held[a.SHA256] = true // told once
			c.Missing = append(c.Missing, a.Name)
		}
	}
	return nil
}

// namedFiles are the files that an issue itself names: attachments, pictures,
// and the scans of what was signed on paper.
func namedFiles(i workflow.Issue) (all []workflow.Attachment) {
	all = append(append(all, i.Attachments...), i.Pictures...)
	for _, d := range i.Decisions {
		if d.Paper != nil {
			all = append(all, d.Paper.Scan)
		}
	}
	return all
}
