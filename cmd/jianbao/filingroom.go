package main

import (
	"context"

	"jianbao/accounts"
	filingpages "jianbao/web/filing"
	"jianbao/workflow"
	"jianbao/workflow/filing"
)

// filingDesk is where issues are filed, appraised and destroyed.
func (o *office) filingDesk() *filing.Desk {
	return &filing.Desk{Books: o.store, Rules: o.store, Now: o.desk.Now, NewID: o.desk.NewID, Pages: o.countPages}
}

// signIn is where people prove who they are.
func (o *office) signIn() accounts.Desk { return accounts.Desk{People: o.store, Hasher: o.hasher} }

// countPages counts the pages of an issue as it is printed.
func (o *office) countPages(ctx context.Context, series workflow.Series, issue workflow.Issue) (int, error) {
	pages, _, err := o.press.Pages(ctx, series, issue)
	return len(pages), err
}

// filingPages are what the pages of filing need.
func (o *office) filingPages() filingpages.Config {
	return filingpages.Config{Desk: o.filingDesk(), Reads: o.store, Books: o.store}
}

// remindOfFiling has the scheduler tell clerks of deadlines of filing.
func (o *office) remindOfFiling() {
	o.scheduler.Chores = append(o.scheduler.Chores, (&filing.Reminder{Watch: o.store, NewID: o.desk.NewID}).Look)
}
