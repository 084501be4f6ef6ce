package workflow

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/copies"
)

// inTable returns a rule as the line of the table for an act has it.
func inTable(t *testing.T, act Act, state State, name string) Rule {
	t.Helper()
	for _, m := range Moves() {
		if n := slices.IndexFunc(m.rules(), func(r Rule) bool { return r.Name == name }); m.Act == act && m.starts(state) && n >= 0 {
			return m.rules()[n]
		}
	}
	t.Fatalf("%s of a %s issue does not need %s", act, state, name)
	return Rule{}
}

// Rules that no other test has refuse anything: each holds, and then does not,
// for a reason of its own that Decide tells.
func TestARuleRefusesForItsOwnReason(t *testing.T) {
	listed := func(c *Case) *recipients.Entry {
		c.Issue.Circulation = aDraft("").Circulation
		return &c.Issue.Circulation.Lists[0].Entries[0]
	}
	correcting := func(c *Case) {
		listed(c)
		c.Original = &Issue{ID: uuid.New(), State: Dispatched, Circulation: aDraft("").Circulation}
		c.Issue.Corrects = c.Original.ID
	}
	for _, x := range []struct {
		rule  string
		act   Act
		state State
		spoil func(*Case)
		why   string // the key of the reason; "" is any
	}{
		{"names-known", Register, Approved, func(c *Case) { *listed(c) = recipients.Entry{Printed: "市某局"} }, ""},
		{"reachable", Register, Approved, func(c *Case) { listed(c).Recipients[0].Addresses = nil }, ""},
		{"reachable", Release, Scheduled, func(c *Case) { e := listed(c); e.Recipients = append(e.Recipients, e.Recipients[0]) }, ""},
		{"same-kind", Amend, Registered, func(c *Case) {
			c.Issue.Number = Number{Kind: bulletin.Ordinary, Year: 2021, No: 8}
			c.Order.Draft.Reading.Document.Number.Kind = bulletin.Supplement
		}, otherKind.Key},
		{"time-fits", Schedule, Registered, func(c *Case) { c.Order.At = c.Now.Add(-3 * time.Hour) }, timePast.Key},
		{"time-fits", Schedule, Registered, func(c *Case) {
			c.Series.Window.Days, c.Series.Window.To = []time.Weekday{time.Sunday}, 60 // it is a Thursday
		}, outsideWindow.Key},
		{"copies-add-up", Register, Approved, func(c *Case) { c.Issue.Copies.PrintRun = 5 }, ""},
		{"same-readers", Register, Approved, func(c *Case) { correcting(c); c.Original.Circulation = recipients.Circulation{} }, newReader.Key},
		{"two-people", Register, Approved, correcting, onePerson.Key},
		{"shares-fit", Apportion, Draft, func(c *Case) { c.Order.Print.Apportion = &copies.Apportionment{Shares: []int{1}} }, ""},
		{"numbers-fit", Stamp, Approved, func(c *Case) { c.Order.Print.First = -1 }, ""},
		{"paper-there", Resend, Dispatched, func(c *Case) { c.Order.Copies, c.Ledger = 1, nil }, noBook.Key},
		{"listed-unit", Resend, Dispatched, func(c *Case) { c.Order.Unit = uuid.New() }, notListed.Key},
		{"no-correction", Correct, Dispatched, func(c *Case) { c.Issue.CorrectedBy = uuid.New() }, correctionOpen.Key},
		{"original-stands", Submit, Draft, func(c *Case) { correcting(c); c.Original.State = Recalled }, originalGone.Key},
		{"other-than-asked", Confirm, Dispatched, func(c *Case) { c.Issue.Recall = &Recalling{By: c.Actor.Person.ID} }, ownRecall.Key},
		{"missed", Miss, Scheduled, func(c *Case) { c.Issue.ReleaseAt = c.Now.Add(-time.Hour) }, notDue.Key},
		{"extra-taken", Grant, Dispatched, func(c *Case) { c.Issue.Widenings = []Widening{{Unit: c.Order.Unit, Copies: -1}} }, ""},
	} {
		rule, c := inTable(t, x.act, x.state, x.rule), caseOf(x.act, x.state, accounts.Clerk)
		if reasons := rule.Against(c); len(reasons) > 0 {
			t.Errorf("%s: nothing is wrong, and yet %v", x.rule, reasons)
		}
		x.spoil(&c)
		reasons := rule.Against(c)
		if len(reasons) == 0 || x.why != "" && reasons[0].Key != x.why {
			t.Errorf("%s of %s refuses nothing, or for %v", x.rule, x.act, reasons)
			continue
		}
		_, err := Decide(c, uuid.New())
		e := fault.As(err)
		if e == nil || !slices.ContainsFunc(e.Reasons, func(r fault.Reason) bool { return r.In(fault.ZH) == reasons[0].In(fault.ZH) }) {
			t.Errorf("%s: Decide tells %v, not %s", x.rule, err, reasons[0].In(fault.ZH))
		}
	}
}

// Only what was asked for is decided, and by another.
func TestARecallIsDecidedOnceItIsAsked(t *testing.T) {
	c := caseOf(Confirm, Dispatched, accounts.Signatory)
	if _, err := Decide(c, uuid.New()); !fault.Is(err, fault.Blocked) || !slices.ContainsFunc(fault.As(err).Reasons, func(r fault.Reason) bool { return r.Key == noRecallAsked.Key }) {
		t.Errorf("without a recall: %v", err)
	}
	c.Issue.Recall = &Recalling{By: uuid.New(), ByName: "收发员", Reason: "有误"}
	if change, err := Decide(c, uuid.New()); err != nil || change.Issue.State != Recalled {
		t.Errorf("by another: %s, %v", change.Issue.State, err)
	}
}

// A release that lies in the time to come is told, and no other is.
func TestOnlyAReleaseAheadIsMisdated(t *testing.T) {
	c := caseOf(Misdate, Dispatched, accounts.Clerk)
	c.Actor = Actor{Robot: Robot}
	for ahead, want := range map[time.Duration]bool{-time.Hour: false, clockSlack: false, clockSlack + time.Second: true} {
		c.Issue.Released = c.Now.Add(ahead)
		change, err := Decide(c, uuid.New())
		if (err == nil) != want || want && (change.Issue.State != Dispatched || len(change.Event.Facts) == 0) {
			t.Errorf("ahead by %s: %s, %v", ahead, change.Issue.State, err)
		}
	}
}
