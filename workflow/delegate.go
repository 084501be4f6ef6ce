package workflow

import (
	"context"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

var (
	notYourOwn   = fault.Say("workflow.delegate-own", "只有本人或系统管理员可以设定、结束%s的委托", "only the person or an administrator sets or ends a delegation of %s")
	noSuchDeputy = fault.Say("workflow.delegate-nobody", "代办人不存在，或账号已停用", "the deputy does not exist or has left")
	endedAlready = fault.Say("workflow.delegate-ended", "这项委托已经结束", "the delegation has ended already")
)

// Delegate enters that somebody stands in for another, or is away. A person
// does so for themselves, an administrator for everybody. It fails with
// fault.Forbidden, and with fault.Invalid and all reasons.
func (d *Desk) Delegate(ctx context.Context, actor Actor, w accounts.Delegation) (accounts.Delegation, error) {
	staff, err := d.Staff.Staff(ctx, w.Series, []uuid.UUID{w.Person, w.Deputy})
	if err != nil {
		return accounts.Delegation{}, err
	}
	w.ID, w.By, w.ByName, w.At = d.NewID(), actor.Person.ID, actor.Name(), moment(d.Now())
	w.From, w.Until = moment(w.From), moment(w.Until)
	if !mayDelegate(actor, w) {
		person, _ := staff.Person(w.Person)
		return accounts.Delegation{}, fault.New(fault.Forbidden, notYourOwn.With(person.Name))
	}
	if err := w.Validate(); err != nil {
		return accounts.Delegation{}, err
	}
	if deputy, known := staff.Person(w.Deputy); w.Deputy != uuid.Nil && (!known || !deputy.Active) {
		return accounts.Delegation{}, fault.New(fault.Invalid, noSuchDeputy.With())
	}
	return w, d.Staff.AddDelegation(ctx, w)
}

// EndDelegation makes a delegation end now. It fails with fault.NotFound, with
// fault.Forbidden as [Desk.Delegate] does, and with fault.Conflict if it has
// ended.
func (d *Desk) EndDelegation(ctx context.Context, actor Actor, id uuid.UUID) error {
	return d.Staff.ChangeDelegation(ctx, id, func(w accounts.Delegation) (accounts.Delegation, error) {
		now := moment(d.Now())
		if !mayDelegate(actor, w) {
			return w, fault.New(fault.Forbidden, notYourOwn.With(actor.Name()))
		}
		if !now.Before(w.Until) {
			return w, fault.New(fault.Conflict, endedAlready.With())
		}
		w.Until = now
		if w.From.After(now) {
			w.From = now
		}
		return w, nil
	})
}

func mayDelegate(actor Actor, w accounts.Delegation) bool {
	return actor.Person.Active && actor.Person.ID == w.Person || actor.Person.Has(accounts.Admin, uuid.Nil)
}
