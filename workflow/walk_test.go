package workflow

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/recipients"
)

// aDraft is a text with one item and one unit that gets one of two copies.
func aDraft(word string) DraftText {
	unit := recipients.Recipient{Unit: uuid.MustParse("22222222-2222-2222-2222-222222222222"), Name: "市统计局",
		Addresses: []string{"a@b.example"}, Channel: recipients.ByBoth, Copies: 1}
	return DraftText{
		Text: word,
		Reading: bulletin.Reading{Document: bulletin.Document{
			Masthead: "简报", PrintRun: 2, FileCopies: 1, Number: bulletin.Number{Kind: bulletin.Ordinary},
			Date:     bulletin.Date{Year: 2021, Month: 7, Day: 15},
			Sections: []bulletin.Section{{Items: []bulletin.Item{{Paragraphs: []string{word}}}}},
		}},
		Circulation: recipients.Circulation{Lists: []recipients.List{{Label: "送",
			Entries: []recipients.Entry{{Printed: "市统计局", Recipients: []recipients.Recipient{unit}}}}}},
	}
}

// TestNothingLeavesUnapproved walks at random: whatever is ordered, by whomever,
// an issue is released only as two different people approved it.
func TestNothingLeavesUnapproved(t *testing.T) {
	series := Series{ID: uuid.New(), Route: DefaultRoute(), Template: 1}
	person := func(roles ...accounts.Role) Actor {
		p := accounts.Person{ID: uuid.New(), Name: string(roles[0]), Active: true}
		for _, r := range roles {
			p.Grants = append(p.Grants, accounts.Grant{Role: r})
		}
		return Actor{Person: p}
	}
	actors := []Actor{
		person(accounts.Editor, accounts.Reviewer, accounts.Clerk), // all hats on one head
		person(accounts.Editor, accounts.Reviewer), person(accounts.Reviewer), person(accounts.Clerk), {Robot: Robot},
	}
	released := 0
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2021, 7, 16, 9, 0, 0, 0, time.UTC)
		issue := OpenIssue(series, actors[0], aDraft("甲"), now, uuid.New).Issue
		var register []RegisterLine
		for range rapid.IntRange(30, 120).Draw(t, "acts") {
			now = now.Add(time.Minute)
			order := Order{
				Act: rapid.SampledFrom(acts(issue.State)).Draw(t, "act"), Version: issue.Version, Note: "理由",
				KeepDate: rapid.Bool().Draw(t, "keep"), NewID: uuid.New,
			}
			draft := aDraft(rapid.SampledFrom([]string{"甲", "乙"}).Draw(t, "text"))
			if order.Act == Circulate {
				draft = aDraft(issue.Text)
			}
			order.Draft = &draft
			if order.Act != Save && order.Act != Circulate {
				order.Draft = nil
			}
			actor := rapid.SampledFrom(actors).Draw(t, "actor")
			change, err := Decide(Case{Issue: issue, Series: series, Actor: actor, Order: order, Now: now, Register: register}, uuid.New())
			if err != nil {
				continue
			}
			if change.Given != nil {
				register = append(register, *change.Given)
			}
			issue = change.Issue
			if change.Release != nil {
				released++
				checkRelease(t, issue, change.Release)
			}
		}
	})
	if released == 0 {
		t.Error("no walk released anything: the test proves nothing")
	}
}

// acts are all acts, and for every one that would go nowhere from here one
// that might lead on, so that walks get far.
func acts(state State) []Act {
	all := movesOf()
	for _, m := range Moves() {
		if m.starts(state) && m.Act != Withdraw && m.Act != Return && m.Act != Unschedule && m.Act != Save {
			for range 8 {
				all = append(all, m.Act)
			}
		}
	}
	return all
}

func checkRelease(t *rapid.T, issue Issue, sending *Sending) {
	if e := issue.Emergency; e.covers(issue) {
		if slices.Contains(issue.Authors, e.By) || e.Reason == "" {
			t.Fatalf("an emergency release by %s: %q", e.ByName, e.Reason)
		}
		return
	}
	people := map[uuid.UUID]bool{}
	for step := range issue.Route {
		for _, d := range issue.Approvals(step) {
			if d.Digest != sending.Digest {
				t.Fatalf("step %d approved %s, sent is %s", step, d.Digest, sending.Digest)
			}
			people[d.Person] = true
		}
	}
	if len(people) < len(issue.Route) {
		t.Fatalf("%d people approved %d steps", len(people), len(issue.Route))
	}
	if issue.Number.IsZero() || len(sending.Letters) != 1 || issue.Copies.Difference() != 0 {
		t.Fatalf("released as %+v with %d letters", issue.Number, len(sending.Letters))
	}
}
