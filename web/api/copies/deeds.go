package copies

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	book "jianbao/recipients/copies"
	"jianbao/web/api/op"
	"jianbao/workflow"
)

func (rm *room) describeDeeds() {
	k := rm.Kit
	op.On(k, op.Get("list-deeds", "/issues/{issue}/copies/deeds", "copies", "What people do with copies that are out, and what each act asks of them"), rm.deeds)
	op.On(k, op.Post("do-deed", "/issues/{issue}/copies/deeds", "copies", "Enter what was done with copies; see list-deeds"), rm.deed)
	op.On(k, op.Get("list-handovers", "/issues/{issue}/copies/handovers", "copies", "The copies that units took, in order"), rm.handovers)
	op.On(k, op.Make("hand-over-copies", "/issues/{issue}/copies/handovers", "copies", "Enter that a unit took copies"), rm.handOver)
	op.On(k, op.Post("ask-for-copies", "/issues/{issue}/copies/extra", "copies", "Ask for a wider distribution (增发)"), rm.ask)
	op.On(k, op.Post("decide-on-copies", "/issues/{issue}/copies/extra/{unit}", "copies", "Grant or deny a wider distribution that was asked for"), rm.decide)
	op.On(k, op.Get("find-copy", "/issues/{issue}/copies/numbers/{number}", "copies", "Where the copy with a number is, and the way it went"), rm.findCopy)
}

// CopyDeed is a line of the table of deeds.
type CopyDeed struct {
	Act     string   `json:"act"`
	Title   op.Says  `json:"title"`
	Account []string `json:"account,omitempty" doc:"the kinds of accounts among which account is chosen"`
	Unit    bool     `json:"unit" doc:"it is for a unit, which need not hold copies yet"`
	Person  bool     `json:"person" doc:"there is another person to it"`
	Reason  bool     `json:"reason" doc:"a reason is always needed"`
	Entry   bool     `json:"entry" doc:"it is about an entry of the ledger"`
}

type deedsBody struct{ Body []CopyDeed }

func (rm *room) deeds(ctx context.Context, in *op.OfIssue) (*deedsBody, error) {
	_, _, err := rm.Find(ctx, in.Issue)
	return &deedsBody{op.Each(book.Deeds(), func(d book.Deed) CopyDeed {
		kinds := op.Each(d.Where, func(k book.Kind) string { return string(k) })
		return CopyDeed{string(d.Act), op.Said(d.Act.Title()), kinds, d.Anyone, d.Person.With().Key != "", d.Reason, d.Entry}
	})}, err
}

type deedInput struct {
	op.OfIssue
	op.Keyed
	Body struct {
		Act     string `json:"act" maxLength:"30"`
		Account string `json:"account,omitempty" maxLength:"60" doc:"stock, file and so on, or unit: and its id"`
		Meant
		Count   int    `json:"count,omitempty" minimum:"0"`
		Entry   int    `json:"entry,omitempty" minimum:"0" doc:"correct: the entry of the ledger"`
		Numbers string `json:"numbers,omitempty" maxLength:"1000" doc:"copy numbers: 1-4、13"`
		Person  string `json:"person,omitempty" maxLength:"100" doc:"the other person of the act"`
		Reason  string `json:"reason,omitempty" maxLength:"500"`
	}
}

func (rm *room) deed(ctx context.Context, in *deedInput) (*op.Changed, error) {
	issue, series, err := rm.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	order, err := rm.order(ctx, series, in)
	if err != nil {
		return nil, err
	}
	return rm.post(ctx, issue, workflow.Order{Act: workflow.Post, Print: workflow.PrintOrder{Deed: &order}})
}

// order is a deed with its particulars.
func (rm *room) order(ctx context.Context, s workflow.Series, in *deedInput) (o book.Order, err error) {
	b := in.Body
	deed, known := book.DeedOf(book.Act(b.Act))
	if !known {
		return o, op.BadField("body.act", b.Act)
	}
	o = book.Order{Act: deed.Act, Count: b.Count, Seq: b.Entry, Slip: book.Slip{Reason: b.Reason, Person: b.Person}}
	if o.Slip.Numbers, err = numbersOf("body.numbers", b.Numbers); err != nil || len(deed.Where) == 0 {
		return o, err
	}
	if deed.Anyone {
		unit, err := rm.unit(ctx, s, b.Meant)
		o.Account = book.OfUnit(unit)
		return o, err
	}
	o.Account, err = book.ParseAccount(b.Account)
	if err != nil || !slices.Contains(deed.Where, o.Account.Kind) {
		return o, op.BadField("body.account", b.Account)
	}
	return o, nil
}

// post does an act that adds to the books, whatever version the issue is at.
func (rm *room) post(ctx context.Context, issue workflow.Issue, order workflow.Order) (*op.Changed, error) {
	changed, err := rm.Desk.Act(ctx, op.CallerOf(ctx).Actor(), issue.ID, order)
	return &op.Changed{ETag: op.Tag(changed.Version), Body: op.BriefOf(changed)}, err
}

// CopyHandover says that a unit took copies.
type CopyHandover struct {
	Seq     int       `json:"seq" readOnly:"true"`
	At      time.Time `json:"at" doc:"when it took them"`
	By      string    `json:"by" readOnly:"true" doc:"the clerk"`
	Unit    uuid.UUID `json:"unit" format:"uuid"`
	Count   int       `json:"count" minimum:"0"`
	Way     string    `json:"way" enum:"fetched,delivered,exchange,post"`
	To      string    `json:"to" maxLength:"200" doc:"who took them: a name, or the number of the box or parcel"`
	Numbers string    `json:"numbers" maxLength:"1000"`
	Note    string    `json:"note" maxLength:"500"`
}

func handoverOf(h book.Handover) CopyHandover {
	return CopyHandover{h.Seq, h.At, h.By, h.Unit, h.Count, string(h.Way), h.To, h.Numbers.String(), h.Note}
}

type handoversInput struct {
	op.OfIssue
	op.Paging
}

func (rm *room) handovers(ctx context.Context, in *handoversInput) (*op.Listed[CopyHandover], error) {
	if _, _, err := rm.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	all, err := rm.Config.Reads.Handovers(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	return op.Cut(in.Paging, all, func(h book.Handover) string { return strconv.Itoa(h.Seq) }, handoverOf)
}

type copyHandOverInput struct {
	op.OfIssue
	op.Keyed
	Body struct {
		At      time.Time `json:"at"`
		Unit    uuid.UUID `json:"unit" format:"uuid"`
		Count   int       `json:"count" minimum:"0"`
		Way     string    `json:"way" enum:"fetched,delivered,exchange,post"`
		To      string    `json:"to,omitempty" maxLength:"200"`
		Numbers string    `json:"numbers,omitempty" maxLength:"1000"`
		Note    string    `json:"note,omitempty" maxLength:"500"`
	}
}

func (rm *room) handOver(ctx context.Context, in *copyHandOverInput) (*op.Changed, error) {
	issue, _, err := rm.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	b := in.Body
	h := book.Handover{At: b.At, Unit: b.Unit, Count: b.Count, Way: book.Way(b.Way), To: b.To, Note: b.Note}
	if h.Numbers, err = numbersOf("body.numbers", b.Numbers); err != nil {
		return nil, err
	}
	return rm.post(ctx, issue, workflow.Order{Act: workflow.HandOut, Print: workflow.PrintOrder{Hand: &h}})
}

type askInput struct {
	op.OfIssue
	op.Keyed
	Body struct {
		Meant
		Count  int    `json:"count" minimum:"0" doc:"copies on paper; 0 is by mail alone"`
		Reason string `json:"reason" maxLength:"500"`
	}
}

func (rm *room) ask(ctx context.Context, in *askInput) (*op.Changed, error) {
	issue, series, err := rm.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	unit, err := rm.unit(ctx, series, in.Body.Meant)
	if err != nil {
		return nil, err
	}
	return rm.post(ctx, issue, workflow.Order{Act: workflow.Widen, Unit: unit, Note: in.Body.Reason, Print: workflow.PrintOrder{Extra: in.Body.Count}})
}

type decideInput struct {
	op.OfIssue
	op.Keyed
	Unit uuid.UUID `path:"unit" format:"uuid"`
	Body struct {
		Act    string `json:"act" enum:"grant,deny"`
		Reason string `json:"reason,omitempty" maxLength:"500"`
	}
}

func (rm *room) decide(ctx context.Context, in *decideInput) (*op.Changed, error) {
	act := workflow.Act(in.Body.Act)
	if err := op.CallerOf(ctx).Decides(act.Title()); err != nil {
		return nil, err
	}
	issue, _, err := rm.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	return rm.post(ctx, issue, workflow.Order{Act: act, Unit: in.Unit, Note: in.Body.Reason})
}

type findCopyInput struct {
	op.OfIssue
	Number int `path:"number" minimum:"1" maximum:"999999"`
}

// FoundCopy is where a copy is.
type FoundCopy struct {
	Number  int             `json:"number"`
	Account string          `json:"account"`
	Trail   []FoundCopyStep `json:"trail" doc:"the entries that moved it"`
}

// FoundCopyStep is one entry of a copy's way.
type FoundCopyStep struct {
	Seq  int       `json:"seq"`
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	From string    `json:"from"`
	To   string    `json:"to"`
}

type foundCopyBody struct{ Body FoundCopy }

func (rm *room) findCopy(ctx context.Context, in *findCopyInput) (*foundCopyBody, error) {
	if _, _, err := rm.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	entries, err := rm.Config.Reads.CopyEntries(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	ledger := book.New(entries)
	at, there := ledger.Holder(in.Number)
	if !there {
		return nil, op.NotHere()
	}
	return &foundCopyBody{FoundCopy{in.Number, at.String(), op.Each(ledger.Trail(in.Number), func(e book.Entry) FoundCopyStep {
		return FoundCopyStep{e.Seq, e.At, e.By, e.From.String(), e.To.String()}
	})}}, nil
}
