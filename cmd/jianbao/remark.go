package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients/table"
	"jianbao/sheets"
	"jianbao/store"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/remarks"
)

// remarkBook looks at leaders' remarks; what is done with them is done on the pages.
type remarkBook struct {
	List   remarkList   `cmd:"" help:"List the remarks of a series, by their entry."`
	Show   remarkShow   `cmd:"" help:"Print one remark with its history, and hold that against its hashes."`
	Export remarkExport `cmd:"" help:"Write the ledger of a month, its summary and the units, to a spreadsheet (.csv or .xlsx)."`
}

var (
	badRemarkID    = fault.Say("cmd.remark.bad-id", "批示的编号应如 jianbao remark list 所列：%s", "the id of a remark is as jianbao remark list has it: %s")
	remarkSound    = fault.Say("cmd.remark.sound", "共%d条，前后相接", "%d lines, which hang together")
	badRemarkMonth = fault.Say("cmd.remark.bad-month", "月份应如 2021-07：%s", "write the month as 2021-07: %s")
	remarksWritten = fault.Say("cmd.remark.written", "已写出%d条批示：%s", "wrote %d remarks to %s")
	remarkDueBy    = fault.Say("cmd.remark.due", "%s前", "by %s")
)

// A listedRemark is a remark as --json prints one. It is that of the API.
type listedRemark struct {
	ID      uuid.UUID `json:"id"`
	Issue   uuid.UUID `json:"issue"`
	Slip    string    `json:"slip,omitempty"`
	Leader  string    `json:"leader"`
	Role    string    `json:"role,omitempty"`
	Text    string    `json:"text"`
	Date    string    `json:"date,omitempty"`
	Item    int       `json:"item,omitempty"`
	State   string    `json:"state"`
	Units   []string  `json:"units"`
	Due     string    `json:"due,omitempty"`
	Overdue bool      `json:"overdue"`
	Entered time.Time `json:"entered"`
}

func listedRemarkOf(r remarks.Remark, today calendar.Day) listedRemark {
	l := listedRemark{ID: r.ID, Issue: r.Issue, Leader: r.Leader, Role: r.Role, Text: r.Text, Date: remarks.ShortDate(r.Date), Item: r.Item,
		State: string(r.State), Units: []string{}, Overdue: r.Overdue(today), Entered: r.Entered.At}
	if r.Slip != nil {
		l.Slip, l.Due = r.Slip.Number().In(fault.ZH), r.Slip.Due.String()
		for _, u := range r.Slip.Units {
			l.Units = append(l.Units, u.Name)
		}
	}
	return l
}

// remarksIn is a command that looks at the remarks of a series.
type remarksIn struct {
	database
	Series string `arg:"" help:"The series: its masthead, or its id as jianbao series list has it."`
}

// read returns the series, its remarks, and its day.
func (in remarksIn) read(ctx context.Context, books *store.Store) (s workflow.Series, all []remarks.Remark, today calendar.Day, err error) {
	found, err := lookUp(ctx, books, in.Series)
	if err != nil {
		return s, nil, today, err
	}
	s = found.settings.Series
	all, err = books.Remarks(ctx, s.ID, time.Time{}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC))
	return s, all, calendar.DayOf(time.Now().In(s.Location())), err
}

type remarkList struct {
	remarksIn
	Open bool `help:"Only those of which something is to be done still."`
	JSON bool `name:"json" help:"Print one JSON array."`
}

// Run lists the remarks.
func (l *remarkList) Run(ctx context.Context, c *console) error {
	return withBooks(ctx, l.database, func(books *store.Store) error {
		_, all, today, err := l.read(ctx, books)
		if err != nil {
			return err
		}
		shown := []listedRemark{}
		for _, r := range all {
			if l.Open && !r.Open() {
				continue
			}
			one := listedRemarkOf(r, today)
			shown = append(shown, one)
			if !l.JSON {
				one.print(c, r)
			}
		}
		if l.JSON {
			return printJSON(c.Out, shown)
		}
		return nil
	})
}

func (l listedRemark) print(c *console, r remarks.Remark) {
	due := ""
	if l.Due != "" && r.Open() {
		due = remarkDueBy.With(l.Due).In(c.Lang)
	}
	fmt.Fprintf(c.Out, "%s  %s  %s  %s  %s  %s\n", l.ID, pad(l.Slip, 12), pad(r.State.Title().In(c.Lang), 8), pad(due, 12), pad(l.Leader, 8), strings.ReplaceAll(l.Text, "\n", " "))
}

type remarkShow struct {
	database
	ID   string `arg:"" help:"The remark, as jianbao remark list has it."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// A shownRemark is a remark with its history.
type shownRemark struct {
	listedRemark
	History []remarkStep `json:"history"`
}

// A remarkStep is a line of the history.
type remarkStep struct {
	At   time.Time `json:"at"`
	Who  string    `json:"who"`
	Act  string    `json:"act"`
	To   string    `json:"to"`
	Note string    `json:"note,omitempty"`
}

// Run prints a remark, and fails if its history is not the one that was written.
func (r *remarkShow) Run(ctx context.Context, c *console) error {
	id, err := uuid.Parse(r.ID)
	if err != nil {
		return fault.New(fault.Usage, badRemarkID.With(r.ID))
	}
	return withBooks(ctx, r.database, func(books *store.Store) error {
		found, lines, err := books.Remark(ctx, id)
		if err != nil {
			return err
		}
		s, err := books.Series(ctx, found.Series)
		if err != nil {
			return err
		}
		shown := shownRemark{listedRemarkOf(found, calendar.DayOf(time.Now().In(s.Location()))), []remarkStep{}}
		for _, l := range lines {
			shown.History = append(shown.History, remarkStep{l.At.In(s.Location()), l.Name, string(l.Act), string(l.To), l.Note})
		}
		if r.JSON {
			err = printJSON(c.Out, shown)
		} else {
			shown.print(c, found)
			for n, step := range shown.History {
				fmt.Fprintf(c.Out, "%s  %s  %s  %s\n", step.At.Format(time.DateTime), pad(step.Who, 8), pad(lines[n].Act.Title().In(c.Lang), 10), step.Note)
			}
		}
		if err == nil {
			err = remarks.Verify(found, lines)
		}
		if err == nil {
			c.warn(remarkSound.With(len(lines)))
		}
		return err
	})
}

type remarkExport struct {
	spoken
	remarksIn
	Month string `placeholder:"2021-07" help:"The month; without it the whole ledger."`
	Out   string `short:"o" required:"" placeholder:"FILE" help:"Where to write: .xlsx, or .csv for the ledger alone."`
}

// Run writes the spreadsheet.
func (x *remarkExport) Run(ctx context.Context, c *console) error {
	return withBooks(ctx, x.database, func(books *store.Store) error {
		s, all, today, err := x.read(ctx, books)
		if err != nil {
			return err
		}
		tables, err := x.tables(ctx, books, s, all, today)
		if err != nil {
			return err
		}
		if err := writeSheets(x.Out, tables); err != nil {
			return err
		}
		c.line(remarksWritten.With(len(tables[len(tables)-1].Rows), x.Out))
		return nil
	})
}

// tables are the sheets of the file, the ledger last.
func (x *remarkExport) tables(ctx context.Context, books *store.Store, s workflow.Series, all []remarks.Remark, today calendar.Day) ([]table.Table, error) {
	summaries, err := books.Summaries(ctx, []uuid.UUID{s.ID}, 100_000)
	if err != nil {
		return nil, err
	}
	names := map[uuid.UUID]string{}
	for _, i := range summaries {
		names[i.ID] = issueNumber.With(i.Number.Year, i.Number.No).In(fault.ZH)
	}
	named := func(id uuid.UUID) string { return names[id] }
	if x.Month == "" {
		return []table.Table{remarks.ByUnit(s, all, today), remarks.Ledger(s, all, named, today)}, nil
	}
	month, err := time.Parse("2006-01", x.Month)
	if err != nil {
		return nil, fault.New(fault.Usage, badRemarkMonth.With(x.Month))
	}
	return remarks.Monthly(s, month.Year(), month.Month(), all, named, today), nil
}

// writeSheets writes tables to a file by the end of its name: all of them, or as
// CSV the last one.
func writeSheets(path string, tables []table.Table) (err error) {
	var file bytes.Buffer
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		err = sheets.WriteCSV(&file, tables[len(tables)-1])
	case ".xlsx":
		err = sheets.WriteXLSX(&file, tables...)
	default:
		return fault.New(fault.Usage, unitsBadFile.With(path))
	}
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		return fault.New(fault.Usage, unitsNoFile.With(path, fileTrouble(err)))
	}
	return nil
}
