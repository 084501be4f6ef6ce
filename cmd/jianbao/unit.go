package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients/exchange"
	"jianbao/recipients/keeping"
	"jianbao/sheets"
	"jianbao/store"
)

// unit is what is done to the directory of units.
type unit struct {
	Import unitImport `cmd:"" help:"Read units from a spreadsheet: show what would change, then do all of it or nothing."`
	Export unitExport `cmd:"" help:"Write the units to a spreadsheet (.csv or .xlsx)."`
	List   unitList   `cmd:"" help:"List the units."`
	Show   unitShow   `cmd:"" help:"One unit: its names, its past, its collective entries."`
	Rename unitRename `cmd:"" help:"Give a unit another name from a day on; the old one is kept."`
	Merge  unitMerge  `cmd:"" help:"Merge units into a new one, or into one that is there."`
	Split  unitSplit  `cmd:"" help:"Make several units of one, or take some out of it."`
	End    unitEnd    `cmd:"" help:"Close a unit for good, with none in its place."`
	Roster unitRoster `cmd:"" help:"Collective entries: list, make or change, drop."`
}

// unitImport reads units from a spreadsheet.
type unitImport struct {
	database
	File   string `arg:"" help:"The spreadsheet, CSV (UTF-8 or GB18030) or XLSX; - is the standard input."`
	DryRun bool   `help:"Only show what would change."`
	JSON   bool   `name:"json" help:"Print one JSON object, for programs."`
	Zone   zone   `default:"Asia/Shanghai" placeholder:"ZONE" help:"Time zone in which days begin."`

	in io.Reader // the standard input, where a test has another one
}

var (
	unitsImported = fault.Say("cmd.unit.imported", "已导入：新增%d家，改动%d家，%d家不变", "imported: %d added, %d changed, %d as before")
	importing     = fault.Say("cmd.unit.importing", "导入", "importing")
	byFile        = fault.Say("cmd.unit.by-file", "按文件“%s”导入", "read in from the file “%s”")
	unitsOnlySeen = fault.Say("cmd.unit.only-seen", "只是预览，没有导入：会新增%d家，改动%d家，%d家不变", "only looked at, nothing imported: %d would be added, %d changed, %d stay")
	unitsWritten  = fault.Say("cmd.unit.written", "已写出%d家单位：%s", "wrote %d units to %s")
	unitsBadFile  = fault.Say("cmd.unit.bad-file", "文件名要以 .csv 或 .xlsx 结尾：%s", "the file's name must end in .csv or .xlsx: %s")
	unitsNoFile   = fault.Say("cmd.unit.no-file", "文件%s写不了：%s", "the file %s cannot be written: %s")
)

// Run shows what the sheet would change, and does it unless there are errors or
// it is to be a dry run.
func (u *unitImport) Run(ctx context.Context, c *console) error {
	data, err := u.read()
	if err != nil {
		return fault.New(fault.Usage, noFile.With(u.File, fileTrouble(err)))
	}
	sheet, err := sheets.ReadAll(data)
	if err != nil {
		return err
	}
	books, err := u.open(ctx)
	if err != nil {
		return err
	}
	defer books.Close()
	dir, err := books.Directory(ctx, uuid.Nil)
	if err != nil {
		return err
	}
	options := exchange.Options{Zone: u.Zone.location(), NewID: newID}
	preview := exchange.Read(dir, sheet, options)
	failed := preview.Err()
	if failed == nil && !u.DryRun {
		ended := c.busy(importing.With())
		_, failed = books.ChangeUnits(ctx, keeping.Noted(exchange.Decide(sheet, options, preview.Digest), byFile.With(filepath.Base(u.File)), hand(u.Zone)))
		ended()
	}
	if err := u.show(c, preview, failed == nil && !u.DryRun); err != nil {
		return err
	}
	return failed
}

// read returns the bytes of the file, at most one more than sheets takes.
func (u *unitImport) read() ([]byte, error) {
	from := parse{File: u.File, in: u.in}
	if u.File == "-" {
		return from.read()
	}
	file, err := os.Open(u.File)
	if err != nil {
		return nil, errors.Unwrap(err) // the name is said already
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, sheets.MaxFile+1))
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// hand is that of whoever runs a command, whom nobody knows by name.
func hand(z zone) keeping.Hand {
	return keeping.Hand{Now: time.Now(), NewID: newID, Zone: z.location()}
}

// open opens the data that are there, or makes them.
func (d database) open(ctx context.Context) (*store.Store, error) {
	url, err := d.url()
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, url)
}

// unitExport writes the units to a spreadsheet.
type unitExport struct {
	spoken
	database
	Out  string `short:"o" required:"" placeholder:"FILE" help:"Where to: a .csv or .xlsx file."`
	Zone zone   `default:"Asia/Shanghai" placeholder:"ZONE" help:"Time zone in which days begin."`
}

// Run writes the file.
func (u *unitExport) Run(ctx context.Context, c *console) error {
	books, err := u.open(ctx)
	if err != nil {
		return err
	}
	defer books.Close()
	dir, err := books.Directory(ctx, uuid.Nil)
	if err != nil {
		return err
	}
	units := exchange.Write(dir, u.Zone.location())
	var file bytes.Buffer
	switch strings.ToLower(filepath.Ext(u.Out)) {
	case ".csv":
		err = sheets.WriteCSV(&file, exchange.WriteOne(dir, u.Zone.location()))
	case ".xlsx":
		err = sheets.WriteXLSX(&file, units...)
	default:
		return fault.New(fault.Usage, unitsBadFile.With(u.Out))
	}
	if err != nil {
		return err
	}
	if err := os.WriteFile(u.Out, file.Bytes(), 0o600); err != nil {
		return fault.New(fault.Usage, unitsNoFile.With(u.Out, fileTrouble(err)))
	}
	c.line(unitsWritten.With(len(units[0].Rows), u.Out))
	return nil
}

// unitList lists the units.
type unitList struct {
	database
	All  bool `help:"Also those that have ended."`
	JSON bool `name:"json" help:"Print one JSON array, for programs."`
}

// Run prints the units by name.
func (u *unitList) Run(ctx context.Context, c *console) error {
	books, err := u.open(ctx)
	if err != nil {
		return err
	}
	defer books.Close()
	units, err := books.Units(ctx)
	if err != nil {
		return err
	}
	shown := []listedUnit{}
	for _, unit := range units {
		if u.All || unit.Stands(time.Now()) {
			shown = append(shown, listed(unit))
		}
	}
	if u.JSON {
		return printJSON(c.Out, shown)
	}
	for _, unit := range shown {
		unit.print(c)
	}
	return nil
}
