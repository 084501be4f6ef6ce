package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow"
)

// issue looks at issues, and tries their letter; what else is done to them is
// done on the pages.
type issue struct {
	List    issueList    `cmd:"" help:"List the issues, the newest first."`
	Show    issueShow    `cmd:"" help:"Tell the whole story of an issue: state, route, digest, lists, copies, letters, receipts, next step."`
	Trial   issueTrial   `cmd:"" help:"Send the letter of a registered issue, as it would go out, to one address."`
	File    issueFile    `cmd:"" help:"Write the whole file of an issue as one ZIP: paper, sign-off, lists, receipts, remarks, history, attachments."`
	History issueHistory `cmd:"" help:"Print the history of an issue, and hold it against its hashes."`
}

type issueList struct {
	database
	Limit int  `default:"50" placeholder:"N" help:"How many."`
	JSON  bool `name:"json" help:"Print one JSON array."`
}

// A listedIssue is an issue as --json prints one.
type listedIssue struct {
	ID      uuid.UUID `json:"id"`
	Series  uuid.UUID `json:"series"`
	Name    string    `json:"name"`
	Kind    string    `json:"kind"`
	Year    int       `json:"year,omitempty"`
	Number  int       `json:"number,omitempty"`
	Date    string    `json:"date,omitempty"`
	State   string    `json:"state"`
	Items   int       `json:"items"`
	Changed time.Time `json:"changed"`
}

var (
	issueNumber = fault.Say("cmd.issue.number", "%d年第%d期", "%d no. %d")
	badIssueID  = fault.Say("cmd.issue.bad-id", "期的编号应如 jianbao issue list 所列：%s", "the id of an issue is as jianbao issue list has it: %s")
	issueSound  = fault.Say("cmd.issue.sound", "共%d条，前后相接", "%d lines, which hang together")
)

// Run lists the issues.
func (i *issueList) Run(ctx context.Context, c *console) error {
	books, err := openThere(ctx, i.there())
	if err != nil {
		return err
	}
	defer books.Close()
	found, err := books.Summaries(ctx, nil, max(i.Limit, 1))
	if err != nil {
		return err
	}
	all := []listedIssue{}
	for _, s := range found {
		all = append(all, listedIssue{ID: s.ID, Series: s.Series, Name: s.Masthead, Kind: string(s.Kind), Year: s.Number.Year,
			Number: s.Number.No, Date: s.Date.String(), State: string(s.State), Items: s.Items, Changed: s.Changed})
		if !i.JSON {
			printIssue(c, s)
		}
	}
	if i.JSON {
		return printJSON(c.Out, all)
	}
	return nil
}

func printIssue(c *console, s workflow.Summary) {
	number := ""
	if s.Number.No > 0 {
		number = issueNumber.With(s.Number.Year, s.Number.No).In(c.Lang)
	}
	fmt.Fprintf(c.Out, "%s  %s  %s  %s  %s\n", s.ID, pad(s.Masthead, 20), pad(number, 14), pad(s.State.Title().In(c.Lang), 10), s.Changed.Format(time.DateTime))
}

type issueHistory struct {
	database
	ID   string `arg:"" help:"The issue, as jianbao issue list has it."`
	JSON bool   `name:"json" help:"Print one JSON array."`
}

// Run prints the history, and fails if it is not the one that was written.
func (i *issueHistory) Run(ctx context.Context, c *console) error {
	id, err := uuid.Parse(i.ID)
	if err != nil {
		return fault.New(fault.Usage, badIssueID.With(i.ID))
	}
	books, err := openThere(ctx, i.there())
	if err != nil {
		return err
	}
	defer books.Close()
	is, err := books.Issue(ctx, id)
	if err != nil {
		return err
	}
	series, err := books.Series(ctx, is.Series)
	if err != nil {
		return err
	}
	events, err := books.Events(ctx, id)
	if err != nil {
		return err
	}
	steps := []reportStep{}
	for _, e := range events {
		steps = append(steps, stepOf(e, series.Location()))
	}
	if i.JSON {
		err = printJSON(c.Out, steps)
	} else {
		for _, s := range steps {
			fmt.Fprintf(c.Out, "%s  %s  %s  %s\n", s.At.Format(time.DateTime), pad(s.Who, 8), pad(s.Act, 10), strings.Join(s.remarks(), "；"))
		}
	}
	if err == nil {
		err = workflow.VerifyChain(events, is.Events, is.Head)
	}
	if err == nil {
		c.warn(issueSound.With(len(events)))
	}
	return err
}
