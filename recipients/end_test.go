package recipients

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/fault"
)

func TestAUnitIsClosedForGood(t *testing.T) {
	dir := office()
	closed, above, below := id("鄂尔多斯市统计局"), id("鄂尔多斯市财政局"), id("鄂尔多斯市能源局")
	for i := range dir.Units {
		switch dir.Units[i].ID {
		case closed:
			dir.Units[i].Parent = above
		case below:
			dir.Units[i].Parent = closed
		}
	}
	dir.Collectives = append(dir.Collectives, Collective{ID: id("两局"), Text: "两局", Members: []Member{{Words: "统计", Unit: closed}, {Words: "财政", Unit: above}}})
	if got := dir.Below(closed); len(got) != 1 || dir.Below(below) != nil {
		t.Errorf("below: %v", got)
	}
	order := Order{ID: id("令"), Day: day, Reason: "机构改革", By: "甲", Now: day.AddDate(0, 0, 3)}
	change, err := dir.End(closed, order)
	if err != nil {
		t.Fatal(err)
	}
	after := dir.With(change)
	if got := told(one(after, "市统计局")); got != "?+包头市统计局" {
		t.Errorf("on the day it means %s", got)
	}
	c := Resolve(after, "鄂尔多斯市", day.AddDate(0, 0, -1), []Listed{{"送", "市统计局、两局"}})
	if got := told(c); got != "鄂尔多斯市统计局|鄂尔多斯市统计局+鄂尔多斯市财政局" {
		t.Errorf("the day before it means %s", got)
	}
	if got := told(one(after, "两局")); got != "鄂尔多斯市财政局" {
		t.Errorf("the roster on the day is %s", got)
	}
	if after.Units[after.position(below)].Parent != above || after.Past(closed)[0].Kind != Closed {
		t.Errorf("%+v %+v", after.Units[after.position(below)], after.Past(closed))
	}
	dir.Collectives = append(dir.Collectives, Collective{ID: id("一局"), Text: "一局", Members: []Member{{Words: "统计", Unit: closed}}})
	order.Reason = ""
	_, err = dir.End(closed, order)
	if e := fault.As(err); e == nil || len(e.Reasons) != 2 || !strings.Contains(e.In(fault.ZH), "没有写明依据") || !strings.Contains(e.In(fault.ZH), "“一局”就没有单位了") {
		t.Errorf("%v", err)
	}
	if _, err := after.End(uuid.New(), order); fault.As(err) == nil {
		t.Errorf("nobody: %v", err)
	}
	if _, err := after.End(closed, order); fault.As(err) == nil {
		t.Errorf("twice: %v", err)
	}
}

// A roster is that of the day of the issue.
func TestARosterHasItsDays(t *testing.T) {
	dir := office()
	dir.Collectives = append(dir.Collectives, Collective{ID: id("综合"), Text: "综合部门", Place: "鄂尔多斯市", Members: []Member{
		{Words: "统计综合处", Unit: id("鄂尔多斯市统计局"), Until: day},
		{Words: "能源综合处", Unit: id("鄂尔多斯市能源局"), From: day},
	}})
	for text, want := range map[string]string{"综合部门": "鄂尔多斯市能源局", "能源综合处": "鄂尔多斯市能源局", "统计综合处": "?"} {
		if got := told(one(dir, text)); got != want {
			t.Errorf("%s means %s", text, got)
		}
	}
	before := Resolve(dir, "鄂尔多斯市", day.AddDate(0, 0, -1), []Listed{{"送", "综合部门"}})
	if got := told(before); got != "鄂尔多斯市统计局" {
		t.Errorf("the day before it was %s", got)
	}
}

// A series may give a unit copies in its own number.
func TestASeriesGivesItsOwnNumberOfCopies(t *testing.T) {
	dir := office()
	dir.Copies = map[uuid.UUID]int{id("鄂尔多斯市统计局"): 5}
	for n, want := range []int{5, 1} {
		if got := one(dir, "市统计局、市能源局").All()[n].Copies; got != want {
			t.Errorf("unit %d gets %d", n, got)
		}
	}
}
