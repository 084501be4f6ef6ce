package people

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/web/page"
)

func (b *books) State(context.Context) (accounts.Separation, accounts.Ask, error) {
	return b.split, b.ask, nil
}

func (b *books) Split(_ context.Context, _ accounts.Person, given entry.Proof) error {
	return b.did("split", given.Password, given.Code)
}

func (b *books) AskToJoin(_ context.Context, _ accounts.Person, given entry.Proof, reason string) error {
	return b.did("ask", given.Password, reason)
}

func (b *books) Agree(_ context.Context, _ accounts.Person, given entry.Proof) error {
	return b.did("agree", given.Password)
}

const separation = "/people/separation"

func TestTheSwitchIsForWhoHoldsAPower(t *testing.T) {
	b, v := office(t)
	has(t, v.Get(separation), 200, `value="split"`, "没有在用的安全管理员", "一人不能兼两样")
	guard := accounts.Person{ID: uuid.New(), Name: "安全员", Active: true, Grants: []accounts.Grant{{Role: accounts.Security}}}
	auditor := accounts.Person{ID: uuid.New(), Name: "审计员", Active: true, Grants: []accounts.Grant{{Role: accounts.Auditor}}}
	b.split, b.ask = accounts.Separation{On: true, By: "甲", At: noon.Add(-time.Hour)}, accounts.Ask{}
	for who, shown := range map[*accounts.Person]string{&boss: "", &guard: `value="ask"`, &auditor: ""} {
		v.Person = *who
		a := v.Get(separation)
		if has(t, a, 200, "已启用（甲"); shown != "" && !strings.Contains(a.Body, shown) || shown == "" && strings.Contains(a.Body, `name="act"`) {
			t.Errorf("%s is shown what is not theirs:\n%s", who.Name, a.Body)
		}
	}
	b.ask = accounts.Ask{By: guard.ID, ByName: guard.Name, At: noon.Add(-time.Minute), Reason: "<b>人手</b>不够"}
	has(t, v.Get(separation), 200, "&lt;b&gt;人手&lt;/b&gt;不够")
	v.Person = auditor
	has(t, v.Get(separation), 200, `value="agree"`)
	v.Person = guard
	if a := v.Get(separation); strings.Contains(a.Body, `value="agree"`) {
		t.Error("who asked may agree")
	}
	v.Person = cheng
	has(t, v.Get(separation), http.StatusNotFound)
	has(t, v.Post(separation, "act", "split"), http.StatusNotFound)
}

func TestTheSwitchIsTurnedByWhoProvesWhoTheyAre(t *testing.T) {
	b, v := office(t)
	if a := v.Post(separation, "act", "split", "password", "p", "code", "123456"); a.Location != separation+"?done=split" {
		t.Errorf("%+v", a)
	}
	v.Post(separation, "act", "ask", "password", "p", "reason", " 人手不够 ")
	v.Post(separation, "act", "agree", "password", "p")
	if got := strings.Join(b.asked, ";"); got != "split p 123456;ask p 人手不够;agree p" {
		t.Error(got)
	}
	has(t, v.Post(separation, "act", "x"), http.StatusUnprocessableEntity)
	has(t, v.Get(separation+"?done=split"), 200, turned["split"].ZH)
	b.err = fault.New(fault.Unauthenticated, page.BadForm.With())
	for range proofsAtOnce {
		a := v.Post(separation, "act", "ask", "password", "geheim", "reason", "人手不够")
		if has(t, a, http.StatusUnprocessableEntity); strings.Contains(a.Body, "geheim") {
			t.Error("a password is on a page")
		}
	}
	has(t, v.Post(separation, "act", "ask", "password", "geheim"), http.StatusTooManyRequests)
}
