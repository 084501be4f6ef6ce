package web

import (
	"net/http"
	"testing"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/workflow"
)

const ourRegister = "/series/00000000-0000-4000-8000-000000000001/register"

func withRegister(role accounts.Role) *office {
	o := newOffice()
	o.person.Grants[0].Role = role
	number := func(year, no int) workflow.Number {
		return workflow.Number{Kind: bulletin.Ordinary, Year: year, No: no}
	}
	o.lines = []workflow.RegisterLine{
		{Number: number(2024, 1), Title: hostile, By: "补录"},
		{Number: number(2025, 1), Title: "科技简报", Issue: ourIssue},
		{Number: number(2025, 2), Void: "不发了"},
		{Number: number(2025, 3), Title: "科技简报", Paper: workflow.Paper{Level: "秘密", Term: "1年", Copies: 3, Holder: "王保密"}},
	}
	return o
}

func TestTheRegister(t *testing.T) {
	v := inOffice(t, withRegister(accounts.Reader))
	for _, lang := range []string{"?lang=en", "?lang=zh"} {
		w := v.get(ourRegister + lang)
		is(t, w, 200, "王保密", "不发了", `href="`+here+`"`, "&lt;script&gt;")
		lacks(t, w, uuid.Nil.String(), `name="holder"`, "%!")
	}
	is(t, v.get("/issues"), 200, ourRegister)
	is(t, v.get("/series/"+theirSeries.String()+"/register"), http.StatusNotFound)
	is(t, v.get("/series/x/register"), http.StatusNotFound)
	is(t, visit(t, newOffice()).get(ourRegister), http.StatusSeeOther)
}

func TestAPaperCirculationIsRegistered(t *testing.T) {
	o := withRegister(accounts.Clerk)
	v := inOffice(t, o)
	is(t, v.get(ourRegister), 200, `name="holder"`, "下一个是第4期", `max="2025-07-15"`)
	form := []string{"no", "", "date", "2025-07-14", "level", "机密", "term", "5年", "copies", "3", "holder", " 王保密 ", "title", "科技简报"}
	is(t, v.post(ourRegister, form...), http.StatusSeeOther)
	want := workflow.Stub{Date: bulletin.Date{Year: 2025, Month: 7, Day: 14}, Title: "科技简报", Level: "机密", Term: "5年", Copies: 3, Holder: "王保密"}
	if o.stub != want {
		t.Errorf("registered %+v", o.stub)
	}
	form[1] = "4"
	is(t, v.post(ourRegister, form...), http.StatusSeeOther)
	if o.stub.No != 4 {
		t.Errorf("registered %+v", o.stub)
	}
	o.err = noGood
	is(t, v.post(ourRegister, form...), http.StatusUnprocessableEntity, "甲", "乙", "丙", `value="王保密"`, `<option selected>机密`)
}

func TestAStubThatCannotBeRead(t *testing.T) {
	o := withRegister(accounts.Clerk)
	v := inOffice(t, o)
	w := v.post(ourRegister, "no", "-1", "date", "昨天", "copies", "几份", "holder", "留下的人")
	is(t, w, http.StatusUnprocessableEntity, "&#34;-1&#34;", "昨天", "几份", `value="留下的人"`)
	is(t, v.post("/series/"+theirSeries.String()+"/register", "no", "1"), http.StatusNotFound)
	if o.changes != 0 {
		t.Error("something was done")
	}
}
