package lists

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
	"jianbao/recipients/standing"
	"jianbao/web/page"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
	"jianbao/workflow/ready"
)

var (
	noon   = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)
	series = uuid.MustParse("00000000-0000-4000-8000-000000000001")
	issue  = uuid.MustParse("00000000-0000-4000-8000-000000000002")
	here   = "/series/" + series.String() + "/lists"
	there  = "/issues/" + issue.String() + "/lists"
)

func id(name string) uuid.UUID { return uuid.NewSHA1(uuid.Nil, []byte(name)) }

// An office has a series with one draft and the issue before it.
type office struct {
	dir     recipients.Directory
	lists   standing.Lists
	last    *workflow.Issue
	issue   workflow.Issue
	options []workflow.Option
	err     error
	what    []fault.Reason
	text    string // that was saved
	amended bool
}

func (o *office) Save(_ context.Context, _ workflow.Actor, _ uuid.UUID, _ int, text string) (workflow.Issue, error) {
	o.text = text
	return o.issue, o.err
}

func (o *office) Amend(_ context.Context, _ workflow.Actor, _ uuid.UUID, _ int, r workflow.Rewrite) (workflow.Issue, error) {
	o.text, o.amended = r.Text, true
	return o.issue, o.err
}

func (o *office) OptionsOf(context.Context, workflow.Actor, workflow.Issue, workflow.Series, []ready.Finding) ([]workflow.Option, error) {
	return o.options, nil
}

func (o *office) Issue(_ context.Context, asked uuid.UUID) (workflow.Issue, error) {
	if asked != issue {
		return workflow.Issue{}, page.NotHere()
	}
	return o.issue, nil
}

func (o *office) Series(context.Context, uuid.UUID) (workflow.Series, error) {
	return workflow.Series{ID: series, Masthead: "科技简报", Place: "鄂尔多斯市"}, nil
}

func (o *office) Directory(context.Context, uuid.UUID) (recipients.Directory, error) {
	d := o.dir
	d.Copies = o.lists.Copies
	return d, nil
}

func (o *office) StandingLists(context.Context, uuid.UUID) (standing.Lists, error) {
	return o.lists, nil
}

func (o *office) SaveStandingLists(_ context.Context, lists standing.Lists, by workflow.Named, _ time.Time, what []fault.Reason) error {
	if err := lists.Validate(); err != nil || o.err != nil {
		return either(err, o.err)
	}
	o.what, o.lists = what, lists
	o.lists.Version++
	return nil
}

func either(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

func (o *office) LastIssue(context.Context, uuid.UUID, uuid.UUID) (*workflow.Issue, error) {
	return o.last, nil
}

const issueText = "科技简报\n第9期\n科技局\n2026年3月2日\n\n【动态】\n3月1日，开会。\n\n报：鄂尔多斯市委、市政府领导。\n送：市发改委、市财政局。\n编辑：程继东\n（共印5份）\n"

func visit(t *testing.T, role accounts.Role) (*office, *pagetest.Visitor) {
	t.Helper()
	unit := func(name string, short ...string) recipients.Unit {
		u := recipients.Unit{ID: id(name), Name: "鄂尔多斯市" + name, Place: "鄂尔多斯市", Channel: recipients.ByPaper, Copies: 1}
		for _, s := range short {
			u.Aliases = append(u.Aliases, recipients.Alias{Name: s})
		}
		return u
	}
	ended := unit("旧局", "市旧局")
	ended.Ended = noon
	o := &office{dir: recipients.Directory{
		Units: []recipients.Unit{unit("委办公室"), unit("政府办公室"), unit("发展和改革委员会", "市发改委"), unit("财政局", "市财政局"), unit("统计局", "市统计局"), ended},
		Collectives: []recipients.Collective{{ID: id("领导"), Text: "鄂尔多斯市委、市政府领导", Place: "鄂尔多斯市", Members: []recipients.Member{
			{Words: "鄂尔多斯市委领导", Unit: id("委办公室")}, {Words: "鄂尔多斯市政府领导", Unit: id("政府办公室")}}}},
	}}
	o.issue = workflow.Issue{ID: issue, Series: series, Version: 3, State: workflow.Draft, Text: issueText, Document: bulletin.Parse(issueText).Document}
	o.issue.Circulation = recipients.Resolve(o.dir, "鄂尔多斯市", noon, []recipients.Listed{{Label: "报", Text: "鄂尔多斯市委、市政府领导"}, {Label: "送", Text: "市发改委、市财政局"}})
	last := o.issue
	last.Number = workflow.Number{Year: 2026, Kind: bulletin.Ordinary, No: 8}
	last.Circulation = recipients.Resolve(o.dir, "鄂尔多斯市", noon, []recipients.Listed{{Label: "送", Text: "市发改委、市统计局"}})
	o.last = &last
	o.options = []workflow.Option{{Act: workflow.Save, Allowed: true}}
	who := accounts.Person{ID: uuid.New(), Name: "程继东", Active: true, Grants: []accounts.Grant{{Series: series, Role: role}}}
	return o, pagetest.Visit(t, Room(Config{Desk: o, Books: o}), who, noon)
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

// rows are the fields of the form with the lists of the issue.
func rows(more ...string) []string {
	return append([]string{"version", "0", "label", "报", "before-0", "", "printed-0", "鄂尔多斯市委、市政府领导",
		"label", "送", "before-1", "", "printed-1", "市发改委", "before-1", "，", "printed-1", "市财政局"}, more...)
}

func TestTheStandingListsBeginAsTheLastIssues(t *testing.T) {
	_, v := visit(t, accounts.Editor)
	a := v.Get(here)
	is(t, a, 200, "第8期", "市统计局", "鄂尔多斯市发展和改革委员会", `<option value="市财政局">`, "/static/lists.js")
	if strings.Contains(a.Body, `<option value="市旧局">`) {
		t.Error("a unit that has ended is offered")
	}
}

func TestStandingListsAreEditedAndSaved(t *testing.T) {
	o, v := visit(t, accounts.Editor)
	a := v.Post(here, rows("do", "up 1 1")...)
	is(t, a, 200, "还没有保存", "市财政局、市发改委", "与2026年")
	if o.lists.Version != 0 {
		t.Fatal("moving saved it")
	}
	is(t, v.Post(here, rows("do", "look", "add-1", "市统计局、市某局", "new-label", "发", "new-words", "市旧局")...), 200, "市发改委，市财政局、市统计局、市某局", "不知道是哪个单位", "<h2>发</h2>", "“市某局”")
	is(t, v.Post(here, rows("do", "save", "copies-"+id("财政局").String(), "4", "copies-"+id("发展和改革委员会").String(), "1")...), http.StatusSeeOther)
	if l := o.lists; len(l.Lists) != 2 || l.Lists[1].Text != "市发改委，市财政局" || len(l.Copies) != 1 || l.Copies[id("财政局")] != 4 {
		t.Errorf("saved %+v", l)
	}
	var said []string
	for _, r := range o.what {
		said = append(said, r.In(fault.ZH))
	}
	if got := strings.Join(said, "|"); got != "常用名单“报”：鄂尔多斯市委、市政府领导|常用名单“送”：市发改委，市财政局" {
		t.Errorf("history says %s", got)
	}
	is(t, v.Get(here), 200, "这是本刊的常用名单", `value="4"`, "通讯录：1份")
	o.what = nil
	is(t, v.Post(here, "version", "1", "label", "送", "printed-0", "市财政局", "before-0", "", "do", "save", "copies-"+id("财政局").String(), "2"), http.StatusSeeOther)
	said = nil
	for _, r := range o.what {
		said = append(said, r.In(fault.ZH))
	}
	if got := strings.Join(said, "|"); got != "常用名单“送”：市发改委，市财政局 → 市财政局|去掉常用名单“报”：鄂尔多斯市委、市政府领导|送：鄂尔多斯市财政局由4份改为2份" {
		t.Errorf("history says %s", got)
	}
	is(t, v.Post(here, rows("do", "save", "copies-"+id("财政局").String(), "两份")...), 422, "两份", "市财政局")
	o.err = fault.New(fault.Conflict, keepsNone.With("甲"))
	is(t, v.Post(here, rows("do", "save")...), http.StatusConflict, "市财政局")
}

// What is saved is over the lists that the form was made of, so that who was
// overtaken hears of it; numbers that nobody confirmed are not taken over.
func TestStandingListsAreSavedOverWhatWasRead(t *testing.T) {
	o, v := visit(t, accounts.Editor)
	o.last.Circulation = o.last.Circulation.WithCopies([]int{8, 9})
	o.last.Circulation.Lists[0].Entries[1].Recipients[0].CopiesAssumed = true
	a := v.Get(here)
	if !strings.Contains(a.Body, `value="8"`) || strings.Contains(a.Body, `value="9"`) {
		t.Error("the last issue's copies: what was given is taken over, what was assumed is not")
	}
	form := rows("do", "save")
	form[1] = "6"
	v.Post(here, form...)
	if o.lists.Version != 7 {
		t.Errorf("saved over version %d", o.lists.Version-1)
	}
}

// Who may not change the lists of an issue does not even try it out.
func TestListsAreTriedOutByWhoMayChangeThem(t *testing.T) {
	o, v := visit(t, accounts.Editor)
	o.options = []workflow.Option{{Act: workflow.Save}}
	is(t, v.Post(there, rows("do", "look")...), fault.Status(fault.Blocked))
}

func TestTheListsOfAnIssueAreWordsOfItsText(t *testing.T) {
	o, v := visit(t, accounts.Editor)
	is(t, v.Get(there), 200, "本期名单", "与2026年", "去掉了", "市发改委、市财政局", "换成本刊常用名单")
	is(t, v.Post(there, rows("do", "save", "version", "3")...), http.StatusSeeOther)
	if want := strings.Replace(issueText, "市发改委、市财政局", "市发改委，市财政局", 1); o.text != want || o.amended {
		t.Errorf("saved %q", o.text)
	}
	o.lists = standing.Lists{Series: series, Version: 1, Lists: []recipients.Listed{{Label: "发", Text: "市统计局"}}}
	is(t, v.Post(there, rows("do", "standing")...), 200, "<h2>发</h2>", "市统计局", "还没有保存")
	o.err = fault.New(fault.Conflict, notNow.With("甲"))
	is(t, v.Post(there, rows("do", "save")...), http.StatusConflict, `name="version" value="3"`)
}

func TestAnIssueThatWasSignedOffIsAmended(t *testing.T) {
	o, v := visit(t, accounts.Editor)
	o.issue.State, o.options = workflow.Approved, []workflow.Option{{Act: workflow.Save}, {Act: workflow.Amend, Allowed: true}}
	is(t, v.Get(there), 200, "条例第三十一条")
	is(t, v.Post(there, rows("do", "save")...), http.StatusSeeOther)
	if !o.amended || !strings.Contains(o.text, "市发改委，市财政局。") {
		t.Errorf("amended %v: %q", o.amended, o.text)
	}
	o.options = []workflow.Option{{Act: workflow.Save, Reasons: []fault.Reason{keepsNone.With("别人")}}}
	is(t, v.Get(there), 200, "名单现在不能改", "别人", "<fieldset disabled>")
	is(t, v.Post(there, rows("do", "save")...), 422, "别人")
}

func TestListsAreForTheirSeries(t *testing.T) {
	_, v := visit(t, accounts.Reader)
	is(t, v.Get(here), 200, "<fieldset disabled>")
	is(t, v.Post(here, rows("do", "save")...), http.StatusForbidden)
	v.Person.Grants[0].Series = uuid.New()
	for _, address := range []string{here, there, "/issues/" + uuid.NewString() + "/lists", "/series/x/lists"} {
		is(t, v.Get(address), 404)
	}
}

// Every label that a standing list may have is one that a text can have.
func TestLabelsAreReadInTexts(t *testing.T) {
	for _, label := range standing.Labels {
		text := strings.Replace(issueText, "送：", label+"：", 1)
		found := false
		for _, l := range bulletin.Parse(text).Document.Lists {
			found = found || l.Label == label
		}
		if !found {
			t.Errorf("%s is read as no list", label)
		}
	}
}
