package workflow

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// A drawer is Tickets in memory.
type drawer struct {
	mu      sync.Mutex
	tickets map[string]*Ticket
	people  []accounts.Person
	address string
}

func (d *drawer) TicketByHash(_ context.Context, hash string) (Ticket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if t, ok := d.tickets[hash]; ok {
		return *t, nil
	}
	return Ticket{}, fault.New(fault.NotFound, missing.With())
}

func (d *drawer) TicketsOf(_ context.Context, delivery uuid.UUID) (all []Ticket, err error) {
	for _, t := range d.tickets {
		if t.Delivery == delivery {
			all = append(all, *t)
		}
	}
	return all, nil
}

func (d *drawer) SpendTicket(_ context.Context, id uuid.UUID, at time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, t := range d.tickets {
		if t.ID == id && t.Used.IsZero() != at.IsZero() {
			t.Used = at
			return nil
		}
	}
	return fault.New(fault.Conflict, missing.With())
}

func (d *drawer) PersonByID(_ context.Context, id uuid.UUID) (accounts.Person, error) {
	p, ok := Staff{People: d.people}.Person(id)
	if !ok {
		return p, fault.New(fault.NotFound, missing.With())
	}
	return p, nil
}

func (d *drawer) ReachOf(_ context.Context, person uuid.UUID) (Reach, error) {
	return Reach{Person: person, Address: d.address}, nil
}

// asked is an office where the reviewer has a ticket for an issue.
func asked(t *testing.T) (o *office, a Answering, issue Issue, token string) {
	t.Helper()
	o = newOffice(t)
	issue = o.does(t, o.editor, o.opened(t), Order{Act: Submit})
	key := TicketKey(strings.Repeat("k", 32))
	ticket := ticketFor(Notice{Person: o.reviewer.Person.ID, Issue: issue.ID, Digest: issue.Digest(), Place: issue.Place()}, o.now, uuid.New())
	token = key.Token(ticket.ID)
	ticket.Hash, ticket.Delivery = TicketHash(token), uuid.New()
	d := &drawer{tickets: map[string]*Ticket{ticket.Hash: &ticket}, people: []accounts.Person{o.reviewer.Person}, address: "qiao@kjj.example"}
	return o, Answering{Desk: o.Desk, Tickets: d}, issue, token
}

func TestATicketShowsAndDecidesOnce(t *testing.T) {
	o, a, issue, token := asked(t)
	shown, err := a.Ask(t.Context(), token)
	if err != nil || shown.Person.Name != "乔栋" || shown.Issue.Text != issue.Text {
		t.Fatalf("%+v, %v", shown.Person, err)
	}
	if _, err := a.Answer(t.Context(), token, Register, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("it registers: %v", err)
	}
	if _, err := a.Answer(t.Context(), token, Return, ""); !fault.Is(err, fault.Blocked) || fault.As(err).Message.Key != refused.Key {
		t.Errorf("returned without a reason: %v", err)
	}
	done, err := a.Answer(t.Context(), token, Approve, "")
	if err != nil || done.State != Approved {
		t.Errorf("a refusal used the ticket up: %s, %v", done.State, err)
	}
	if events := o.books.events[issue.ID]; events[len(events)-1].Name != "乔栋" {
		t.Errorf("decided by %s", events[len(events)-1].Name)
	}
	if _, err := a.Answer(t.Context(), token, Approve, ""); !fault.Is(err, fault.Blocked) {
		t.Errorf("a second time: %v", err)
	}
}

func TestATicketDecidesOnceForMany(t *testing.T) {
	_, a, _, token := asked(t)
	var group sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for range 8 {
		group.Go(func() {
			if _, err := a.Answer(t.Context(), token, Approve, ""); err == nil {
				mu.Lock()
				done++
				mu.Unlock()
			}
		})
	}
	if group.Wait(); done != 1 {
		t.Errorf("%d decisions", done)
	}
}

func TestTicketsThatOpenNothing(t *testing.T) {
	o, a, issue, token := asked(t)
	if _, err := a.Ask(t.Context(), token+"x"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a made-up token: %v", err)
	}
	d := a.Tickets.(*drawer)
	used := *d.tickets[TicketHash(token)]
	used.Used = o.now
	d.tickets[TicketHash("used")] = &used
	if _, err := a.Ask(t.Context(), "used"); !fault.Is(err, fault.Blocked) || fault.As(err).Message.Key != ticketUsed.Key {
		t.Errorf("one that was used: %v", err)
	}
	o.now = o.now.Add(TicketTime)
	if _, err := a.Ask(t.Context(), token); !fault.Is(err, fault.Blocked) || fault.As(err).Message.Key != ticketExpired.Key {
		t.Errorf("after its time: %v", err)
	}
	o.now = o.now.Add(-TicketTime)
	changed := o.books.issues[issue.ID]
	changed.Copies.PrintRun++
	o.books.issues[issue.ID] = changed
	if _, err := a.Answer(t.Context(), token, Approve, ""); !fault.Is(err, fault.Blocked) || fault.As(err).Message.Key != ticketStale.Key {
		t.Errorf("for another text: %v", err)
	}
}

// A ticket is for one step of one way through the route. Where the issue came
// back to that step as it was, whoever was asked is asked anew.
func TestATicketIsForOnePlace(t *testing.T) {
	o, a, issue, token := asked(t)
	issue = o.does(t, o.reviewer, issue, Order{Act: Return, Note: "再看看"})
	o.now = o.now.Add(time.Hour)
	issue = o.does(t, o.editor, issue, Order{Act: Submit})
	if ticket := a.Tickets.(*drawer).tickets[TicketHash(token)]; issue.Digest() != ticket.Digest {
		t.Fatal("the text is another")
	}
	if _, err := a.Answer(t.Context(), token, Approve, ""); !fault.Is(err, fault.Blocked) || fault.As(err).Message.Key != ticketStale.Key {
		t.Errorf("an earlier letter decides: %v", err)
	}
}

func TestATicketOnlyApprovesOrReturns(t *testing.T) {
	o, a, issue, token := asked(t)
	o.reviewer.Person.Grants = append(o.reviewer.Person.Grants, accounts.Grant{Role: accounts.Clerk}, accounts.Grant{Role: accounts.Editor})
	a.Tickets.(*drawer).people = []accounts.Person{o.reviewer.Person}
	for _, act := range movesOf() {
		if act == Approve || act == Return {
			continue
		}
		if _, err := a.Answer(t.Context(), token, act, "理由"); !fault.Is(err, fault.Invalid) || fault.As(err).Message.Key != ticketActs.Key {
			t.Errorf("%s: %v", act, err)
		}
	}
	if now := o.books.issues[issue.ID]; now.Version != issue.Version || !a.Tickets.(*drawer).tickets[TicketHash(token)].Used.IsZero() {
		t.Error("something came of it")
	}
}
