package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/keeping"
	"jianbao/store"
)

// reformFlags are what every reform of units needs.
type reformFlags struct {
	database
	Unit   string `arg:"" help:"The full name of the unit."`
	Day    string `required:"" placeholder:"2026-01-05" help:"From which day it holds."`
	Reason string `required:"" help:"The document that ordered it."`
	By     string `help:"Who enters it; “命令行” if left out." default:"命令行"`
	DryRun bool   `help:"Only show what it would do."`
	JSON   bool   `name:"json" help:"Print one JSON object, for programs."`
	Zone   zone   `default:"Asia/Shanghai" placeholder:"ZONE" help:"Time zone in which days begin."`
}

var (
	noUnitCalled = fault.Say("cmd.unit.no-unit", "通讯录里没有“%s”，请写全称", "there is no unit “%s” in the directory; write its full name")
	noDay        = fault.Say("cmd.unit.no-day", "“%s”不是日期，请写如2026-01-05", "“%s” is no day; write one such as 2026-01-05")
	reformDone   = fault.Say("cmd.unit.reformed", "已办理：%s，%s起", "done: %s, from %s")
	reformOnly   = fault.Say("cmd.unit.reform-only", "只是预览，没有办理：%s，%s起", "only looked at, nothing done: %s, from %s")
)

// reformed is what a reform prints for programs.
type reformed struct {
	Done         bool     `json:"done"`
	Kind         string   `json:"kind"`
	Day          string   `json:"day"`
	Unit         string   `json:"unit"`
	Consequences []string `json:"consequences"`
}

// do shows what a reform does, and does it unless only that is wanted.
func (f reformFlags) do(ctx context.Context, c *console, r keeping.Reform) error {
	day, err := dayIn(f.Day, f.Zone.location())
	if err != nil {
		return err
	}
	books, err := f.open(ctx)
	if err != nil {
		return err
	}
	defer books.Close()
	dir, err := books.Directory(ctx, uuid.Nil)
	if err != nil {
		return err
	}
	unit, err := called(dir, f.Unit)
	if err != nil {
		return err
	}
	r.Unit, r.Day, r.Reason = unit.ID, day, f.Reason
	hand := hand(f.Zone)
	hand.By = f.By
	// What is written is what is shown: the ids of what is new are made once.
	change, err := r.Decide(hand)(dir)
	if err != nil {
		return err
	}
	if !f.DryRun {
		if _, err := books.ChangeUnits(ctx, r.Decide(hand)); err != nil {
			return err
		}
	}
	return f.show(c, r, keeping.Consequences(dir, change))
}

func (f reformFlags) show(c *console, r keeping.Reform, all []fault.Reason) error {
	if f.JSON {
		out := reformed{Done: !f.DryRun, Kind: string(r.Kind), Day: f.Day, Unit: f.Unit, Consequences: []string{}}
		for _, says := range all {
			out.Consequences = append(out.Consequences, says.In(c.Lang))
		}
		return printJSON(c.Out, out)
	}
	for _, says := range all {
		c.line(says)
	}
	said := reformDone
	if f.DryRun {
		said = reformOnly
	}
	c.line(said.With(r.Kind.Title(), f.Day))
	return nil
}

// called finds a unit by its full name.
func called(dir recipients.Directory, name string) (recipients.Unit, error) {
	n := slices.IndexFunc(dir.Units, func(u recipients.Unit) bool { return recipients.Tidy(u.Name) == recipients.Tidy(name) })
	if n < 0 {
		return recipients.Unit{}, fault.New(fault.NotFound, noUnitCalled.With(name))
	}
	return dir.Units[n], nil
}

// unitRename gives a unit another name.
type unitRename struct {
	reformFlags
	Name  string   `arg:"" help:"Its new full name."`
	Short []string `help:"A short name that it has from then on; once for each."`
}

// Run renames the unit.
func (u *unitRename) Run(ctx context.Context, c *console) error {
	return u.do(ctx, c, keeping.Reform{Kind: recipients.Renamed, Name: u.Name, Short: u.Short})
}

// unitMerge merges units.
type unitMerge struct {
	reformFlags
	Others []string `name:"with" help:"The full name of a unit that is merged besides; once for each."`
	Into   string   `required:"" help:"The name of the new unit, or the full name of one that takes them in."`
	Short  []string `help:"A short name of the new unit; once for each."`
}

// Run merges the units.
func (u *unitMerge) Run(ctx context.Context, c *console) error {
	return u.do(ctx, c, keeping.Reform{Kind: recipients.Merged, Others: u.Others, Name: u.Into, Short: u.Short})
}

// unitSplit makes several units of one.
type unitSplit struct {
	reformFlags
	Into  []string `required:"" help:"A unit that comes of it, with its short names behind a ； if it has any; once for each."`
	Stays bool     `help:"The unit itself goes on."`
}

// Run splits the unit.
func (u *unitSplit) Run(ctx context.Context, c *console) error {
	return u.do(ctx, c, keeping.Reform{Kind: recipients.Divided, Into: keeping.Parts(strings.Join(u.Into, "\n")), Stays: u.Stays})
}

// unitEnd closes a unit.
type unitEnd struct{ reformFlags }

// Run closes the unit.
func (u *unitEnd) Run(ctx context.Context, c *console) error {
	return u.do(ctx, c, keeping.Reform{Kind: recipients.Closed})
}

// unitShow shows one unit.
type unitShow struct {
	database
	Unit string `arg:"" help:"Its full name."`
	JSON bool   `name:"json" help:"Print one JSON object, for programs."`
	Zone zone   `default:"Asia/Shanghai" placeholder:"ZONE" help:"Time zone in which days begin."`
}

// shownUnit is a unit with its past, for programs.
type shownUnit struct {
	listedUnit
	Former  []string   `json:"former"`
	Past    []pastLine `json:"past"`
	Rosters []string   `json:"rosters"`
}

type pastLine struct {
	Day    string   `json:"day"`
	Kind   string   `json:"kind"`
	From   []string `json:"from"`
	To     []string `json:"to"`
	Reason string   `json:"reason"`
	By     string   `json:"by"`
}

var pastSays = fault.Say("cmd.unit.past", "%s %s：%s → %s（%s，%s）", "%s %s: %s → %s (%s, %s)")

// Run shows the unit.
func (u *unitShow) Run(ctx context.Context, c *console) error {
	books, err := u.open(ctx)
	if err != nil {
		return err
	}
	defer books.Close()
	dir, err := books.Directory(ctx, uuid.Nil)
	if err != nil {
		return err
	}
	unit, err := called(dir, u.Unit)
	if err != nil {
		return err
	}
	shown := shownUnit{listedUnit: listed(unit), Former: []string{}, Past: []pastLine{}, Rosters: []string{}}
	for _, a := range unit.Aliases {
		if a.Former {
			shown.Former = append(shown.Former, a.Name)
		}
	}
	for _, r := range dir.Past(unit.ID) {
		shown.Past = append(shown.Past, pastLine{r.Day.In(u.Zone.location()).Format(time.DateOnly), string(r.Kind), namesOf(r.From), namesOf(r.To), r.Reason, r.By})
	}
	for _, g := range dir.Collectives {
		if slices.ContainsFunc(g.Members, func(m recipients.Member) bool { return m.Unit == unit.ID }) {
			shown.Rosters = append(shown.Rosters, g.Text)
		}
	}
	if u.JSON {
		return printJSON(c.Out, shown)
	}
	shown.print(c)
	for _, p := range shown.Past {
		c.line(pastSays.With(p.Day, recipients.ReformKind(p.Kind).Title(), strings.Join(p.From, "、"), orEmpty(strings.Join(p.To, "、")), p.Reason, p.By))
	}
	for _, text := range shown.Rosters {
		c.line(inRoster.With(text))
	}
	return nil
}

var inRoster = fault.Say("cmd.unit.in-roster", "在集合项“%s”里", "it is in the collective entry “%s”")

func namesOf(all []recipients.Candidate) []string {
	names := []string{}
	for _, c := range all {
		names = append(names, c.Name)
	}
	return names
}

// changeDirectory changes a directory by a command.
func changeDirectory(ctx context.Context, d database, decide keeping.Decision) error {
	books, err := d.open(ctx)
	if err != nil {
		return err
	}
	defer books.Close()
	_, err = books.ChangeUnits(ctx, decide)
	return err
}

// directory reads the directory of a database.
func (d database) directory(ctx context.Context) (dir recipients.Directory, err error) {
	var books *store.Store
	if books, err = d.open(ctx); err != nil {
		return dir, err
	}
	defer books.Close()
	return books.Directory(ctx, uuid.Nil)
}
