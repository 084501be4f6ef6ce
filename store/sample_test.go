package store

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/copies"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

var (
	now    = time.Date(2021, 7, 8, 1, 2, 3, 456789000, time.UTC)
	saying = fault.Say("store.test-saying", "甲%v", "a %v")
)

// plant adds a series.
func plant(t *testing.T, s *Store) workflow.Series {
	t.Helper()
	series := workflow.Series{
		ID: newID(), Masthead: "鄂尔多斯科技简报", Organ: "鄂尔多斯市科学技术局", Place: "鄂尔多斯", Mailbox: "jianbao@kjj.example",
		Route: workflow.DefaultRoute(), TwoPerson: &workflow.Exception{Reason: "两人", ByName: "主任", At: now}, Total: workflow.Total{Kinds: []bulletin.Kind{bulletin.Ordinary}, Last: 3}, FileCopies: 1, Sections: []string{"他山之石"},
		Window: calendar.Window{Days: []time.Weekday{time.Monday}, From: 9, To: 17}, Tolerance: time.Hour, Template: 1,
		Cadence: workflow.Cadence{Spec: "0 9 * * 1", MaxLate: time.Hour}, Created: now, Version: 1, Domains: []string{"ordos.example"},
		Layout:  json.RawMessage(`{"name":"本办"}`),
		Leaders: []workflow.Leader{{Name: "李克强", Titles: []string{"国务院总理"}, Order: 2, From: bulletin.Date{Year: 2013, Month: 3, Day: 15}}},
	}
	must(t, s.AddSeries(t.Context(), series))
	return series
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// opening is a new issue, as somebody opens it.
func opening(series workflow.Series) workflow.Change {
	document := bulletin.Document{
		Masthead: series.Masthead, Number: bulletin.Number{Kind: bulletin.Ordinary, No: 8}, Date: bulletin.DateOf(now), PrintRun: 20,
		Sections: []bulletin.Section{{Name: "他山之石", Items: []bulletin.Item{{Lead: "宿迁", Paragraphs: []string{"开启人才争夺新模式。"}, Line: 4}}}},
		Lists:    []bulletin.List{{Label: "报", Text: "市委办"}},
	}
	unit := recipients.Recipient{Unit: newID(), Name: "市委办公室", Addresses: []string{"a@b.example", "c@b.example"}, Channel: recipients.ByBoth, Copies: 2}
	issue := workflow.Issue{
		ID: newID(), Series: series.ID, Kind: bulletin.Ordinary, State: workflow.Draft, Route: series.Route, Round: 1,
		Text: "鄂尔多斯科技简报\n", Document: document,
		Problems:    []bulletin.Problem{{Code: "x", Severity: bulletin.Ask, Reason: saying.With(saying.With("b"))}},
		Circulation: recipients.Circulation{Lists: []recipients.List{{Label: "报", Entries: []recipients.Entry{{Printed: "市委办", Recipients: []recipients.Recipient{unit}}}}}},
		Copies:      copies.Plan{PrintRun: 2, Shares: []copies.Share{{Label: "报", Unit: unit.Unit, Name: unit.Name, Copies: 2}}},
		Attachments: []workflow.Attachment{{Name: "甲.pdf", Type: "application/pdf", Size: 3, SHA256: "abc"}},
		Authors:     []uuid.UUID{newID()}, Template: 1, Version: 1, Opened: now, Changed: now, Events: 1, Head: "h1",
		Decisions: []workflow.Decision{{Step: 1, Round: 1, Person: newID(), Name: "甲", At: now, Act: workflow.Approve, Digest: "d", For: newID(), ForName: "乙", Seat: newID(),
			Back: workflow.TakeBack, Paper: &workflow.Signature{By: newID(), ByName: "丙", At: now, Consent: workflow.Circled, Scan: workflow.Attachment{Name: "签.pdf"}}}},
		Assigned:   []workflow.Assignment{{Step: 1, Person: newID(), Name: "丁", Only: true}},
		Amendments: []workflow.Amendment{{Round: 1, From: "d", To: "e", By: newID(), ByName: "丁", At: now, Before: workflow.Approved, Class: workflow.Slip, Classed: newID(), ClassedBy: "戊", ClassedAt: now}},
		Emergency:  &workflow.Emergency{By: newID(), ByName: "己", At: now, Reason: "急", Digest: "d", Steps: []int{1}},
		Reached:    now, Total: 108,
		CorrectedBy: newID(), Edition: 2, Recall: &workflow.Recalling{By: newID(), ByName: "庚", At: now, Reason: "误"},
		Late:       &workflow.Lateness{Before: recipients.Circulation{Lists: []recipients.List{{Label: "送"}}}},
		Permission: &workflow.Permission{By: newID(), ByName: "辛", At: now, Reason: "急", Addresses: []string{"a@b.example"}},
		Widenings:  []workflow.Widening{{Unit: newID(), Name: "新局", Copies: 2, By: newID(), ByName: "壬", At: now, Reason: "来函", Decision: workflow.Grant, Decided: newID(), DecidedName: "癸", DecidedAt: now}},
	}
	return workflow.Change{
		Issue: issue, Event: eventOf(issue),
		Text: &workflow.TextVersion{Issue: issue.ID, Version: 1, Text: issue.Text, By: issue.Authors[0], ByName: "甲", At: now},
	}
}

func eventOf(issue workflow.Issue) workflow.Event {
	return workflow.Event{
		ID: newID(), Issue: issue.ID, Seq: issue.Events, At: now, By: newID(), Name: "甲", Act: workflow.Save, To: issue.State,
		Digest: "d", Facts: []fault.Reason{saying.With(saying.With("b"))}, Hash: issue.Head,
	}
}

// openedIssue writes a new issue.
func openedIssue(t *testing.T, s *Store, series workflow.Series) workflow.Issue {
	t.Helper()
	change := opening(series)
	must(t, s.Open(t.Context(), change))
	return change.Issue
}

// next is a change that only counts up.
func next(c workflow.Case) workflow.Change {
	issue := c.Issue
	issue.Version++
	issue.Events++
	return workflow.Change{Issue: issue, Event: eventOf(issue)}
}

// register gives the next number.
func register(c workflow.Case) (workflow.Change, error) {
	change := next(c)
	change.Issue.Number = workflow.NextNumber(c.Register, c.Issue.Kind, 2021)
	change.Issue.State = workflow.Registered
	change.Given = &workflow.RegisterLine{
		Number: change.Issue.Number, Series: c.Series.ID, Issue: c.Issue.ID, Title: c.Series.Masthead,
		Date: bulletin.DateOf(now), At: now, By: "甲",
	}
	return change, nil
}

// send releases the issue to a unit with two addresses.
func send(c workflow.Case) (workflow.Change, error) {
	change := next(c)
	change.Issue.State = workflow.Dispatching
	change.Release = &workflow.Sending{
		ID: newID(), Issue: c.Issue.ID, Series: c.Series.ID, At: now, Digest: c.Issue.Digest(), From: c.Series.Masthead, Mailbox: c.Series.Mailbox,
		Parts:   workflow.Parts{Subject: "第8期", Text: []byte("文"), HTML: []byte("<p>文"), Attachments: []workflow.File{{Name: "甲.pdf", Type: "application/pdf", Data: []byte("pdf")}}},
		Letters: []workflow.Letter{{ID: newID(), Unit: newID(), Name: "市委办公室", Addresses: []string{"a@b.example", "c@b.example"}}},
		Copies:  copies.Opening(c.Issue.Copies, now, "甲", fault.ZH, newID),
	}
	return change, nil
}
