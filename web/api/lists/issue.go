package lists

import (
	"context"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/web/api/op"
	pages "jianbao/web/lists"
	"jianbao/workflow"
)

type saveIssueInput struct {
	op.Versioned
	Body struct {
		Lists []PrintedList `json:"lists" maxItems:"20"`
	}
}

func (rm *room) saveIssue(ctx context.Context, in *saveIssueInput) (*op.Changed, error) {
	return rm.Change(ctx, in.Versioned, func(issue workflow.Issue, version int) (workflow.Issue, error) {
		text := bulletin.Relist(issue.Text, lines(in.Body.Lists))
		who := op.CallerOf(ctx).Actor()
		act, why, err := rm.act(ctx, who, issue)
		switch {
		case err != nil:
			return issue, err
		case act == workflow.Amend:
			return rm.Desk.Amend(ctx, who, issue.ID, version, workflow.Rewrite{Text: text})
		case act == workflow.Save:
			return rm.Desk.Save(ctx, who, issue.ID, version, text)
		}
		return issue, pages.NotNow(issue.State, why)
	})
}

// act is by what the lists of an issue change now, or why they cannot.
func (rm *room) act(ctx context.Context, who workflow.Actor, issue workflow.Issue) (workflow.Act, []fault.Reason, error) {
	series, err := rm.Reads.Series(ctx, issue.Series)
	if err != nil {
		return "", nil, err
	}
	options, err := rm.Desk.OptionsOf(ctx, who, issue, series, nil)
	var why []fault.Reason
	for _, o := range options {
		if o.Act != workflow.Save && o.Act != workflow.Amend {
			continue
		}
		if o.Allowed {
			return o.Act, nil, err
		}
		why = o.Reasons
	}
	return "", why, err
}

type differenceBody struct{ Body []op.Says }

func (rm *room) difference(ctx context.Context, in *op.OfIssue) (*differenceBody, error) {
	issue, s, err := rm.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	last, err := rm.Books.LastIssue(ctx, s.ID, issue.ID)
	if err != nil || last == nil {
		return &differenceBody{[]op.Says{}}, err
	}
	return &differenceBody{op.Each(recipients.Compare(last.Circulation, issue.Circulation).Reasons(), op.Said)}, nil
}
