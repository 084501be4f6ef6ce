package filing

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/copies"
	"jianbao/recipients/receipts"
	"jianbao/workflow"
	"jianbao/workflow/remarks"
)

var now = time.Date(2022, 3, 1, 2, 0, 0, 0, time.UTC)

// whole is an issue of 2021 whose file lacks nothing.
func whole(t *testing.T) Contents {
	t.Helper()
	editor := workflow.Actor{Person: person("编辑", accounts.Editor)}
	series := workflow.Series{ID: uuid.New(), Masthead: "科技简报", Organ: "市科技局", Route: workflow.DefaultRoute()}
	unit := recipients.Recipient{Unit: uuid.New(), Name: "市发改委", Copies: 2}
	draft := workflow.DraftText{Text: "正文", Circulation: recipients.Circulation{Lists: []recipients.List{{Label: "送", Entries: []recipients.Entry{{Printed: "市发改委", Recipients: []recipients.Recipient{unit}}}}}}}
	draft.Reading.Document = bulletin.Document{Masthead: series.Masthead, Organs: []string{"市科技局"}, Sections: []bulletin.Section{{Items: []bulletin.Item{{Lead: "宿迁开启人才争夺新模式", Paragraphs: []string{"一"}}, {Lead: "二"}}}}}
	made := workflow.OpenIssue(series, editor, draft, now, uuid.New)
	issue := made.Issue
	issue.State, issue.Step = workflow.Dispatched, 2
	issue.Number, issue.Date = workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: 8}, bulletin.Date{Year: 2021, Month: 7, Day: 15}
	for step, act := range []workflow.Act{workflow.Submit, workflow.Approve} {
		issue.Decisions = append(issue.Decisions, workflow.Decision{Step: step, Round: 1, Person: uuid.New(), Seat: uuid.New(), Act: act, Digest: issue.Digest()})
	}
	stock, file, theirs := copies.Account{Kind: copies.Stock}, copies.Account{Kind: copies.OnFile}, copies.OfUnit(unit.Unit)
	entry := func(seq int, from, to copies.Account, n int) copies.Entry {
		return copies.Entry{ID: uuid.New(), Seq: seq, At: now, By: "甲", From: from, To: to, Count: n, Reason: "印"}
	}
	return Contents{
		Issue: issue, Series: series, Events: []workflow.Event{made.Event}, Sent: true, Originals: 1,
		Board:   []receipts.Line{{Unit: unit.Unit, Name: unit.Name, State: receipts.Acknowledged}},
		Copies:  []copies.Entry{entry(1, copies.Account{Kind: copies.Made}, stock, 3), entry(2, stock, theirs, 2), entry(3, stock, file, 1)},
		Remarks: []remarks.Remark{{State: remarks.Closed, Writing: remarks.Writing{Leader: "张三"}}},
	}
}

func person(name string, roles ...accounts.Role) accounts.Person {
	p := accounts.Person{ID: uuid.New(), Name: name, Active: true}
	for _, r := range roles {
		p.Grants = append(p.Grants, accounts.Grant{Role: r})
	}
	return p
}

func TestEveryGapIsFound(t *testing.T) {
	if gaps := whole(t).Gaps(""); len(gaps) != 0 {
		t.Fatalf("what is whole has gaps: %v", gaps)
	}
	back := func(c *Contents) {
		c.Events[0].Act = workflow.Import
		c.Sent, c.Board, c.Copies, c.Issue.Decisions = false, nil, nil, nil
	}
	for _, k := range []struct {
		want  fault.Sentence
		fatal bool
		spoil func(c *Contents)
	}{
		{gapText, true, func(c *Contents) { c.Issue.Text = " \n" }},
		{gapSent, true, func(c *Contents) { c.Sent = false }},
		{gapAltered, true, func(c *Contents) { c.Altered = true }},
		{gapFile, true, func(c *Contents) { c.Missing = []string{"甲.pdf"} }},
		{gapStep, true, func(c *Contents) { c.Issue.Decisions = c.Issue.Decisions[:1] }},
		{gapHasty, true, func(c *Contents) { c.Issue.Emergency = &workflow.Emergency{ByName: "局长"} }},
		{gapPaper, false, func(c *Contents) { c.Issue.Decisions[1].Paper = &workflow.Signature{} }},
		{gapReceipts, false, func(c *Contents) { c.Board[0].State = receipts.Accepted }},
		{gapRemark, false, func(c *Contents) { c.Remarks[0].State = remarks.Assigned }},
		{gapLedger, true, func(c *Contents) { c.Copies[1].Count = 9 }},
		{gapLost, false, func(c *Contents) { c.Copies[1].To = copies.Account{Kind: copies.Unexplained} }},
		{gapFileCopy, false, func(c *Contents) { c.Copies = c.Copies[:2] }},
		{gapHistory, true, func(c *Contents) { c.Events[0].Name = "别人" }},
		{gapRecall, false, func(c *Contents) { c.Issue.Recall = &workflow.Recalling{By: uuid.New(), ByName: "甲"} }},
		{gapCorrected, false, func(c *Contents) { c.Issue.CorrectedBy = uuid.New() }},
		{gapSheet, false, func(c *Contents) { back(c); c.reseal() }},
	} {
		c := whole(t)
		k.spoil(&c)
		gaps := c.Gaps("")
		if len(gaps) != 1 || gaps[0].Says.Key != k.want.Key || gaps[0].Fatal != k.fatal {
			t.Errorf("%s: %v", k.want.Key, gaps)
		}
	}
}

// reseal gives the issue the history of a back issue.
func (c *Contents) reseal() {
	c.Issue.Events, c.Issue.Head, c.Events = 0, "", nil
	made := workflow.OpenIssue(c.Series, workflow.Actor{Robot: "x"}, workflow.DraftText{}, now, uuid.New)
	e := made.Event
	e.Act = workflow.Import
	raw, _ := json.Marshal(e)
	sum := sha256.Sum256(raw)
	e.Hash = hex.EncodeToString(sum[:])
	c.Events, c.Issue.Events, c.Issue.Head = []workflow.Event{e}, 1, e.Hash
}

func TestGapsThatComeTogether(t *testing.T) {
	c := whole(t)
	c.Issue.Circulation = recipients.Circulation{Lists: []recipients.List{{Label: "送", Entries: []recipients.Entry{{Printed: "市某局"}}}}}
	for n := range c.Issue.Decisions {
		c.Issue.Decisions[n].Digest = c.Issue.Digest()
	}
	if keys := keysOf(c.Gaps("")); !slices.Equal(keys, []string{gapLists.Key, gapNames.Key}) {
		t.Errorf("%v", keys)
	}
	c = whole(t)
	c.Board = nil
	for range 7 {
		c.Board = append(c.Board, receipts.Line{Name: "某局", State: receipts.Accepted})
	}
	if says := c.Gaps("")[0].Says.In(fault.ZH); !strings.Contains(says, "7个") || strings.Count(says, "某局") != 5 || !strings.Contains(says, "等") {
		t.Errorf("%s", says)
	}
	c.Rule.NoReceipts = true
	if gaps := c.Gaps(""); len(gaps) != 0 {
		t.Errorf("receipts that nobody asks for: %v", gaps)
	}
	c = whole(t)
	c.reseal()
	c.Sent, c.Originals, c.Copies, c.Board = false, 0, nil, nil
	if keys := keysOf(c.Gaps("三楼档案柜")); !slices.Equal(keys, []string{gapBack.Key}) {
		t.Errorf("a back issue without a file: %v", keys)
	}
	c = whole(t)
	c.Issue.Decisions[1].Paper = &workflow.Signature{}
	if gaps := c.Gaps("三楼档案柜"); len(gaps) != 0 {
		t.Errorf("the originals have a place: %v", gaps)
	}
	c = whole(t)
	c.Issue.State, c.Issue.CorrectedBy = workflow.Corrected, uuid.New()
	if gaps := c.Gaps(""); len(gaps) != 0 {
		t.Errorf("its correction is out: %v", gaps)
	}
}

func keysOf(gaps []Gap) (keys []string) {
	for _, g := range gaps {
		keys = append(keys, g.Says.Key)
	}
	return keys
}
