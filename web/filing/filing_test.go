package filing

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
	"jianbao/workflow/filing"
	"jianbao/workflow/remarks"
	"jianbao/workflow/retention"
)

var (
	mine, theirs = uuid.MustParse("00000000-0000-4000-8000-000000000001"), uuid.MustParse("00000000-0000-4000-8000-000000000002")
	open, whole  = uuid.MustParse("00000000-0000-4000-8000-00000000000a"), uuid.MustParse("00000000-0000-4000-8000-00000000000b")
	old, held    = uuid.MustParse("00000000-0000-4000-8000-00000000000c"), uuid.MustParse("00000000-0000-4000-8000-00000000000d")
	list         = uuid.MustParse("00000000-0000-4000-8000-00000000000e")
	now          = time.Date(2032, 7, 15, 4, 0, 0, 0, time.UTC)
	no           = fault.Say("filing.page.test-no", "不行：%s", "no: %s")
)

// An office has a series with two issues of 2031 to file, one item that has
// expired, one that is held, and a list that waits.
type office struct {
	ordered  filing.Order
	held     filing.HoldOrder
	proposed []uuid.UUID
	acted    filing.ListOrder
	rule     retention.Rule
	refusal  error
	state    filing.ListState
	proposer uuid.UUID
}

func (o *office) File(_ context.Context, _ workflow.Actor, _ uuid.UUID, order filing.Order) (filing.Item, error) {
	o.ordered = order
	return filing.Item{}, o.refusal
}

func (o *office) FileYear(context.Context, workflow.Actor, uuid.UUID, int) ([]filing.Item, []filing.Left, error) {
	return []filing.Item{{}}, []filing.Left{{Contents: contents(open)}}, o.refusal
}

func (o *office) Hold(_ context.Context, _ workflow.Actor, _ uuid.UUID, order filing.HoldOrder) error {
	o.held = order
	return o.refusal
}

func (o *office) Propose(_ context.Context, _ workflow.Actor, _ uuid.UUID, issues []uuid.UUID, _ string) (filing.Destruction, error) {
	o.proposed = issues
	return filing.Destruction{}, o.refusal
}

func (o *office) Act(_ context.Context, _ workflow.Actor, _ filing.Destruction, order filing.ListOrder) (filing.Destruction, error) {
	o.acted = order
	return filing.Destruction{}, o.refusal
}

func (o *office) SetRule(_ context.Context, _ workflow.Actor, _ uuid.UUID, _ int, rule retention.Rule, _ string) error {
	o.rule = rule
	return o.refusal
}

func (o *office) Series(_ context.Context, id uuid.UUID) (workflow.Series, error) {
	return workflow.Series{ID: id, Masthead: "科技简报"}, nil
}

func (o *office) SeriesAll(context.Context) ([]workflow.Series, error) {
	return []workflow.Series{{ID: mine, Masthead: "科技简报"}, {ID: theirs, Masthead: "别人的简报"}}, nil
}

func (o *office) FilingYears(context.Context, uuid.UUID) (map[int]int, error) {
	return map[int]int{2030: 0, 2031: 2, 2032: 0}, nil
}

// contents lack a remark's end, unless they are whole.
func contents(id uuid.UUID) filing.Contents {
	series := workflow.Series{ID: mine, Masthead: "科技简报"}
	c := filing.Contents{Series: series, Sent: true, Issue: workflow.Issue{ID: id, Series: mine, State: workflow.Dispatched, Text: "文", Version: 7,
		Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2031, No: 8}, Date: bulletin.Date{Year: 2031, Month: 7, Day: 8}}}
	made := workflow.OpenIssue(series, workflow.Actor{Robot: "x"}, workflow.DraftText{}, now, uuid.New)
	c.Events, c.Issue.Events, c.Issue.Head = []workflow.Event{made.Event}, made.Issue.Events, made.Issue.Head
	c.Issue.Circulation.Lists = []recipients.List{{Label: "送", Entries: []recipients.Entry{{Printed: "市统计局", Recipients: []recipients.Recipient{{Unit: uuid.New(), Name: "市统计局"}}}}}}
	if id == open {
		c.Remarks = []remarks.Remark{{State: remarks.Assigned, Writing: remarks.Writing{Leader: "<张三>"}}}
	}
	return c
}

func (o *office) FilesOfYear(_ context.Context, _ uuid.UUID, year int) ([]filing.Contents, error) {
	if year != 2031 {
		return nil, nil
	}
	filed := contents(whole)
	item := itemOf(uuid.New(), 2031)
	filed.Item = &item
	return []filing.Contents{contents(open), contents(whole), filed}, nil
}

func itemOf(issue uuid.UUID, year int) filing.Item {
	return filing.Item{Issue: issue, Series: mine, Year: year, Class: retention.Ten, No: 3, Document: "2021年第8期", Title: "科技简报 2021年第8期：宿迁", Pages: 4,
		Date: bulletin.Date{Year: year, Month: 7, Day: 8}, Filed: filing.Hand{Name: "李文书", At: now}}
}

func (o *office) FileOfIssue(_ context.Context, id uuid.UUID) (filing.Contents, error) {
	return contents(id), nil
}

func (o *office) FiledItems(context.Context, uuid.UUID) ([]filing.Standing, error) {
	hold := filing.Hold{Placed: filing.Hand{Name: "局长", Note: "在诉讼中", At: now}}
	return []filing.Standing{
		{Item: itemOf(old, 2021), State: workflow.Archived}, {Item: itemOf(held, 2021), State: workflow.Archived, Holds: []filing.Hold{hold}},
		{Item: itemOf(uuid.New(), 2021), State: workflow.Archived, List: "2032年第1号"}, {Item: itemOf(uuid.New(), 2021), State: workflow.Destroyed}, {Item: itemOf(uuid.New(), 2031)},
	}, nil
}

func (o *office) Destructions(context.Context, uuid.UUID) ([]filing.Destruction, error) {
	return []filing.Destruction{{ID: list, Series: mine, Year: 2032, No: 1, State: o.state, Version: 1, Lines: []filing.Item{itemOf(old, 2021)},
		Proposed: filing.Hand{By: o.proposer, Name: "李文书", At: now, Note: "期满无保存价值"}}}, nil
}

func (o *office) FilingRules(context.Context, uuid.UUID) ([]filing.RuleLine, error) {
	return []filing.RuleLine{{Seq: 1, Rule: retention.Rule{Class: retention.Thirty, Fonds: "Z109"}, Set: filing.Hand{Name: "管理员", At: now, Note: "按省局规定"}}}, nil
}

func visit(t *testing.T, roles ...accounts.Role) (*office, *pagetest.Visitor) {
	t.Helper()
	o := &office{state: filing.Proposed}
	who := accounts.Person{ID: uuid.New(), Name: "李文书", Active: true}
	for _, r := range roles {
		who.Grants = append(who.Grants, accounts.Grant{Series: mine, Role: r})
	}
	return o, pagetest.Visit(t, Room(Config{Desk: o, Reads: o, Books: o}), who, now)
}

func is(t *testing.T, a pagetest.Answer, status int, words ...string) {
	t.Helper()
	for _, w := range words {
		if not, found := strings.CutPrefix(w, "!"); found == strings.Contains(a.Body, not) {
			t.Errorf("%q in\n%s", w, a.Body)
		}
	}
	if a.Status != status {
		t.Errorf("answered %d, not %d: %s", a.Status, status, a.Body)
	}
}

const of = "/series/00000000-0000-4000-8000-000000000001/"

func TestTheOverviewSaysWhatIsToBeDone(t *testing.T) {
	_, v := visit(t, accounts.Reader)
	is(t, v.Get("/filing"), 200, "科技简报", "2031年：2期", "2032-06-30前归档 已逾期", "1件期满待鉴定", "1份待办", "30年", "!别人的")
	is(t, v.Get("/filing?lang=en"), 200, "2031: 2 issues", "by 2032-06-30 overdue")
}

func TestAStrangerSeesNothing(t *testing.T) {
	o, v := visit(t)
	is(t, v.Get("/filing"), 404)
	is(t, v.Get("/issues/"+open.String()+"/filing"), 404)
	for _, where := range []string{"filing", "filing.xlsx", "filing/rule", "retention", "retention.xlsx", "destruction", "destruction.csv"} {
		is(t, v.Get(of+where), 404)
	}
	for _, where := range []string{"filing", "filing/rule", "retention", "retention/" + old.String(), "destruction/" + list.String()} {
		is(t, v.Post(of+where, "issue", open.String(), "do", "carry"), 404)
	}
	if o.proposed != nil || o.acted.Act != "" {
		t.Error("something was done for a stranger")
	}
}

func TestAYearIsFiled(t *testing.T) {
	o, v := visit(t, accounts.Clerk)
	is(t, v.Get(of+"filing"), 200, "2031年度", "缺1项", "&lt;张三&gt;的批示还没有办结", "齐全完整", "归档全部齐全的1期", "2021年第8期", `value="30" selected`, "有领导批示，建议30年")
	is(t, v.Get(of+"filing?year=2030"), 200, "没有发出过")
	if a := v.Get("/issues/" + open.String() + "/filing"); a.Location != of+"filing?year=2031#i-"+open.String() {
		t.Errorf("%+v", a)
	}
	if a := v.Post(of+"filing", "do", "all", "year", "2031"); a.Status != http.StatusSeeOther || a.Location != of+"filing?year=2031" {
		t.Errorf("%+v", a)
	}
	form := []string{"issue", open.String(), "version", "7", "year", "2031", "class", "10", "pages", "6", "kept", "三楼", "note", "批示另案办理"}
	if a := v.Post(of+"filing", form...); a.Status != http.StatusSeeOther {
		t.Errorf("%+v", a)
	}
	if o.ordered != (filing.Order{Version: 7, Class: retention.Ten, Pages: 6, Kept: "三楼", Note: "批示另案办理"}) {
		t.Errorf("%+v", o.ordered)
	}
	o.refusal = fault.New(fault.Blocked, no.With("甲"), no.With("乙"))
	is(t, v.Post(of+"filing", form...), http.StatusUnprocessableEntity, "不行：甲", "不行：乙", `value="三楼"`, `value="批示另案办理"`, `value="6"`, "<details open>")
	form[9] = "六"
	is(t, v.Post(of+"filing", form...), http.StatusUnprocessableEntity, "看不懂的数", `value="六"`)
	form[1] = old.String()
	form[9] = "6"
	is(t, v.Post(of+"filing", form...), http.StatusNotFound)
	_, reader := visit(t, accounts.Reader)
	is(t, reader.Get(of+"filing"), 200, "缺1项", "!<form class=\"form\"", "!归档全部齐全")
}

func TestTheRuleIsSetByAnAdministrator(t *testing.T) {
	o, v := visit(t, accounts.Admin)
	is(t, v.Get(of+"filing/rule"), 200, "30年", "按省局规定", `value="Z109"`, `name="seq" value="1"`, "2033-06-30")
	form := []string{"seq", "1", "class", "10", "month", "3", "day", "31", "ahead", "20", "fonds", "Z110", "no-receipts", "yes", "reason", "新规定"}
	if a := v.Post(of+"filing/rule", form...); a.Status != http.StatusSeeOther || o.rule != (retention.Rule{Class: retention.Ten, Month: 3, Day: 31, Ahead: 20, Fonds: "Z110", NoReceipts: true}) {
		t.Errorf("%+v %+v", a, o.rule)
	}
	form[5] = "三"
	is(t, v.Post(of+"filing/rule", form...), http.StatusUnprocessableEntity, "看不懂的数", `value="三"`, `value="Z110"`, "checked")
	_, clerk := visit(t, accounts.Clerk)
	is(t, clerk.Get(of+"filing/rule"), 200, "!<button class=\"main\"")
}

func TestWhatHasExpiredIsAppraised(t *testing.T) {
	o, v := visit(t, accounts.Clerk)
	is(t, v.Get(of+"retention"), 200, "期满待鉴定 <span class=\"hint\">1<", "在诉讼中", "在清册2032年第1号上", "提出销毁", `value="`+old.String()+`"`)
	if a := v.Post(of+"retention", "issue", old.String(), "reason", "期满"); a.Location != of+"destruction" || len(o.proposed) != 1 || o.proposed[0] != old {
		t.Errorf("%+v %v", a, o.proposed)
	}
	if a := v.Post(of+"retention/"+old.String(), "reason", "有用", "until", "2040"); a.Location != of+"retention" || o.held != (filing.HoldOrder{Until: 2040, Reason: "有用"}) {
		t.Errorf("%+v %+v", a, o.held)
	}
	if v.Post(of+"retention/"+held.String(), "reason", "已结案", "do", "lift"); !o.held.Lift {
		t.Errorf("%+v", o.held)
	}
	is(t, v.Post(of+"retention/"+uuid.NewString(), "reason", "别人的"), http.StatusNotFound)
	is(t, v.Post(of+"retention/"+old.String(), "reason", "有用", "until", "明年"), http.StatusUnprocessableEntity, `value="明年"`, "<details open>")
	o.refusal = fault.New(fault.Blocked, no.With("甲"))
	is(t, v.Post(of+"retention", "issue", old.String(), "reason", "期满"), http.StatusUnprocessableEntity, "不行：甲", " checked", `value="期满"`)
	if a := v.Get(of + "retention/" + old.String()); a.Location != of+"retention" {
		t.Errorf("%+v", a)
	}
}

func TestAListHasTwoSignatures(t *testing.T) {
	o, v := visit(t, accounts.Clerk, accounts.Signatory)
	is(t, v.Get(of+"destruction"), 200, "2032年第1号", "期满无保存价值", "批准销毁", "!销毁后不能恢复")
	o.proposer = v.Person.ID
	is(t, v.Get(of+"destruction"), 200, "须由他人批准", "!批准销毁</button>")
	o.proposer = uuid.New()
	if a := v.Post(of+"destruction/"+list.String(), "version", "1", "do", "approve", "reason", "同意"); a.Location != of+"destruction" || o.acted != (filing.ListOrder{Act: filing.Approve, Version: 1, Reason: "同意"}) {
		t.Errorf("%+v %+v", a, o.acted)
	}
	o.state = filing.Approved
	is(t, v.Get(of+"destruction"), 200, "销毁后不能恢复", "确认销毁这1件")
	o.refusal = fault.New(fault.Forbidden, no.With("甲"))
	is(t, v.Post(of+"destruction/"+list.String(), "version", "1", "do", "carry", "witness", "老王"), http.StatusForbidden, "不行：甲", `value="老王"`)
	is(t, v.Post(of+"destruction/"+uuid.NewString(), "version", "1", "do", "carry"), http.StatusNotFound)
	is(t, v.Post(of+"destruction/"+list.String(), "version", "x", "do", "carry"), http.StatusUnprocessableEntity)
}

func TestSpreadsheets(t *testing.T) {
	_, v := visit(t, accounts.Reader)
	for where, begins := range map[string]string{"filing.xlsx?year=2031": "PK", "filing.csv?year=2031": "\ufeff", "retention.xlsx": "PK", "destruction.xlsx": "PK", "destruction.csv": "\ufeff"} {
		if a := v.Get(of + where); a.Status != 200 || !strings.HasPrefix(a.Body, begins) || !strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: %d, %q", where, a.Status, a.Body[:min(20, len(a.Body))])
		}
	}
}

func TestListsWaitOnDesks(t *testing.T) {
	o, v := visit(t, accounts.Clerk, accounts.Reviewer)
	chores := func() string {
		t.Helper()
		all, err := Chores(Config{Reads: o, Books: o})(t.Context(), v.Person)
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, c := range all {
			text += c.Says.In(fault.ZH) + c.Address
		}
		return text
	}
	if got := chores(); !strings.Contains(got, "2032年第1号由李文书提出") || !strings.HasSuffix(got, of+"destruction#l-"+list.String()) {
		t.Error(got)
	}
	o.proposer = v.Person.ID
	if got := chores(); got != "" {
		t.Errorf("one's own list: %s", got)
	}
	o.state = filing.Approved
	if got := chores(); !strings.Contains(got, "待销毁") {
		t.Error(got)
	}
	v.Person.Grants = []accounts.Grant{{Series: theirs, Role: accounts.Reader}}
	if got := chores(); got != "" {
		t.Errorf("a reader's: %s", got)
	}
}
