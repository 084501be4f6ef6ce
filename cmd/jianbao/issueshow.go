package main

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/store"
	"jianbao/workflow"
)

// issueShow tells the whole story of one issue.
type issueShow struct {
	database
	Issue  string `arg:"" help:"The issue: its number, such as 8 or 2021-8, or its id, as jianbao issue list has it."`
	Series string `placeholder:"NAME" help:"Whose number it is, where several series have it."`
	Kind   string `enum:"正刊,增刊,专刊,特刊" default:"正刊" placeholder:"KIND" help:"Which run of numbers, as jianbao issue list --json has it."`
	JSON   bool   `name:"json" help:"Print one JSON object."`
}

var (
	showNoNumber  = fault.Say("cmd.show.no-number", "登记簿里没有%s；jianbao issue list 可查", "the register has no %s; see jianbao issue list")
	showAmbiguous = fault.Say("cmd.show.ambiguous", "不止一种刊物有%s，请用 --series 写明", "several series have %s; say which with --series")
	showOnPaper   = fault.Say("cmd.show.no-file", "%s只在登记簿上（%s），程序里没有这一期", "%s is in the register alone (%s); the program does not have the issue")
	showBad       = fault.Say("cmd.show.bad", "“%s”既不是期号（8、2021-8）也不是 jianbao issue list 所列的编号", "“%s” is neither a number (8, 2021-8) nor an id as jianbao issue list has it")
)

// Run prints the story.
func (i *issueShow) Run(ctx context.Context, c *console) error {
	books, err := openThere(ctx, i.there())
	if err != nil {
		return err
	}
	defer books.Close()
	id, err := i.find(ctx, books, c.Lang)
	if err != nil {
		return err
	}
	s, err := storyOf(ctx, books, id, time.Now(), c.Lang)
	if err != nil {
		return err
	}
	if i.JSON {
		return printJSON(c.Out, s)
	}
	s.print(c)
	return nil
}

// numberForm is a number as people write it: 8, 2021-8, 2021年第8期.
var numberForm = regexp.MustCompile(`^(?:(\d{4})(?:-|年第?))?(\d{1,4})期?$`)

// find returns the id of the issue that is meant.
func (i *issueShow) find(ctx context.Context, books *store.Store, lang fault.Lang) (uuid.UUID, error) {
	if id, err := uuid.Parse(i.Issue); err == nil {
		return id, nil
	}
	m := numberForm.FindStringSubmatch(i.Issue)
	if m == nil {
		return uuid.Nil, fault.New(fault.Usage, showBad.With(i.Issue))
	}
	year, _ := strconv.Atoi(m[1])
	no, _ := strconv.Atoi(m[2])
	all, err := books.SeriesAll(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	var found []workflow.RegisterLine
	for _, s := range all {
		if i.Series != "" && s.Masthead != i.Series {
			continue
		}
		register, err := books.Register(ctx, s.ID)
		if err != nil {
			return uuid.Nil, err
		}
		if line, there := lineWith(register, bulletin.Kind(i.Kind), year, no); there {
			found = append(found, line)
		}
	}
	switch {
	case len(found) == 0:
		return uuid.Nil, fault.New(fault.NotFound, showNoNumber.With(i.Issue))
	case len(found) > 1:
		return uuid.Nil, fault.New(fault.Usage, showAmbiguous.With(i.Issue))
	case found[0].Issue == uuid.Nil:
		return uuid.Nil, fault.New(fault.NotFound, showOnPaper.With(i.Issue, fmt.Sprint(found[0].Title, " ", found[0].Void)))
	}
	return found[0].Issue, nil
}

// lineWith returns the line of a register with a number; without a year, that of
// the latest year which has it.
func lineWith(register []workflow.RegisterLine, kind bulletin.Kind, year, no int) (line workflow.RegisterLine, there bool) {
	for _, l := range register {
		if l.Kind == kind && l.No == no && (year == 0 || l.Year == year) && (!there || l.Year > line.Year) {
			line, there = l, true
		}
	}
	return line, there
}
