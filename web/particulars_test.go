package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/workflow"
)

// inReview is an office whose issue stands at a step of the full route, with one
// act offered.
func inReview(step int, option workflow.Option) *office {
	o := newOffice()
	issue := o.issues[ourIssue]
	issue.State, issue.Route, issue.Step, issue.Round = workflow.Review, workflow.FullRoute(), step, 1
	o.issues[ourIssue] = issue
	o.options = []workflow.Option{option}
	return o
}

func TestClassifyOffersWhatMayBeChosen(t *testing.T) {
	for _, test := range []struct {
		name        string
		scope       bool
		has, hasNot []string
	}{
		{"text", false, []string{`value="layout" required`, `value="slip" required`, `value="substance" required`, "林工", "不用重新办理", "从复核起重新办理", "报原签发人复审"}, []string{"发送名单或份数"}},
		{"lists", true, []string{`value="substance" required`, "发送名单或份数"}, []string{`value="layout"`, `value="slip"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := inReview(2, workflow.Option{Act: workflow.Classify, To: workflow.Review, Allowed: true})
			issue := o.issues[ourIssue]
			issue.Amendments = []workflow.Amendment{{Round: 1, ByName: "林工", At: noon, Scope: test.scope}}
			o.issues[ourIssue] = issue
			w := inOffice(t, o).get(here)
			is(t, w, http.StatusOK, test.has...)
			lacks(t, w, test.hasNot...)
		})
	}
}

func TestClassifyAsksTheDesk(t *testing.T) {
	o := inReview(2, workflow.Option{Act: workflow.Classify, To: workflow.Review, Allowed: true})
	issue := o.issues[ourIssue]
	issue.Amendments = []workflow.Amendment{{Round: 1, ByName: "林工", At: noon}}
	o.issues[ourIssue] = issue
	v := inOffice(t, o)
	is(t, v.post(here+"/acts", "version", "3", "act", "classify", "class", "slip"), http.StatusSeeOther)
	if o.order.Act != workflow.Classify || o.order.Class != workflow.Slip {
		t.Errorf("got %+v", o.order)
	}
	o.err = noGood
	is(t, v.post(here+"/acts", "version", "3", "act", "classify", "class", "slip", "note", "我写的"), http.StatusUnprocessableEntity, "我写的", `value="slip" required checked`)
}

func TestReturnGoesToAnEarlierStep(t *testing.T) {
	for _, test := range []struct {
		step        int
		has, hasNot []string
	}{
		{1, []string{`<option value="0">1 `}, []string{`<option value="1">2 `}},
		{3, []string{`<option value="0">1 `, `<option value="1">2 `, `<option value="2">3 `}, []string{`<option value="3">4 `}},
		{4, []string{`<option value="3">4 `}, []string{`<option value="4">5 `}}, // signed off by all
	} {
		o := inReview(test.step, workflow.Option{Act: workflow.Return, To: workflow.Draft, Allowed: true})
		w := inOffice(t, o).get(here)
		is(t, w, http.StatusOK, test.has...)
		lacks(t, w, test.hasNot...)
	}
}

func TestReturnAsksTheDesk(t *testing.T) {
	for _, test := range []struct {
		step string
		want int
	}{{"", 0}, {"0", 0}, {"2", 2}} {
		o := inReview(3, workflow.Option{Act: workflow.Return, To: workflow.Draft, Allowed: true})
		v := inOffice(t, o)
		is(t, v.post(here+"/acts", "version", "3", "act", "return", "note", "缺数据", "step", test.step), http.StatusSeeOther)
		if o.order.Act != workflow.Return || o.order.AtStep != test.want || o.order.Note != "缺数据" {
			t.Errorf("%q: got %+v", test.step, o.order)
		}
		o.changes = 0
		is(t, v.post(here+"/acts", "version", "3", "act", "return", "step", "early"), http.StatusUnprocessableEntity, "early")
		if o.changes != 0 {
			t.Error("returned to nowhere")
		}
		o.err = noGood
		is(t, v.post(here+"/acts", "version", "3", "act", "return", "step", "2"), http.StatusUnprocessableEntity, `<option value="2" selected>`)
	}
}

func TestReassignOffersStepsAndPeople(t *testing.T) {
	gone := accounts.Person{ID: unitB, Name: "去人"}
	for _, test := range []struct {
		step        int
		has, hasNot []string
	}{
		{0, []string{`<option value="1">2 `, `<option value="3">4 `}, []string{`<option value="0">1 `, `<option value="4">5 `}},
		{2, []string{`<option value="2">3 `, `<option value="3">4 `}, []string{`<option value="1">2 `}},
	} {
		o := inReview(test.step, workflow.Option{Act: workflow.Reassign, To: workflow.Review, Allowed: true})
		o.staff.People = []accounts.Person{o.person, gone}
		v := inOffice(t, o)
		w := v.get(here)
		is(t, w, http.StatusOK, append(test.has, ">乔栋</option>")...)
		lacks(t, w, test.hasNot...)
		if n := strings.Count(w.Body.String(), ">去人</option>"); n != 1 {
			t.Errorf("who left can be relieved and takes nothing over: offered %d times", n)
		}
	}
}

func TestReassignAsksTheDesk(t *testing.T) {
	o := inReview(1, workflow.Option{Act: workflow.Reassign, To: workflow.Review, Allowed: true})
	o.staff.People = []accounts.Person{o.person}
	v := inOffice(t, o)
	for _, relieved := range []uuid.UUID{uuid.Nil, unitB} {
		id := relieved.String()
		if relieved == uuid.Nil {
			id = ""
		}
		is(t, v.post(here+"/acts", "version", "3", "act", "reassign", "step", "2", "relieved", id, "successor", editorID.String(), "note", "出差"), http.StatusSeeOther)
		if got := o.order; got.Act != workflow.Reassign || got.AtStep != 2 || got.From != relieved || got.To != editorID {
			t.Errorf("got %+v", got)
		}
	}
	o.changes = 0
	is(t, v.post(here+"/acts", "version", "3", "act", "reassign", "successor", "某人"), http.StatusUnprocessableEntity, choosePerson.ZH)
	is(t, v.post(here+"/acts", "version", "3", "act", "reassign", "relieved", "某人"), http.StatusUnprocessableEntity, choosePerson.ZH)
	if o.changes != 0 {
		t.Error("given to nobody")
	}
	o.err = noGood
	is(t, v.post(here+"/acts", "version", "3", "act", "reassign", "step", "2", "successor", editorID.String()), http.StatusUnprocessableEntity,
		`<option value="`+editorID.String()+`" selected>`, `<option value="2" selected>`)
}
