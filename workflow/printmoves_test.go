package workflow

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/copies"
)

// asIs is the apportionment that changes nothing of an issue.
func asIs(i Issue) *copies.Apportionment {
	return &copies.Apportionment{Shares: i.Copies.Given(), File: i.Copies.File, Spare: i.Copies.Spare}
}

// said is what history keeps of the last act, or why it was refused.
func said(facts []fault.Reason, err error) string {
	var all []string
	for _, f := range facts {
		all = append(all, f.In(fault.ZH))
	}
	if e := fault.As(err); e != nil {
		all = append(all, e.In(fault.ZH))
	}
	return strings.Join(all, "；")
}

func (o *office) lastFacts(id uuid.UUID) string {
	events := o.books.events[id]
	return said(events[len(events)-1].Facts, nil)
}

// Why copies are left over is said where they are given out; it is nothing that
// was signed, and the issue stays where it is.
func TestWhatIsLeftOverIsExplained(t *testing.T) {
	o := newOffice(t)
	issue := o.opened(t)
	a := asIs(issue)
	a.PrintRun = issue.Copies.PrintRun + 3
	issue = o.does(t, o.editor, issue, Order{Act: Apportion, Print: PrintOrder{Apportion: a}}, Order{Act: Submit})
	issue = o.does(t, o.reviewer, issue, Order{Act: Approve})
	explain := func(why string) Order {
		a := *a
		a.Unexplained = &why
		return Order{Act: Apportion, Print: PrintOrder{Apportion: &a}}
	}
	said := o.does(t, o.clerk, issue, explain("送了样张"))
	if said.State != Approved || said.Copies.Unexplained != 3 || said.Digest() != issue.Digest() || !strings.Contains(o.lastFacts(issue.ID), "不明 3（送了样张）") {
		t.Fatalf("%s: %s; %s", said.State, said.Copies.Sentence(fault.ZH), o.lastFacts(issue.ID))
	}
	back := o.does(t, o.clerk, said, explain(""))
	if _, err := o.Act(t.Context(), o.clerk, back.ID, Order{Act: Register, Version: back.Version, KeepDate: true}); err == nil {
		t.Error("registered with copies that nobody explains")
	}
	last := o.does(t, o.clerk, back, explain("样张"), Order{Act: Register, KeepDate: true})
	if last.Copies.Reason != "样张" || last.Document.PrintRun == last.Copies.PrintRun {
		t.Errorf("%+v", last.Copies)
	}
}

func TestCopiesAreSettledByWhoeverSigned(t *testing.T) {
	o := newOffice(t)
	issue := o.opened(t)
	a := asIs(issue)
	a.Shares[0], a.File = 1, 2
	issue = o.does(t, o.editor, issue, Order{Act: Apportion, Print: PrintOrder{Apportion: a}})
	if issue.State != Draft || issue.Circulation.All()[0].Copies != 1 || issue.Copies.Difference() != 0 {
		t.Fatalf("%s: %s", issue.State, issue.Copies.Sentence(fault.ZH))
	}
	saved, err := o.Save(t.Context(), o.editor, issue.ID, issue.Version, strings.Replace(issue.Text, "宿迁", "淮安", 1))
	if err != nil || saved.Copies.Shares[0].Copies != 1 || saved.Copies.File != 2 || saved.Circulation.All()[0].Copies != 1 {
		t.Fatalf("another text, and the copies are as before: %v, %s", err, saved.Copies.Sentence(fault.ZH))
	}
	issue = o.does(t, o.editor, saved, Order{Act: Submit})
	issue = o.does(t, o.reviewer, issue, Order{Act: Approve})
	same := o.does(t, o.clerk, issue, Order{Act: Apportion, Print: PrintOrder{Apportion: asIs(issue)}})
	if same.State != Approved {
		t.Fatalf("nothing changed, and it is %s", same.State)
	}
	a = asIs(same)
	a.Shares[0], a.File = 2, 1
	changed := o.does(t, o.clerk, same, Order{Act: Apportion, Print: PrintOrder{Apportion: a}})
	if changed.State != Review || changed.Step != changed.Route.signatory() || changed.Round != same.Round || changed.Late == nil {
		t.Fatalf("%s at step %d of round %d", changed.State, changed.Step, changed.Round)
	}
	if _, err := o.Act(t.Context(), o.clerk, changed.ID, Order{Act: Register, Version: changed.Version, KeepDate: true}); err == nil {
		t.Error("registered without the signatory")
	}
	issue = o.does(t, o.reviewer, changed, Order{Act: Approve})
	issue = o.does(t, o.clerk, issue, Order{Act: Register, KeepDate: true}, Order{Act: Stamp, Print: PrintOrder{First: 1}}, Order{Act: Schedule})
	if _, err := o.Release(t.Context(), Actor{Robot: Robot}, issue.ID); err != nil {
		t.Fatal(err)
	}
	if facts := o.lastFacts(issue.ID); !strings.Contains(facts, "由1份改为2份") {
		t.Error(facts)
	}
	entry := o.books.sendings[0].Copies[1]
	if entry.Person != "乔栋" || !strings.Contains(entry.Reason, "签发后变更") || entry.Numbers.String() != "000001-000002" || o.books.sendings[0].Copies[2].Person != "" {
		t.Errorf("%+v", entry)
	}
}

// Who is added after the sign-off is approved again, and the ledger says so.
func TestAUnitAddedAfterTheSignOffIsInTheLedger(t *testing.T) {
	o := newOffice(t)
	issue := o.does(t, o.editor, o.opened(t), Order{Act: Submit})
	issue = o.does(t, o.reviewer, issue, Order{Act: Approve})
	o.books.directory.Collectives[0].Members = append(o.books.directory.Collectives[0].Members, recipients.Member{Words: "鄂尔多斯军分区领导", Unit: o.books.addUnit("鄂尔多斯军分区办公室")})
	issue = o.does(t, o.clerk, issue, Order{Act: Circulate})
	if issue.State != Draft || issue.Late == nil {
		t.Fatalf("%s", issue.State)
	}
	a := asIs(issue)
	a.Shares[0]-- // 20 are printed
	issue = o.does(t, o.editor, issue, Order{Act: Apportion, Print: PrintOrder{Apportion: a}}, Order{Act: Submit})
	issue = o.does(t, o.reviewer, issue, Order{Act: Approve})
	issue = o.does(t, o.clerk, issue, Order{Act: Register, KeepDate: true}, Order{Act: Schedule})
	if _, err := o.Release(t.Context(), Actor{Robot: Robot}, issue.ID); err != nil {
		t.Fatal(err)
	}
	if facts := o.lastFacts(issue.ID); !strings.Contains(facts, "签发后增加报：鄂尔多斯军分区办公室（1份，纸质），乔栋同意") {
		t.Error(facts)
	}
	n := slices.IndexFunc(o.books.sendings[0].Copies, func(e copies.Entry) bool { return e.Count == 1 && e.Person == "乔栋" })
	if n < 0 {
		t.Error("the ledger does not name who consented")
	}
	returned := newOffice(t)
	again := returned.does(t, returned.editor, returned.opened(t), Order{Act: Submit})
	again = returned.does(t, returned.reviewer, again, Order{Act: Approve})
	again = returned.does(t, returned.clerk, again, Order{Act: Return, Note: "改"})
	if again.Late != nil {
		t.Error("returned, and what follows is signed as a whole")
	}
}

// addUnit adds a unit that gets one copy on paper.
func (m *memory) addUnit(name string) uuid.UUID {
	u := recipients.Unit{ID: uuid.New(), Name: name, Place: "鄂尔多斯", Channel: recipients.ByPaper, Copies: 1}
	m.directory.Units = append(m.directory.Units, u)
	return u.ID
}

func TestInternalIssuesStayInside(t *testing.T) {
	o := newOffice(t)
	o.books.series.Domains = []string{"ordos.example"}
	issue := o.opened(t)
	issue.Document.Notice = "内部资料 注意保存"
	o.books.issues[issue.ID] = issue
	issue = o.does(t, o.editor, issue, Order{Act: Submit})
	issue = o.does(t, o.reviewer, issue, Order{Act: Approve})
	_, err := o.Act(t.Context(), o.clerk, issue.ID, Order{Act: Register, Version: issue.Version, KeepDate: true})
	if got := said(nil, err); !fault.Is(err, fault.Blocked) || !strings.Contains(got, "a@u.example不在准许的域名内") || !strings.Contains(got, "逐期准许") {
		t.Fatal(got)
	}
	_, err = o.Act(t.Context(), o.clerk, issue.ID, Order{Act: Permit, Version: issue.Version, Note: "急"})
	if !fault.Is(err, fault.Forbidden) {
		t.Errorf("a clerk permits: %v", err)
	}
	issue = o.does(t, o.reviewer, issue, Order{Act: Permit, Note: "上级要求"})
	if p := issue.Permission; p.ByName != "乔栋" || p.Reason != "上级要求" || strings.Join(p.Addresses, " ") != "a@u.example" {
		t.Errorf("%+v", p)
	}
	if _, err := o.Act(t.Context(), o.reviewer, issue.ID, Order{Act: Permit, Version: issue.Version, Note: "再"}); err == nil {
		t.Error("permitted where nothing is outside any more")
	}
	o.does(t, o.clerk, issue, Order{Act: Register, KeepDate: true})
	ordinary := newOffice(t)
	ordinary.books.series.Domains = []string{"ordos.example"}
	ordinary.scheduled(t) // without the notice it goes anywhere
	if got := (Series{Mailbox: "a@kjj.ordos.example"}).Inside(); len(got) != 1 || got[0] != "kjj.ordos.example" {
		t.Errorf("%v", got)
	}
	if err := (Series{Route: DefaultRoute(), Domains: []string{"no domain"}}).Validate(); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
}

// outCase is an issue that is out, whose unit has 2 copies, and somebody.
func outCase(role accounts.Role, order Order) Case {
	c := caseOf(order.Act, Dispatched, role)
	order.NewID = uuid.New
	c.Order, c.Issue.Version, c.Actor.Person.Name = order, 0, "李文书"
	return c
}

func TestWhatIsDoneWithCopiesIsInTheHistory(t *testing.T) {
	unit := aDraft("").Circulation.All()[0].Unit
	back := copies.Order{Act: copies.ActReturn, Account: copies.OfUnit(unit), Count: 1, Slip: copies.Slip{Person: "赵六", Reason: "多余"}}
	c := outCase(accounts.Clerk, Order{Act: Post, Print: PrintOrder{Deed: &back}})
	next, err := Decide(c, uuid.New())
	if err != nil || len(next.Moved) != 1 || next.Moved[0].By != "李文书" || next.Issue.State != Dispatched {
		t.Fatalf("%v, %+v", err, next.Moved)
	}
	if got := said(next.Event.Facts, nil); got != "退回：1份，市统计局 → 退回；相关人：赵六；事由：多余" {
		t.Error(got)
	}
	back.Count = 9
	if _, err := Decide(c, uuid.New()); !strings.Contains(said(nil, err), "该单位只有2份，不能转出9份") {
		t.Errorf("%v", err)
	}
	extra := copies.Order{Act: copies.ActExtra, Account: copies.OfUnit(unit), Count: 1, Slip: copies.Slip{Person: "某", Reason: "要"}}
	_, err = Decide(outCase(accounts.Clerk, Order{Act: Post, Print: PrintOrder{Deed: &extra}}), uuid.New())
	if !strings.Contains(said(nil, err), "须先申请") {
		t.Errorf("more copies without consent: %v", err)
	}
	hand := copies.Handover{Unit: unit, Count: 2, Way: copies.Fetched, To: " 张三 ", At: time.Unix(1, 0)}
	c = outCase(accounts.Clerk, Order{Act: HandOut, Print: PrintOrder{Hand: &hand}})
	next, err = Decide(c, uuid.New())
	if err != nil || next.HandedOut == nil || next.HandedOut.By != "李文书" || said(next.Event.Facts, nil) != "市统计局领取2份（自取），接收人张三" {
		t.Fatalf("%v, %+v, %s", err, next.HandedOut, said(next.Event.Facts, nil))
	}
	c.Handed = []copies.Handover{*next.HandedOut}
	if _, err := Decide(c, uuid.New()); !strings.Contains(said(nil, err), "应得2份，已交2份") {
		t.Errorf("handed over twice: %v", err)
	}
}

func TestAWiderDistributionTakesTwo(t *testing.T) {
	stranger := uuid.New()
	ask := Order{Act: Widen, Unit: stranger, Note: "来函索要", Print: PrintOrder{Extra: 3, Name: "市能源局"}}
	asked, err := Decide(outCase(accounts.Clerk, ask), uuid.New())
	if err != nil || len(asked.Issue.Asked()) != 1 || len(asked.Moved) != 0 || said(asked.Event.Facts, nil) != "申请向市能源局增发：纸质3份" {
		t.Fatalf("%v, %+v", err, asked.Issue.Widenings)
	}
	decide := func(act Act, note string, who uuid.UUID) (Change, error) {
		c := outCase(accounts.Signatory, Order{Act: act, Unit: stranger, Note: note})
		c.Issue.Widenings, c.Actor.Person.Name = asked.Issue.Widenings, "乔栋"
		if who != uuid.Nil {
			c.Actor.Person.ID = who
		}
		return Decide(c, uuid.New())
	}
	if _, err := decide(Grant, "", asked.Issue.Widenings[0].By); !strings.Contains(said(nil, err), "须由他人决定") {
		t.Errorf("decided by who asked: %v", err)
	}
	granted, err := decide(Grant, "", uuid.Nil)
	if err != nil {
		t.Fatal(said(nil, err))
	}
	last := granted.Moved[len(granted.Moved)-1]
	if last.To != copies.OfUnit(stranger) || last.Count != 3 || last.Person != "乔栋" || last.By != "李文书" || len(granted.Issue.Asked()) != 0 {
		t.Errorf("%+v", last)
	}
	again := outCase(accounts.Clerk, Order{Act: Resend, Unit: stranger, Note: "补", Addresses: []string{"x@y.example"}})
	if again.Issue.Widenings = granted.Issue.Widenings; len(listedUnit.Against(again)) != 0 {
		t.Error("granted, and nothing can be mailed to it")
	}
	if _, err := decide(Deny, "", uuid.Nil); err == nil {
		t.Error("refused without a reason")
	}
	denied, err := decide(Deny, "不宜", uuid.Nil)
	if err != nil || len(denied.Moved) != 0 || denied.Issue.Widenings[0].Decision != Deny {
		t.Errorf("%v, %+v", err, denied.Issue.Widenings)
	}
	twice := outCase(accounts.Clerk, ask)
	twice.Issue.Widenings = asked.Issue.Widenings
	if _, err := Decide(twice, uuid.New()); !strings.Contains(said(nil, err), "已申请向市能源局增发，待决定") {
		t.Errorf("asked twice: %v", err)
	}
}
