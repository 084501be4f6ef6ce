package accounts

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// Powers are the three roles that look after the program itself: [Admin] what it
// is and who is there, [Security] what each may do and what proves who they are,
// [Auditor] what everybody did, without changing any of it.
var Powers = []Role{Admin, Security, Auditor}

// A Separation says whether the three [Powers] must lie with three people
// (三员分立, GB/T 22239-2019 8.1.5.2 to 8.1.5.4: system, audit and security
// administration, from the third grade on). It is off in an office until somebody
// turns it on: where one person looks after everything, that person is Admin and
// does what Security and Auditor would.
type Separation struct {
	On bool
	// By and At are who turned it and when; zero where nobody did.
	By string
	At time.Time
}

var (
	powersMet     = fault.Say("accounts.powers-met", "三员分立已启用，%s不能同时是%s和%s", "the administrators are separated: %s cannot be %s and %s at once")
	auditorAlone  = fault.Say("accounts.auditor-alone", "三员分立已启用，%s是审计管理员，不能再有“%s”角色", "the administrators are separated: %s is an auditor and cannot be %s besides")
	powerMissing  = fault.Say("accounts.power-missing", "没有在用的%s", "nobody with an open account is %s")
	notSeparable  = fault.Say("accounts.not-separable", "还不能启用三员分立", "the administrators cannot be separated yet")
	cannotBeBoth  = fault.Say("accounts.cannot-be-both", "这些角色不能由一个人兼任", "one person cannot hold these roles")
	powerLastGone = fault.Say("accounts.power-last", "这样就没有在用的%s了；请先指定另一人", "then nobody with an open account would be %s; name another person first")
)

// Keeps reports whether the person may open, rename and close accounts, and set
// what the program is.
func (s Separation) Keeps(p Person) bool { return p.Has(Admin, uuid.Nil) }

// Grants reports whether the person may give and take roles, and end tokens,
// locks and second factors of others. Where nothing is separated, an
// administrator may as well.
func (s Separation) Grants(p Person) bool {
	return p.Has(Security, uuid.Nil) || !s.On && p.Has(Admin, uuid.Nil)
}

// Audits reports whether the person may read everybody's record. Where nothing
// is separated, an administrator may as well.
func (s Separation) Audits(p Person) bool {
	return p.Has(Auditor, uuid.Nil) || !s.On && p.Has(Admin, uuid.Nil)
}

// Admits returns nil if one person may hold what p holds, or a [fault.Error] with
// the code Blocked and every reason. An auditor who is anything else could change
// what is audited.
func (s Separation) Admits(p Person) error {
	reasons := s.reasons(p)
	if len(reasons) == 0 {
		return nil
	}
	return fault.New(fault.Blocked, cannotBeBoth.With(), reasons...)
}

func (s Separation) reasons(p Person) []fault.Reason {
	if !s.On || !p.Active {
		return nil
	}
	held := p.roles()
	audits := slices.Contains(held, Auditor)
	var reasons []fault.Reason
	for n, r := range held {
		if audits && r != Auditor {
			reasons = append(reasons, auditorAlone.With(p.Name, r.Title()))
		}
		if next := held[n+1:]; r == Admin && slices.Contains(next, Security) {
			reasons = append(reasons, powersMet.With(p.Name, Admin.Title(), Security.Title()))
		}
	}
	return reasons
}

// roles are the roles that a person holds anywhere, in the order of Roles.
func (p Person) roles() []Role {
	var held []Role
	for _, r := range Roles {
		if slices.ContainsFunc(p.Grants, func(g Grant) bool { return g.Role == r }) {
			held = append(held, r)
		}
	}
	return held
}

// Separable returns nil if the three powers can be separated among the people of
// the office now, or a [fault.Error] with the code Blocked and everything that
// stands in the way: who holds two, and which power nobody would have.
func Separable(people []Person) error {
	var reasons []fault.Reason
	for _, p := range people {
		reasons = append(reasons, Separation{On: true}.reasons(p)...)
	}
	for _, r := range Powers {
		if !slices.ContainsFunc(people, func(p Person) bool { return p.Has(r, uuid.Nil) }) {
			reasons = append(reasons, powerMissing.With(r.Title()))
		}
	}
	if len(reasons) == 0 {
		return nil
	}
	return fault.New(fault.Blocked, notSeparable.With(), reasons...)
}

// Leaves returns nil if after a change of one person each of the three powers has
// somebody still, or a [fault.Error] with the code Blocked. before is the person
// as was; others are everybody else.
func (s Separation) Leaves(before, after Person, others []Person) error {
	if !s.On {
		return nil
	}
	for _, r := range Powers {
		lost := before.Has(r, uuid.Nil) && !after.Has(r, uuid.Nil)
		if lost && !slices.ContainsFunc(others, func(p Person) bool { return p.Has(r, uuid.Nil) }) {
			return fault.New(fault.Blocked, powerLastGone.With(r.Title()))
		}
	}
	return nil
}
