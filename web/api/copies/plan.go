package copies

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"jianbao/fault"

	book "jianbao/recipients/copies"
	"jianbao/web/api/op"
	"jianbao/workflow"
)

func (rm *room) describePlan() {
	k := rm.Kit
	op.On(k, op.Get("read-plan", "/issues/{issue}/copies/plan", "copies", "The equation of an issue's copies: what every listed unit gets, and whether it adds up"), rm.plan)
	op.On(k, op.Put("set-plan", "/issues/{issue}/copies/plan", "copies", "Give the copies out in another way"), rm.setPlan)
	op.On(k, op.Post("try-plan", "/issues/{issue}/copies/plan/try", "copies", "What another way of giving the copies out would come to; it changes nothing"), rm.tryPlan)
	op.On(k, op.Put("number-copies", "/issues/{issue}/copies/numbers", "copies", "Give the copies numbers (份号), in order or by hand; first 0 takes them away"), rm.number)
}

// CopyPlan is the equation of an issue's copies.
type CopyPlan struct {
	PrintRun    int         `json:"print_run"`
	Shares      []CopyShare `json:"shares" doc:"in the order of the lists"`
	File        int         `json:"file" doc:"存档"`
	Spare       int         `json:"spare" doc:"备用: they stay in stock"`
	Unexplained int         `json:"unexplained,omitempty"`
	Reason      string      `json:"reason,omitempty"`
	First       int         `json:"first,omitempty" doc:"the first copy number; absent where copies have none"`
	Sentence    op.Says     `json:"sentence" doc:"20 = 报 8（4×2）＋送 11＋存档 1"`
	Against     []op.Says   `json:"against" doc:"why it does not add up"`
	Warnings    []op.Says   `json:"warnings"`
	// Widenings are shown of the issue itself, not of a plan that is tried.
	Widenings []CopyWidening `json:"widenings,omitempty" doc:"what was asked and decided about further readers (增发)"`
}

// CopyWidening is a wider distribution that was asked for.
type CopyWidening struct {
	Unit     uuid.UUID `json:"unit" format:"uuid"`
	Name     string    `json:"name"`
	Copies   int       `json:"copies" doc:"on paper; 0 is by mail alone"`
	Decision string    `json:"decision,omitempty" enum:"grant,deny" doc:"absent while nobody has decided"`
}

// CopyShare is what one listed unit gets.
type CopyShare struct {
	List    string    `json:"list"`
	Entry   string    `json:"entry,omitempty" doc:"as printed"`
	Unit    uuid.UUID `json:"unit" format:"uuid"`
	Name    string    `json:"name"`
	Copies  int       `json:"copies"`
	Assumed bool      `json:"assumed" doc:"nobody confirmed the number yet"`
	Numbers string    `json:"numbers,omitempty"`
}

func planOf(p book.Plan) CopyPlan {
	return CopyPlan{
		PrintRun: p.PrintRun, File: p.File, Spare: p.Spare, Unexplained: p.Unexplained, Reason: p.Reason, First: p.First,
		Shares: op.Each(p.Shares, func(s book.Share) CopyShare {
			return CopyShare{s.Label, s.Entry, s.Unit, s.Name, s.Copies, s.Assumed, s.Numbers.String()}
		}),
		Sentence: op.Says{Key: "copies.sentence", ZH: p.Sentence(fault.ZH), EN: p.Sentence(fault.EN)},
		Against:  op.Each(p.Check(), op.Said), Warnings: op.Each(p.Warnings(), op.Said),
	}
}

type planBody struct {
	ETag string `header:"ETag" doc:"the version of the issue, for the next If-Match"`
	Body CopyPlan
}

func (rm *room) plan(ctx context.Context, in *op.OfIssue) (*planBody, error) {
	issue, _, err := rm.Find(ctx, in.Issue)
	out := planOf(issue.Copies)
	out.Widenings = op.Each(issue.Widenings, func(w workflow.Widening) CopyWidening {
		return CopyWidening{w.Unit, w.Name, w.Copies, string(w.Decision)}
	})
	return &planBody{op.Tag(issue.Version), out}, err
}

// Apportionment is how the copies are to be given out.
type Apportionment struct {
	PrintRun int    `json:"print_run,omitempty" minimum:"0" doc:"counts only where the text prints none"`
	Shares   []int  `json:"shares" maxItems:"5000" doc:"copies of each share, in the order of the plan"`
	File     int    `json:"file" minimum:"0"`
	Spare    int    `json:"spare" minimum:"0"`
	Reason   string `json:"reason,omitempty" maxLength:"500" doc:"after the sign-off: who consented, and why (Regulation art. 31)"`
}

func (a Apportionment) order() book.Apportionment {
	return book.Apportionment{PrintRun: a.PrintRun, Shares: a.Shares, File: a.File, Spare: a.Spare}
}

type setPlanInput struct {
	op.Versioned
	Body Apportionment
}

func (rm *room) setPlan(ctx context.Context, in *setPlanInput) (*op.Changed, error) {
	a := in.Body.order()
	return rm.act(ctx, in.Versioned, workflow.Order{Act: workflow.Apportion, Note: in.Body.Reason, Print: workflow.PrintOrder{Apportion: &a}})
}

// act does an act that was decided on a version of the issue.
func (rm *room) act(ctx context.Context, v op.Versioned, order workflow.Order) (*op.Changed, error) {
	return rm.Change(ctx, v, func(issue workflow.Issue, version int) (workflow.Issue, error) {
		order.Version = version
		return rm.Desk.Act(ctx, op.CallerOf(ctx).Actor(), issue.ID, order)
	})
}

type tryPlanInput struct {
	op.OfIssue
	Body Apportionment
}

type triedBody struct{ Body CopyPlan }

func (rm *room) tryPlan(ctx context.Context, in *tryPlanInput) (*triedBody, error) {
	issue, _, err := rm.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	a := in.Body.order()
	if against := a.Against(issue.Copies); len(against) > 0 {
		out := planOf(issue.Copies)
		out.Against = op.Each(against, op.Said)
		return &triedBody{out}, nil
	}
	return &triedBody{planOf(issue.Copies.Apportion(a))}, nil
}

type numberInput struct {
	op.Versioned
	Body struct {
		First  int      `json:"first" minimum:"0" maximum:"999999" doc:"the first copy number; 0 takes the numbers away"`
		ByHand []string `json:"by_hand,omitempty" maxItems:"5000" doc:"the numbers of each share, in the order of the plan: 1-4、13"`
	}
}

func (rm *room) number(ctx context.Context, in *numberInput) (*op.Changed, error) {
	order := workflow.PrintOrder{First: in.Body.First}
	for n, text := range in.Body.ByHand {
		numbers, err := numbersOf(fmt.Sprintf("body.by_hand[%d]", n), text)
		if err != nil {
			return nil, err
		}
		order.ByHand = append(order.ByHand, numbers)
	}
	return rm.act(ctx, in.Versioned, workflow.Order{Act: workflow.Stamp, Print: order})
}
