package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin/typeset"
	"jianbao/fault"
	"jianbao/store"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

// An actor is who does something by command, as the history has it.
type actor struct {
	By string `help:"Who does it." default:"admin" env:"USER" placeholder:"NAME"`
}

func (a actor) named() workflow.Named { return workflow.Named{Name: a.By} }

type seriesNew struct {
	database
	actor
	Masthead    string   `arg:"" help:"The masthead."`
	Organ       string   `required:"" placeholder:"NAME" help:"The organ that issues it."`
	Place       string   `placeholder:"NAME" help:"Where short names on its lists mean something."`
	Mailbox     string   `placeholder:"ADDRESS" help:"The address its letters come from."`
	Route       string   `enum:"short,full" default:"short" help:"short: edit, review; full: edit, review, countersign, sign-off, recheck."`
	Countersign []string `placeholder:"UNIT" help:"A unit that countersigns (with --route full), by its full name."`
	JSON        bool     `name:"json" help:"Print one JSON object."`
}

// Run makes the series.
func (n *seriesNew) Run(ctx context.Context, c *console) error {
	return withBooks(ctx, n.database, func(books *store.Store) error {
		directory, err := directoryOf(ctx, books)
		if err != nil {
			return err
		}
		now := time.Now()
		founding := setup.Founding{Masthead: n.Masthead, Organ: n.Organ, Place: n.Place, Mailbox: n.Mailbox, Route: n.Route, Countersign: n.Countersign}
		made, err := founding.Settings(directory, uuid.Must(uuid.NewV7()), now)
		if err != nil {
			return err
		}
		if err := books.AddSettings(ctx, made, n.named(), now); err != nil {
			return err
		}
		if n.JSON {
			return printJSON(c.Out, listedSeriesOf(made.Series, now))
		}
		c.line(seriesMade.With(made.Series.Masthead, made.Series.ID))
		warnOf(c, made.Doubts(directory.People))
		return nil
	})
}

type seriesSet struct {
	database
	actor
	Series string `arg:"" help:"The series, by its masthead or its id."`
	File   string `arg:"" help:"The settings, as show prints them, or some of them; - is the standard input."`
	Yes    bool   `short:"y" help:"Write without asking."`
	JSON   bool   `name:"json" help:"Print one JSON object, and do not ask."`

	in io.Reader // the standard input, where a test has another one
}

// Help is what --help says further.
func (seriesSet) Help() string {
	return "Without --yes it asks before it writes; with --json, or where the file is the standard input, it writes with --yes alone and otherwise only shows what differs.\n\nExample: jianbao series show 某某简报 > a.toml; edit a.toml; jianbao series set 某某简报 a.toml"
}

var (
	seriesAsk     = fault.Say("cmd.series.ask", "写入吗？(y/N) ", "Write it? (y/N) ")
	seriesNot     = fault.Say("cmd.series.not-written", "没有写入；不问就写请加 --yes", "not written; --yes writes without asking")
	seriesNoFile  = fault.Say("cmd.series.no-file", "读不到%s：%s", "%s cannot be read: %s")
	seriesChanged = fault.Say("cmd.series.changed", "刚才列出差别以后设置又被别人改过，没有写入", "somebody else changed the settings after the differences were shown; nothing was written")
)

// setSaid is what set --json prints.
type setSaid struct {
	ID          uuid.UUID `json:"id"`
	Differences []string  `json:"differences"`
	Doubts      []string  `json:"doubts"`
	Written     bool      `json:"written"`
}

// Run shows what the file would change, and does it if it is told to.
func (s *seriesSet) Run(ctx context.Context, c *console) error {
	text, err := s.text()
	if err != nil {
		return err
	}
	return withBooks(ctx, s.database, func(books *store.Store) error {
		of, err := lookUp(ctx, books, s.Series)
		if err != nil {
			return err
		}
		next, err := s.read(text, of, time.Now())
		if err != nil {
			return err
		}
		differ, doubts := setup.Differences(of.settings, next), next.Doubts(of.directory.People)
		if !s.JSON {
			showDifferences(c, of.settings.Series.Masthead, differ, doubts)
		}
		write := len(differ) > 0 && (s.Yes || s.asked(c))
		if write {
			if err := s.write(ctx, books, of, next); err != nil {
				return err
			}
		}
		return s.report(c, setSaid{of.settings.Series.ID, sentencesIn(differ, c.Lang), sentencesIn(doubts, c.Lang), write})
	})
}

// text returns what the file says.
func (s *seriesSet) text() (string, error) {
	if s.in == nil {
		s.in = os.Stdin
	}
	from := s.in
	if s.File != "-" {
		file, err := os.Open(s.File)
		if err != nil {
			return "", fault.New(fault.Usage, seriesNoFile.With(s.File, fileTrouble(err)))
		}
		defer file.Close()
		from = file
	}
	raw, err := io.ReadAll(io.LimitReader(from, 1<<20))
	if err != nil {
		return "", fault.New(fault.Usage, seriesNoFile.With(s.File, fileTrouble(err)))
	}
	return strings.TrimPrefix(string(raw), "\ufeff"), nil // editors of Windows begin files so
}

func (s *seriesSet) read(text string, of lookedUp, now time.Time) (setup.Settings, error) {
	sheet, err := setup.ReadText(text, setup.SheetOf(of.settings, of.directory))
	if err != nil {
		return of.settings, err
	}
	return sheet.Settings(of.settings, setup.Reading{Directory: of.directory, Layout: readableLayout, By: s.named(), At: now})
}

// readableLayout says what is wrong with an office's own layout.
func readableLayout(layout json.RawMessage) error {
	_, err := typeset.ReadTemplate(layout)
	return err
}

// write writes what was shown, and nothing if something else is set by now.
func (s *seriesSet) write(ctx context.Context, books *store.Store, of lookedUp, next setup.Settings) error {
	_, err := books.ChangeSettings(ctx, of.settings.Series.ID, s.named(), time.Now(), func(now setup.Settings) (setup.Settings, error) {
		if len(setup.Differences(of.settings, now)) > 0 {
			return now, fault.New(fault.Conflict, seriesChanged.With())
		}
		return next, nil
	})
	return err
}

// asked asks whether to write, if there is somebody to ask.
func (s *seriesSet) asked(c *console) bool {
	if s.JSON || s.File == "-" {
		return false
	}
	fmt.Fprint(c.Err, seriesAsk.With().In(c.Lang))
	line, _ := bufio.NewReader(s.in).ReadString('\n') // nobody there is a no
	fmt.Fprintln(c.Err)
	return slices.Contains([]string{"y", "yes", "是"}, strings.ToLower(strings.TrimSpace(line)))
}

// report says what was done. That somebody was asked and did not want it is an
// error; that nobody could be asked is not.
func (s *seriesSet) report(c *console, r setSaid) error {
	if s.JSON {
		return printJSON(c.Out, r)
	}
	switch {
	case r.Written:
		c.line(seriesWritten.With())
	case len(r.Differences) > 0 && s.File == "-":
		c.warn(seriesNot.With())
	case len(r.Differences) > 0:
		return fault.New(fault.Blocked, seriesNot.With())
	}
	return nil
}

func showDifferences(c *console, masthead string, differ, doubts []fault.Reason) {
	if len(differ) == 0 {
		c.line(seriesSame.With())
		return
	}
	c.line(seriesDiffers.With(masthead, len(differ)))
	for _, line := range sentencesIn(differ, c.Lang) {
		fmt.Fprintln(c.Out, " ", line)
	}
	if slices.ContainsFunc(differ, setup.OfRoute) {
		c.line(setup.RunningKeep.With())
	}
	warnOf(c, doubts)
}
