package hooks

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// Targets is where targets are kept. Every method is one transaction.
type Targets interface {
	// HookTarget returns a target, or fault.NotFound.
	HookTarget(ctx context.Context, id uuid.UUID) (Target, error)

	// SaveHookTarget writes a target over the version that it was read as, 0 for a
	// new one, and the line of its record. It fails with fault.Conflict if somebody
	// else changed it first, and with fault.Blocked if the series has too many.
	SaveHookTarget(ctx context.Context, t Target, c Change) error

	// TestHook writes a message and the line of the target's record.
	TestHook(ctx context.Context, m Message, c Change) error
}

// An Office is where targets are set up. It asks for no rights: whoever calls it
// has looked that the person administers the series.
type Office struct {
	Targets Targets
	Guard   Guard
	Key     Key
	Now     func() time.Time
	NewID   func() uuid.UUID
}

// A Clerk is who does something to a target.
type Clerk struct {
	ID   uuid.UUID
	Name string
}

// Make makes a target of a series. It fails as [Target.Validate] does and
// [Targets.SaveHookTarget].
func (o Office) Make(ctx context.Context, by Clerk, t Target) (Target, error) {
	t.ID, t.Generation, t.Made, t.Version = o.NewID(), 1, o.Now(), 0
	t.Name, t.URL = strings.TrimSpace(t.Name), strings.TrimSpace(t.URL)
	if err := t.Validate(o.Guard); err != nil {
		return t, err
	}
	return t, o.save(ctx, by, t, SayMade.With(t.URL))
}

// Change gives a target another name, address and kinds of events. What was held
// against the old address is forgotten.
func (o Office) Change(ctx context.Context, by Clerk, id uuid.UUID, version int, name, url string, kinds []Kind) error {
	return o.edit(ctx, by, id, version, func(t *Target) (fault.Reason, error) {
		t.Name, t.URL, t.Kinds, t.Health = strings.TrimSpace(name), strings.TrimSpace(url), kinds, Health{}
		return SayChanged.With(t.URL), t.Validate(o.Guard)
	})
}

// Pause stops sending, or goes on. What happened meanwhile is sent if it is not
// older than [GiveUpAfter].
func (o Office) Pause(ctx context.Context, by Clerk, id uuid.UUID, version int, pause bool) error {
	return o.edit(ctx, by, id, version, func(t *Target) (fault.Reason, error) {
		if t.Paused, t.Health = pause, (Health{}); pause {
			return SayPaused.With(), nil
		}
		return SayResumed.With(), nil
	})
}

// Renew makes the secret anew; for [Overlap] the one before signs, too.
func (o Office) Renew(ctx context.Context, by Clerk, id uuid.UUID, version int) error {
	return o.edit(ctx, by, id, version, func(t *Target) (fault.Reason, error) {
		t.Generation++
		t.Renewed = o.Now()
		return SayRenewed.With(t.Generation), nil
	})
}

// End removes a target. Its record stays.
func (o Office) End(ctx context.Context, by Clerk, id uuid.UUID, version int) error {
	return o.edit(ctx, by, id, version, func(t *Target) (fault.Reason, error) {
		t.Ended = o.Now()
		return SayEnded.With(), nil
	})
}

// Test sends a message of the kind [Test], also where the target is paused.
func (o Office) Test(ctx context.Context, by Clerk, id uuid.UUID) error {
	now := o.Now()
	m := Message{ID: o.NewID(), Target: id, Kind: Test, At: now, NextAt: now, State: Waiting}
	return o.Targets.TestHook(ctx, m, Change{At: now, By: by.ID, ByName: by.Name, What: SayTested.With()})
}

// Secret returns the secret of a target, as receivers enter it.
func (o Office) Secret(t Target) string { return o.Key.Secret(t.ID, t.Generation).String() }

func (o Office) edit(ctx context.Context, by Clerk, id uuid.UUID, version int, change func(*Target) (fault.Reason, error)) error {
	t, err := o.Targets.HookTarget(ctx, id)
	if err != nil {
		return err
	}
	t.Version, t.Kinds = version, slices.Clone(t.Kinds)
	what, err := change(&t)
	if err != nil {
		return err
	}
	return o.save(ctx, by, t, what)
}

func (o Office) save(ctx context.Context, by Clerk, t Target, what fault.Reason) error {
	return o.Targets.SaveHookTarget(ctx, t, Change{At: o.Now(), By: by.ID, ByName: by.Name, What: what})
}
