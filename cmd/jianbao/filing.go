package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients/table"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/filing"
)

// filed is what becomes of issues that are done. What changes something is done
// in somebody's name, who proves it by the password, so that the two signatures
// of a destruction are two people's here as well.
type filed struct {
	Check    filingCheck    `cmd:"" help:"Say what is to be filed, by when, and what each file lacks."`
	File     filingFile     `cmd:"" help:"File an issue, or all of a year whose files lack nothing."`
	List     filingList     `cmd:"" help:"Write the filing list of a year."`
	Expired  filingExpired  `cmd:"" help:"Write what has expired and is to be appraised."`
	Propose  filingPropose  `cmd:"" help:"Propose the destruction of what has expired, as a list."`
	Decide   filingDecide   `cmd:"" help:"Approve or refuse a destruction list that somebody else proposed."`
	Destroy  filingDestroy  `cmd:"" help:"Carry out an approved list: its content is gone then."`
	Register filingRegister `cmd:"" help:"Write the destruction register."`
}

// A signedBy says who acts, and proves it.
type signedBy struct {
	As           string `required:"" placeholder:"LOGIN" help:"Who does it."`
	PasswordFile string `required:"" placeholder:"FILE" help:"File whose first line is the person's password."`
}

// actor signs the person in.
func (s signedBy) actor(ctx context.Context, o *office) (workflow.Actor, error) {
	raw, err := os.ReadFile(s.PasswordFile)
	if err != nil {
		return workflow.Actor{}, fault.New(fault.Usage, unitsNoFile.With(s.PasswordFile, fileTrouble(err)))
	}
	password, _, _ := strings.Cut(string(raw), "\n")
	person, err := o.signIn().SignIn(ctx, s.As, strings.TrimSuffix(password, "\r"))
	return workflow.Actor{Person: person}, err
}

// ofSeries are the flags of what is about one series.
type ofSeries struct {
	Series string `required:"" placeholder:"NAME" help:"The series, by its masthead or its id."`
}

// sheetOut is where a table goes.
type sheetOut struct {
	Out  string `short:"o" xor:"how" required:"" placeholder:"FILE" help:"Where to: a .xlsx, .csv or .pdf file."`
	JSON bool   `name:"json" xor:"how" required:"" help:"Print one JSON array of tables instead, for programs."`
}

func (w sheetOut) write(c *console, t table.Table) error {
	form := strings.TrimPrefix(strings.ToLower(filepath.Ext(w.Out)), ".")
	if _, known := registerForms[form]; !known && !w.JSON {
		return fault.New(fault.Usage, registerForm.With(w.Out))
	}
	if w.JSON {
		return printTables(c.Out, []table.Table{t})
	}
	var file bytes.Buffer
	if err := registerForms[form](&file, []table.Table{t}, c.Lang); err != nil {
		return err
	}
	if err := os.WriteFile(w.Out, file.Bytes(), 0o600); err != nil {
		return fault.New(fault.Usage, unitsNoFile.With(w.Out, fileTrouble(err)))
	}
	c.line(filingWritten.With(len(t.Rows), w.Out))
	return nil
}

var (
	filingWritten = fault.Say("cmd.filing.written", "共%d行，写入%s", "%d lines, written to %s")
	filingWhole   = fault.Say("cmd.filing.whole", "%s  %s 前归档  齐全完整  %s", "%s  by %s  complete  %s")
	filingLacks   = fault.Say("cmd.filing.lacks", "%s  %s 前归档  缺%d项  %s", "%s  by %s  %d gaps  %s")
	filingGap     = fault.Say("cmd.filing.gap", "    · %s", "    · %s")
	filingFatal   = fault.Say("cmd.filing.fatal", "    ! %s（须先解决）", "    ! %s (must be settled first)")
	filingNothing = fault.Say("cmd.filing.nothing", "没有待归档的", "nothing is to be filed")
	filingDone    = fault.Say("cmd.filing.done", "%s：%d年度第%d件，保管期限%s", "%s: item %[3]d of %[2]d, kept %[4]s")
	filingLeft    = fault.Say("cmd.filing.left", "%s没有归档：", "%s was not filed:")
	filingWhich   = fault.Say("cmd.filing.which", "请写明一期的编号，或者用 --year 和 --series 归档一年里齐全的", "name an issue, or file all of a year that is complete with --year and --series")
	filingListed  = fault.Say("cmd.filing.listed", "销毁清册%s（%s）：%s", "destruction list %s (%s): %s")
	filingNoList  = fault.Say("cmd.filing.no-list", "没有这份销毁清册：%s（jianbao filing register 列出全部）", "there is no destruction list %s (jianbao filing register has them all)")
)

// withSeries calls do with the office and the series.
func withSeries(ctx context.Context, d database, name string, do func(*office, workflow.Series) error) error {
	return withOffice(ctx, d, func(o *office) error {
		found, err := lookUp(ctx, o.store, name)
		if err != nil {
			return err
		}
		return do(o, found.settings.Series)
	})
}

type filingCheck struct {
	database
	ofSeries
	Year int  `placeholder:"YEAR" help:"Of this year alone; of all years with something to file if it is left out."`
	JSON bool `name:"json" help:"Print one JSON array."`
}

// An uncheckedFile is an issue to be filed as --json prints one.
type uncheckedFile struct {
	ID       uuid.UUID `json:"id"`
	Number   string    `json:"number"`
	Date     string    `json:"date"`
	Deadline string    `json:"deadline"`
	Late     bool      `json:"late"`
	Class    string    `json:"class"` // that it is proposed for
	Gaps     []gapJSON `json:"gaps"`
}

type gapJSON struct {
	Says  string `json:"says"`
	Fatal bool   `json:"fatal"` // no reason excuses it
}

// Run looks into the file of every issue that is to be filed.
func (f *filingCheck) Run(ctx context.Context, c *console) error {
	return withSeries(ctx, f.database, f.Series, func(o *office, s workflow.Series) error {
		open, err := toFile(ctx, o, s, f.Year)
		if err != nil {
			return err
		}
		all := []uncheckedFile{}
		today := calendar.DayOf(time.Now().In(s.Location()))
		for _, file := range open {
			all = append(all, uncheckedOf(file, today, c.Lang))
			if !f.JSON {
				printGaps(c, file)
			}
		}
		if f.JSON {
			return printJSON(c.Out, all)
		}
		if len(open) == 0 {
			c.line(filingNothing.With())
		}
		return nil
	})
}

// toFile returns the issues of a year, or of all, that are not filed.
func toFile(ctx context.Context, o *office, s workflow.Series, year int) (open []filing.Contents, err error) {
	years, err := o.store.FilingYears(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	for y := range years {
		if year != 0 && y != year {
			continue
		}
		all, err := o.store.FilesOfYear(ctx, s.ID, y)
		if err != nil {
			return nil, err
		}
		for _, file := range all {
			if file.Item == nil {
				open = append(open, file)
			}
		}
	}
	return open, nil
}

func uncheckedOf(c filing.Contents, today calendar.Day, lang fault.Lang) uncheckedFile {
	year := c.Issue.Date.Year
	u := uncheckedFile{ID: c.Issue.ID, Number: issueNumber.With(c.Issue.Number.Year, c.Issue.Number.No).In(lang), Date: c.Issue.Date.String(),
		Deadline: c.Rule.Deadline(year).String(), Late: c.Rule.Late(year, today), Class: string(c.Proposed()), Gaps: []gapJSON{}}
	for _, g := range c.Gaps("") {
		u.Gaps = append(u.Gaps, gapJSON{g.Says.In(lang), g.Fatal})
	}
	return u
}

func printGaps(c *console, file filing.Contents) {
	number := issueNumber.With(file.Issue.Number.Year, file.Issue.Number.No)
	deadline, gaps := file.Rule.Deadline(file.Issue.Date.Year).String(), file.Gaps("")
	if len(gaps) == 0 {
		c.line(filingWhole.With(number, deadline, file.Issue.ID.String()))
		return
	}
	c.line(filingLacks.With(number, deadline, len(gaps), file.Issue.ID.String()))
	for _, g := range gaps {
		if g.Fatal {
			c.line(filingFatal.With(g.Says))
		} else {
			c.line(filingGap.With(g.Says))
		}
	}
}

type filingList struct {
	database
	ofSeries
	sheetOut
	Year int `required:"" placeholder:"YEAR" help:"Which year."`
}

// Run writes the filing list.
func (f *filingList) Run(ctx context.Context, c *console) error {
	return withSeries(ctx, f.database, f.Series, func(o *office, s workflow.Series) error {
		kept, err := o.store.FiledItems(ctx, s.ID)
		if err != nil {
			return err
		}
		var items []filing.Item
		for _, k := range kept {
			items = append(items, k.Item)
		}
		return f.write(c, filing.List(s, f.Year, items, c.Lang))
	})
}

type filingExpired struct {
	database
	ofSeries
	sheetOut
}

// Run writes what has expired.
func (f *filingExpired) Run(ctx context.Context, c *console) error {
	return withSeries(ctx, f.database, f.Series, func(o *office, s workflow.Series) error {
		kept, err := o.store.FiledItems(ctx, s.ID)
		if err != nil {
			return err
		}
		return f.write(c, filing.Expired(kept, o.filingDesk().Today(s), c.Lang))
	})
}

type filingRegister struct {
	database
	ofSeries
	sheetOut
}

// Run writes the destruction register.
func (f *filingRegister) Run(ctx context.Context, c *console) error {
	return withSeries(ctx, f.database, f.Series, func(o *office, s workflow.Series) error {
		lists, err := o.store.Destructions(ctx, s.ID)
		if err != nil {
			return err
		}
		return f.write(c, filing.Register(s, lists, c.Lang))
	})
}

// printFiled says where an item stands.
func printFiled(c *console, i filing.Item) {
	c.line(filingDone.With(i.Document, i.Year, i.No, i.Class.Title()))
}

func (l filedList) print(c *console) {
	c.line(filingListed.With(l.Name(), l.ID.String(), l.State.Title()))
}

// A filedList is a destruction list, for the commands that change one.
type filedList struct{ filing.Destruction }
