package copies

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/bulletin/typeset/fonts"
	"jianbao/bulletin/typeset/layout"
	"jianbao/bulletin/typeset/pdf"
	"jianbao/fault"
	"jianbao/recipients"
	book "jianbao/recipients/copies"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
	"jianbao/workflow/registers"
)

var (
	ours  = uuid.MustParse("00000000-0000-4000-8000-000000000001")
	issue = uuid.MustParse("00000000-0000-4000-8000-000000000003")
	unitA = uuid.MustParse("00000000-0000-4000-8000-00000000000a")
	unitB = uuid.MustParse("00000000-0000-4000-8000-00000000000b")
	unitC = uuid.MustParse("00000000-0000-4000-8000-00000000000c") // on no list
	noon  = time.Date(2021, 7, 15, 4, 0, 0, 0, time.UTC)
)

const (
	here    = "/issues/00000000-0000-4000-8000-000000000003/copies"
	ofYears = "/series/00000000-0000-4000-8000-000000000001/copies"
)

// An office has one issue; what is posted goes into its ledger.
type office struct {
	issue   workflow.Issue
	ledger  *book.Ledger
	handed  []book.Handover
	orders  []workflow.Order
	refusal error
	numbers []string // of the last run
	fonts   *fonts.Set
	t       *testing.T
}

func (o *office) Act(_ context.Context, _ workflow.Actor, _ uuid.UUID, order workflow.Order) (workflow.Issue, error) {
	o.orders = append(o.orders, order)
	if o.refusal != nil || order.Print.Deed == nil {
		return o.issue, o.refusal
	}
	deed := *order.Print.Deed
	deed.Slip.At, deed.Slip.By, deed.Slip.NewID = noon, "李文书", uuid.New
	entries, err := o.ledger.Do(deed)
	if err == nil {
		err = o.ledger.Post(entries...)
	}
	return o.issue, err
}

// Options allows everything that the state offers.
func (o *office) Options(_ context.Context, actor workflow.Actor, _ uuid.UUID) (all []workflow.Option, err error) {
	for _, m := range workflow.Moves() {
		for _, from := range m.From {
			if from == o.issue.State {
				all = append(all, workflow.Option{Act: m.Act, Allowed: actor.Person.Has(accounts.Clerk, ours)})
			}
		}
	}
	return all, nil
}

func (o *office) Issue(_ context.Context, id uuid.UUID) (workflow.Issue, error) {
	if id != issue {
		return workflow.Issue{}, fault.New(fault.NotFound, noUnit.With())
	}
	return o.issue, nil
}

func (o *office) CopyEntries(context.Context, uuid.UUID) ([]book.Entry, error) {
	return o.ledger.Entries(), nil
}

func (o *office) Handovers(context.Context, uuid.UUID) ([]book.Handover, error) { return o.handed, nil }

func (o *office) Directory(context.Context, uuid.UUID) (recipients.Directory, error) {
	unit := func(id uuid.UUID, name, short string) recipients.Unit {
		return recipients.Unit{ID: id, Name: name, Place: "鄂尔多斯", Aliases: []recipients.Alias{{Name: short}}, Channel: recipients.ByPaper, Copies: 1, Postcode: "017000", Street: "鄂尔多斯大街1号", Contact: recipients.Contact{Name: "张三"}}
	}
	return recipients.Directory{Units: []recipients.Unit{unit(unitA, "鄂尔多斯市统计局", "市统计局"), unit(unitB, "鄂尔多斯市财政局", "市财政局"), unit(unitC, "鄂尔多斯市能源局", "市能源局")}}, nil
}

func (o *office) ReleaseOf(context.Context, uuid.UUID) (uuid.UUID, error) {
	if len(o.ledger.Entries()) == 0 {
		return uuid.Nil, fault.New(fault.NotFound, noUnit.With())
	}
	return issue, nil
}

func (o *office) Codes(context.Context, uuid.UUID) (map[uuid.UUID]string, error) {
	return map[uuid.UUID]string{unitA: "https://jianbao.example/receipt/abc"}, nil
}

func (o *office) Series(context.Context, uuid.UUID) (workflow.Series, error) {
	return workflow.Series{ID: ours, Masthead: "鄂尔多斯科技简报", Organ: "科技局", Place: "鄂尔多斯"}, nil
}

func (o *office) Register(context.Context, uuid.UUID) ([]workflow.RegisterLine, error) {
	return []workflow.RegisterLine{{Number: o.issue.Number, Title: "鄂尔多斯科技简报"}, {Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2020, No: 1}, Void: "重复"}}, nil
}

func (o *office) Printed(_ context.Context, _ uuid.UUID, year int) ([]registers.Printed, error) {
	if year != 0 && year != 2021 {
		return nil, nil
	}
	return []registers.Printed{{Issue: o.issue, Entries: o.ledger.Entries(), Handed: o.handed}}, nil
}

func (o *office) Histories(_ context.Context, issues []uuid.UUID) (map[uuid.UUID][]workflow.Event, error) {
	all := map[uuid.UUID][]workflow.Event{}
	for _, id := range issues {
		all[id] = []workflow.Event{{Issue: id, Seq: 1, At: noon, Name: "李文书", Act: workflow.Register, To: workflow.Registered, Note: "无误"}, {Issue: id, Seq: 2, At: noon, Name: "调度", Robot: true, Act: workflow.Release, To: workflow.Dispatching}}
	}
	return all, nil
}

func (o *office) UnitNames(context.Context, []uuid.UUID) (map[uuid.UUID]string, error) {
	return map[uuid.UUID]string{unitC: "鄂尔多斯市能源局"}, nil
}

func (o *office) Draw(doc layout.Document) ([]byte, error) { return pdf.NewPress(o.fonts).Draw(doc) }

func (o *office) Run(_ context.Context, _ workflow.Series, _ workflow.Issue, numbers []string) (workflow.File, error) {
	o.numbers = numbers
	return workflow.File{Name: "简报.pdf", Type: "application/pdf", Data: []byte("%PDF-")}, o.refusal
}

// visit opens the room for somebody: two units get 2 and 1 of 5 copies, one is on
// file, one spare.
func visit(t *testing.T, state workflow.State, role accounts.Role) (*office, *pagetest.Visitor) {
	t.Helper()
	set, err := fonts.Open("")
	if err != nil {
		t.Fatal(err)
	}
	list := func(label string, unit uuid.UUID, name string, n int) recipients.List {
		return recipients.List{Label: label, Entries: []recipients.Entry{{Printed: name, Recipients: []recipients.Recipient{{Unit: unit, Name: name, Channel: recipients.ByBoth, Copies: n}}}}}
	}
	plan := book.Plan{PrintRun: 5, File: 1, Spare: 1, Shares: []book.Share{
		{Label: "报", Unit: unitA, Name: "鄂尔多斯市统计局", Copies: 2, Paper: true}, {Label: "送", Unit: unitB, Name: "鄂尔多斯市财政局", Copies: 1, Paper: true, Assumed: true},
	}}
	o := &office{t: t, fonts: set, ledger: book.New(nil), issue: workflow.Issue{
		ID: issue, Series: ours, State: state, Version: 7, Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: 8},
		Circulation: recipients.Circulation{Lists: []recipients.List{list("报", unitA, "鄂尔多斯市统计局", 2), list("送", unitB, "鄂尔多斯市财政局", 1)}}, Copies: plan,
	}}
	if state == workflow.Dispatched {
		numbered, wrong := plan.Number(1, nil)
		if wrong != nil {
			t.Fatal(wrong)
		}
		o.ledger = book.New(book.Opening(numbered, noon, "调度", fault.ZH, uuid.New))
	}
	who := accounts.Person{ID: uuid.New(), Name: "李文书", Active: true, Grants: []accounts.Grant{{Series: ours, Role: role}}}
	return o, pagetest.Visit(t, Room(Config{Desk: o, Reads: o, Books: o, Press: o, Codes: o, Fonts: set}), who, noon)
}

func is(t *testing.T, a pagetest.Answer, status int, words ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("status %d, want %d: %s", a.Status, status, a.Body)
	}
	for _, word := range words {
		if !strings.Contains(a.Body, word) {
			t.Errorf("%q is not on the page", word)
		}
	}
}

// last is the order that was given last.
func (o *office) last() workflow.Order {
	o.t.Helper()
	if len(o.orders) == 0 {
		o.t.Fatal("nothing was ordered")
	}
	return o.orders[len(o.orders)-1]
}
