package copies

import (
	"context"

	"jianbao/web/api/op"
	pages "jianbao/web/copies"
)

func (rm *room) describePapers() {
	op.On(rm.Kit, op.Bytes(op.Get("copies-paper", "/issues/{issue}/copies/papers/{paper}", "copies",
		"What is printed for the copies, as a PDF: all numbered copies, the sheet on which units sign, or address labels")), rm.paper)
}

type paperInput struct {
	op.OfIssue
	Paper string `path:"paper" enum:"run,handover,labels"`
	Form  string `query:"form" maxLength:"20" doc:"of labels: how they lie on their sheet, as 3x8"`
	Skip  int    `query:"skip" minimum:"0" maximum:"100" doc:"of labels: how many places of the first sheet are used up"`
}

func (rm *room) paper(ctx context.Context, in *paperInput) (*op.FileBody, error) {
	issue, series, err := rm.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	return op.File(rm.Config.Paper(ctx, in.Paper, op.CallerOf(ctx).Actor(), series, issue, pages.Label{Form: in.Form, Skip: in.Skip}, op.Lang(ctx), rm.Now))
}
