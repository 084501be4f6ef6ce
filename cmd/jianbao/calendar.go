package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/sheets"
	"jianbao/workflow/calendar"
	"jianbao/workflow/calendar/ics"
)

// holidayTable is what is done about the tables of public holidays, which
// deadlines are counted by.
type holidayTable struct {
	Show   calendarShow   `cmd:"" help:"Print the table of a year."`
	Import calendarImport `cmd:"" help:"Read the table of a year: the notice of the State Council, .ics, .csv, .xlsx. Shows what would change; --yes takes it over."`
	Export calendarExport `cmd:"" help:"Write the table of a year to a file (.ics, .csv, .xlsx, .txt)."`
	Set    calendarSet    `cmd:"" help:"Change one day."`
	Reset  calendarReset  `cmd:"" help:"Take the office's own table of a year away; the built-in one holds again."`
}

var (
	calendarNone    = fault.Say("cmd.calendar.none", "%d年的放假安排尚未录入", "the public holidays of %d are not entered")
	calendarBuiltin = fault.Say("cmd.calendar.builtin", "内置", "built in")
	calendarOwn     = fault.Say("cmd.calendar.own", "本单位录入，第%d版", "the office's own, version %d")
	calendarSame    = fault.Say("cmd.calendar.same", "与现在的安排逐日相同", "every day is as it is now")
	calendarSeen    = fault.Say("cmd.calendar.seen", "只是预览，%d天会改动；加 --yes 存入", "only looked at: %d days would change; --yes takes it over")
	calendarTaken   = fault.Say("cmd.calendar.taken", "已存入%d年放假安排，改动%d天", "took over the table of %d; %d days changed")
	calendarDropped = fault.Say("cmd.calendar.reset", "已删去本单位录入的%d年放假安排", "removed the office's own table of %d")
	calendarNoOwn   = fault.Say("cmd.calendar.no-own", "本单位没有录入%d年的放假安排", "the office has no table of its own of %d")
	calendarBadFile = fault.Say("cmd.calendar.bad-file", "文件名要以 .ics、.csv、.xlsx 或 .txt 结尾：%s", "the file's name must end in .ics, .csv, .xlsx or .txt: %s")
	calendarBadDay  = fault.Say("cmd.calendar.bad-day", "日期应写成2026-10-08：%q", "a day is written 2026-10-08: %q")
	calendarBy      = fault.Say("cmd.calendar.by", "命令行", "command line")
)

// knownYear returns the table of a year that holds, and whether there is one.
func (d database) knownYear(ctx context.Context, o *office, year int) (calendar.Year, bool, error) {
	own, err := o.store.Years(ctx)
	y, there := calendar.YearOf(calendar.Known(own...), year)
	return y, there, err
}

// changeYear writes a change of a year's table that was made here.
func changeYear(ctx context.Context, o *office, year int, reason string, table *calendar.Year, version int) error {
	return o.store.ChangeYear(ctx, calendar.Change{
		ID: o.desk.NewID(), At: time.Now(), By: uuid.Nil, ByName: calendarBy.ZH, Reason: reason, Year: year, Table: table, Version: version,
	})
}

type calendarShow struct {
	database
	Year int  `arg:"" help:"The year."`
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Run prints the table as it is read, and where it comes from.
func (s *calendarShow) Run(ctx context.Context, c *console) error {
	return withOffice(ctx, s.database, func(o *office) error {
		y, there, err := s.knownYear(ctx, o, s.Year)
		switch {
		case err != nil:
			return err
		case !there:
			return fault.New(fault.NotFound, calendarNone.With(s.Year))
		case s.JSON:
			return printJSON(c.Out, map[string]any{"year": y.Year, "source": y.Source, "version": y.Version, "days": y.Days})
		case y.Version > 0:
			fmt.Fprintln(c.Err, calendarOwn.With(y.Version).In(c.Lang))
		default:
			fmt.Fprintln(c.Err, calendarBuiltin.With().In(c.Lang))
		}
		_, err = io.WriteString(c.Out, y.Form())
		return err
	})
}

type calendarImport struct {
	spoken
	database
	File   string `arg:"" help:"The file; - is the standard input."`
	Year   int    `required:"" placeholder:"YEAR" help:"The year that the table is of."`
	Reason string `placeholder:"WORDS" help:"Why; the source that the file names, if there is one, otherwise needed with --yes."`
	Yes    bool   `help:"Take the table over."`

	in io.Reader // the standard input, where a test has another one
}

func (i *calendarImport) read() ([]byte, error) {
	if i.File != "-" {
		return os.ReadFile(i.File)
	}
	if i.in == nil {
		i.in = os.Stdin
	}
	return io.ReadAll(io.LimitReader(i.in, sheets.MaxFile+1))
}

// Run shows what the table would change, and takes it over if it is to.
func (i *calendarImport) Run(ctx context.Context, c *console) error {
	data, err := i.read()
	if err != nil {
		return fault.New(fault.Usage, noFile.With(i.File, fileTrouble(err)))
	}
	y, err := calendar.Import(i.Year, data, sheets.Read)
	if err != nil {
		return err
	}
	return withOffice(ctx, i.database, func(o *office) error {
		before, _, err := i.knownYear(ctx, o, i.Year)
		if err != nil {
			return err
		}
		all := calendar.Compare(before, y)
		for _, d := range all {
			c.line(d.Say())
		}
		if len(all) == 0 {
			c.line(calendarSame.With())
		}
		if !i.Yes {
			c.line(calendarSeen.With(len(all)))
			return nil
		}
		if i.Reason == "" {
			i.Reason = y.Source
		}
		if err := changeYear(ctx, o, i.Year, i.Reason, &y, before.Version); err != nil {
			return err
		}
		c.line(calendarTaken.With(i.Year, len(all)))
		return nil
	})
}

type calendarExport struct {
	database
	Year int    `arg:"" help:"The year."`
	File string `arg:"" help:"The file; its name says what it is: .ics, .csv, .xlsx or .txt."`
}

// Run writes the file.
func (e *calendarExport) Run(ctx context.Context, c *console) error {
	return withOffice(ctx, e.database, func(o *office) error {
		y, there, err := e.knownYear(ctx, o, e.Year)
		if err == nil && !there {
			err = fault.New(fault.NotFound, calendarNone.With(e.Year))
		}
		if err != nil {
			return err
		}
		var out bytes.Buffer
		switch strings.ToLower(filepath.Ext(e.File)) {
		case ".ics":
			out.Write(ics.Write(y.Calendar()))
		case ".csv":
			err = sheets.WriteCSV(&out, y.Table())
		case ".xlsx":
			err = sheets.WriteXLSX(&out, y.Table())
		case ".txt":
			out.WriteString(y.Form())
		default:
			return fault.New(fault.Usage, calendarBadFile.With(e.File))
		}
		if err != nil {
			return err
		}
		return os.WriteFile(e.File, out.Bytes(), 0o644)
	})
}

type calendarSet struct {
	spoken
	database
	Day    string `arg:"" help:"The day, such as 2026-10-08."`
	Kind   string `arg:"" enum:"off,work,usual" help:"off, work (to make up for a day off), or usual (as its weekday)."`
	Name   string `placeholder:"HOLIDAY" help:"The holiday."`
	Reason string `required:"" placeholder:"WORDS" help:"Why."`
}

// Run changes the day.
func (s *calendarSet) Run(ctx context.Context, c *console) error {
	day, ok := calendar.ParseDay(s.Day)
	if !ok {
		return fault.New(fault.Usage, calendarBadDay.With(s.Day))
	}
	return withOffice(ctx, s.database, func(o *office) error {
		y, _, err := s.knownYear(ctx, o, day.Year)
		if err != nil {
			return err
		}
		var special *calendar.Special
		if s.Kind != "usual" {
			special = &calendar.Special{Day: day, Off: s.Kind == "off", Name: s.Name}
		}
		next := y.With(day, special)
		if err := changeYear(ctx, o, day.Year, s.Reason, &next, y.Version); err != nil {
			return err
		}
		for _, d := range calendar.Compare(y, next) {
			c.line(d.Say())
		}
		return nil
	})
}

type calendarReset struct {
	spoken
	database
	Year   int    `arg:"" help:"The year."`
	Reason string `required:"" placeholder:"WORDS" help:"Why."`
}

// Run takes the office's own table away.
func (r *calendarReset) Run(ctx context.Context, c *console) error {
	return withOffice(ctx, r.database, func(o *office) error {
		y, _, err := r.knownYear(ctx, o, r.Year)
		if err == nil && y.Version == 0 {
			err = fault.New(fault.NotFound, calendarNoOwn.With(r.Year))
		}
		if err == nil {
			err = changeYear(ctx, o, r.Year, r.Reason, nil, y.Version)
		}
		if err == nil {
			c.line(calendarDropped.With(r.Year))
		}
		return err
	})
}
