// Package naming settles by hand what a name of an issue's lists means that the
// directory does not know, or knows more than once. The choice is remembered for
// the series, so that the next issue knows it, and the issue's lists are resolved
// anew, which history keeps with who chose what.
//
// [Decide] is the rule, and pure: the name must be one that waits, the person
// must be one who may have the lists resolved anew ([workflow.Circulate]), and the
// unit must be one that stands. [Desk] is the same with what it needs; pages and
// API call it.
package naming

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"
)

// Issues is the desk of issues; [workflow.Desk] is one. Everything fails as it
// does.
type Issues interface {
	// Options says of every act of people what it would come to now.
	Options(ctx context.Context, actor workflow.Actor, id uuid.UUID) ([]workflow.Option, error)

	// Act does what the order says.
	Act(ctx context.Context, actor workflow.Actor, id uuid.UUID, order workflow.Order) (workflow.Issue, error)
}

// Books is where units and settled names are kept.
type Books interface {
	// Issue returns an issue, or fault.NotFound.
	Issue(ctx context.Context, id uuid.UUID) (workflow.Issue, error)

	// Units returns every unit of the directory, ordered by name.
	Units(ctx context.Context) ([]recipients.Unit, error)

	// SettleName says which unit a name means in one series, from now on.
	SettleName(ctx context.Context, series uuid.UUID, name string, unit uuid.UUID) error
}

// A Desk settles names. All of it must be set.
type Desk struct {
	Issues Issues
	Books  Books
	Now    func() time.Time
}

// Units returns every unit of the directory, ordered by name, also those that
// have ended.
func (d Desk) Units(ctx context.Context) ([]recipients.Unit, error) { return d.Books.Units(ctx) }

// Choices returns the units that a name can mean now, ordered by name.
func (d Desk) Choices(ctx context.Context) ([]recipients.Unit, error) {
	all, err := d.Books.Units(ctx)
	now := d.Now()
	return slices.DeleteFunc(all, func(u recipients.Unit) bool { return !u.Stands(now) }), err
}

// Settle takes from a person which unit a name of an issue's lists means. It
// fails as [Decide] and [workflow.Desk.Act] do. Who looked at an older version of
// the issue is told so, and nothing is remembered.
func (d Desk) Settle(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, name string, meant Meant) (workflow.Issue, error) {
	issue, err := d.Books.Issue(ctx, id)
	if err != nil {
		return workflow.Issue{}, err
	}
	options, err := d.Issues.Options(ctx, actor, id)
	if err != nil {
		return workflow.Issue{}, err
	}
	units, err := d.Books.Units(ctx)
	if err != nil {
		return workflow.Issue{}, err
	}
	unit, err := Decide(Case{Issue: issue, Actor: actor, Options: options, Units: units, Now: d.Now()}, name, meant)
	if err != nil {
		return workflow.Issue{}, err
	}
	if version == issue.Version {
		if err := d.Books.SettleName(ctx, issue.Series, name, unit.ID); err != nil {
			return workflow.Issue{}, fmt.Errorf("naming: %w", err)
		}
	}
	note := settledAs.With(name, unit.Name).In(fault.ZH)
	return d.Issues.Act(ctx, actor, id, workflow.Order{Act: workflow.Circulate, Version: version, Note: note})
}
