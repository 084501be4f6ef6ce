package web

import (
	"testing"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/recipients"
	"jianbao/workflow"
)

func TestADryRunCountsWhatWouldGoOut(t *testing.T) {
	unit := func(name string, channel recipients.Channel, copies int, addresses ...string) recipients.Entry {
		return recipients.Entry{Printed: name, Recipients: []recipients.Recipient{{Unit: uuid.New(), Name: name, Channel: channel, Copies: copies, Addresses: addresses}}}
	}
	twice := unit("丁", recipients.ByBoth, 1, "d@example.cn")
	c := recipients.Circulation{Lists: []recipients.List{
		{Label: "报", Entries: []recipients.Entry{unit("甲", recipients.ByBoth, 2, "a@example.cn"), unit("乙", recipients.ByMail, 0), twice}},
		{Label: "送", Entries: []recipients.Entry{unit("丙", recipients.ByPaper, 3), twice}},
	}}
	run := runOf(c)
	if run.Units != 4 || run.Mailed != 2 || len(run.Silent) != 1 || run.Silent[0].Name != "乙" || run.Copies != 2+3+1+1 {
		t.Errorf("got %+v", run)
	}
}

func TestTheDryRunIsShownBeforeTheRelease(t *testing.T) {
	o := atReview()
	issue := o.issues[ourIssue]
	issue.State = workflow.Approved
	o.issues[ourIssue] = issue
	before := issue
	before.ID, before.State, before.Number = uuid.New(), workflow.Dispatched, workflow.Number{Kind: bulletin.Ordinary, Year: 2025, No: 6}
	before.Circulation = recipients.Circulation{}
	o.issues[before.ID] = before
	o.summaries = []workflow.Summary{{ID: before.ID, Series: ourSeries, State: workflow.Dispatched, Number: before.Number}}
	o.lines = []workflow.RegisterLine{{Number: before.Number}}
	w := inOffice(t, o).get(here)
	is(t, w, 200, "1家单位，1家邮件，共3份", "2025年第7期", "与2025年第6期", "鄂尔多斯市发展和改革委员会")
	issue.Circulation.Lists[0].Entries[0].Recipients[0].Addresses = nil
	is(t, inOffice(t, o).get(here), 200, "1家单位，0家邮件，共3份", "，1家没有地址", `<a href="/units/`+unitA.String()+`">`)
	o.issues[ourIssue] = newOffice().issues[ourIssue]
	lacks(t, inOffice(t, o).get(here), "发送预演")
}
