package setup

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"
)

// A Directory is by what names the office knows its people and units.
type Directory struct {
	People []accounts.Person
	Units  []recipients.Unit
}

var (
	noPerson  = fault.Say("setup.no-person", "没有登录名或姓名为“%s”的人", "nobody has the login or the name %q")
	twoPeople = fault.Say("setup.two-people", "有%d个人叫“%s”，请写登录名：%s", "%d people are called %q; write the login: %s")
	noUnit    = fault.Say("setup.no-unit", "名录里没有叫“%s”的单位（要写全称）", "there is no unit %q in the directory (the full name is needed)")
)

// login is how a person is written: the login, or the id of one who is no
// longer known.
func (d Directory) login(who workflow.Named) string {
	n := slices.IndexFunc(d.People, func(p accounts.Person) bool { return p.ID == who.ID })
	if n < 0 {
		return who.ID.String()
	}
	return d.People[n].Login
}

func (d Directory) unitName(unit workflow.Named) string {
	n := slices.IndexFunc(d.Units, func(u recipients.Unit) bool { return u.ID == unit.ID })
	if n < 0 {
		return unit.ID.String()
	}
	return d.Units[n].Name
}

// person finds whoever is meant by a login, or by a name that one person has,
// or by an id.
func (d Directory) person(text string) (workflow.Named, *fault.Reason) {
	var called []accounts.Person
	for _, p := range d.People {
		if p.Login == text || p.ID.String() == text {
			return workflow.Named{ID: p.ID, Name: p.Name}, nil
		}
		if p.Name == text {
			called = append(called, p)
		}
	}
	var why fault.Reason
	switch len(called) {
	case 1:
		return workflow.Named{ID: called[0].ID, Name: called[0].Name}, nil
	case 0:
		why = noPerson.With(text)
	default:
		var logins []string
		for _, p := range called {
			logins = append(logins, p.Login)
		}
		why = twoPeople.With(len(called), text, strings.Join(logins, "、"))
	}
	return stranger(text), &why
}

// unit finds the unit that is meant by its full name or its id.
func (d Directory) unit(text string) (workflow.Named, *fault.Reason) {
	for _, u := range d.Units {
		if u.Name == text || u.ID.String() == text {
			return workflow.Named{ID: u.ID, Name: u.Name}, nil
		}
	}
	why := noUnit.With(text)
	return stranger(text), &why
}

// stranger stands for somebody who was not found, so that only that is said.
func stranger(text string) workflow.Named {
	return workflow.Named{ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(text)), Name: text}
}
