package handover

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
)

// An office has one issue whose sign-off is for 边东 by name.
type office struct {
	people  []accounts.Person
	running []workflow.Issue
	err     error
	given   []string
}

func (o *office) HandOver(_ context.Context, _ workflow.Actor, from, to uuid.UUID, reason string) (int, error) {
	o.given = []string{from.String(), to.String(), reason}
	return 1, o.err
}

func (o *office) People(context.Context) ([]accounts.Person, error)    { return o.people, nil }
func (o *office) Running(context.Context) ([]workflow.Issue, error)    { return o.running, nil }
func (o *office) SeriesAll(context.Context) ([]workflow.Series, error) { return nil, nil }

func visit(t *testing.T) (*office, *pagetest.Visitor) {
	t.Helper()
	person := func(name string, role accounts.Role) accounts.Person {
		return accounts.Person{ID: uuid.New(), Name: name, Active: true, Grants: []accounts.Grant{{Role: role}}}
	}
	o := &office{people: []accounts.Person{person("边东", accounts.Signatory), person("白局长", accounts.Signatory), person("管理员", accounts.Admin)}}
	route := workflow.Route{{Kind: workflow.EditStep}, {Kind: workflow.SignOffStep, People: []workflow.Named{{ID: o.people[0].ID, Name: "边东"}}}}
	o.running = []workflow.Issue{{ID: uuid.New(), State: workflow.Review, Route: route, Step: 1, Round: 1}}
	return o, pagetest.Visit(t, Room(Config{Desk: o, Reads: o}), o.people[2], time.Date(2025, 7, 15, 4, 0, 0, 0, time.UTC))
}

func is(t *testing.T, a pagetest.Answer, status int, words ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("status %d, want %d: %s", a.Status, status, a.Body)
	}
	for _, word := range words {
		if !strings.Contains(a.Body, word) {
			t.Errorf("%q is not on the page", word)
		}
	}
}

func TestTheWorkOfALeaverIsHandedOver(t *testing.T) {
	o, v := visit(t)
	leaver, heir := o.people[0].ID.String(), o.people[1].ID.String()
	list := v.Get("/handover")
	if is(t, list, http.StatusOK, "边东"); strings.Contains(list.Body, "白局长") {
		t.Error("who has nothing to hand over is listed")
	}
	is(t, v.Get("/handover?from="+leaver), http.StatusOK, "签发", "白局长", "全部移交")
	a := v.Post("/handover", "from", leaver, "to", heir, "note", " 退休 ")
	if is(t, a, http.StatusSeeOther); strings.Join(o.given, " ") != leaver+" "+heir+" 退休" {
		t.Errorf("%v", o.given)
	}
	is(t, v.Get(a.Location), http.StatusOK, "已移交1项")
	is(t, v.Get("/handover?from="+heir), http.StatusOK, "可以停用账号")
}

func TestWhatCannotBeHandedOverIsTold(t *testing.T) {
	o, v := visit(t)
	leaver, heir := o.people[0].ID.String(), o.people[1].ID.String()
	o.err = errors.Join(fault.New(fault.Blocked, page.BadTime.With("甲"), page.BadTime.With("乙")), fault.New(fault.Blocked, page.BadTime.With("甲")))
	a := v.Post("/handover", "from", leaver, "to", heir, "note", "退休")
	if is(t, a, http.StatusUnprocessableEntity, "移交了1项", "乙", `value="退休"`, "selected"); strings.Count(a.Body, "甲") != 1 {
		t.Error("a reason is told twice")
	}
	is(t, v.Post("/handover", "from", leaver, "to", leaver, "note", "x"), http.StatusUnprocessableEntity, choosePeople.ZH)
	is(t, v.Post("/handover", "from", "x", "to", ""), http.StatusUnprocessableEntity, choosePeople.ZH)
}

func TestThePageIsForAdministrators(t *testing.T) {
	o, v := visit(t)
	v.Person = o.people[1]
	is(t, v.Get("/handover"), http.StatusNotFound)
	is(t, v.Post("/handover", "from", "x"), http.StatusNotFound)
	if o.given != nil {
		t.Error("something was done")
	}
}
