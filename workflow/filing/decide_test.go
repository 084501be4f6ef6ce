package filing

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients/receipts"
	"jianbao/workflow"
	"jianbao/workflow/retention"
)

func aCase(t *testing.T) Case {
	c := whole(t)
	c.Remarks = nil
	return Case{Contents: c, Actor: workflow.Actor{Person: person("收发", accounts.Clerk)}, Now: now,
		Order: Order{Version: c.Issue.Version, Pages: 6}, Taken: map[retention.Class]int{retention.Ten: 11}}
}

func refused(t *testing.T, err error, code fault.Code, keys ...fault.Sentence) {
	t.Helper()
	e := fault.As(err)
	if e == nil || e.Code != code {
		t.Errorf("%v, not %s", err, code)
		return
	}
	said := append([]fault.Reason{e.Message}, e.Reasons...)
	for _, key := range keys {
		found := false
		for _, r := range said {
			found = found || strings.Contains(r.Key+r.In(fault.EN), key.Key)
			for _, a := range r.Args {
				inner, ok := a.(fault.Reason)
				found = found || ok && inner.Key == key.Key
			}
		}
		if !found {
			t.Errorf("%v does not say %s", err, key.Key)
		}
	}
}

func TestAWholeFileIsFiled(t *testing.T) {
	c := aCase(t)
	c.Rule = retention.Rule{Fonds: "Z109", Code: "KJJB"}
	change, item, err := Decide(c, uuid.New())
	if err != nil {
		t.Fatal(err)
	}
	want := Item{
		Issue: c.Issue.ID, Series: c.Series.ID, Year: 2021, Class: retention.Ten, No: 12, Reference: "Z109-WS·2021-D10-KJJB-0012",
		Responsible: "市科技局", Document: "2021年第8期", Title: "科技简报 2021年第8期：宿迁开启人才争夺新模式；二", Date: c.Issue.Date, Pages: 6,
		Filed: Hand{By: c.Actor.Person.ID, Name: "收发", At: now},
	}
	if item != want {
		t.Errorf("the item is %+v, not %+v", item, want)
	}
	if change.Issue.State != workflow.Archived || change.Event.Act != workflow.Archive || len(change.Event.Facts) != 2 {
		t.Errorf("the change is %+v", change.Event)
	}
	sheet := List(c.Series, 2021, []Item{item}, fault.ZH)
	if len(sheet.Rows) != 1 || sheet.Text(0, 5) != "20210715" || sheet.Text(0, 7) != "10年" || len(sheet.Header) != len(sheet.Rows[0]) {
		t.Errorf("the list has %v", sheet.Rows)
	}
}

func TestWhatIsNotFiled(t *testing.T) {
	for name, k := range map[string]struct {
		code fault.Code
		says fault.Sentence
		make func(c *Case)
	}{
		"twice":           {fault.Blocked, sayFiled, func(c *Case) { c.Item = &Item{Year: 2021, Class: retention.Ten, No: 3} }},
		"no pages":        {fault.Invalid, sayPages, func(c *Case) { c.Order.Pages = 0 }},
		"no date":         {fault.Invalid, sayDate, func(c *Case) { c.Issue.Date = bulletin.Date{} }},
		"no such class":   {fault.Invalid, sayClass, func(c *Case) { c.Order.Class = "5" }},
		"two lines":       {fault.Invalid, sayWords, func(c *Case) { c.Order.Note = "一\n二" }},
		"shorter":         {fault.Invalid, sayShorter, func(c *Case) { c.Rule.Class = retention.Thirty; c.Order.Class = retention.Ten }},
		"with gaps":       {fault.Blocked, gapReceipts, func(c *Case) { c.Board[0].State = receipts.Accepted }},
		"tampered with":   {fault.Blocked, gapAltered, func(c *Case) { c.Altered = true; c.Order.Note = "知悉" }},
		"by an editor":    {fault.Forbidden, sayNobody, func(c *Case) { c.Actor.Person = person("编辑", accounts.Editor) }},
		"as seen before":  {fault.Conflict, sayNobody, func(c *Case) { c.Order.Version++ }},
		"not out":         {fault.Blocked, sayNobody, func(c *Case) { c.Issue.State = workflow.Registered }},
		"already gone":    {fault.Blocked, sayNobody, func(c *Case) { c.Issue.State = workflow.Destroyed }},
		"classified word": {fault.Refused, sayNobody, func(c *Case) { c.Order.Note = "机密★10年" }},
	} {
		t.Run(name, func(t *testing.T) {
			c := aCase(t)
			k.make(&c)
			_, _, err := Decide(c, uuid.New())
			if k.says == sayNobody {
				refused(t, err, k.code)
			} else {
				refused(t, err, k.code, k.says)
			}
		})
	}
}

// sayNobody stands for reasons that another package gives.
var sayNobody fault.Sentence

func TestAReasonExcusesWhatIsLacking(t *testing.T) {
	c := aCase(t)
	c.Board[0].State = receipts.Accepted
	c.Order.Note, c.Order.Class = "回执在收发室原始登记本上", retention.Permanent
	change, item, err := Decide(c, uuid.New())
	if err != nil || item.No != 1 || item.Class != retention.Permanent || item.Note == "" {
		t.Fatalf("%+v, %v", item, err)
	}
	if facts := change.Event.Facts; len(facts) != 2 || change.Event.Note != item.Note {
		t.Errorf("history has %v", facts)
	}
}

func TestRemarksProposeALongerClass(t *testing.T) {
	c := aCase(t)
	c.Contents = whole(t)
	c.Order.Version = c.Issue.Version
	_, item, err := Decide(c, uuid.New())
	if err != nil || item.Class != retention.Thirty || item.No != 1 {
		t.Errorf("%+v, %v", item, err)
	}
	c.Order.Class = retention.Ten
	_, _, err = Decide(c, uuid.New())
	refused(t, err, fault.Invalid, sayShorter)
	c.Order.Note = "批示只是圈阅"
	if _, item, err = Decide(c, uuid.New()); err != nil || item.No != 12 {
		t.Errorf("%+v, %v", item, err)
	}
}
