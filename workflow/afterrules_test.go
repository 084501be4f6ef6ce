package workflow

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients/copies"
)

// A correction is what two people wrote or decided in, for those who have the
// wrong one and nobody else, on paper for those who have paper.
func TestWhomACorrectionMayGoTo(t *testing.T) {
	c := caseOf(Release, Scheduled, accounts.Clerk)
	unit := c.Issue.Circulation.All()[0]
	original := c.Issue
	c.Original = &original
	c.Issue.Corrects = original.ID
	c.Holders = []Holder{{Unit: unit.Unit, Name: unit.Name}}
	if reasons := againstReaders(c); len(reasons) > 0 {
		t.Errorf("those who have it: %v", reasons)
	}
	onPaper := c
	onPaper.Holders = []Holder{{Unit: unit.Unit, Name: unit.Name, Paper: 2}}
	if reasons := againstReaders(onPaper); len(reasons) != 1 || reasons[0].Key != "workflow.paper-left" {
		t.Errorf("no paper for who has paper: %v", reasons)
	}
	onPaper.Issue.Copies.Shares = []copies.Share{{Unit: unit.Unit, Copies: 2}}
	// As the ledger opens: the equation gives a unit that is reached by mail its copies too.
	if reasons := againstReaders(onPaper); len(reasons) > 0 {
		t.Errorf("paper for who has paper: %v", reasons)
	}
	stranger := c
	stranger.Original = &Issue{ID: original.ID}
	stranger.Holders = nil
	if reasons := againstReaders(stranger); len(reasons) != 1 || reasons[0].Key != "workflow.new-reader" {
		t.Errorf("a unit that has not got it: %v", reasons)
	}
	one := Decision{Round: c.Issue.Round, Person: uuid.New(), Name: "甲", Act: Submit, Digest: c.Issue.Digest()}
	two := one
	two.Person, two.Act = uuid.New(), Approve
	c.Issue.Decisions = []Decision{one, one}
	if reasons := twoPeople.Against(c); len(reasons) != 1 {
		t.Errorf("one person twice: %v", reasons)
	}
	c.Issue.Decisions = []Decision{one, two}
	if reasons := twoPeople.Against(c); len(reasons) > 0 {
		t.Errorf("two people: %v", reasons)
	}
}

// Whoever has the wrong one gets the correction, listed by now or not.
func TestACorrectionReachesWhoeverHasTheWrongOne(t *testing.T) {
	c := caseOf(Release, Scheduled, accounts.Clerk)
	listed, gone := uuid.New(), uuid.New()
	next := Change{Release: &Sending{Letters: []Letter{{Unit: listed, Addresses: []string{"new@b.example"}}}}}
	c.Holders = []Holder{{Unit: listed, Addresses: []string{"old@b.example"}}, {Unit: gone, Addresses: []string{"gone@b.example"}}, {Unit: uuid.New(), Paper: 1}}
	c.supersede(&next)
	all := next.Release.Letters
	if len(all) != 2 || !slices.Equal(all[0].Addresses, []string{"old@b.example", "new@b.example"}) || all[1].Unit != gone {
		t.Errorf("%+v", all)
	}
}

// Asking for a recall stops what has not gone, before anybody else decides.
func TestARecallStopsTheQueueWhenItIsAsked(t *testing.T) {
	for _, secret := range []bool{false, true} {
		c := caseOf(Recall, Dispatching, accounts.Clerk)
		c.Order.Secret, c.Order.Note = secret, "有误"
		var next Change
		if applyRecall(c, &next); next.Queue != PauseQueue || !next.Issue.Recall.Open() || next.Issue.Recall.Secret != secret {
			t.Errorf("secret %t: %+v", secret, next)
		}
	}
}

// What is sent again on paper stands in the place of what was signed off; more is
// a wider distribution, with the consent that this takes.
func TestPaperAgainIsNoWiderDistribution(t *testing.T) {
	c := caseOf(Resend, Dispatched, accounts.Clerk)
	unit := c.Order.Unit
	c.Order.Note, c.Issue.Copies.Shares = "没有收到", []copies.Share{{Unit: unit, Copies: 2}}
	for name, x := range map[string]struct {
		ask  int
		more func(*Issue)
		code fault.Code
	}{
		"as many as listed":    {2, nil, ""},
		"more than listed":     {3, nil, fault.Blocked},
		"once more":            {1, func(i *Issue) { i.Rulings = []Ruling{{Unit: unit, Act: Resend, Copies: 2}} }, fault.Blocked},
		"after consent":        {3, func(i *Issue) { i.Widenings = []Widening{{Unit: unit, Copies: 1, Decision: Grant}} }, ""},
		"asked, not decided":   {3, func(i *Issue) { i.Widenings = []Widening{{Unit: unit, Copies: 1}} }, fault.Blocked},
		"one in place of mail": {1, func(i *Issue) { i.Copies.Shares = nil }, ""},
	} {
		c := c
		c.Order.Copies = x.ask
		if x.more != nil {
			x.more(&c.Issue)
		}
		entries, err := c.paper()
		if x.code == "" && (err != nil || len(entries) == 0) || x.code != "" && !fault.Is(err, x.code) {
			t.Errorf("%s: %v, %v", name, entries, err)
		}
	}
}
