package naming

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"
)

var (
	now    = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	here   = recipients.Unit{ID: uuid.New(), Name: "甲市统计局"}
	gone   = recipients.Unit{ID: uuid.New(), Name: "甲市农机局", Ended: now.AddDate(0, -1, 0), Successors: []uuid.UUID{here.ID}}
	editor = workflow.Actor{Person: accounts.Person{Name: "程继东"}}
)

// desk is one issue with one unknown name, and what became of it.
type desk struct {
	issue   workflow.Issue
	allowed bool
	settled map[string]uuid.UUID
	order   workflow.Order
}

func (d *desk) Issue(context.Context, uuid.UUID) (workflow.Issue, error) { return d.issue, nil }

func (d *desk) Options(context.Context, workflow.Actor, uuid.UUID) ([]workflow.Option, error) {
	return []workflow.Option{{Act: workflow.Circulate, Allowed: d.allowed}}, nil
}

func (d *desk) Act(_ context.Context, _ workflow.Actor, _ uuid.UUID, o workflow.Order) (workflow.Issue, error) {
	d.order = o
	return d.issue, nil
}

func (d *desk) Units(context.Context) ([]recipients.Unit, error) {
	return []recipients.Unit{gone, here}, nil
}

func (d *desk) SettleName(_ context.Context, _ uuid.UUID, name string, unit uuid.UUID) error {
	d.settled[name] = unit
	return nil
}

func office() (*desk, Desk) {
	d := &desk{allowed: true, settled: map[string]uuid.UUID{}}
	d.issue.Version, d.issue.State = 3, workflow.Draft
	d.issue.Circulation.Lists = []recipients.List{{Label: "送", Entries: []recipients.Entry{
		{Printed: "统计局", Name: "市统计局"}, {Printed: "市财政局", Recipients: []recipients.Recipient{{Name: "甲市财政局"}}}}}}
	return d, Desk{Issues: d, Books: d, Now: func() time.Time { return now }}
}

func TestANameIsSettled(t *testing.T) {
	for _, meant := range []Meant{{Unit: here.ID}, {Words: " 甲市 统计局。"}, {Unit: gone.ID, Words: "甲市统计局"}} {
		d, names := office()
		if _, err := names.Settle(t.Context(), editor, uuid.New(), 3, "市统计局", meant); err != nil {
			t.Fatal(err)
		}
		if d.settled["市统计局"] != here.ID || d.order.Act != workflow.Circulate || d.order.Version != 3 || d.order.Note != "核定名单：“市统计局”即甲市统计局" {
			t.Errorf("%v %+v", d.settled, d.order)
		}
	}
}

func TestWhatIsNotSettled(t *testing.T) {
	for _, c := range []struct {
		name  string
		meant Meant
		set   func(*desk)
		code  fault.Code
		says  string
	}{
		{"市财政局", Meant{Unit: here.ID}, nil, fault.Invalid, "没有待核定的“市财政局”"},
		{"统计局", Meant{Unit: here.ID}, nil, fault.Invalid, "没有待核定的“统计局”"},
		{"市统计局", Meant{}, nil, fault.Invalid, "通讯录里没有这个单位"},
		{"市统计局", Meant{Words: "乙市统计局"}, nil, fault.Invalid, "通讯录里没有这个单位"},
		{"市统计局", Meant{Unit: gone.ID}, nil, fault.Invalid, "“甲市农机局”已于2026-02-02撤并"},
		{"市统计局", Meant{Unit: gone.ID}, nil, fault.Invalid, "接替它的是：甲市统计局"},
		{"市统计局", Meant{Unit: here.ID}, func(d *desk) { d.allowed = false }, fault.Forbidden, "程继东不能核定"},
	} {
		d, names := office()
		if c.set != nil {
			c.set(d)
		}
		_, err := names.Settle(t.Context(), editor, uuid.New(), 3, c.name, c.meant)
		if e := fault.As(err); e == nil || e.Code != c.code || !strings.Contains(e.In(fault.ZH), c.says) {
			t.Errorf("%s: %v, want %s", c.name, err, c.says)
		}
		if len(d.settled) > 0 || d.order.Act != "" {
			t.Errorf("%s: remembered %v, ordered %+v", c.name, d.settled, d.order)
		}
	}
	if _, err := Decide(Case{Issue: workflow.Issue{State: workflow.Dispatched, Circulation: recipients.Circulation{Lists: []recipients.List{{Entries: []recipients.Entry{{Printed: "某局"}}}}}}}, "某局", Meant{}); !fault.Is(err, fault.Blocked) {
		t.Errorf("too late: %v", err)
	}
}

// Who looked at an older version is told so by the desk, and nothing is
// remembered.
func TestAnOldVersionRemembersNothing(t *testing.T) {
	d, names := office()
	if _, err := names.Settle(t.Context(), editor, uuid.New(), 2, "市统计局", Meant{Unit: here.ID}); err != nil || len(d.settled) > 0 || d.order.Version != 2 {
		t.Errorf("%v %v %+v", err, d.settled, d.order)
	}
}

func TestOnlyWhatStandsIsOffered(t *testing.T) {
	_, names := office()
	offered, err := names.Choices(t.Context())
	if err != nil || len(offered) != 1 || offered[0].ID != here.ID {
		t.Errorf("%v %v", offered, err)
	}
	if all, err := names.Units(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("%v %v", all, err)
	}
}
