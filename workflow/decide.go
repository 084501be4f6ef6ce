package workflow

import (
	"slices"

	"github.com/google/uuid"

	"jianbao/fault"
)

// Decide says what follows from an order: the change, or a fault that tells
// every reason at once.
//
// It fails with fault.Conflict if the actor saw another version, with
// fault.Invalid if the order lacks what its act is about, with
// fault.Forbidden if only the actor's person stands in the way, and with
// fault.Blocked if the state or a rule does. The id is the new event's.
func Decide(c Case, id uuid.UUID) (Change, error) {
	act := c.Order.Act
	if c.Order.Version != c.Issue.Version {
		return Change{}, fault.New(fault.Conflict, stale.With(c.Order.Version, c.Issue.Version))
	}
	move, err := c.move()
	if err != nil {
		return Change{}, err
	}
	if !c.Order.complete() {
		return Change{}, fault.New(fault.Invalid, incomplete.With(act.Title()))
	}
	who, rules := move.Who.may(c), move.against(c)
	if reasons := append(who, rules...); len(reasons) > 0 {
		code := fault.Blocked
		if len(who) > 0 {
			code = fault.Forbidden
		}
		return Change{}, fault.New(code, refused.With(act.Title()), reasons...)
	}
	next := Change{Issue: c.Issue}
	next.Issue.State = move.leads(c.Issue.State)
	next.Issue.Version++
	next.Issue.Changed = moment(c.Now)
	var facts []fault.Reason
	if move.Apply != nil {
		facts = move.Apply(c, &next)
	}
	if c.Order.How.Key != "" {
		facts = append([]fault.Reason{c.Order.How}, facts...)
	}
	if next.Issue.moved(c.Issue) {
		next.Issue.Reached = next.Issue.Changed
	}
	record(c, id, &next, c.Issue.State, facts)
	if next.wrong != "" {
		also, err := c.follow(next.wrong)
		if err != nil {
			return Change{}, err
		}
		next.Also = append(next.Also, also)
	}
	return next, nil
}

// moved reports whether an issue stands elsewhere on its way than before.
func (i Issue) moved(before Issue) bool {
	return i.State != before.State || i.Step != before.Step || i.Round != before.Round
}

// complete reports whether the order has what its act cannot do without.
func (o Order) complete() bool {
	switch o.Act {
	case Save, Circulate, Amend:
		return o.Draft != nil
	case Record:
		return o.Paper != nil
	case Reassign:
		return o.To != uuid.Nil
	case Classify:
		return slices.Contains(Classes(), o.Class)
	case Attach:
		return o.File != nil
	case Archive:
		return o.Filing != nil
	case Destroy:
		return o.Warrant != nil
	case Detach, Arrange:
		return len(o.Names) > 0
	case Hold:
		return len(o.Why) > 0
	case Release, Correct, Confirm:
		return o.NewID != nil
	case Apportion:
		return o.Print.Apportion != nil
	case Post:
		return o.Print.Deed != nil && o.NewID != nil
	case HandOut:
		return o.Print.Hand != nil && o.NewID != nil
	case Widen:
		return o.Unit != uuid.Nil
	case Grant, Deny:
		return o.Unit != uuid.Nil && o.NewID != nil
	case Resend:
		return o.Unit != uuid.Nil && (len(o.Addresses) > 0 || o.Copies > 0) && o.NewID != nil
	case Shelve, Calm:
		return o.Unit != uuid.Nil
	case Steer:
		return queueWords[o.Letters.Queue].Key != ""
	case Handle:
		return o.Letters.Line.ID != uuid.Nil && deedWords[o.Letters.Deed].Key != ""
	case Trial:
		return o.Letters.Trial != nil
	}
	return true
}

// move finds the line of the table that the order asks for.
func (c Case) move() (Move, error) {
	known := false
	for _, m := range table {
		if m.Act != c.Order.Act {
			continue
		}
		known = true
		if m.starts(c.Issue.State) {
			return m, nil
		}
	}
	if !known {
		return Move{}, fault.New(fault.Invalid, noSuchAct.With(string(c.Order.Act)))
	}
	return Move{}, fault.New(fault.Blocked, wrongState.With(c.Issue.State.Title(), c.Order.Act.Title()))
}

func (m Move) starts(from State) bool {
	for _, s := range m.From {
		if s == from {
			return true
		}
	}
	return false
}

// leads returns the state that the move leads to, if Apply finds no other.
func (m Move) leads(from State) State {
	if m.Stays {
		return from
	}
	return m.To[0]
}

// ends returns every state that the move can lead to.
func (m Move) ends(from State) []State {
	if m.Stays && !slices.Contains(m.To, from) {
		return append([]State{from}, m.To...)
	}
	return m.To
}

func (m Move) against(c Case) []fault.Reason {
	var reasons []fault.Reason
	for _, rule := range m.rules() {
		reasons = append(reasons, rule.Against(c)...)
	}
	return reasons
}

// rules are those of the situation and those of the act.
func (m Move) rules() []Rule { return slices.Concat(m.If, m.Needs) }

// fits reports whether the act makes sense as the issue stands, whoever asks;
// and where it undoes what somebody did, for who asks.
func (m Move) fits(c Case) bool {
	for _, rule := range m.If {
		if len(rule.Against(c)) > 0 {
			return false
		}
	}
	return !m.Who.Own || len(m.Who.may(c)) == 0
}

// An Option is an act that the state of an issue offers to people, and whether
// this person may do it now; if not, why.
type Option struct {
	Act     Act
	To      State
	Allowed bool
	Reasons []fault.Reason
}

// Options returns what people can do with an issue from where it stands. It
// asks the same rules as [Decide]; what is said with the act, such as a reason
// or whom it is given to, is taken as given. What makes no sense as the issue
// stands is left out.
func Options(c Case) []Option {
	var options []Option
	for _, m := range table {
		if m.Who.Robot || !m.starts(c.Issue.State) {
			continue
		}
		c.Order = Order{Act: m.Act, Version: c.Issue.Version, Note: m.Act.Title().In(fault.ZH), KeepDate: true}
		if !m.fits(c) {
			continue
		}
		reasons := append(m.Who.may(c), m.against(c)...)
		options = append(options, Option{Act: m.Act, To: m.leads(c.Issue.State), Allowed: len(reasons) == 0, Reasons: reasons})
	}
	return options
}
