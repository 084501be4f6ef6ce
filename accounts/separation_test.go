package accounts

import (
	"testing"

	"github.com/google/uuid"

	"jianbao/fault"
)

func holding(name string, roles ...Role) Person {
	p := Person{ID: uuid.New(), Login: "p", Name: name, Active: true}
	for _, r := range roles {
		p.Grants = append(p.Grants, Grant{Role: r})
	}
	return p
}

func TestOnePersonHoldsNotTwoPowers(t *testing.T) {
	for _, c := range []struct {
		roles   []Role
		reasons int
	}{
		{[]Role{Admin, Clerk}, 0}, {[]Role{Security, Reader}, 0}, {[]Role{Auditor}, 0},
		{[]Role{Admin, Security}, 1}, {[]Role{Security, Admin}, 1}, {[]Role{Admin, Auditor}, 1},
		{[]Role{Auditor, Reader}, 1}, {[]Role{Admin, Security, Auditor}, 3},
	} {
		p := holding("程继东", c.roles...)
		err := Separation{On: true}.Admits(p)
		if got := fault.As(err); c.reasons == 0 && err != nil || c.reasons > 0 && (got == nil || got.Code != fault.Blocked || len(got.Reasons) != c.reasons) {
			t.Errorf("%v: %v", c.roles, err)
		}
		if err := (Separation{}).Admits(p); err != nil {
			t.Errorf("%v, not separated: %v", c.roles, err)
		}
		if p.Active = false; (Separation{On: true}).Admits(p) != nil {
			t.Errorf("%v: a closed account holds nothing", c.roles)
		}
	}
}

func TestWhoHasWhichPower(t *testing.T) {
	type may struct{ keeps, grants, audits bool }
	for role, want := range map[Role][2]may{ // not separated, separated
		Admin:    {{true, true, true}, {true, false, false}},
		Security: {{false, true, false}, {false, true, false}},
		Auditor:  {{false, false, true}, {false, false, true}},
		Editor:   {},
	} {
		for n, s := range []Separation{{}, {On: true}} {
			p := holding("x", role)
			if got := (may{s.Keeps(p), s.Grants(p), s.Audits(p)}); got != want[n] {
				t.Errorf("%s, %+v: %+v", role, s, got)
			}
		}
	}
}

func TestThePowersAreSeparable(t *testing.T) {
	all := []Person{holding("a", Admin), holding("b", Security), holding("c", Auditor)}
	if err := Separable(all); err != nil {
		t.Error(err)
	}
	all[1].Active = false
	if err := fault.As(Separable(append(all, holding("d", Admin, Auditor)))); err == nil || len(err.Reasons) != 2 {
		t.Errorf("one holds two and a power is missing: %v", err)
	}
	s, gone := Separation{On: true}, all[2]
	gone.Active = false
	if err := s.Leaves(all[2], gone, all[:2]); !fault.Is(err, fault.Blocked) {
		t.Errorf("the last auditor leaves: %v", err)
	}
	if err := s.Leaves(all[2], gone, []Person{holding("e", Auditor)}); err != nil {
		t.Error(err)
	}
}

func TestWhoLooksAfterRightsSeesNoIssues(t *testing.T) {
	series := uuid.New()
	if holding("x", Security).Sees(series) || !holding("x", Auditor).Sees(series) || !holding("x", Security, Reader).Sees(series) {
		t.Error("who sees what")
	}
	if !holding("x", Auditor).OnlyAudits(series) || holding("x", Auditor, Clerk).OnlyAudits(series) || holding("x", Clerk).OnlyAudits(series) {
		t.Error("who only audits")
	}
	p := Person{Login: "aa", Name: "甲", Grants: []Grant{{series, Auditor}}}
	if err := fault.As(p.Validate()); err == nil || len(err.Reasons) != 1 || err.Reasons[0].Key != roleWhole.Key {
		t.Errorf("an auditor of one series: %v", err)
	}
}

func TestWhatChangedOfAPerson(t *testing.T) {
	series := uuid.New()
	name := func(uuid.UUID) string { return "重要情况报告" }
	after := holding("乔栋", Editor)
	after.Grants = append(after.Grants, Grant{series, Clerk})
	made := Changes(nil, after, name)
	if len(made[OfSystem]) != 1 || len(made[OfSecurity]) != 2 {
		t.Errorf("a new person: %v", made)
	}
	before := after
	after.Name, after.Active, after.Password, after.Grants = "乔东", false, "new", after.Grants[1:]
	changed := Changes(&before, after, name)
	if len(changed[OfSystem]) != 2 || len(changed[OfSecurity]) != 2 {
		t.Errorf("changed: %v", changed)
	}
	if said := changed[OfSecurity][1].In(fault.ZH); said != "收回角色：编辑（全部刊物）" {
		t.Error(said)
	}
	if same := Changes(&before, before, name); len(same[OfSystem])+len(same[OfSecurity]) != 0 {
		t.Errorf("nothing changed: %v", same)
	}
}
