package workflow

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
)

// againCase is an approved issue that was registered, returned and approved
// again, waiting for its second registration.
func againCase() Case {
	c := caseOf(Register, Approved, "clerk")
	draft := aDraft("甲")
	c.Issue.take(draft, Series{FileCopies: 1})
	c.Issue.Step, c.Issue.Round = 2, 2
	c.Issue.Number = Number{Kind: bulletin.Ordinary, Year: 2021, No: 8}
	c.Issue.Date = bulletin.Date{Year: 2021, Month: 7, Day: 8}
	for step := range c.Issue.Route {
		c.Issue.Decisions = append(c.Issue.Decisions, Decision{
			Step: step, Round: 2, Person: uuid.New(), At: time.Date(2021, 7, 14, 2, 0, 0, 0, time.UTC), Act: Approve, Digest: c.Issue.Digest(),
		})
	}
	c.Register = []RegisterLine{{
		Number: c.Issue.Number, Series: c.Series.ID, Issue: c.Issue.ID, Title: "简报", Date: c.Issue.Date,
		At: time.Date(2021, 7, 8, 2, 0, 0, 0, time.UTC), By: "收发员",
	}}
	return c
}

func TestTheRegisterAgreesWithAnIssueThatIsRegisteredAgain(t *testing.T) {
	c := againCase()
	change, err := Decide(c, uuid.New())
	if err != nil {
		t.Fatal(err)
	}
	line := change.Redated
	if change.Given != nil || line == nil {
		t.Fatalf("given %v, redated %v", change.Given, line)
	}
	if line.Number != c.Issue.Number || line.Date != change.Issue.Date || line.Date.Day != 14 || line.By != "收发员" || !line.At.Equal(c.Register[0].At) {
		t.Errorf("the line is %+v, the issue bears %v", line, change.Issue.Date)
	}
	told := false
	for _, fact := range change.Event.Facts {
		told = told || fact.Key == redated.Key
	}
	if !told {
		t.Errorf("the history does not tell: %v", change.Event.Facts)
	}
	c.Register[0].Date = bulletin.Date{Year: 2021, Month: 7, Day: 14}
	if change, err = Decide(c, uuid.New()); err != nil || change.Redated != nil {
		t.Errorf("the same date again: %v %v", change.Redated, err)
	}
}

func TestANumberIsOfTheKindItWasGivenFor(t *testing.T) {
	c := againCase()
	c.Issue.Number.Kind = bulletin.Supplement
	if _, err := Decide(c, uuid.New()); !fault.Is(err, fault.Blocked) {
		t.Errorf("registered: %v", err)
	}
}

func TestAnOrderWithoutWhatItIsAboutIsRefused(t *testing.T) {
	for act, state := range map[Act]State{Save: Draft, Circulate: Draft, Release: Scheduled, Hold: Scheduled, Attach: Draft, Detach: Draft, Arrange: Draft,
		Amend: Approved, Record: Review, Reassign: Review, Classify: Review} {
		c := caseOf(act, state, "editor")
		c.Order = Order{Act: act, Version: c.Issue.Version}
		if _, err := Decide(c, uuid.New()); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", act, err)
		}
	}
}
