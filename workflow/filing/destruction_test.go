package filing

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/retention"
)

var (
	after = time.Date(2032, 1, 5, 2, 0, 0, 0, time.UTC)
	clerk = workflow.Actor{Person: person("收发", accounts.Clerk)}
	chief = workflow.Actor{Person: person("局长", accounts.Signatory)}
)

func standing(no int) Standing {
	return Standing{State: workflow.Archived, Item: Item{
		Issue: uuid.New(), Year: 2021, Class: retention.Ten, No: no, Document: "2021年第8期", Title: "科技简报", Date: bulletin.Date{Year: 2021, Month: 7, Day: 15}, Pages: 4,
	}}
}

// a list is what has been decided about so far.
func listCase(lines ...Standing) ListCase {
	series := workflow.Series{ID: uuid.New(), Masthead: "科技简报", TwoPerson: &workflow.Exception{Reason: "两人", ByName: "主任"}}
	return ListCase{List: Destruction{ID: uuid.New(), Series: series.ID}, Series: series, Lines: lines, Now: after, Actor: clerk}
}

func (c *ListCase) does(t *testing.T, actor workflow.Actor, order ListOrder) {
	t.Helper()
	c.Actor, c.Order = actor, order
	c.Order.Version = c.List.Version
	next, err := DecideList(*c)
	if err != nil {
		t.Fatalf("%s by %s: %v", order.Act, actor.Name(), err)
	}
	c.List = next
}

func (c *ListCase) refuses(t *testing.T, actor workflow.Actor, order ListOrder, code fault.Code, keys ...fault.Sentence) {
	t.Helper()
	c.Actor, c.Order = actor, order
	c.Order.Version = c.List.Version
	_, err := DecideList(*c)
	refused(t, err, code, keys...)
}

func TestADestructionTakesTwoPeople(t *testing.T) {
	c := listCase(standing(1), standing(2))
	c.Last = map[int]int{2031: 7, 2032: 2}
	both := workflow.Actor{Person: person("一人", accounts.Clerk, accounts.Signatory, accounts.Reviewer, accounts.Admin)}
	c.does(t, both, ListOrder{Act: Propose, Reason: "期满无保存价值"})
	if c.List.State != Proposed || c.List.Year != 2032 || c.List.No != 3 || len(c.List.Lines) != 2 || !c.List.State.Open() {
		t.Fatalf("%+v", c.List)
	}
	c.refuses(t, both, ListOrder{Act: Carry, Witness: "老王"}, fault.Blocked, listState)
	c.refuses(t, both, ListOrder{Act: Approve}, fault.Forbidden, listOwn)
	c.refuses(t, clerk, ListOrder{Act: Approve}, fault.Forbidden, listHead)
	c.refuses(t, workflow.Actor{Robot: "调度"}, ListOrder{Act: Approve}, fault.Forbidden, listHead)
	c.does(t, chief, ListOrder{Act: Approve, Reason: "同意"})
	c.refuses(t, chief, ListOrder{Act: Carry, Witness: "老王"}, fault.Forbidden, listClerk)
	c.refuses(t, both, ListOrder{Act: Carry}, fault.Blocked, listWitness)
	c.refuses(t, both, ListOrder{Act: Carry, Witness: "一人"}, fault.Blocked, listWitness)
	forged := c
	forged.List.Decided = forged.List.Proposed
	forged.refuses(t, both, ListOrder{Act: Carry, Witness: "老王"}, fault.Blocked, listOwn)
	c.does(t, both, ListOrder{Act: Carry, Witness: "老王"})
	if c.List.State != Carried || c.List.Carried.Name != "一人" || c.List.Witness != "老王" || c.List.Version != 3 {
		t.Errorf("%+v", c.List)
	}
	for _, act := range []ListAct{Propose, Approve, Refuse, Carry} {
		c.refuses(t, chief, ListOrder{Act: act, Reason: "再来"}, fault.Blocked, listState)
	}
	if w := c.List.Warrant(); w.List != "2032年第3号" || w.Proposed != "一人" || w.Approved != "局长" || w.Witnessed != "老王" || w.Reason != "期满无保存价值" {
		t.Errorf("%+v", w)
	}
	if sheet := Register(c.Series, []Destruction{c.List}, fault.ZH); len(sheet.Rows) != 2 || len(sheet.Rows[0]) != len(sheet.Header) {
		t.Errorf("%v", sheet.Rows)
	}
}

func TestAListIsRefused(t *testing.T) {
	c := listCase(standing(1))
	c.does(t, clerk, ListOrder{Act: Propose, Reason: "期满"})
	c.refuses(t, chief, ListOrder{Act: Refuse}, fault.Blocked, listReason)
	approved := c
	approved.does(t, chief, ListOrder{Act: Approve})
	approved.does(t, chief, ListOrder{Act: Refuse, Reason: "又要用"})
	c.does(t, chief, ListOrder{Act: Refuse, Reason: "还有用"})
	if c.List.State != Refused || c.List.State.Open() || approved.List.State != Refused {
		t.Errorf("%+v", c.List)
	}
	c.Order.Version = c.List.Version - 1
	_, err := DecideList(c)
	refused(t, err, fault.Conflict)
	c.Order.Act = "burn"
	_, err = DecideList(c)
	refused(t, err, fault.Invalid, listAct)
}

func TestWhatIsNotOnALists(t *testing.T) {
	young, ever, held, gone, listed := standing(1), standing(2), standing(3), standing(4), standing(5)
	young.Item.Year = 2022
	ever.Item.Class = retention.Permanent
	held.Holds = []Hold{{Placed: Hand{Name: "局长", Note: "在诉讼中"}}}
	gone.State = workflow.Destroyed
	listed.List = "2032年第1号"
	c := listCase(young, ever, held, gone, listed, listed)
	c.refuses(t, clerk, ListOrder{Act: Propose, Reason: "期满"}, fault.Blocked, lineNotEnded, lineForEver, lineHeld, lineGone, lineListed, lineTwice)
	c.refuses(t, clerk, ListOrder{Act: Propose}, fault.Blocked, listReason)
	c = listCase()
	c.refuses(t, clerk, ListOrder{Act: Propose, Reason: "期满"}, fault.Blocked, listEmpty)
	c = listCase(standing(1))
	c.refuses(t, chief, ListOrder{Act: Propose, Reason: "期满"}, fault.Forbidden, listClerk)
	c.refuses(t, clerk, ListOrder{Act: Propose, Reason: "绝密★长期"}, fault.Refused)
	// The last day of the period, in the zone of the office.
	c.Now = time.Date(2031, 12, 31, 15, 59, 0, 0, time.UTC)
	c.refuses(t, clerk, ListOrder{Act: Propose, Reason: "期满"}, fault.Blocked, lineNotEnded)
	c.Now = c.Now.Add(time.Minute)
	c.does(t, clerk, ListOrder{Act: Propose, Reason: "期满"})
	// What is put on hold meanwhile is neither approved nor destroyed.
	c.Lines[0].Holds = held.Holds
	c.refuses(t, chief, ListOrder{Act: Approve}, fault.Blocked, lineHeld)
	c.Lines[0].Holds = nil
	c.does(t, chief, ListOrder{Act: Approve})
	c.Lines[0].Holds = held.Holds
	c.refuses(t, clerk, ListOrder{Act: Carry, Witness: "老王"}, fault.Blocked, lineHeld)
}

func TestHolds(t *testing.T) {
	c := HoldCase{Standing: standing(1), Series: workflow.Series{ID: uuid.New()}, Actor: clerk, Now: after}
	try := func(actor workflow.Actor, order HoldOrder) error {
		c.Actor, c.Order = actor, order
		h, err := DecideHold(c, uuid.New())
		if err == nil {
			c.Holds = append(c.Holds[:0:0], h)
		}
		return err
	}
	refused(t, try(clerk, HoldOrder{}), fault.Blocked, holdReason)
	refused(t, try(clerk, HoldOrder{Reason: "有用", Until: 2031}), fault.Blocked, holdYear)
	refused(t, try(clerk, HoldOrder{Reason: "有用", Lift: true}), fault.Blocked, holdNone)
	refused(t, try(workflow.Actor{Person: person("编辑", accounts.Editor)}, HoldOrder{Reason: "有用"}), fault.Forbidden, holdRole)
	if err := try(chief, HoldOrder{Reason: "在诉讼中", Until: 2033}); err != nil {
		t.Fatal(err)
	}
	for year, held := range map[int]bool{2032: true, 2033: true, 2034: false} {
		if _, got := c.Held(calendar.Day{Year: year, Month: 12, Day: 31}); got != held {
			t.Errorf("held in %d: %v", year, got)
		}
	}
	refused(t, try(clerk, HoldOrder{Reason: "再延"}), fault.Blocked, holdThere)
	if err := try(clerk, HoldOrder{Reason: "已结案", Lift: true}); err != nil {
		t.Fatal(err)
	}
	if h := c.Holds[0]; h.Lifted.Note != "已结案" || h.Placed.Note != "在诉讼中" || h.Stands(calendar.DayOf(after)) {
		t.Errorf("%+v", h)
	}
	c.State = workflow.Destroyed
	refused(t, try(clerk, HoldOrder{Reason: "晚了"}), fault.Blocked, holdGone)
}

func TestTheExpired(t *testing.T) {
	young, held, gone := standing(2), standing(3), standing(4)
	young.Item.Year, held.Holds, gone.State = 2022, []Hold{{Placed: Hand{Name: "局长", Note: "在诉讼中"}}}, workflow.Destroyed
	sheet := Expired([]Standing{standing(1), young, held, gone}, calendar.DayOf(after), fault.ZH)
	if len(sheet.Rows) != 2 || sheet.Text(0, 7) != "2031年底" || sheet.Text(1, 8) != "在诉讼中" || len(sheet.Header) != len(sheet.Rows[0]) {
		t.Errorf("%v", sheet.Rows)
	}
}
