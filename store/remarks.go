package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/remarks"
)

var _ remarks.Books = (*Store)(nil)

// A remarkRow has in columns what is searched for; Body is the whole remark.
type remarkRow struct {
	ID       uuid.UUID
	Series   uuid.UUID
	Issue    uuid.UUID
	State    string
	SlipYear int
	SlipNo   int    // 0: not given to units yet
	Due      string // 2006-01-02, or ''
	Entered  moment
	Version  int
	Look     moment         // when something is to be told of it; 0 is not until it changes
	Body     remarks.Remark `gorm:"serializer:json"`
}

func (remarkRow) TableName() string { return "remark" }

func rowOfRemark(r remarks.Remark) remarkRow {
	row := remarkRow{ID: r.ID, Series: r.Series, Issue: r.Issue, State: string(r.State), Entered: momentOf(r.Entered.At), Version: r.Version, Body: r}
	if r.Slip != nil {
		row.SlipYear, row.SlipNo, row.Due = r.Slip.Year, r.Slip.No, r.Slip.Due.String()
	}
	return row
}

func (r remarkRow) remark() remarks.Remark { return r.Body }

type remarkLineRow struct {
	ID     uuid.UUID
	Remark uuid.UUID
	Seq    int
	At     moment
	Act    string
	Line   string // the line's JSON, as it was hashed
	Hash   string
}

func (remarkLineRow) TableName() string { return "remark_line" }

// ChangeRemark writes what decide makes of a remark; see
// [remarks.Books].
func (s *Store) ChangeRemark(ctx context.Context, of remarks.Remark, year int, numbers bool, decide func(remarks.Case) (remarks.Remark, remarks.Line, error), files ...[]byte) (next remarks.Remark, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		if next, err = s.changeRemark(tx, of, year, numbers, decide); err != nil {
			return err
		}
		for _, data := range files {
			if err := keep(tx, data); err != nil {
				return err
			}
		}
		return nil
	})
	return next, err
}

// ShowRemark writes what decide makes of a remark, with what rewrite makes of
// the issue that it is shown in; see [remarks.Books].
func (s *Store) ShowRemark(ctx context.Context, of remarks.Remark, in uuid.UUID, rewrite func(workflow.Case) (workflow.Change, error), decide func(remarks.Case) (remarks.Remark, remarks.Line, error)) (next remarks.Remark, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		if err := s.changeIssue(tx, in, false, rewrite); err != nil {
			return err
		}
		next, err = s.changeRemark(tx, of, 0, false, decide)
		return err
	})
	return next, err
}

// changeRemark is ChangeRemark within a transaction, without files.
func (s *Store) changeRemark(tx *gorm.DB, of remarks.Remark, year int, numbers bool, decide func(remarks.Case) (remarks.Remark, remarks.Line, error)) (remarks.Remark, error) {
	c, err := s.remarkCase(tx, of, year, numbers)
	if err != nil {
		return remarks.Remark{}, err
	}
	next, line, err := decide(c)
	if err != nil {
		return next, err
	}
	return next, writeRemark(tx, c.Remark.Version, next, line)
}

// remarkCase locks a remark and reads what a decision about it looks at.
func (s *Store) remarkCase(tx *gorm.DB, of remarks.Remark, year int, numbers bool) (c remarks.Case, err error) {
	c.Remark = of
	if of.Version > 0 {
		row, err := first[remarkRow](s.locking(tx, issueLock).Where("id = ?", of.ID))
		if err != nil {
			return c, err
		}
		c.Remark = row.remark()
	}
	query := tx
	if numbers {
		query = s.locking(tx, seriesLock)
	}
	if c.Series, err = seriesByID(query, c.Remark.Series); err != nil {
		return c, err
	}
	timetable, _, _, err := audience(tx, c.Series.ID, nil)
	if err != nil {
		return c, err
	}
	years, err := yearsOf(tx)
	if err != nil {
		return c, err
	}
	c.Calendar = timetable.Calendar(c.Series, years)
	err = tx.Model(&remarkRow{}).Where("series = ? AND slip_year = ?", c.Series.ID, year).Select("COALESCE(MAX(slip_no), 0)").Scan(&c.LastSlip).Error
	if err != nil {
		return c, fmt.Errorf("store: slips: %w", err)
	}
	return c, nil
}

func writeRemark(tx *gorm.DB, before int, next remarks.Remark, line remarks.Line) error {
	if err := takeMail(tx, next, line); err != nil {
		return err
	}
	if err := storable(next.Leader, next.Role, next.Text, line.Note); err != nil {
		return err
	}
	row := rowOfRemark(next)
	row.Look = momentOf(line.At)
	var err error
	if before == 0 {
		err = add(tx, row)
	} else {
		err = replace(tx, &row, next.ID, before)
	}
	if err != nil {
		return err
	}
	if err := keepRemarkers(tx, next.Issue); err != nil {
		return err
	}
	return addRemarkLine(tx, line)
}

func addRemarkLine(tx *gorm.DB, line remarks.Line) error {
	raw, err := json.Marshal(line)
	if err != nil {
		return fmt.Errorf("store: remark line %s: %w", line.ID, err)
	}
	return add(tx, remarkLineRow{ID: line.ID, Remark: line.Remark, Seq: line.Seq, At: momentOf(line.At), Act: string(line.Act), Line: string(raw), Hash: line.Hash})
}

// takeMail takes the mail that a remark was entered from out of the tray. It
// fails with fault.Conflict if somebody else did.
func takeMail(tx *gorm.DB, r remarks.Remark, line remarks.Line) error {
	if line.Act != remarks.Enter || r.Mail == uuid.Nil {
		return nil
	}
	done := tx.Model(&incomingRow{}).Where("id = ? AND handled = 0", r.Mail).
		Updates(map[string]any{"handled": momentOf(line.At), "handled_by": line.Name})
	if done.Error == nil && done.RowsAffected == 0 {
		return fault.New(fault.Conflict, changedSince.With())
	}
	return done.Error
}

// Remark returns a remark with its history, or fault.NotFound.
func (s *Store) Remark(ctx context.Context, id uuid.UUID) (r remarks.Remark, lines []remarks.Line, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[remarkRow](tx.Where("id = ?", id))
		if err != nil {
			return err
		}
		r = row.remark()
		found, err := rows[remarkLineRow](tx.Where("remark = ?", id).Order("seq"))
		for _, f := range found {
			var line remarks.Line
			if err := json.Unmarshal([]byte(f.Line), &line); err != nil {
				return fmt.Errorf("store: remark line %s: %w", f.ID, err)
			}
			line.Hash = f.Hash
			lines = append(lines, line)
		}
		return err
	})
	return r, lines, err
}

// Remarks returns the remarks of a series that were entered in a time; see
// [remarks.Books].
func (s *Store) Remarks(ctx context.Context, series uuid.UUID, from, until time.Time) ([]remarks.Remark, error) {
	return s.remarks(ctx, "entered, id", "series = ? AND entered >= ? AND entered < ?", series, momentOf(from), momentOf(until))
}

// RemarksOf returns the remarks on an issue in the order of their entry.
func (s *Store) RemarksOf(ctx context.Context, issue uuid.UUID) ([]remarks.Remark, error) {
	return s.remarks(ctx, "entered, id", "issue = ?", issue)
}

func (s *Store) remarks(ctx context.Context, order, where string, args ...any) (all []remarks.Remark, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		found, err := rows[remarkRow](tx.Where(where, args...).Order(order))
		all = convert(found, remarkRow.remark)
		return err
	})
	return all, err
}
