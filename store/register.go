package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
)

type registerRow struct {
	ID     uuid.UUID
	Series uuid.UUID
	Kind   string
	Year   int
	No     int
	Issue  uuid.UUID
	Title  string
	Date   string
	At     moment
	By     string
	Void   string
	Level  string
	Term   string
	Copies int
	Holder string
	Total  int
	Back   bool
	VoidBy string
	VoidAt moment
}

func (registerRow) TableName() string { return "register_line" }

func rowOfLine(l workflow.RegisterLine) registerRow {
	return registerRow{
		ID: newID(), Series: l.Series, Kind: string(l.Kind), Year: l.Year, No: l.No, Issue: l.Issue,
		Title: l.Title, Date: l.Date.String(), At: momentOf(l.At), By: l.By, Void: l.Void,
		Level: l.Paper.Level, Term: l.Paper.Term, Copies: l.Paper.Copies, Holder: l.Paper.Holder,
		Total: l.Total, Back: l.Back, VoidBy: l.VoidBy, VoidAt: momentOf(l.VoidAt),
	}
}

func (r registerRow) line() (workflow.RegisterLine, error) {
	date, err := dateOf(r.Date)
	if err != nil {
		return workflow.RegisterLine{}, fmt.Errorf("store: register line %s: %w", r.ID, err)
	}
	return workflow.RegisterLine{
		Number: workflow.Number{Kind: bulletin.Kind(r.Kind), Year: r.Year, No: r.No},
		Series: r.Series, Issue: r.Issue, Title: r.Title, Date: date, At: r.At.time(), By: r.By, Void: r.Void,
		Paper: workflow.Paper{Level: r.Level, Term: r.Term, Copies: r.Copies, Holder: r.Holder},
		Total: r.Total, Back: r.Back, VoidBy: r.VoidBy, VoidAt: r.VoidAt.time(),
	}, nil
}

// Register returns the number register of a series in the order of year, kind
// and number.
func (s *Store) Register(ctx context.Context, series uuid.UUID) (lines []workflow.RegisterLine, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		lines, err = registerOf(tx, series)
		return err
	})
	return lines, err
}

func registerOf(tx *gorm.DB, series uuid.UUID) ([]workflow.RegisterLine, error) {
	found, err := rows[registerRow](tx.Where("series = ?", series).Order("year, kind, no"))
	if err != nil {
		return nil, err
	}
	lines := make([]workflow.RegisterLine, len(found))
	for n, row := range found {
		if lines[n], err = row.line(); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// AddRegisterLine enters a number that was given elsewhere, a back issue. It
// fails with fault.Conflict if the register has the number, and with
// fault.NotFound if there is no such series.
func (s *Store) AddRegisterLine(ctx context.Context, line workflow.RegisterLine) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if _, err := seriesByID(s.locking(tx, seriesLock), line.Series); err != nil {
			return err
		}
		return add(tx, rowOfLine(line))
	})
}

// Enter writes what decide makes of a series and its register, which are locked
// meanwhile; see [workflow.Books].
func (s *Store) Enter(ctx context.Context, series uuid.UUID, decide func(workflow.Series, []workflow.RegisterLine) (workflow.Change, error)) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		of, err := seriesByID(s.locking(tx, seriesLock), series)
		if err != nil {
			return err
		}
		register, err := registerOf(tx, series)
		if err != nil {
			return err
		}
		change, err := decide(of, register)
		if err != nil {
			return err
		}
		return enter(tx, change)
	})
}

// enter writes a line of the register, with its issue if it has one. Where the
// line is there and has none, the issue takes it.
func enter(tx *gorm.DB, change workflow.Change) error {
	line := *change.Given
	if err := storable(line.Title, line.Void, line.Paper.Term, line.Paper.Holder); err != nil {
		return err
	}
	if change.Issue.ID == uuid.Nil {
		return add(tx, rowOfLine(line))
	}
	there := tx.Where("series = ? AND kind = ? AND year = ? AND no = ? AND issue = ?", line.Series, string(line.Kind), line.Year, line.No, uuid.Nil)
	if err := there.Delete(&registerRow{}).Error; err != nil {
		return fmt.Errorf("store: enter number %+v: %w", line.Number, err)
	}
	return open(tx, change)
}

// redate makes the line of an issue's number say what the issue bears now.
func redate(tx *gorm.DB, line workflow.RegisterLine) error {
	done := tx.Model(&registerRow{}).
		Where("series = ? AND kind = ? AND year = ? AND no = ? AND issue = ?", line.Series, string(line.Kind), line.Year, line.No, line.Issue).
		Updates(map[string]any{"date": line.Date.String(), "title": line.Title})
	if done.Error != nil {
		return fmt.Errorf("store: redate the number of %s: %w", line.Issue, done.Error)
	}
	if done.RowsAffected != 1 {
		return fault.New(fault.Conflict, changedSince.With())
	}
	return nil
}

// voidNumber enters why an issue's number stands for nothing, and who says so.
// The line is that of the number: a correction has it from what it corrects.
func voidNumber(tx *gorm.DB, issue workflow.Issue, why string, event workflow.Event) error {
	done := tx.Model(&registerRow{}).
		Where("series = ? AND kind = ? AND year = ? AND no = ? AND void = ''", issue.Series, string(issue.Number.Kind), issue.Number.Year, issue.Number.No).
		Updates(map[string]any{"void": why, "void_by": event.Name, "void_at": momentOf(event.At)})
	if done.Error != nil {
		return fmt.Errorf("store: void the number of %s: %w", issue.ID, done.Error)
	}
	if done.RowsAffected != 1 {
		return fault.New(fault.Conflict, changedSince.With())
	}
	return nil
}
