package workflow

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// Staff are the people who have to do with a series, and who stands in for
// whom: whoever holds a role in it, heads a unit or is named by a route.
type Staff struct {
	People      []accounts.Person
	Delegations []accounts.Delegation
}

// Person returns one of the staff, and whether there is such a person.
func (s Staff) Person(id uuid.UUID) (accounts.Person, bool) {
	n := slices.IndexFunc(s.People, func(p accounts.Person) bool { return p.ID == id })
	if n < 0 {
		return accounts.Person{}, false
	}
	return s.People[n], true
}

// Staffing is where the staff is kept. Every method is one transaction.
type Staffing interface {
	// Staff returns the staff of a series: everybody with a role in it, or in
	// all, every head of a unit, and those of the named ids that exist. That of
	// uuid.Nil, of all series together, is everybody with a role in any.
	Staff(ctx context.Context, series uuid.UUID, named []uuid.UUID) (Staff, error)

	// AddDelegation writes a delegation.
	AddDelegation(ctx context.Context, d accounts.Delegation) error

	// ChangeDelegation reads a delegation under a lock and writes what decide
	// makes of it. It fails with fault.NotFound, and as decide does.
	ChangeDelegation(ctx context.Context, id uuid.UUID, decide func(accounts.Delegation) (accounts.Delegation, error)) error

	// Running returns every issue that is not dispatched or withdrawn yet, the
	// oldest first, without its text and document.
	Running(ctx context.Context) ([]Issue, error)
}

// An Assignment puts a person into a seat of a step of one issue: because the
// work was given to them, because the one before left, or because they signed
// before and see it again.
type Assignment struct {
	Step   int       `json:"step"`
	Seat   uuid.UUID `json:"seat,omitzero"` // nil: their own
	Person uuid.UUID `json:"person"`
	Name   string    `json:"name"`
	// Only says that the step is for those who are assigned, as soon as there
	// are enough of them.
	Only bool `json:"only,omitempty"`
}

// PeopleNamed returns the ids of the people that an issue's route and
// assignments name.
func (i Issue) PeopleNamed() (ids []uuid.UUID) {
	for _, step := range i.Route {
		ids = append(ids, convert(step.People, func(n Named) uuid.UUID { return n.ID })...)
	}
	return append(ids, convert(i.Assigned, func(a Assignment) uuid.UUID { return a.Person })...)
}

// seatsOf returns the seats of a step that a person may fill in an issue, by
// their own right.
func (i Issue) seatsOf(p accounts.Person, n int) (seats []uuid.UUID) {
	if n < 0 || n >= len(i.Route) || !p.Active {
		return nil
	}
	step, only := i.Route[n], 0
	given := map[uuid.UUID]bool{} // seats that somebody was put into
	for _, a := range i.Assigned {
		if a.Step != n {
			continue
		}
		given[a.Seat] = true
		if a.Only {
			only++
		}
		if a.Person == p.ID {
			seats = append(seats, a.seat())
		}
	}
	if only >= step.need() {
		return seats
	}
	if step.Role != "" && len(seats) == 0 && p.Has(step.Role, i.Series) {
		return []uuid.UUID{p.ID}
	}
	for _, named := range step.People {
		if named.ID == p.ID && !given[named.ID] {
			seats = append(seats, p.ID)
		}
	}
	for _, unit := range step.Units {
		if p.Leads(unit.ID) && !given[unit.ID] {
			seats = append(seats, unit.ID)
		}
	}
	return seats
}

func (a Assignment) seat() uuid.UUID {
	if a.Seat == uuid.Nil {
		return a.Person
	}
	return a.Seat
}

// A hand is in whose name somebody decides: their own, or that of whom they
// stand in for.
type hand struct {
	For  accounts.Person // zero: their own
	Seat uuid.UUID
}

// signer is who decides: the actor, or who signed the paper that the actor
// enters.
func (c Case) signer() accounts.Person {
	if c.Order.Act != Record {
		return c.Actor.Person
	}
	if c.Order.Paper == nil {
		return accounts.Person{} // an option: nobody has said yet
	}
	p, _ := c.Staff.Person(c.Order.Paper.Person)
	return p
}

// handAt finds in whose name the signer decides at a step, and whether they may
// at all. A seat that is free comes before one that is taken, and one's own
// before another's.
func (c Case) handAt(step int) (best hand, found bool) {
	me := c.signer()
	taken := convert(c.Issue.Approvals(step), func(d Decision) uuid.UUID { return d.Seat })
	try := func(of accounts.Person, as accounts.Person) (free bool) {
		for _, seat := range c.Issue.seatsOf(of, step) {
			if free = !slices.Contains(taken, seat); free || !found {
				best, found = hand{For: as, Seat: seat}, true
			}
			if free {
				return true
			}
		}
		return false
	}
	if c.Order.For == uuid.Nil && try(me, accounts.Person{}) {
		return best, true
	}
	for _, d := range c.Staff.Delegations {
		if d.Deputy != me.ID || !me.Active || !d.Holds(c.Series.ID, c.Now) || c.Order.For != uuid.Nil && d.Person != c.Order.For {
			continue
		}
		if of, ok := c.Staff.Person(d.Person); ok && try(of, of) {
			return best, true
		}
	}
	return best, found
}

// InPlaceOf returns in whose place the actor would decide at the step where the
// issue is; false where that is nobody's, or their own.
func (c Case) InPlaceOf() (accounts.Person, bool) {
	h, found := c.handAt(c.Issue.Step)
	return h.For, found && h.For.ID != uuid.Nil
}

// hands are the ids of whoever has a hand in what the case would decide at a
// step: who decides, and whom they stand in for.
func (c Case) hands(step int) []uuid.UUID {
	ids := []uuid.UUID{c.signer().ID}
	if h, _ := c.handAt(step); h.For.ID != uuid.Nil {
		ids = append(ids, h.For.ID)
	}
	return ids
}

// decision is what the signer says at a step.
func (c Case) decision(act Act, step int) Decision {
	who := c.signer()
	d := Decision{
		Step: step, Round: c.Issue.Round, Person: who.ID, Name: who.Name,
		At: moment(c.Now), Act: act, Note: c.Order.Note, Digest: c.Issue.Digest(), Seat: who.ID,
	}
	if h, ok := c.handAt(step); ok {
		d.For, d.ForName, d.Seat = h.For.ID, h.For.Name, h.Seat
	}
	return d
}

var onlyNamed = fault.Say("workflow.only-named", "这一环节由%s办理，%s不能%s", "this step is for %s to decide; %s may not %s")

// strangerAt is why somebody who has no seat at a step may not act there.
func (c Case) strangerAt(step int) fault.Reason {
	who, title := c.signer().Name, c.Order.Act.Title()
	if step >= len(c.Issue.Route) || step < 0 {
		return onlyRole.With(who, EditStep.Title(), title)
	}
	at := c.Issue.Route[step]
	var names []string
	for _, a := range c.Issue.Assigned {
		if a.Step == step {
			names = append(names, a.Name)
		}
	}
	for _, n := range slices.Concat(at.People, at.Units) {
		names = append(names, n.Name)
	}
	if len(names) == 0 {
		return onlyRole.With(who, at.Role.Title(), title)
	}
	return onlyNamed.With(strings.Join(names, "、"), who, title)
}

// WaitsFor returns who can take an issue on at the step it is at: whoever has a
// seat there that is free, and wrote nothing in the text; in the place of those
// who are away at the time their deputies, if they have one.
func (i Issue) WaitsFor(staff Staff, at time.Time) (people []accounts.Person) {
	if i.State != Review || i.Step >= len(i.Route) {
		return nil
	}
	taken := convert(i.Approvals(i.Step), func(d Decision) uuid.UUID { return d.Seat })
	for _, p := range staff.People {
		free := slices.ContainsFunc(i.seatsOf(p, i.Step), func(seat uuid.UUID) bool { return !slices.Contains(taken, seat) })
		if !free {
			continue
		}
		p = staff.present(p, i.Series, at)
		known := slices.ContainsFunc(people, func(q accounts.Person) bool { return q.ID == p.ID })
		if !known && !slices.Contains(i.Authors, p.ID) {
			people = append(people, p)
		}
	}
	return people
}

// present returns the person, or their deputy while they are away and have one.
func (s Staff) present(p accounts.Person, series uuid.UUID, at time.Time) accounts.Person {
	for _, d := range s.Delegations {
		if d.Person != p.ID || !d.Absent || !d.Holds(series, at) {
			continue
		}
		if deputy, known := s.Person(d.Deputy); known && deputy.Active {
			return deputy
		}
	}
	return p
}
