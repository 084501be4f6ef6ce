package workflow

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/bulletin"
	"jianbao/recipients/copies"
)

// A press is a series with everything that was ever opened in it: what was
// sent, who has it, and the register, kept by rules of the test's own.
type press struct {
	series   Series
	issues   map[uuid.UUID]Issue
	order    []uuid.UUID // in which they were opened
	register []RegisterLine
	sent     map[uuid.UUID][]Sending
	paused   map[uuid.UUID]bool
}

func (p *press) write(change Change) {
	id := change.Issue.ID
	if _, known := p.issues[id]; !known {
		p.order = append(p.order, id)
	}
	p.issues[id] = change.Issue
	if change.Given != nil {
		p.register = append(p.register, *change.Given)
	}
	if change.Void != "" {
		for n := range p.register {
			if p.register[n].Number == change.Issue.Number {
				p.register[n].Void = change.Void
			}
		}
	}
	if change.Queue != "" {
		p.paused[id] = change.Queue != ResumeQueue
	}
	if change.Release != nil {
		p.sent[id] = append(p.sent[id], *change.Release)
	}
	for _, also := range change.Also {
		p.write(also)
	}
}

// holders are whoever was sent an issue, as if all of it had arrived.
func (p *press) holders(id uuid.UUID) (all []Holder) {
	for _, s := range p.sent[id] {
		ledger := copies.New(nil)
		_ = ledger.Post(s.Copies...)
		for _, l := range s.Letters {
			if !slices.ContainsFunc(all, func(h Holder) bool { return h.Unit == l.Unit }) {
				all = append(all, Holder{Unit: l.Unit, Name: l.Name, Addresses: l.Addresses[:1], Paper: ledger.Balance(copies.OfUnit(l.Unit))})
			}
		}
	}
	return all
}

func (p *press) caseOf(issue Issue, now time.Time, staff Staff) Case {
	c := Case{Issue: issue, Series: p.series, Now: now, Register: p.register, Staff: staff}
	out := issue.ID
	if issue.Corrects != uuid.Nil {
		original := p.issues[issue.Corrects]
		c.Original, out = &original, original.ID
		if issue.State == Dispatching || !issue.Released.IsZero() {
			c.Original, out = nil, issue.ID
		}
	}
	c.Holders = p.holders(out)
	return c
}

// TestThePromisesHoldAfterItIsSent walks at random through corrections, recalls
// and what is sent again: nothing leaves but what was released by two people,
// no number is given twice or comes back, and a correction reaches everybody
// who has the wrong one, exactly when that ends.
func TestThePromisesHoldAfterItIsSent(t *testing.T) {
	people := aCrowd()
	corrected, recalled, resent, given := 0, 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2021, 7, 16, 1, 0, 0, 0, time.UTC)
		p := &press{series: Series{ID: uuid.New(), Route: people.routes[0], Template: 1},
			issues: map[uuid.UUID]Issue{}, sent: map[uuid.UUID][]Sending{}, paused: map[uuid.UUID]bool{}}
		for range 2 {
			p.write(OpenIssue(p.series, people.actors[0], aDraft("甲局"), now, uuid.New))
		}
		for range rapid.IntRange(60, 200).Draw(t, "acts") {
			now = now.Add(time.Minute)
			issue := p.issues[p.order[len(p.order)-1]]
			if rapid.IntRange(0, 3).Draw(t, "older") == 0 {
				issue = p.issues[rapid.SampledFrom(p.order).Draw(t, "issue")]
			}
			c := p.caseOf(issue, now, people.staff)
			c.Order = afterOrder(t, people.order(t, issue, now), issue)
			change, err := people.do(t, c)
			if err != nil {
				continue
			}
			checkMove(t, issue.State, c.Order.Act, change.Issue.State)
			checkAfter(t, p, c, change)
			p.write(change)
			switch {
			case change.Release == nil:
			case change.Release.Purpose == Resent:
				resent++
			case change.Release.Purpose == Revoked:
				recalled++
			case issue.Corrects != uuid.Nil:
				corrected++
			default:
				given++
			}
		}
		checkNumbers(t, p)
	})
	if corrected == 0 || recalled == 0 || resent == 0 || given == 0 {
		t.Errorf("%d corrections, %d recalls, %d sent again of %d: the test proves little", corrected, recalled, resent, given)
	}
}

// afterOrder is an order with what the acts on sent issues need, half of the
// time one of those where there is something to be done.
func afterOrder(t *rapid.T, order Order, issue Issue) Order {
	onward := []Act{Correct, Correct, Correct, Recall, Resend}
	if issue.Recall.Open() {
		onward = []Act{Confirm, Uphold}
	}
	if slices.Contains(recallable, issue.State) && rapid.IntRange(0, 3).Draw(t, "after") == 0 {
		order.Act = rapid.SampledFrom(onward).Draw(t, "after act")
	}
	listed := issue.Circulation.All()
	order.Unit, order.Addresses = listed[0].Unit, listed[0].Addresses
	if rapid.IntRange(0, 3).Draw(t, "stranger") == 0 {
		order.Unit = uuid.New()
	}
	order.Secret = rapid.Bool().Draw(t, "secret")
	return order
}

func checkAfter(t *rapid.T, p *press, c Case, change Change) {
	sending := change.Release
	for _, also := range change.Also {
		before, known := p.issues[also.Issue.ID]
		if known && also.Issue.State == Corrected != (sending != nil) {
			t.Fatalf("%s made of the corrected issue %s", c.Order.Act, also.Issue.State)
		}
		if !known && (also.Issue.State != Draft || also.Issue.Number != c.Issue.Number || len(also.Issue.Decisions) > 0) {
			t.Fatalf("a correction begins as %+v", also.Issue)
		}
		if known && also.Issue.Events != before.Events+1 {
			t.Fatal("the corrected issue has no line of history")
		}
	}
	if sending == nil {
		return
	}
	switch sending.Purpose {
	case Resent:
		units := []uuid.UUID{sending.Letters[0].Unit}
		if len(sending.Letters) != 1 || !slices.Contains(unitsOf(c.Issue), units[0]) || len(p.sent[c.Issue.ID]) == 0 {
			t.Fatalf("sent again: %+v", sending.Letters)
		}
	case Revoked:
		r := change.Issue.Recall
		if r.By == r.Confirmed || r.Open() || change.Queue != CancelQueue || change.Issue.State != Recalled {
			t.Fatalf("recalled by %s and %s", r.ByName, r.ConfirmedName)
		}
		if len(sending.Letters) != len(c.Holders) {
			t.Fatalf("%d were told, %d have it", len(sending.Letters), len(c.Holders))
		}
	case Released:
		checkRelease(t, p.series, change.Issue, sending)
		if c.Issue.Corrects == uuid.Nil {
			return
		}
		hands := map[uuid.UUID]bool{}
		for _, d := range change.Issue.Decisions {
			hands[d.Person] = true
		}
		for _, h := range c.Holders {
			if !slices.ContainsFunc(sending.Letters, func(l Letter) bool { return l.Unit == h.Unit && l.Addresses[0] == h.Addresses[0] }) {
				t.Fatalf("%s has the wrong one and no correction", h.Name)
			}
		}
		if len(hands) < 2 || len(change.Also) != 1 || change.Also[0].Issue.ID != c.Issue.Corrects {
			t.Fatalf("a correction by %d people with %d other changes", len(hands), len(change.Also))
		}
	}
}

func unitsOf(i Issue) (all []uuid.UUID) {
	for _, p := range i.Circulation.All() {
		all = append(all, p.Unit)
	}
	return all
}

// checkNumbers looks at every number that anything bears: each is in the
// register once, and one that is void is borne by nothing that stands.
func checkNumbers(t *rapid.T, p *press) {
	lines := map[Number]RegisterLine{}
	for _, l := range p.register {
		if _, twice := lines[l.Number]; twice {
			t.Fatalf("number %+v was given twice", l.Number)
		}
		lines[l.Number] = l
	}
	first := map[Number]uuid.UUID{}
	for _, id := range p.order {
		issue := p.issues[id]
		if issue.Number.IsZero() {
			continue
		}
		line, known := lines[issue.Number]
		if !known || line.Kind != bulletin.Ordinary {
			t.Fatalf("%+v is not in the register", issue.Number)
		}
		if issue.Corrects == uuid.Nil {
			if other, taken := first[issue.Number]; taken {
				t.Fatalf("%s and %s have one number", other, id)
			}
			first[issue.Number] = id
		}
		if slices.Contains(outState, issue.State) && line.Void != "" {
			t.Fatalf("%+v is void and %s", issue.Number, issue.State)
		}
	}
}
