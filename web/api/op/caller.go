package op

import (
	"context"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
)

// A Caller is who asks: a person, as far as the token lets them.
type Caller struct {
	Token  accounts.Token
	Secret string // the token itself, for fingerprints
	Person accounts.Person
}

type callerKey struct{}

// WithCaller says who asks.
func WithCaller(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// CallerOf returns who asks; nobody where it was not said.
func CallerOf(ctx context.Context) Caller {
	c, _ := ctx.Value(callerKey{}).(Caller)
	return c
}

// Actor is the caller as the desks know people.
func (c Caller) Actor() workflow.Actor { return workflow.Actor{Person: c.Person} }

// Named is the caller as books keep who did something.
func (c Caller) Named() workflow.Named {
	return workflow.Named{ID: c.Person.ID, Name: c.Person.Name}
}

// MayDecide refuses an act that is for people to decide to a service: nothing
// is approved by itself. Which acts those are is told by the table of moves.
func (c Caller) MayDecide(act workflow.Act) error {
	for _, m := range workflow.Moves() {
		if m.Act == act && decides(m) {
			return c.Decides(act.Title())
		}
	}
	return nil
}

// decides reports whether a move is somebody's decision about an issue.
func decides(m workflow.Move) bool {
	return m.Who.Step && m.Act != workflow.Reassign || m.Who.Signatory || m.Who.Own || m.Act == workflow.Expedite || m.Act == workflow.Classify || m.Act == workflow.Record
}

// Decides refuses to a service what is for people to decide, by the name that
// people have for it.
func (c Caller) Decides(what fault.Reason) error {
	if c.Token.Kind == accounts.Service {
		return fault.New(fault.Forbidden, onlyPeople.With(what))
	}
	return nil
}

type langKey struct{}

// Spoken says in which language somebody asks.
func Spoken(ctx context.Context, lang fault.Lang) context.Context {
	return context.WithValue(ctx, langKey{}, lang)
}

// Lang returns in which language somebody asks.
func Lang(ctx context.Context) fault.Lang {
	if lang, ok := ctx.Value(langKey{}).(fault.Lang); ok {
		return lang
	}
	return fault.ZH
}
