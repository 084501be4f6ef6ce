package filing

import (
	"context"

	"jianbao/web/api/op"
	"jianbao/workflow/filing"
)

func (rm *room) describeRetention() {
	k := rm.Kit
	op.On(k, op.Get("list-retention", "/series/{series}/retention", "filing", "Every filed issue with its period: what has expired, what is held, what is on a list"), rm.retention)
	op.On(k, op.Post("hold-issue", "/issues/{issue}/hold", "filing", "Keep a filed issue off destruction lists, or lift that"), rm.hold)
}

// KeptItem is a filed issue and what stands in the way of destroying it.
type KeptItem struct {
	FiledItem
	State   string      `json:"state" doc:"of the issue"`
	Expired bool        `json:"expired"`
	Hold    *FilingHand `json:"hold,omitempty" doc:"who placed the hold that stands, and why"`
	Until   int         `json:"until,omitempty" doc:"the last year of the hold; absent until it is lifted"`
	List    string      `json:"list,omitempty" doc:"the open destruction list that it is on"`
}

type retentionInput struct {
	op.OfSeries
	op.Paging
	Expired bool `query:"expired" doc:"only what has expired and nobody holds"`
}

func (rm *room) retention(ctx context.Context, in *retentionInput) (*op.Listed[KeptItem], error) {
	s, err := rm.series(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	kept, err := rm.Books.FiledItems(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	today := rm.today(s)
	all := kept[:0]
	for _, k := range kept {
		if _, held := k.Held(today); !in.Expired || k.Expired(today) && !held && k.List == "" {
			all = append(all, k)
		}
	}
	return op.Cut(in.Paging, all, func(k filing.Standing) string { return k.Item.Issue.String() }, func(k filing.Standing) KeptItem {
		out := KeptItem{FiledItem: itemOf(k.Item), State: string(k.State), Expired: k.Expired(today), List: k.List}
		if hold, held := k.Held(today); held {
			out.Hold, out.Until = handOf(hold.Placed), hold.Until
		}
		return out
	})
}

type holdInput struct {
	op.OfIssue
	op.Keyed
	Body struct {
		Lift   bool   `json:"lift,omitempty" doc:"lift the hold that stands"`
		Until  int    `json:"until,omitempty" minimum:"0" maximum:"9999" doc:"the last year that it holds; until it is lifted without it"`
		Reason string `json:"reason" maxLength:"500"`
	}
}

func (rm *room) hold(ctx context.Context, in *holdInput) (*op.Nothing, error) {
	if _, _, err := rm.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	return op.Done(rm.Desk.Hold(ctx, op.CallerOf(ctx).Actor(), in.Issue, filing.HoldOrder{Lift: in.Body.Lift, Until: in.Body.Until, Reason: in.Body.Reason}))
}
