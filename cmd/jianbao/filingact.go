package main

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/filing"
	"jianbao/workflow/retention"
)

type filingFile struct {
	spoken
	database
	signedBy
	ID     string          `arg:"" optional:"" help:"The id of the issue, as jianbao filing check prints it."`
	Series string          `placeholder:"NAME" help:"With --year: the series, by its masthead or its id."`
	Year   int             `placeholder:"YEAR" help:"File all of this year whose files lack nothing."`
	Class  retention.Class `placeholder:"CLASS" help:"How long it is kept: permanent, 30 or 10; the proposed class if it is left out."`
	Pages  int             `placeholder:"N" help:"Pages of the file; those of the print if it is left out."`
	Kept   string          `placeholder:"PLACE" help:"Where the originals on paper lie."`
	Note   string          `placeholder:"WORDS" help:"Why something is missing; it stands in the filing list."`
}

// Run files.
func (f *filingFile) Run(ctx context.Context, c *console) error {
	return withOffice(ctx, f.database, func(o *office) error {
		actor, err := f.actor(ctx, o)
		if err != nil {
			return err
		}
		if f.ID == "" && f.Year != 0 && f.Series != "" {
			return f.year(ctx, c, o, actor)
		}
		id, err := uuid.Parse(f.ID)
		if err != nil || f.Year != 0 {
			return fault.New(fault.Usage, filingWhich.With())
		}
		issue, err := o.store.Issue(ctx, id)
		if err != nil {
			return err
		}
		item, err := o.filingDesk().File(ctx, actor, id, filing.Order{Version: issue.Version, Class: f.Class, Pages: f.Pages, Kept: f.Kept, Note: f.Note})
		if err == nil {
			printFiled(c, item)
		}
		return err
	})
}

// year files what lacks nothing, and says of the rest why not.
func (f *filingFile) year(ctx context.Context, c *console, o *office, actor workflow.Actor) error {
	found, err := lookUp(ctx, o.store, f.Series)
	if err != nil {
		return err
	}
	items, left, err := o.filingDesk().FileYear(ctx, actor, found.settings.Series.ID, f.Year)
	for _, i := range items {
		printFiled(c, i)
	}
	for _, l := range left {
		c.line(filingLeft.With(issueNumber.With(l.Contents.Issue.Number.Year, l.Contents.Issue.Number.No)))
		for _, why := range l.Reasons {
			c.line(filingGap.With(why))
		}
	}
	return err
}

type filingPropose struct {
	spoken
	database
	signedBy
	ofSeries
	Reason string   `required:"" placeholder:"WORDS" help:"Why they are of no use any more."`
	IDs    []string `arg:"" name:"id" help:"The ids of the issues."`
}

// Run proposes a list.
func (f *filingPropose) Run(ctx context.Context, c *console) error {
	return withSeries(ctx, f.database, f.Series, func(o *office, s workflow.Series) error {
		actor, err := f.actor(ctx, o)
		if err != nil {
			return err
		}
		var ids []uuid.UUID
		for _, text := range f.IDs {
			id, err := uuid.Parse(text)
			if err != nil {
				return fault.New(fault.Usage, badIssueID.With(text))
			}
			ids = append(ids, id)
		}
		list, err := o.filingDesk().Propose(ctx, actor, s.ID, ids, f.Reason)
		if err == nil {
			filedList{list}.print(c)
		}
		return err
	})
}

// ofList are the flags of what is done with a destruction list.
type ofList struct {
	database
	signedBy
	ofSeries
	List string `arg:"" help:"The id of the list, as jianbao filing propose printed it."`
}

func (f *ofList) act(ctx context.Context, c *console, order filing.ListOrder) error {
	return withSeries(ctx, f.database, f.Series, func(o *office, s workflow.Series) error {
		actor, err := f.actor(ctx, o)
		if err != nil {
			return err
		}
		lists, err := o.store.Destructions(ctx, s.ID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(lists, func(d filing.Destruction) bool { return d.ID.String() == f.List })
		if at < 0 {
			return fault.New(fault.NotFound, filingNoList.With(f.List))
		}
		order.Version = lists[at].Version
		list, err := o.filingDesk().Act(ctx, actor, lists[at], order)
		if err == nil {
			filedList{list}.print(c)
		}
		return err
	})
}

type filingDecide struct {
	spoken
	ofList
	Approve bool   `xor:"answer" required:"" help:"Approve it."`
	Refuse  bool   `xor:"answer" required:"" help:"Refuse it, with a reason."`
	Reason  string `placeholder:"WORDS" help:"What the person says."`
}

// Run decides.
func (f *filingDecide) Run(ctx context.Context, c *console) error {
	order := filing.ListOrder{Act: filing.Approve, Reason: f.Reason}
	if f.Refuse {
		order.Act = filing.Refuse
	}
	return f.act(ctx, c, order)
}

type filingDestroy struct {
	spoken
	ofList
	Witness string `required:"" placeholder:"NAME" help:"Who sees it done."`
}

// Run destroys.
func (f *filingDestroy) Run(ctx context.Context, c *console) error {
	return f.act(ctx, c, filing.ListOrder{Act: filing.Carry, Witness: f.Witness})
}
