package dispatch

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
)

var (
	noon   = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)
	series = uuid.New()
)

// office is an issue with one letter, and what was ordered last.
type office struct {
	issue   workflow.Issue
	letter  mailer.Delivery
	paused  bool
	address string
	order   workflow.Order
	tried   string
	refusal error
}

func (o *office) Act(_ context.Context, _ workflow.Actor, _ uuid.UUID, order workflow.Order) (workflow.Issue, error) {
	o.order = order
	return o.issue, o.refusal
}

func (o *office) Try(_ context.Context, _ workflow.Actor, _ uuid.UUID, _, address string) (workflow.Issue, error) {
	o.tried = address
	return o.issue, o.refusal
}

func (o *office) Issue(_ context.Context, id uuid.UUID) (workflow.Issue, error) {
	if id != o.issue.ID {
		return workflow.Issue{}, fault.New(fault.NotFound, trialSent.With("x"))
	}
	return o.issue, nil
}

func (o *office) Series(context.Context, uuid.UUID) (workflow.Series, error) {
	return workflow.Series{ID: series, Masthead: "科技简报"}, nil
}

func (o *office) Deliveries(context.Context, uuid.UUID) ([]mailer.Delivery, error) {
	return []mailer.Delivery{o.letter}, nil
}

func (o *office) Attempts(context.Context, uuid.UUID) ([]mailer.Attempt, error) {
	return []mailer.Attempt{{N: 1, Outcome: mailer.Outcome{State: mailer.Deferred, Ended: noon, Relay: "mail.example:25", Code: 451, Words: "MI:SFQ"}}}, nil
}

func (o *office) Paused(context.Context, uuid.UUID) (bool, error) { return o.paused, nil }

func (o *office) ReachOf(context.Context, uuid.UUID) (workflow.Reach, error) {
	return workflow.Reach{Address: o.address}, nil
}

func visit(t *testing.T, role accounts.Role) (*office, *pagetest.Visitor, string) {
	o := &office{
		issue:  workflow.Issue{ID: uuid.New(), Series: series, State: workflow.Dispatching},
		letter: mailer.Delivery{ID: uuid.New(), Unit: uuid.New(), Name: "市能源局", Address: "n@n.example", State: mailer.Deferred, Code: 451, Words: "MI:SFQ", NextAt: noon},
	}
	who := accounts.Person{ID: uuid.New(), Name: "张三", Active: true, Grants: []accounts.Grant{{Series: series, Role: role}}}
	return o, pagetest.Visit(t, Room(Config{Desk: o, Reads: o}), who, noon), "/issues/" + o.issue.ID.String()
}

func has(t *testing.T, a pagetest.Answer, status int, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(a.Body, w) {
			t.Errorf("no %q in\n%s", w, a.Body)
		}
	}
	if a.Status != status {
		t.Errorf("status %d, want %d", a.Status, status)
	}
}

func TestALetterIsSeenToWhereItStands(t *testing.T) {
	o, v, here := visit(t, accounts.Clerk)
	at := here + "/dispatch/letters/" + o.letter.ID.String()
	for state, want := range map[mailer.State]string{
		mailer.Queued: "hold", mailer.Deferred: "retry", mailer.Claimed: "cancel", mailer.Held: "free", mailer.Uncertain: "again",
	} {
		o.letter.State = state
		has(t, v.Get(at), 200, `value="`+want+`"`, "市能源局", "451 MI:SFQ", "理由")
		if a := v.Post(at, "deed", want, "note", " 急件 "); a.Status != 303 || a.Location != at {
			t.Errorf("%+v", a)
		}
		if o.order.Act != workflow.Handle || o.order.Note != "急件" || o.order.Letters.Deed != workflow.LetterDeed(want) || o.order.Letters.Line.ID != o.letter.ID {
			t.Errorf("%+v", o.order)
		}
	}
	o.letter.State = mailer.Failed
	has(t, v.Get(at), 200, here+"/receipts/"+o.letter.Unit.String()+"#letters")
	o.letter.State = mailer.Accepted
	has(t, v.Get(at), 200, "现在不需要人处理")
	o.letter.State, o.refusal = mailer.Queued, fault.New(fault.Conflict, trialSent.With("太晚"))
	has(t, v.Post(at, "deed", "hold", "note", "等一等"), 409, "太晚", `value="等一等"`)
	has(t, v.Get(here+"/dispatch/letters/"+uuid.NewString()), 404)
}

func TestAllLettersAreSteered(t *testing.T) {
	o, v, here := visit(t, accounts.Clerk)
	has(t, v.Get(here+"/dispatch/queue"), 200, "还有1封信", `value="pause"`)
	if a := v.Post(here+"/dispatch/queue", "order", "pause", "note", "停电"); a.Status != 303 || o.order.Act != workflow.Steer || o.order.Letters.Queue != workflow.PauseQueue || o.order.Note != "停电" {
		t.Errorf("%+v %+v", a, o.order)
	}
	o.paused = true
	has(t, v.Get(here+"/dispatch/queue"), 200, "分发已暂停", `value="resume"`, `value="cancel"`)
	o.refusal = fault.New(fault.Blocked, trialSent.With("要写明理由"))
	has(t, v.Post(here+"/dispatch/queue", "order", "resume", "note", ""), fault.Status(fault.Blocked), "要写明理由")
}

func TestOnlyAClerkIsOfferedAnything(t *testing.T) {
	o, v, here := visit(t, accounts.Reader)
	for _, a := range []pagetest.Answer{v.Get(here + "/dispatch/queue"), v.Get(here + "/dispatch/letters/" + o.letter.ID.String())} {
		if has(t, a, 200); strings.Contains(a.Body, "<form class") {
			t.Error("a reader is offered a form")
		}
	}
	v.Person.Grants[0].Series = uuid.New()
	for _, where := range []string{"/dispatch/queue", "/trial", "/dispatch/letters/" + o.letter.ID.String()} {
		has(t, v.Get(here+where), 404)
		has(t, v.Post(here+where, "note", "x"), 404)
	}
}

func TestATrialGoesToOneself(t *testing.T) {
	o, v, here := visit(t, accounts.Editor)
	o.issue.State = workflow.Registered
	has(t, v.Get(here+"/trial"), 200, "还没有登记邮箱", `href="/me/reach"`)
	o.address = "z@kjj.example"
	has(t, v.Get(here+"/trial"), 200, "寄到 z@kjj.example", "<button")
	a := v.Post(here+"/trial", "address", "stranger@x.example")
	if a.Status != 303 || o.tried != "z@kjj.example" {
		t.Errorf("%d, to %q", a.Status, o.tried)
	}
	has(t, v.Get(a.Location), 200, "试发信已排队")
	o.issue.State = workflow.Draft
	has(t, v.Get(here+"/trial"), 200, "登记编号以后")
	o.refusal = fault.New(fault.Blocked, trialSent.With("不行"))
	has(t, v.Post(here+"/trial"), fault.Status(fault.Blocked), "不行")
}
