package accounts

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A Delegation lets a deputy act for a person (代) in a span of time. Whoever
// is away without a deputy has one too, with nobody in the deputy's place.
//
// A deputy has what the person has of their own and no more: what was
// delegated is not delegated on.
type Delegation struct {
	ID     uuid.UUID
	Person uuid.UUID // who is stood in for
	Deputy uuid.UUID // uuid.Nil: nobody, an absence alone
	Series uuid.UUID // uuid.Nil: all of them
	From   time.Time
	Until  time.Time // no longer then
	Absent bool      // the person is away, not merely relieved
	Reason string
	By     uuid.UUID // who entered it
	ByName string
	At     time.Time
}

// Holds reports whether the delegation is in force in a series at a time.
func (d Delegation) Holds(series uuid.UUID, at time.Time) bool {
	return (d.Series == uuid.Nil || d.Series == series) && !at.Before(d.From) && at.Before(d.Until)
}

var (
	badDelegation = fault.Say("accounts.bad-delegation", "委托不能成立", "the delegation cannot stand")
	delegateNone  = fault.Say("accounts.delegation-nobody", "请写明委托谁代办；只登记外出的，请选“外出”", "say who acts instead, or enter it as an absence")
	delegateSelf  = fault.Say("accounts.delegation-self", "不能委托本人", "nobody is their own deputy")
	delegateSpan  = fault.Say("accounts.delegation-span", "截止时间应晚于开始时间", "it must end after it begins")
	delegateWhy   = fault.Say("accounts.delegation-reason", "请写明委托或外出的原因", "give the reason of the delegation or absence")
)

// Validate returns nil, or a fault.Error with the code Invalid and every reason
// why the delegation cannot stand.
func (d Delegation) Validate() error {
	var reasons []fault.Reason
	if d.Deputy == uuid.Nil && !d.Absent {
		reasons = append(reasons, delegateNone.With())
	}
	if d.Deputy == d.Person {
		reasons = append(reasons, delegateSelf.With())
	}
	if !d.From.Before(d.Until) {
		reasons = append(reasons, delegateSpan.With())
	}
	if strings.TrimSpace(d.Reason) == "" {
		reasons = append(reasons, delegateWhy.With())
	}
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, badDelegation.With(), reasons...)
	}
	return nil
}

// Leads reports whether the person is a head of the unit.
func (p Person) Leads(unit uuid.UUID) bool { return p.Active && slices.Contains(p.Heads, unit) }
