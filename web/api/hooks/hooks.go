// Package hooks is the operations on which programs are told what happens to the
// issues of a series (see the room hooks of the program):
//
//	/hooks               all targets of the series that the caller administers; a new one
//	/hooks/{hook}        one target with its secret; changed, or removed
//	/hooks/{hook}/acts   pause, resume, make the secret anew, send a test
//	/hooks/{hook}/messages, /changes   what it was told, and who changed it
//
// For who administers no series of it a target does not exist.
package hooks

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	domain "jianbao/hooks"
	"jianbao/web/api/op"
	pages "jianbao/web/hookpages"
)

type room struct {
	*op.Kit
	pages.Config
}

// Room registers the operations.
func Room(c pages.Config) op.Room {
	return func(k *op.Kit) {
		rm := &room{k, c}
		op.On(k, op.Get("list-hooks", "/hooks", "hooks", "The programs that are told, of the series that the caller administers"), rm.list)
		op.On(k, op.Make("make-hook", "/hooks", "hooks", "Have another program told"), rm.make)
		op.On(k, op.Get("read-hook", "/hooks/{hook}", "hooks", "One target, with its secret"), rm.read)
		op.On(k, op.Put("save-hook", "/hooks/{hook}", "hooks", "Change name, address and kinds of a target"), rm.save)
		op.On(k, op.Delete("drop-hook", "/hooks/{hook}", "hooks", "Remove a target; its record stays"), rm.drop)
		op.On(k, op.Post("act-on-hook", "/hooks/{hook}/acts", "hooks", "Pause, resume, make the secret anew, or send a test"), rm.act)
		op.On(k, op.Get("list-hook-messages", "/hooks/{hook}/messages", "hooks", "The last messages to a target, the latest first"), rm.messages)
		op.On(k, op.Get("list-hook-changes", "/hooks/{hook}/changes", "hooks", "Who changed a target, the last first"), rm.changes)
	}
}

// HookCard is what is entered of a target.
type HookCard struct {
	Name  string   `json:"name" maxLength:"60"`
	URL   string   `json:"url" maxLength:"1000"`
	Kinds []string `json:"kinds" minItems:"1" maxItems:"50" enum:"issue.opened,issue.submitted,issue.decided,issue.approved,issue.returned,issue.registered,issue.scheduled,issue.released,issue.finished,issue.held,issue.withdrawn,issue.recalled,issue.corrected,issue.archived"`
}

func kindsOf(all []string) []domain.Kind {
	return op.Each(all, func(k string) domain.Kind { return domain.Kind(k) })
}

// Hook is a program that is told what happens to the issues of a series.
type Hook struct {
	ID     uuid.UUID `json:"id" format:"uuid"`
	Series uuid.UUID `json:"series" format:"uuid"`
	HookCard
	Paused     bool      `json:"paused"`
	Misses     int       `json:"misses" doc:"tries in a row that failed"`
	Generation int       `json:"generation" doc:"counts the secrets that were made"`
	Made       time.Time `json:"made"`
	Version    int       `json:"version"`
	Secret     string    `json:"secret,omitempty" doc:"of read-hook alone: what its signatures are made with"`
}

func hookOf(t domain.Target) Hook {
	kinds := op.Each(t.Kinds, func(k domain.Kind) string { return string(k) })
	return Hook{ID: t.ID, Series: t.Series, HookCard: HookCard{t.Name, t.URL, kinds}, Paused: t.Paused, Misses: t.Health.Misses, Generation: t.Generation, Made: t.Made, Version: t.Version}
}

func clerk(ctx context.Context) domain.Clerk {
	who := op.CallerOf(ctx).Person
	return domain.Clerk{ID: who.ID, Name: who.Name}
}

func administers(ctx context.Context, series uuid.UUID) bool {
	return op.CallerOf(ctx).Person.Has(accounts.Admin, series)
}

// find returns a target of a series that the caller administers.
func (rm *room) find(ctx context.Context, id uuid.UUID) (domain.Target, error) {
	t, err := rm.Config.Reads.HookTarget(ctx, id)
	if fault.Is(err, fault.NotFound) || err == nil && (!administers(ctx, t.Series) || !t.Ended.IsZero()) {
		err = op.NotHere()
	}
	return t, err
}

func (rm *room) list(ctx context.Context, in *op.Paging) (*op.Listed[Hook], error) {
	series, err := rm.Seen(ctx)
	if err != nil {
		return nil, err
	}
	ids := []uuid.UUID{}
	for _, s := range series {
		if administers(ctx, s.ID) {
			ids = append(ids, s.ID)
		}
	}
	all, err := rm.Config.Reads.HookTargets(ctx, ids)
	if err != nil {
		return nil, err
	}
	return op.Cut(*in, all, func(t domain.Target) string { return t.ID.String() }, hookOf)
}

type hookMakeInput struct {
	op.Keyed
	Body struct {
		Series uuid.UUID `json:"series" format:"uuid"`
		HookCard
	}
}

type hookBody struct {
	ETag string `header:"ETag" doc:"the version, for the next If-Match"`
	Body Hook
}

// now is a target as it is by now, without its secret: what a change is answered
// with may be kept (Idempotency-Key), and secrets are in no table.
func (rm *room) now(ctx context.Context, id uuid.UUID) (*hookBody, error) {
	t, err := rm.find(ctx, id)
	return &hookBody{op.Tag(t.Version), hookOf(t)}, err
}

func (rm *room) make(ctx context.Context, in *hookMakeInput) (*hookBody, error) {
	if !administers(ctx, in.Body.Series) {
		return nil, op.NotHere()
	}
	t, err := rm.Office.Make(ctx, clerk(ctx), domain.Target{Series: in.Body.Series, Name: in.Body.Name, URL: in.Body.URL, Kinds: kindsOf(in.Body.Kinds)})
	if err != nil {
		return nil, err
	}
	return rm.now(ctx, t.ID)
}

// OfHook is one target.
type OfHook struct {
	Hook uuid.UUID `path:"hook" format:"uuid"`
}

func (rm *room) read(ctx context.Context, in *OfHook) (*hookBody, error) {
	t, err := rm.find(ctx, in.Hook)
	if err != nil {
		return nil, err
	}
	out := hookOf(t)
	out.Secret = rm.Office.Secret(t)
	return &hookBody{op.Tag(t.Version), out}, nil
}

// change does what changes a target, from the version seen.
func (rm *room) change(ctx context.Context, id uuid.UUID, c op.Condition, do func(version int) error) error {
	version, err := c.Seen()
	if err != nil {
		return err
	}
	t, err := rm.find(ctx, id)
	if err != nil {
		return err
	}
	return op.Overtaken(do(version), version, t.Version)
}

type hookSaveInput struct {
	OfHook
	op.Condition
	Body HookCard
}

func (rm *room) save(ctx context.Context, in *hookSaveInput) (*hookBody, error) {
	err := rm.change(ctx, in.Hook, in.Condition, func(version int) error {
		return rm.Office.Change(ctx, clerk(ctx), in.Hook, version, in.Body.Name, in.Body.URL, kindsOf(in.Body.Kinds))
	})
	if err != nil {
		return nil, err
	}
	return rm.now(ctx, in.Hook)
}

type dropInput struct {
	OfHook
	op.Condition
}

func (rm *room) drop(ctx context.Context, in *dropInput) (*op.Nothing, error) {
	return op.Done(rm.change(ctx, in.Hook, in.Condition, func(version int) error {
		return rm.Office.End(ctx, clerk(ctx), in.Hook, version)
	}))
}

type hookActInput struct {
	OfHook
	op.Keyed
	op.Condition
	Body struct {
		Act string `json:"act" enum:"pause,resume,renew,test"`
	}
}

func (rm *room) act(ctx context.Context, in *hookActInput) (*hookBody, error) {
	err := rm.change(ctx, in.Hook, in.Condition, func(version int) error {
		switch in.Body.Act {
		case "renew":
			return rm.Office.Renew(ctx, clerk(ctx), in.Hook, version)
		case "test":
			return rm.Office.Test(ctx, clerk(ctx), in.Hook)
		}
		return rm.Office.Pause(ctx, clerk(ctx), in.Hook, version, in.Body.Act == "pause")
	})
	if err != nil {
		return nil, err
	}
	return rm.now(ctx, in.Hook)
}

// most is how much of the record of a target is shown.
const most = 500

// HookMessage is one thing that a target is told.
type HookMessage struct {
	ID     uuid.UUID `json:"id" format:"uuid" doc:"webhook-id"`
	Kind   string    `json:"kind"`
	At     time.Time `json:"at" doc:"when it happened"`
	State  string    `json:"state" enum:"waiting,sending,delivered,failed"`
	Tries  int       `json:"tries"`
	Status int       `json:"status,omitempty" doc:"what the last try was answered with"`
	Why    *op.Says  `json:"why,omitempty" doc:"what went wrong at the last try"`
	NextAt time.Time `json:"next_at,omitzero"`
}

type pagedInput struct {
	OfHook
	op.Paging
}

func (rm *room) messages(ctx context.Context, in *pagedInput) (*op.Listed[HookMessage], error) {
	if _, err := rm.find(ctx, in.Hook); err != nil {
		return nil, err
	}
	all, err := rm.Config.Reads.HookMessages(ctx, in.Hook, most)
	if err != nil {
		return nil, err
	}
	return op.Cut(in.Paging, all, func(m domain.Message) string { return m.ID.String() }, func(m domain.Message) HookMessage {
		out := HookMessage{ID: m.ID, Kind: string(m.Kind), At: m.At, State: string(m.State), Tries: m.Tries, Status: m.Status, NextAt: m.NextAt}
		if m.Why.Key != "" {
			why := op.Said(m.Why)
			out.Why = &why
		}
		return out
	})
}

// HookChange is a line of the record of a target.
type HookChange struct {
	At   time.Time `json:"at"`
	By   string    `json:"by,omitempty"`
	What op.Says   `json:"what"`
}

func (rm *room) changes(ctx context.Context, in *pagedInput) (*op.Listed[HookChange], error) {
	if _, err := rm.find(ctx, in.Hook); err != nil {
		return nil, err
	}
	all, err := rm.Config.Reads.HookChanges(ctx, in.Hook, most)
	if err != nil {
		return nil, err
	}
	return op.Cut(in.Paging, all, func(c domain.Change) string { return c.ID.String() }, func(c domain.Change) HookChange {
		return HookChange{c.At, c.ByName, op.Said(c.What)}
	})
}
