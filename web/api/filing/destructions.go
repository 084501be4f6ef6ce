package filing

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/web/api/op"
	"jianbao/workflow/filing"
)

func (rm *room) describeDestructions() {
	k := rm.Kit
	op.On(k, op.Get("list-destructions", "/series/{series}/destructions", "filing", "The destruction lists of a series, the newest first"), rm.destructions)
	op.On(k, op.Make("propose-destruction", "/series/{series}/destructions", "filing", "Propose that the content of expired issues is destroyed"), rm.propose)
	op.On(k, op.Post("act-on-destruction", "/series/{series}/destructions/{list}/acts", "filing", "Approve, refuse or carry out a destruction list"), rm.act)
}

// DestructionList is a list of issues whose content is to be destroyed (销毁清册).
type DestructionList struct {
	ID       uuid.UUID   `json:"id" format:"uuid"`
	Name     op.Says     `json:"name"`
	State    string      `json:"state" enum:"proposed,approved,refused,carried"`
	Lines    []FiledItem `json:"lines"`
	Proposed *FilingHand `json:"proposed,omitempty"`
	Decided  *FilingHand `json:"decided,omitempty"`
	Carried  *FilingHand `json:"carried,omitempty"`
	Witness  string      `json:"witness,omitempty" doc:"监销人"`
	Version  int         `json:"version"`
}

func listOf(d filing.Destruction) DestructionList {
	return DestructionList{d.ID, op.Said(d.Name()), string(d.State), op.Each(d.Lines, itemOf), handOf(d.Proposed), handOf(d.Decided), handOf(d.Carried), d.Witness, d.Version}
}

type destructionsInput struct {
	op.OfSeries
	op.Paging
}

func (rm *room) destructions(ctx context.Context, in *destructionsInput) (*op.Listed[DestructionList], error) {
	s, err := rm.series(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	all, err := rm.Books.Destructions(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	return op.Cut(in.Paging, all, func(d filing.Destruction) string { return d.ID.String() }, listOf)
}

type proposeInput struct {
	op.OfSeries
	op.Keyed
	Body struct {
		Issues []uuid.UUID `json:"issues" minItems:"1" maxItems:"1000"`
		Reason string      `json:"reason" maxLength:"500"`
	}
}

type listBody struct {
	ETag string `header:"ETag" doc:"the version, for the next If-Match"`
	Body DestructionList
}

func (rm *room) propose(ctx context.Context, in *proposeInput) (*listBody, error) {
	s, err := rm.series(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	d, err := rm.Desk.Propose(ctx, op.CallerOf(ctx).Actor(), s.ID, in.Body.Issues, in.Body.Reason)
	return &listBody{op.Tag(d.Version), listOf(d)}, err
}

type filingActInput struct {
	op.OfSeries
	op.Keyed
	op.Condition
	List uuid.UUID `path:"list" format:"uuid"`
	Body struct {
		Act     string `json:"act" enum:"approve,refuse,carry"`
		Reason  string `json:"reason,omitempty" maxLength:"500"`
		Witness string `json:"witness,omitempty" maxLength:"100" doc:"carry: who sees it done"`
	}
}

var decideList = fault.Say("api.filing.decide", "审批销毁清册", "decide on a destruction list")

func (rm *room) act(ctx context.Context, in *filingActInput) (*listBody, error) {
	version, err := in.Seen()
	if err != nil {
		return nil, err
	}
	who := op.CallerOf(ctx)
	if err := who.Decides(decideList.With()); err != nil {
		return nil, err
	}
	s, err := rm.series(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	all, err := rm.Books.Destructions(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	n := slices.IndexFunc(all, func(d filing.Destruction) bool { return d.ID == in.List })
	if n < 0 {
		return nil, op.NotHere()
	}
	order := filing.ListOrder{Act: filing.ListAct(in.Body.Act), Version: version, Reason: in.Body.Reason, Witness: in.Body.Witness}
	d, err := rm.Desk.Act(ctx, who.Actor(), all[n], order)
	return &listBody{op.Tag(d.Version), listOf(d)}, op.Overtaken(err, version, all[n].Version)
}
