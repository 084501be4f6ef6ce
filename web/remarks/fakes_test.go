package remarks

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/recipients"
	"jianbao/web/page"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/remarks"
)

const hostile = `<script>alert("批示")</script>`

var (
	series  = workflow.Series{ID: uuid.MustParse("00000000-0000-4000-8000-000000000001"), Masthead: "科技简报" + hostile, Organ: "市科技局", Place: "鄂尔多斯市"}
	theirs  = workflow.Series{ID: uuid.MustParse("00000000-0000-4000-8000-000000000009"), Masthead: "别人的简报"}
	issueID = uuid.MustParse("00000000-0000-4000-8000-000000000002")
	draftID = uuid.MustParse("00000000-0000-4000-8000-000000000003")
	mailID  = uuid.MustParse("00000000-0000-4000-8000-000000000004")
	strayID = uuid.MustParse("00000000-0000-4000-8000-000000000005")
	lead    = recipients.Unit{ID: uuid.MustParse("00000000-0000-4000-8000-000000000006"), Name: "鄂尔多斯市发展和改革委员会", Place: "鄂尔多斯市", Aliases: []recipients.Alias{{Name: "市发改委"}}}
	second  = recipients.Unit{ID: uuid.MustParse("00000000-0000-4000-8000-000000000007"), Name: "鄂尔多斯市工业和信息化局", Place: "鄂尔多斯市", Aliases: []recipients.Alias{{Name: "市工信局"}}}
	noon    = time.Date(2021, 7, 16, 4, 0, 0, 0, time.UTC) // a Friday
)

// An office keeps remarks in memory; the desk over it is the real one.
type office struct {
	*remarks.Desk
	all       []remarks.Remark
	lines     map[uuid.UUID][]remarks.Line
	mails     []remarks.Mail
	issues    map[uuid.UUID]workflow.Issue
	files     map[string][]byte
	dismissed []workflow.Dismissal
}

func newOffice() *office {
	document := bulletin.Document{Date: bulletin.Date{Year: 2021, Month: 7, Day: 15}, Sections: []bulletin.Section{{Items: []bulletin.Item{{Lead: "煤化工基地开工。", Paragraphs: []string{"全文" + hostile}}, {Paragraphs: []string{"第二条"}}}}}}
	o := &office{lines: map[uuid.UUID][]remarks.Line{}, files: map[string][]byte{}, issues: map[uuid.UUID]workflow.Issue{
		issueID: {ID: issueID, Series: series.ID, State: workflow.Dispatched, Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: 8}, Date: document.Date, Document: document, Version: 5},
		draftID: {ID: draftID, Series: series.ID, State: workflow.Draft, Version: 1, Text: "【动态】\n\n一项工作完成。全文。\n"},
	}}
	o.mails = []remarks.Mail{
		{ID: mailID, At: noon, Sender: "zhang@leader.example", Subject: "Re: 简报" + hostile, Words: "请市发改委牵头，市工信局配合研究，7月底前报我。" + hostile + "\n张三 7月16日", Series: series.ID, Issue: issueID},
		{ID: strayID, At: noon, Sender: "li@leader.example", Subject: "转批示", Words: "请市工信局阅。"},
	}
	o.Desk = &remarks.Desk{Books: o, Issues: o, Texts: o, Now: func() time.Time { return noon }, NewID: uuid.New}
	return o
}

func (o *office) ChangeRemark(_ context.Context, of remarks.Remark, _ int, _ bool, decide func(remarks.Case) (remarks.Remark, remarks.Line, error), files ...[]byte) (remarks.Remark, error) {
	n := slices.IndexFunc(o.all, func(r remarks.Remark) bool { return r.ID == of.ID })
	c := remarks.Case{Remark: of, Series: series, Calendar: calendar.Calendar{Years: calendar.Known()}, LastSlip: 2}
	if n >= 0 {
		c.Remark = o.all[n]
	}
	next, line, err := decide(c)
	if err != nil {
		return next, err
	}
	for _, f := range files {
		o.files[next.Scan.SHA256] = f
	}
	if n < 0 {
		o.all = append(o.all, next)
		o.mails = slices.DeleteFunc(o.mails, func(m remarks.Mail) bool { return m.ID == next.Mail })
	} else {
		o.all[n] = next
	}
	o.lines[next.ID] = append(o.lines[next.ID], line)
	return next, nil
}

func (o *office) Remark(_ context.Context, id uuid.UUID) (remarks.Remark, []remarks.Line, error) {
	for _, r := range o.all {
		if r.ID == id {
			return r, o.lines[id], nil
		}
	}
	return remarks.Remark{}, nil, page.NotHere()
}

func (o *office) Remarks(_ context.Context, of uuid.UUID, _, _ time.Time) (all []remarks.Remark, err error) {
	for _, r := range o.all {
		if r.Series == of {
			all = append(all, r)
		}
	}
	return all, nil
}

func (o *office) RemarksOf(_ context.Context, issue uuid.UUID) (all []remarks.Remark, err error) {
	for _, r := range o.all {
		if r.Issue == issue {
			all = append(all, r)
		}
	}
	return all, nil
}

func (o *office) RemarkMails(context.Context, func(string, string) bool, int) ([]remarks.Mail, error) {
	return o.mails, nil
}

func (o *office) RemarkMail(_ context.Context, id uuid.UUID) (remarks.Mail, []byte, error) {
	for _, m := range o.mails {
		if m.ID == id {
			return m, []byte("raw"), nil
		}
	}
	return remarks.Mail{}, nil, page.NotHere()
}

func (o *office) DismissMail(_ context.Context, id uuid.UUID, d workflow.Dismissal) error {
	o.mails = slices.DeleteFunc(o.mails, func(m remarks.Mail) bool { return m.ID == id })
	o.dismissed = append(o.dismissed, d)
	return nil
}

func (o *office) Clockwork(context.Context, uuid.UUID) (workflow.Timetable, []calendar.Year, error) {
	return workflow.Timetable{}, nil, nil
}

func (o *office) Issue(_ context.Context, id uuid.UUID) (workflow.Issue, error) {
	if i, there := o.issues[id]; there {
		return i, nil
	}
	return workflow.Issue{}, page.NotHere()
}

func (o *office) Saving(_ context.Context, _ workflow.Actor, id uuid.UUID, version int, text string) (func(workflow.Case) (workflow.Change, error), error) {
	return func(workflow.Case) (workflow.Change, error) {
		i := o.issues[id]
		if i.Version != version {
			return workflow.Change{}, fmt.Errorf("version %d", version)
		}
		i.Version, i.Text = version+1, text
		return workflow.Change{Issue: i}, nil
	}, nil
}

func (o *office) ShowRemark(ctx context.Context, of remarks.Remark, in uuid.UUID, rewrite func(workflow.Case) (workflow.Change, error), decide func(remarks.Case) (remarks.Remark, remarks.Line, error)) (remarks.Remark, error) {
	change, err := rewrite(workflow.Case{})
	if err != nil {
		return remarks.Remark{}, err
	}
	next, err := o.ChangeRemark(ctx, of, 0, false, decide)
	if err == nil {
		o.issues[in] = change.Issue
	}
	return next, err
}

func (o *office) Series(_ context.Context, id uuid.UUID) (workflow.Series, error) {
	if id == theirs.ID {
		return theirs, nil
	}
	return series, nil
}

func (o *office) SeriesAll(context.Context) ([]workflow.Series, error) {
	return []workflow.Series{series, theirs}, nil
}

func (o *office) Summaries(_ context.Context, of []uuid.UUID, _ int) (all []workflow.Summary, err error) {
	for _, i := range o.issues {
		if slices.Contains(of, i.Series) {
			all = append(all, workflow.Summary{ID: i.ID, Series: i.Series, Masthead: series.Masthead, State: i.State, Number: i.Number})
		}
	}
	return all, nil
}

func (o *office) Directory(context.Context, uuid.UUID) (recipients.Directory, error) {
	return recipients.Directory{Units: []recipients.Unit{lead, second}}, nil
}

func (o *office) File(_ context.Context, sha string) ([]byte, error) { return o.files[sha], nil }

func holding(name string, in uuid.UUID, roles ...accounts.Role) accounts.Person {
	p := accounts.Person{ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)), Name: name, Active: true}
	for _, r := range roles {
		p.Grants = append(p.Grants, accounts.Grant{Series: in, Role: r})
	}
	return p
}

var (
	clerk  = holding("甲", series.ID, accounts.Clerk)
	editor = holding("乙", series.ID, accounts.Editor)
	head   = holding("丙", series.ID, accounts.Reviewer)
	other  = holding("丁", theirs.ID, accounts.Clerk)
)

func visit(t *testing.T, o *office) *pagetest.Visitor {
	t.Helper()
	return pagetest.Visit(t, Room(Config{Desk: o.Desk, Books: o, Reads: o}), clerk, noon)
}
