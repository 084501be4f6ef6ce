package workflow

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow/retention"
)

// out takes the issue to its readers.
func (c *course) out() *course {
	c.t.Helper()
	c.approved().does(c.clerk, Register, Registered, 5)
	c.does(c.clerk, Schedule, Scheduled, 5)
	c.does(Actor{Robot: Robot}, Release, Dispatching, 5)
	c.does(Actor{Robot: Robot}, Finish, Dispatched, 5)
	return c
}

func aFiling() *Filing {
	return &Filing{Year: 2021, Class: retention.Ten, No: 12, Reference: "Z109-WS·2021-D10-0012"}
}

func TestAFileThatLacksSomethingNeedsAReason(t *testing.T) {
	c := newCourse(t).out()
	lacking, broken := aFiling(), aFiling()
	lacking.Lacking = []fault.Reason{noItems.With()}
	broken.Broken = []fault.Reason{brokenChain.With(3)}
	c.refusesAsIs(c.clerk, Order{Act: Archive, Filing: lacking}, fault.Blocked, noItems)
	c.refuses(c.clerk, Order{Act: Archive, Filing: broken}, fault.Blocked, brokenChain)
	c.refuses(c.reviewer, Order{Act: Archive, Filing: aFiling()}, fault.Forbidden, onlyRole)
	c.refuses(c.clerk, Order{Act: Archive}, fault.Invalid, incomplete)
	c.doing(c.clerk, Order{Act: Archive, Note: "纸质回执已遗失", Filing: lacking}, Archived, 5)
	if !c.told(filedAs) || !c.told(filedUnder) || !c.told(filedLess) || c.last.Event.Note == "" {
		t.Errorf("history says %v", c.last.Event.Facts)
	}
	// What is in the archive already, as back issues are, stays there.
	c.doing(c.clerk, Order{Act: Archive, Filing: aFiling()}, Archived, 5)
}

func TestWhatIsLeftOfADestroyedIssue(t *testing.T) {
	c := newCourse(t).out()
	c.doing(c.clerk, Order{Act: Archive, Filing: aFiling()}, Archived, 5)
	before := c.issue
	warrant := Warrant{List: "2032年第1号", Proposed: "收发员", Approved: "局长", Witnessed: "老王", Reason: "期满无保存价值"}
	alone := warrant
	alone.Approved = alone.Proposed
	c.refuses(c.clerk, Order{Act: Destroy, Warrant: &alone}, fault.Blocked, noWarrant)
	c.refuses(c.clerk, Order{Act: Destroy, Warrant: &Warrant{List: "x"}}, fault.Blocked, noWarrant)
	c.refuses(c.signatory, Order{Act: Destroy, Warrant: &warrant}, fault.Forbidden, onlyRole)
	c.doing(c.clerk, Order{Act: Destroy, Warrant: &warrant}, Destroyed, 5)
	after := c.issue
	if after.Text != "" || len(after.Document.Sections) != 0 || len(after.Circulation.All()) != 0 || after.Attachments != nil {
		t.Errorf("content is left: %+v", after)
	}
	if after.Number != before.Number || after.Date != before.Date || len(after.Decisions) != len(before.Decisions) || after.Document.Masthead != before.Document.Masthead {
		t.Errorf("the record is gone: %+v", after)
	}
	if c.last.Event.Digest != before.Digest() || c.last.Event.Prev != before.Head || !c.told(destroyedBy) {
		t.Errorf("history says %+v", c.last.Event)
	}
	if says := c.last.Event.Facts[0].In(fault.ZH); !strings.Contains(says, "局长") || !strings.Contains(says, "老王") {
		t.Errorf("history says %s", says)
	}
	for _, m := range Moves() {
		if m.starts(Destroyed) {
			t.Errorf("%s starts from what is destroyed", m.Act)
		}
	}
}

func TestNothingUnderWayIsDestroyed(t *testing.T) {
	warrant := &Warrant{List: "2032年第1号", Proposed: "收发员", Approved: "局长"}
	c := newCourse(t).out()
	c.doing(c.clerk, Order{Act: Archive, Filing: aFiling()}, Archived, 5)
	c.issue.CorrectedBy = uuid.New()
	c.refuses(c.clerk, Order{Act: Destroy, Warrant: warrant}, fault.Blocked, correctionOpen)
	c.issue.CorrectedBy = uuid.Nil
	c.issue.Recall = &Recalling{By: uuid.New(), ByName: "甲"}
	c.refuses(c.clerk, Order{Act: Destroy, Warrant: warrant}, fault.Blocked, recallAsked)
}
