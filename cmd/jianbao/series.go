package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/store"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

// series is what is set of a series.
type series struct {
	List seriesList `cmd:"" help:"List the series."`
	Show seriesShow `cmd:"" help:"Print everything that is set of a series, as an annotated file that set reads."`
	New  seriesNew  `cmd:"" help:"Make a series, with one of the built-in routes."`
	Set  seriesSet  `cmd:"" help:"Change what is set of a series by a file: show what differs, then write it."`
}

type seriesList struct {
	database
	JSON bool `name:"json" help:"Print one JSON array."`
}

// A listedSeries is a series as --json prints one.
type listedSeries struct {
	ID       uuid.UUID  `json:"id"`
	Masthead string     `json:"masthead"`
	Organ    string     `json:"organ"`
	Route    []string   `json:"route"` // the kinds of its steps
	Next     *time.Time `json:"next"`  // when the next issue is opened; null: by people
	Version  int        `json:"version"`
}

var (
	seriesNext    = fault.Say("cmd.series.next", "下次开期：%s", "next issue: %s")
	seriesByHand  = fault.Say("cmd.series.by-hand", "由人开期", "opened by people")
	seriesMade    = fault.Say("cmd.series.made", "已新建刊物%s（%s）", "made the series %s (%s)")
	seriesUnknown = fault.Say("cmd.series.unknown", "没有叫“%s”的刊物（jianbao series list 列出全部）", "there is no series %q (jianbao series list has them all)")
	seriesSame    = fault.Say("cmd.series.same", "没有差别，不用写入", "no difference, nothing to write")
	seriesDiffers = fault.Say("cmd.series.differs", "%s的设置有%d处差别：", "the settings of %s differ in %d places:")
	seriesDoubts  = fault.Say("cmd.series.doubts", "请留意：", "please note:")
	seriesWritten = fault.Say("cmd.series.written", "已写入", "written")
)

// Run lists the series, the oldest first.
func (l *seriesList) Run(ctx context.Context, c *console) error {
	return withBooks(ctx, l.database, func(books *store.Store) error {
		found, err := books.SeriesAll(ctx)
		if err != nil {
			return err
		}
		all := []listedSeries{}
		for _, s := range found {
			line := listedSeriesOf(s, time.Now())
			if all = append(all, line); !l.JSON {
				line.print(c, s)
			}
		}
		if l.JSON {
			return printJSON(c.Out, all)
		}
		return nil
	})
}

func listedSeriesOf(s workflow.Series, now time.Time) listedSeries {
	l := listedSeries{ID: s.ID, Masthead: s.Masthead, Organ: s.Organ, Route: []string{}, Version: s.Version}
	for _, step := range s.Route {
		l.Route = append(l.Route, string(step.Kind))
	}
	if next := setup.Moments(s.Cadence.Spec, s.Location(), now, 1); len(next) > 0 {
		l.Next = &next[0]
	}
	return l
}

func (l listedSeries) print(c *console, s workflow.Series) {
	var steps []string
	for _, step := range s.Route {
		steps = append(steps, step.Kind.Title().In(c.Lang))
	}
	next := seriesByHand.With()
	if l.Next != nil {
		next = seriesNext.With(l.Next.Format("2006-01-02 15:04"))
	}
	fmt.Fprintf(c.Out, "%s  %s  %s  %s  %s\n", l.ID, pad(l.Masthead, 20), pad(l.Organ, 24), pad(strings.Join(steps, "→"), 30), next.In(c.Lang))
}

type seriesShow struct {
	database
	Series  string `arg:"" help:"The series, by its masthead or its id."`
	History bool   `help:"Print who changed what instead, the newest first."`
	JSON    bool   `name:"json" help:"Print one JSON object."`
}

// shownSeries is what show --json prints.
type shownSeries struct {
	ID       uuid.UUID     `json:"id"`
	Version  int           `json:"version"`
	Settings setup.Sheet   `json:"settings"`
	Next     []time.Time   `json:"next"` // when issues are opened
	Doubts   []string      `json:"doubts"`
	History  []shownChange `json:"history"`
}

type shownChange struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	What []string  `json:"what"`
}

// Run prints the settings; what will not work well goes to the standard error.
func (s *seriesShow) Run(ctx context.Context, c *console) error {
	return withBooks(ctx, s.database, func(books *store.Store) error {
		of, err := lookUp(ctx, books, s.Series)
		if err != nil {
			return err
		}
		changes, err := books.SettingsHistory(ctx, of.settings.Series.ID)
		if err != nil {
			return err
		}
		doubts := of.settings.Doubts(of.directory.People)
		sheet := setup.SheetOf(of.settings, of.directory)
		zone := of.settings.Series.Location()
		switch {
		case s.JSON:
			return printJSON(c.Out, shownSeries{
				ID: of.settings.Series.ID, Version: of.settings.Series.Version, Settings: sheet, Doubts: sentencesIn(doubts, c.Lang), History: shownChanges(changes, zone, c.Lang),
				Next: append([]time.Time{}, setup.Moments(of.settings.Series.Cadence.Spec, zone, time.Now(), 5)...),
			})
		case s.History:
			for _, change := range shownChanges(changes, zone, c.Lang) {
				fmt.Fprintf(c.Out, "%s  %s  %s\n", change.At.Format(time.DateTime), pad(change.By, 10), strings.Join(change.What, "；"))
			}
			return nil
		}
		warnOf(c, doubts)
		_, err = fmt.Fprint(c.Out, sheet.Text(c.Lang))
		return err
	})
}

func shownChanges(all []setup.Change, zone *time.Location, lang fault.Lang) []shownChange {
	shown := []shownChange{}
	for _, change := range all {
		shown = append(shown, shownChange{change.At.In(zone), change.ByName, sentencesIn(change.What, lang)})
	}
	return shown
}

// sentencesIn are reasons as people read them.
func sentencesIn(all []fault.Reason, lang fault.Lang) []string {
	lines := []string{}
	for _, r := range all {
		lines = append(lines, r.In(lang))
	}
	return lines
}

func warnOf(c *console, doubts []fault.Reason) {
	if len(doubts) == 0 {
		return
	}
	c.warn(seriesDoubts.With())
	for _, line := range sentencesIn(doubts, c.Lang) {
		fmt.Fprintln(c.Err, " ", line)
	}
}

// A lookedUp is a series with all that its settings name.
type lookedUp struct {
	settings  setup.Settings
	directory setup.Directory
}

// lookUp finds a series by its masthead or its id.
func lookUp(ctx context.Context, books *store.Store, name string) (found lookedUp, err error) {
	all, err := books.SeriesAll(ctx)
	if err != nil {
		return found, err
	}
	n := slices.IndexFunc(all, func(s workflow.Series) bool { return s.Masthead == name || s.ID.String() == name })
	if n < 0 {
		return found, fault.New(fault.NotFound, seriesUnknown.With(name))
	}
	if found.settings, err = books.Settings(ctx, all[n].ID); err != nil {
		return found, err
	}
	found.directory, err = directoryOf(ctx, books)
	return found, err
}

func directoryOf(ctx context.Context, books *store.Store) (d setup.Directory, err error) {
	if d.People, err = books.People(ctx); err != nil {
		return d, err
	}
	d.Units, err = books.Units(ctx)
	return d, err
}

// withBooks opens a database that is there for a short while.
func withBooks(ctx context.Context, d database, do func(*store.Store) error) error {
	books, err := openThere(ctx, d.there())
	if err != nil {
		return err
	}
	defer books.Close()
	return do(books)
}
