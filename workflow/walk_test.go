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
	"jianbao/recipients/copies"
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

// A crowd are people with all sorts of roles, some of them too many.
type crowd struct {
	actors []Actor
	staff  Staff
	routes []Route
}

func aCrowd() crowd {
	hats := func(name string, roles ...accounts.Role) Actor {
		a := someone(name, "")
		for _, r := range roles {
			a.Person.Grants = append(a.Person.Grants, accounts.Grant{Role: r})
		}
		return a
	}
	unitA, unitB := Named{uuid.New(), "甲局"}, Named{uuid.New(), "乙局"}
	c := crowd{actors: []Actor{
		hats("all hats", accounts.Editor, accounts.Reviewer, accounts.Signatory, accounts.Clerk),
		hats("two hats", accounts.Editor, accounts.Reviewer), hats("reviewer", accounts.Reviewer),
		hats("signatory", accounts.Signatory), hats("clerk", accounts.Clerk), hats("clerk 2", accounts.Clerk), hats("deputy", accounts.Reader),
		someone("head A", "", unitA.ID), someone("head B", accounts.Reviewer, unitB.ID), {Robot: Robot},
	}}
	for _, a := range c.actors[:len(c.actors)-1] {
		c.staff.People = append(c.staff.People, a.Person)
	}
	deputy := func(of, by int) {
		c.staff.Delegations = append(c.staff.Delegations, accounts.Delegation{
			Person: c.actors[of].Person.ID, Deputy: c.actors[by].Person.ID, From: time.Unix(0, 0), Until: time.Unix(1<<40, 0)})
	}
	deputy(3, 6) // the signatory's, who has no other office
	deputy(3, 1) // and one who has two
	skipping := FullRoute(unitA, unitB)
	skipping[2].Skip = "not-mentioned"
	c.routes = []Route{DefaultRoute(), FullRoute(unitA, unitB), skipping}
	return c
}

// TestThePromisesHoldWhateverIsOrdered walks at random: whatever is ordered, by
// whomever, an issue is released only as different people approved it, with
// copies that add up, to whom its lists say; no number is given twice; and its
// history verifies (promises 1, 2, 4, 5, 6 and 10 of the design).
func TestThePromisesHoldWhateverIsOrdered(t *testing.T) {
	people := aCrowd()
	released, amended, hurried := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		series := Series{ID: uuid.New(), Route: rapid.SampledFrom(people.routes).Draw(t, "route"), Template: 1}
		if rapid.IntRange(0, 3).Draw(t, "exception") == 0 {
			series.TwoPerson = &Exception{Reason: "两人", ByName: "主任"}
		}
		now := time.Date(2021, 7, 16, 1, 0, 0, 0, time.UTC)
		first := OpenIssue(series, people.actors[0], aDraft("甲局"), now, uuid.New)
		issue, events := first.Issue, []Event{first.Event}
		var register []RegisterLine
		for range rapid.IntRange(30, 120).Draw(t, "acts") {
			now = now.Add(time.Minute)
			order := people.order(t, issue, now)
			change, err := people.do(t, Case{Issue: issue, Series: series, Order: order, Now: now, Register: register, Staff: people.staff})
			if err != nil {
				continue
			}
			checkMove(t, issue.State, order.Act, change.Issue.State)
			if change.Given != nil {
				if !free(register, change.Given.Number) || len(Gaps(append(register, *change.Given), bulletin.Ordinary, 2021)) > 0 {
					t.Fatalf("number %+v after %+v", change.Given.Number, register)
				}
				register = append(register, *change.Given)
			}
			issue, events = change.Issue, append(events, change.Event)
			if change.Release != nil && change.Release.Purpose == Released {
				released++
				amended += len(issue.Amendments)
				if issue.Emergency != nil {
					hurried++
				}
				checkRelease(t, series, issue, change.Release)
			}
		}
		if err := VerifyChain(events, issue.Events, issue.Head); err != nil {
			t.Fatal(err)
		}
	})
	if released == 0 || amended == 0 || hurried == 0 {
		t.Errorf("%d releases, %d changes after a sign-off, %d emergencies: the test proves little", released, amended, hurried)
	}
}

// do lets somebody do what was ordered: whoever is drawn, or half of the time
// the first after them who may.
func (c crowd) do(t *rapid.T, of Case) (change Change, err error) {
	n, tries := rapid.IntRange(0, len(c.actors)-1).Draw(t, "actor"), 1
	if rapid.Bool().Draw(t, "or another") {
		tries = len(c.actors)
	}
	for i := range tries {
		of.Actor = c.actors[(n+i)%len(c.actors)]
		if change, err = Decide(of, uuid.New()); err == nil {
			return change, nil
		}
	}
	return change, err
}

// order draws an order; half of them lead on from where the issue stands.
func (c crowd) order(t *rapid.T, issue Issue, now time.Time) Order {
	person := func(what string) uuid.UUID { return rapid.SampledFrom(c.staff.People).Draw(t, what).ID }
	draft := aDraft(rapid.SampledFrom([]string{"甲局", "乙"}).Draw(t, "text"))
	order := Order{
		Act: rapid.SampledFrom(acts(issue)).Draw(t, "act"), Version: issue.Version, Note: "理由",
		KeepDate: rapid.Bool().Draw(t, "keep"), NewID: uuid.New, Filing: aFiling(), Class: rapid.SampledFrom(Classes()).Draw(t, "class"),
	}
	switch order.Act {
	case Save, Amend:
		order.Draft = &draft
	case Circulate:
		draft = aDraft(issue.Text)
		order.Draft = &draft
	case Return:
		order.AtStep = rapid.IntRange(0, 5).Draw(t, "step")
	case Reassign:
		order.From, order.To = person("from"), person("to")
		order.AtStep = rapid.IntRange(0, 5).Draw(t, "step")
	case Record:
		order.Paper = &PaperSignature{Person: person("signer"), At: now, Consent: Circled, Scan: File{Name: "签.pdf", Data: []byte("%PDF-")}}
	case Apportion:
		n := rapid.IntRange(0, 2).Draw(t, "copies")
		order.Print.Apportion = &copies.Apportionment{Shares: []int{n}, File: 2 - n}
	case Stamp:
		order.Print.First = rapid.IntRange(0, 9).Draw(t, "first")
	case Approve:
		if rapid.IntRange(0, 4).Draw(t, "stand in") == 0 {
			order.For = person("for")
		}
	}
	return order
}

// acts are all acts, and more often those that lead on from here, so that walks
// get far.
func acts(issue Issue) []Act {
	all := movesOf()
	onward := map[State][]Act{
		Draft: {Submit}, Review: {Approve}, Approved: {Register, Register, Amend}, Registered: {Schedule, Schedule, Amend},
		Scheduled: {Release}, Dispatching: {Finish}, Dispatched: {Ratify, Archive},
	}[issue.State]
	if _, waits := issue.Unclassed(); waits {
		onward = []Act{Classify}
	}
	for range 50 {
		all = append(all, onward...)
	}
	return all
}

// checkMove compares what became of an issue with the table.
func checkMove(t *rapid.T, from State, act Act, to State) {
	for _, m := range Moves() {
		if m.Act == act && m.starts(from) {
			if !slices.Contains(m.ends(from), to) {
				t.Fatalf("%s led from %s to %s, which the table does not have", act, from, to)
			}
			return
		}
	}
	t.Fatalf("%s of a %s issue", act, from)
}

// checkRelease looks at the books of a released issue with rules of its own.
func checkRelease(t *rapid.T, series Series, issue Issue, sending *Sending) {
	if sending.Digest != issue.Digest() || issue.Number.IsZero() || len(sending.Letters) != 1 || issue.Copies.Difference() != 0 {
		t.Fatalf("released as %+v with %d letters", issue.Number, len(sending.Letters))
	}
	if made := copies.New(sending.Copies).Made(); made != issue.Copies.PrintRun || sending.Letters[0].Unit != issue.Circulation.All()[0].Unit {
		t.Fatalf("%d copies of %d; a letter to %s", made, issue.Copies.PrintRun, sending.Letters[0].Name)
	}
	for _, a := range issue.Amendments {
		if a.Round == issue.Round && (a.Class == "" || a.By == a.Classed) {
			t.Fatalf("a change by %s was classed %q by %s", a.ByName, a.Class, a.ClassedBy)
		}
	}
	if e := issue.Emergency; e != nil {
		if slices.Contains(issue.Authors, e.By) || e.Reason == "" || e.Digest != sending.Digest {
			t.Fatalf("an emergency release by %s: %q", e.ByName, e.Reason)
		}
		return
	}
	office := map[uuid.UUID]int{} // the step that a person decided at
	for step, at := range issue.Route {
		if at.Skip == "not-mentioned" && issue.Text != "甲局" {
			continue
		}
		seats := map[uuid.UUID]bool{}
		for _, d := range issue.Decisions {
			if d.Step != step || d.Round != issue.Round || d.Back != "" || d.Act != Submit && d.Act != Approve || !holds(issue, d, sending.Digest) {
				continue
			}
			seats[d.Seat] = true
			for _, id := range []uuid.UUID{d.Person, d.For} {
				author := step > 0 && slices.Contains(issue.Authors, id)
				other, held := office[id]
				if id == uuid.Nil || series.TwoPerson != nil && !(author && step == issue.Route.signatory()) {
					continue
				}
				if author || held && other != step {
					t.Fatalf("%s decided at step %d; author: %v, also at step %d", d.Name, step, author, other)
				}
				office[id] = step
			}
		}
		if need := map[bool]int{true: 2, false: 1}[at.Kind == CountersignStep]; len(seats) < need {
			t.Fatalf("%d decided at step %d (%s), not %d", len(seats), step, at.Kind, need)
		}
	}
}

// holds reports whether a decision is for a digest, or for one from which
// changes led there that leave it standing: any before the sign-off, no
// substance for the signatory, layout alone for a recheck.
func holds(issue Issue, d Decision, sent Digest) bool {
	at := d.Digest
	for _, a := range issue.Amendments {
		kind := issue.Route[d.Step].Kind
		signs := kind == SignOffStep || kind == ReviewStep && len(issue.Route) == 2
		stands := a.Class == Layout || kind != RecheckStep && (a.Class == Slip || !signs)
		if a.Round == issue.Round && a.From == at && stands && at != sent {
			at = a.To
		}
	}
	return at == sent
}
