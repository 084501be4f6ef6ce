package receipts

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	domain "jianbao/recipients/receipts"
	"jianbao/web/api/op"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

func (rm *room) describeBoard() {
	k := rm.Kit
	op.On(k, op.Get("list-receipts", "/issues/{issue}/receipts", "receipts", "The receipt board of an issue: every listed unit, and what is known of it"), rm.board)
	op.On(k, op.Get("read-receipts", "/issues/{issue}/receipts/{unit}", "receipts", "One unit of the board: its receipts, its letters, what was not tried yet"), rm.unit)
	op.On(k, op.Make("enter-receipt", "/issues/{issue}/receipts/{unit}", "receipts", "Enter what a clerk was told, or correct what was entered"), rm.enter)
	op.On(k, op.Get("list-calls", "/issues/{issue}/calls", "receipts", "The phone list: every unit without an answer, and whom to ring"), rm.calls)
	op.On(k, op.Get("list-holders", "/issues/{issue}/holders", "receipts", "The units that have an issue or may have it, by mail or on paper"), rm.holders)
	op.On(k, op.Get("punctuality", "/series/{series}/punctuality", "receipts", "Who acknowledges in time, the least punctual first"), rm.punctuality)
}

type boardInput struct {
	op.OfIssue
	op.Paging
	State string `query:"state" enum:"not-sent,bounced,uncertain,accepted,reached,handed-over,acknowledged,refused" doc:"in this state alone"`
	Need  bool   `query:"need" doc:"only those that wait for a person"`
}

// ReceiptBoard is a piece of the board with the counts of all of it.
type ReceiptBoard struct {
	op.Page[ReceiptLine]
	Counts map[string]int `json:"counts" doc:"how many units are in each state, of all pages"`
}

type boardBody struct{ Body ReceiptBoard }

func (rm *room) board(ctx context.Context, in *boardInput) (*boardBody, error) {
	all, err := rm.lines(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for state, n := range domain.Count(all) {
		if n > 0 {
			counts[string(state)] = n
		}
	}
	all = slices.DeleteFunc(all, func(l domain.Line) bool {
		return in.State != "" && string(l.State) != in.State || in.Need && l.Need() == ""
	})
	page, err := op.Cut(in.Paging, all, func(l domain.Line) string { return l.Unit.String() }, lineOf)
	if err != nil {
		return nil, err
	}
	return &boardBody{ReceiptBoard{page.Body, counts}}, nil
}

// OfUnit is one unit of an issue.
type OfUnit struct {
	op.OfIssue
	Unit uuid.UUID `path:"unit" format:"uuid"`
}

// UnitReceipts is all that is known of one unit.
type UnitReceipts struct {
	ReceiptLine
	Receipts []Receipt       `json:"receipts" doc:"of this version, the first one first"`
	Letters  []ReceiptLetter `json:"letters"`
	Untried  []string        `json:"untried" doc:"addresses of the unit that no letter failed at"`
	Chase    []ChaseRung     `json:"chase" doc:"when it is asked for its receipt"`
}

// ReceiptLetter is a letter to one address of a unit.
type ReceiptLetter struct {
	ID      uuid.UUID `json:"id" format:"uuid"`
	Address string    `json:"address"`
	Fate    string    `json:"fate"`
	Code    int       `json:"code,omitempty" doc:"of the relay's last answer (RFC 5321)"`
	Words   string    `json:"words,omitempty"`
	At      time.Time `json:"at,omitzero"`
}

// ChaseRung is a rung of the ladder of asking.
type ChaseRung struct {
	Days    int       `json:"days" doc:"working days after the release"`
	Whom    string    `json:"whom" enum:"contact,deputy,phone"`
	Climbed bool      `json:"climbed"`
	At      time.Time `json:"at,omitzero" doc:"of the next one"`
}

type unitBody struct {
	ETag string `header:"ETag" doc:"the version of the issue, for acts"`
	Body UnitReceipts
}

func (rm *room) unit(ctx context.Context, in *OfUnit) (*unitBody, error) {
	l, err := rm.line(ctx, in.Issue, in.Unit)
	if err != nil {
		return nil, err
	}
	issue, series, err := rm.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	out := UnitReceipts{ReceiptLine: lineOf(l), Receipts: op.Each(l.Receipts, receiptOf), Letters: op.Each(l.Letters, func(t domain.Letter) ReceiptLetter {
		return ReceiptLetter{t.ID, t.Address, string(t.Fate), t.Code, t.Words, t.At}
	})}
	units, err := rm.Config.Reads.Units(ctx)
	if err != nil {
		return nil, err
	}
	if n := slices.IndexFunc(units, func(u recipients.Unit) bool { return u.ID == l.Unit }); n >= 0 {
		out.Untried = l.Untried(units[n])
	}
	out.Untried = append([]string{}, out.Untried...)
	timetable, years, err := rm.Config.Reads.Clockwork(ctx, series.ID)
	out.Chase = rungs(series, timetable, years, l)
	return &unitBody{op.Tag(issue.Version), out}, err
}

func rungs(s workflow.Series, t workflow.Timetable, years []calendar.Year, l domain.Line) []ChaseRung {
	all := []ChaseRung{}
	next, at, _ := workflow.Upcoming(t.Calendar(s, years), t.Chasing, l)
	for n, r := range t.Chasing.Rungs {
		one := ChaseRung{Days: r.Days, Whom: string(r.Whom), Climbed: slices.Contains(l.Rungs, n)}
		if n == next {
			one.At = at
		}
		all = append(all, one)
	}
	return all
}

type enterInput struct {
	OfUnit
	op.Keyed
	Body ReceiptEntry
}

type receiptBody struct{ Body Receipt }

func (rm *room) enter(ctx context.Context, in *enterInput) (*receiptBody, error) {
	if _, err := rm.line(ctx, in.Issue, in.Unit); err != nil {
		return nil, err
	}
	r, err := rm.Receiving.Enter(ctx, op.CallerOf(ctx).Actor(), in.Issue, in.Unit, in.Body.receipt())
	return &receiptBody{receiptOf(r)}, err
}

// ReceiptCall is a line of the phone list.
type ReceiptCall struct {
	ReceiptLine
	Contact CallPerson `json:"contact"`
	Deputy  CallPerson `json:"deputy"`
	Phone   string     `json:"phone,omitempty" doc:"of the unit"`
}

// CallPerson is somebody to ring.
type CallPerson struct {
	Name  string `json:"name,omitempty"`
	Phone string `json:"phone,omitempty"`
}

type ofIssuePaged struct {
	op.OfIssue
	op.Paging
}

func (rm *room) calls(ctx context.Context, in *ofIssuePaged) (*op.Listed[ReceiptCall], error) {
	lines, err := rm.lines(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	units, err := rm.Config.Reads.Units(ctx)
	if err != nil {
		return nil, err
	}
	return op.Cut(in.Paging, domain.Calls(lines, units), func(c domain.Call) string { return c.Unit.String() }, func(c domain.Call) ReceiptCall {
		return ReceiptCall{lineOf(c.Line), CallPerson{c.Contact.Name, c.Contact.Phone}, CallPerson{c.Deputy.Name, c.Deputy.Phone}, c.Phone}
	})
}

// IssueHolder is a unit that has an issue, or may have it.
type IssueHolder struct {
	Unit      uuid.UUID `json:"unit" format:"uuid"`
	Name      string    `json:"name"`
	Addresses []string  `json:"addresses" doc:"that took a letter, or may have"`
	Paper     int       `json:"paper" doc:"copies that the ledger has with it"`
}

func (rm *room) holders(ctx context.Context, in *ofIssuePaged) (*op.Listed[IssueHolder], error) {
	if _, _, err := rm.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	all, err := rm.Board.Holders(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	return op.Cut(in.Paging, all, func(h workflow.Holder) string { return h.Unit.String() }, func(h workflow.Holder) IssueHolder {
		return IssueHolder{h.Unit, h.Name, append([]string{}, h.Addresses...), h.Paper}
	})
}

type punctualityInput struct {
	op.OfSeries
	op.Paging
	From  string `query:"from" format:"date" doc:"the first day; that of this year without it"`
	Until string `query:"until" format:"date" doc:"the last day; that of this year without it"`
}

// UnitPunctuality is how a unit acknowledges.
type UnitPunctuality struct {
	Unit    uuid.UUID `json:"unit" format:"uuid"`
	Name    string    `json:"name"`
	Sent    int       `json:"sent"`
	OnTime  int       `json:"on_time"`
	Late    int       `json:"late"`
	Refused int       `json:"refused"`
	Open    int       `json:"open" doc:"the deadline is still to come"`
	Missing int       `json:"missing" doc:"the deadline is past"`
	Short   int       `json:"short" doc:"copies that were missing"`
	Rate    int       `json:"rate" doc:"per cent on time of what is due; -1 where nothing is"`
}

func (rm *room) punctuality(ctx context.Context, in *punctualityInput) (*op.Listed[UnitPunctuality], error) {
	s, err := rm.SeriesOf(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	from, until, err := rm.span(in, s.Location())
	if err != nil {
		return nil, err
	}
	all, err := rm.Receiving.Punctuality(ctx, s.ID, from, until)
	if err != nil {
		return nil, err
	}
	return op.Cut(in.Paging, all, func(r domain.Record) string { return r.Unit.String() }, func(r domain.Record) UnitPunctuality {
		return UnitPunctuality{r.Unit, r.Name, r.Sent, r.OnTime, r.Late, r.Refused, r.Open, r.Missing, r.Short, r.Rate()}
	})
}

// span is from the beginning of the first day to the end of the last.
func (rm *room) span(in *punctualityInput, zone *time.Location) (from, until time.Time, err error) {
	year := rm.Now().In(zone).Year()
	from, until = time.Date(year, 1, 1, 0, 0, 0, 0, zone), time.Date(year, 12, 31, 0, 0, 0, 0, zone)
	var wrong []fault.Reason
	read := func(name, text string, into *time.Time) {
		if text == "" {
			return
		}
		day, err := time.ParseInLocation(time.DateOnly, text, zone)
		if err != nil {
			wrong = append(wrong, op.BadFieldReason(name, text))
		}
		*into = day
	}
	read("query.from", in.From, &from)
	read("query.until", in.Until, &until)
	if len(wrong) > 0 {
		err = op.BadFields(wrong)
	}
	return from, until.AddDate(0, 0, 1), err
}
