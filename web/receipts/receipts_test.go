package receipts

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients"
	domain "jianbao/recipients/receipts"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

var (
	noon   = time.Date(2021, 7, 16, 4, 0, 0, 0, time.UTC)
	series = workflow.Series{ID: uuid.MustParse("11111111-1111-1111-1111-111111111111"), Masthead: "鄂尔多斯科技简报", Organ: "市科技局"}
	issue  = workflow.Issue{ID: uuid.MustParse("22222222-2222-2222-2222-222222222222"), Series: series.ID, State: workflow.Dispatched, Version: 7,
		Number: workflow.Number{Year: 2021, No: 8}, Released: noon.Add(-24 * time.Hour)}
	home = "/issues/" + issue.ID.String()
)

// An office is what the pages are made of, with one issue that is out to three
// units: one has signed, one bounced, one was rung.
type office struct {
	lines    []domain.Line
	mails    []workflow.ReceiptMail
	issue    workflow.Issue
	ordered  []workflow.Order
	entered  []domain.Receipt
	had      []string // who had the very mail
	why      string   // why a mail was dismissed
	refusing error
}

func newOffice() *office {
	signed := domain.Receipt{ID: uuid.New(), Verdict: domain.Received, Means: domain.ByLink, By: "张三", At: noon, Entered: noon, Copies: 1, Expected: 2, Slip: uuid.New()}
	return &office{issue: issue, lines: []domain.Line{
		{Unit: uuid.New(), Name: "市委办公室", Label: "报", Version: "abcdef0123456789", State: domain.Acknowledged, Sent: noon, Copies: 2, Receipts: []domain.Receipt{signed},
			Seen: []domain.Sight{{Slip: signed.Slip, By: "收发员", At: noon.Add(-time.Hour)}}},
		{Unit: uuid.New(), Name: "市统计局", Label: "送", Version: "abcdef0123456789", State: domain.Bounced, Sent: noon, Letters: []domain.Letter{{ID: uuid.New(), Address: "old@b.example", Fate: domain.Failed, Code: 550, At: noon}}},
		{Unit: uuid.New(), Name: "市财政局", Label: "送", Version: "abcdef0123456789", State: domain.Accepted, Sent: noon, Rungs: []int{0}},
	}}
}

func (o *office) Act(_ context.Context, _ workflow.Actor, _ uuid.UUID, order workflow.Order) (workflow.Issue, error) {
	o.ordered = append(o.ordered, order)
	return o.issue, o.refusing
}

func (o *office) Options(_ context.Context, actor workflow.Actor, _ uuid.UUID) (all []workflow.Option, err error) {
	c := workflow.Case{Issue: o.issue, Series: series, Actor: actor, Now: noon}
	return workflow.Options(c), nil
}

func (o *office) Enter(_ context.Context, _ workflow.Actor, _, _ uuid.UUID, r domain.Receipt) (domain.Receipt, error) {
	o.entered = append(o.entered, r)
	return r, o.refusing
}

func (o *office) EnterMail(_ context.Context, _ workflow.Actor, _ uuid.UUID, r domain.Receipt) (domain.Receipt, error) {
	o.entered = append(o.entered, r)
	return r, o.refusing
}

func (o *office) Dismiss(_ context.Context, _ workflow.Actor, _ uuid.UUID, why string) error {
	o.why = why
	return o.refusing
}

func (o *office) Punctuality(context.Context, uuid.UUID, time.Time, time.Time) ([]domain.Record, error) {
	return []domain.Record{{Name: "市统计局", Sent: 4, OnTime: 3, Missing: 1}}, nil
}

func (o *office) ReceiptLines(context.Context, uuid.UUID) ([]domain.Line, error) { return o.lines, nil }

func (o *office) ReceiptMails(context.Context, func(string) bool, int) ([]workflow.ReceiptMail, error) {
	return o.mails, nil
}

func (o *office) Holders(context.Context, uuid.UUID) (all []workflow.Holder, err error) {
	if len(o.lines) > 3 {
		for _, l := range o.lines {
			all = append(all, workflow.Holder{Unit: l.Unit, Name: l.Name})
		}
		return all, nil
	}
	return []workflow.Holder{{Unit: o.lines[0].Unit, Name: "市委办公室", Addresses: []string{"a@b.example"}, Paper: 2}}, nil
}

func (o *office) Unreached(context.Context, []uuid.UUID, time.Time) ([]uuid.UUID, error) {
	return []uuid.UUID{issue.ID}, nil
}

func (o *office) RecallsOpen(context.Context, []uuid.UUID) (all []workflow.Issue, err error) {
	if o.issue.Recall.Open() {
		all = append(all, o.issue)
	}
	return all, nil
}

func (o *office) Issue(_ context.Context, id uuid.UUID) (workflow.Issue, error) {
	if id != issue.ID {
		return workflow.Issue{}, fault.New(fault.NotFound, notOut.With())
	}
	return o.issue, nil
}

func (o *office) Series(context.Context, uuid.UUID) (workflow.Series, error) { return series, nil }

func (o *office) SeriesAll(context.Context) ([]workflow.Series, error) {
	return []workflow.Series{series}, nil
}

func (o *office) Units(context.Context) ([]recipients.Unit, error) {
	return []recipients.Unit{{ID: o.lines[1].Unit, Name: "市统计局", Addresses: []string{"old@b.example", "new@b.example"}, Phone: "0477-1"}}, nil
}

func (o *office) Clockwork(context.Context, uuid.UUID) (workflow.Timetable, []calendar.Year, error) {
	return workflow.Timetable{Chasing: workflow.UsualChasing()}, nil, nil
}

func (o *office) Staff(context.Context, uuid.UUID, []uuid.UUID) (workflow.Staff, error) {
	return workflow.Staff{People: []accounts.Person{reviewer}}, nil
}

func (o *office) Look(context.Context, uuid.UUID, uuid.UUID) (Sent, error) {
	return Sent{Letter: mailer.Delivery{Name: "市委办公室", Address: "a@b.example"}, Text: "正文\n/receipt/…", HTML: "<p>正文</p>", SHA256: "ff"}, o.refusing
}

func (o *office) Eml(_ context.Context, actor workflow.Actor, _, _ uuid.UUID) ([]byte, error) {
	o.had = append(o.had, actor.Name())
	return []byte("Subject: x\r\n\r\n"), nil
}

func with(name string, role accounts.Role) accounts.Person {
	return accounts.Person{ID: uuid.New(), Name: name, Active: true, Grants: []accounts.Grant{{Series: series.ID, Role: role}}}
}

var (
	clerk    = with("收发员", accounts.Clerk)
	reviewer = with("乔栋", accounts.Reviewer)
	reader   = with("查阅", accounts.Reader)
)

func visit(t *testing.T, o *office, who accounts.Person) *pagetest.Visitor {
	t.Helper()
	return pagetest.Visit(t, Room(Config{Desk: o, Receiving: o, Board: o, Reads: o, Letters: o}), who, noon)
}

func says(t *testing.T, answer pagetest.Answer, status int, words ...string) {
	t.Helper()
	if answer.Status != status {
		t.Errorf("%d, want %d: %s", answer.Status, status, answer.Body)
	}
	for _, w := range words {
		if !strings.Contains(answer.Body, w) {
			t.Errorf("the page does not say %q: %s", w, answer.Body)
		}
	}
}

func TestTheBoardShowsWhatIsKnownOfEveryUnit(t *testing.T) {
	o := newOffice()
	v := visit(t, o, clerk)
	says(t, v.Get(home+"/receipts"), http.StatusOK, "张三", "链接签收", "缺1份", "收发员看过此链接", "全部退信", "abcdef012345", "?state=bounced", "?only=need")
	if body := v.Get(home + "/receipts?only=need").Body; strings.Contains(body, "市财政局") || !strings.Contains(body, "市统计局") {
		t.Error(body)
	}
	if body := v.Get(home + "/receipts?q=财政").Body; strings.Contains(body, "市统计局") {
		t.Error(body)
	}
	says(t, v.Get(home+"/calls"), http.StatusOK, "市统计局", "0477-1")
	says(t, v.Get(home+"/holders"), http.StatusOK, "市委办公室")
	says(t, v.Get("/series/"+series.ID.String()+"/receipts"), http.StatusOK, "市统计局", "75%")
	says(t, v.Get("/series/"+series.ID.String()+"/receipts?from=x"), http.StatusUnprocessableEntity)
	for _, sheet := range []string{home + "/holders.xlsx", "/series/" + series.ID.String() + "/receipts.xlsx"} {
		if got := v.Get(sheet); got.Status != http.StatusOK || !strings.HasPrefix(got.Body, "PK") {
			t.Errorf("%s: %d", sheet, got.Status)
		}
	}
}

func TestWhoHoldsNoRoleIsToldThatThereIsNothing(t *testing.T) {
	o := newOffice()
	v := visit(t, o, accounts.Person{ID: uuid.New(), Name: "外人", Active: true})
	unit := "/receipts/" + o.lines[0].Unit.String()
	for _, p := range []string{"/receipts", unit, "/calls", "/after", "/holders", "/holders.xlsx", "/letters/" + uuid.NewString(), "/letters/" + uuid.NewString() + "/page", "/letters/" + uuid.NewString() + "/eml"} {
		says(t, v.Get(home+p), http.StatusNotFound)
	}
	says(t, v.Get("/series/"+series.ID.String()+"/receipts"), http.StatusNotFound)
	for _, p := range []string{unit, unit + "/acts", "/after"} {
		says(t, v.Post(home+p, "act", "recall", "version", "7"), http.StatusNotFound)
	}
	if len(o.ordered)+len(o.entered)+len(o.had) > 0 {
		t.Error("something was done")
	}
}

func TestAClerkEntersAndCorrects(t *testing.T) {
	o := newOffice()
	v := visit(t, o, clerk)
	page := home + "/receipts/" + o.lines[0].Unit.String()
	says(t, v.Get(page), http.StatusOK, "更正签收记录", `name="corrects" value="`+o.lines[0].Receipts[0].ID.String(), "副联系人")
	got := v.Post(page, "means", "phone", "verdict", "received", "by", "李四", "at", "2021-07-16T11:00", "copies", "2", "evidence", "通话", "reason", "记错", "corrects", o.lines[0].Receipts[0].ID.String())
	if r := o.entered; got.Status != http.StatusSeeOther || len(r) != 1 || r[0].Corrects != o.lines[0].Receipts[0].ID || r[0].At.Hour() != 11 || r[0].Copies != 2 {
		t.Errorf("%d %+v", got.Status, r)
	}
	o.refusing = fault.New(fault.Invalid, notOut.With())
	says(t, v.Post(page, "means", "phone", "verdict", "received", "by", "李四四", "at", "2021-07-16T11:00", "evidence", "上午通话"), http.StatusUnprocessableEntity, "李四四", "上午通话")
	says(t, v.Post(page, "at", "x"), http.StatusUnprocessableEntity)
}

func TestABounceProposesTheNextAddressOrPaper(t *testing.T) {
	o := newOffice()
	v := visit(t, o, clerk)
	says(t, v.Get("/receipts"), http.StatusOK, "市统计局", "new@b.example")
	unit := home + "/receipts/" + o.lines[1].Unit.String()
	says(t, v.Get(unit), http.StatusOK, `value="new@b.example" selected`, "只给纸质件")
	says(t, v.Post(unit+"/acts", "act", "resend", "version", "7", "address", "new@b.example", "paper", "0", "note", "换地址"), http.StatusSeeOther)
	says(t, v.Post(unit+"/acts", "act", "resend", "version", "7", "address", "paper", "paper", "0", "note", "送纸质"), http.StatusUnprocessableEntity, "送纸质")
	says(t, v.Post(unit+"/acts", "act", "resend", "version", "7", "address", "paper", "paper", "2", "note", "送纸质"), http.StatusSeeOther)
	says(t, v.Post(unit+"/acts", "act", "shelve", "version", "7", "note", "另行通知"), http.StatusSeeOther)
	says(t, v.Post(unit+"/acts", "act", "calm", "version", "7", "note", "已约定"), http.StatusSeeOther)
	says(t, v.Post(unit+"/acts", "act", "recall", "version", "7", "note", "x"), http.StatusUnprocessableEntity)
	if n := len(o.ordered); n != 4 || o.ordered[0].Addresses[0] != "new@b.example" || o.ordered[1].Copies != 2 || len(o.ordered[1].Addresses) != 0 || o.ordered[2].Unit != o.lines[1].Unit {
		t.Errorf("%+v", o.ordered)
	}
}

func TestARecallWaitsForItsSecondPerson(t *testing.T) {
	o := newOffice()
	v := visit(t, o, clerk)
	says(t, v.Get(home+"/after"), http.StatusOK, "提出撤销", "更正", `name="secret"`)
	says(t, v.Post(home+"/after", "act", "recall", "version", "7", "note", "误发", "secret", "yes"), http.StatusSeeOther)
	if !o.ordered[0].Secret || o.ordered[0].Note != "误发" {
		t.Errorf("%+v", o.ordered)
	}
	says(t, v.Post(home+"/after", "act", "resend", "version", "7"), http.StatusUnprocessableEntity)
	o.issue.Recall = &workflow.Recalling{By: clerk.ID, ByName: "收发员", At: noon, Reason: "机密事项", Secret: true}
	says(t, v.Get(home+"/after"), http.StatusOK, "待第二人决定", "乔栋", "须由他人决定")
	if notice, _, _ := strings.Cut(strings.Split(v.Get(home+"/after").Body, `<blockquote class="kept">`)[1], "</blockquote>"); strings.Contains(notice, "机密事项") {
		t.Errorf("the notice has the reason: %s", notice)
	}
	v.Person = reviewer
	says(t, v.Get(home+"/after"), http.StatusOK, `value="confirm"`)
	chores, err := Chores(Config{Desk: o, Receiving: o, Board: o, Reads: o, Letters: o}, func() time.Time { return noon })(t.Context(), reviewer)
	if err != nil || len(chores) != 1 || chores[0].Address != home+"/after" {
		t.Errorf("%+v %v", chores, err)
	}
	mine, err := Chores(Config{Desk: o, Receiving: o, Board: o, Reads: o, Letters: o}, func() time.Time { return noon })(t.Context(), clerk)
	if err != nil || len(mine) != 1 || mine[0].Address != "/receipts#troubles" {
		t.Errorf("%+v %v", mine, err)
	}
}

func TestAReplyIsEnteredOrDismissed(t *testing.T) {
	o := newOffice()
	o.mails = []workflow.ReceiptMail{{ID: uuid.New(), At: noon, Sender: "b@b.example", Words: "拒收，不是我单位的", Issue: issue.ID, Unit: o.lines[2].Unit, Name: "市财政局", Copies: 1}}
	v := visit(t, o, clerk)
	mail := "/receipts/mails/" + o.mails[0].ID.String()
	says(t, v.Get("/receipts"), http.StatusOK, "市财政局", "拒收，不是我单位的")
	says(t, v.Get(mail), http.StatusOK, `value="rejected" selected`, "b@b.example")
	says(t, v.Post(mail, "form", "enter", "verdict", "rejected", "reason", "不是我单位的", "copies", "0"), http.StatusSeeOther)
	says(t, v.Post(mail, "form", "dismiss", "note", "问期刊号"), http.StatusSeeOther)
	if len(o.entered) != 1 || o.entered[0].Verdict != domain.Rejected || o.why != "问期刊号" {
		t.Errorf("%+v %q", o.entered, o.why)
	}
	v.Person = reader
	says(t, v.Get(mail), http.StatusNotFound)
}

func TestTheVeryMailIsForClerksAndWrittenDown(t *testing.T) {
	o := newOffice()
	v := visit(t, o, reader)
	letter := home + "/letters/" + uuid.NewString()
	says(t, v.Get(letter), http.StatusOK, "a@b.example", "/receipt/…")
	if got := v.Get(letter + "/page"); got.Status != http.StatusOK || !strings.Contains(got.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%+v", got.Header)
	}
	says(t, v.Get(letter+"/eml"), http.StatusForbidden)
	v.Person = clerk
	says(t, v.Get(letter+"/eml"), http.StatusOK, "Subject: x")
	if len(o.had) != 1 || o.had[0] != "收发员" {
		t.Errorf("%q had it", o.had)
	}
}
