package remarks

import (
	"testing"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/remarks"
)

func (o *office) actor(p accounts.Person) workflow.Actor { return workflow.Actor{Person: p} }

// everyState is a remark in each state, and those in which more time is asked
// for.
func everyState(t *testing.T) (all []remarks.Remark) {
	t.Helper()
	by := remarks.Hand{By: clerk.ID, Name: clerk.Name, At: noon, Note: hostile}
	for _, state := range []remarks.State{remarks.Entered, remarks.Checked, remarks.Assigned, remarks.Replied, remarks.Closed, remarks.Reported, remarks.Voided} {
		x := remarks.Remark{ID: uuid.New(), Series: series.ID, Issue: issueID, State: state, Version: 2, Entered: by,
			Writing: remarks.Writing{Leader: "张三", Text: "请市发改委研究。" + hostile, Date: bulletin.Date{Month: 7, Day: 16}, Source: remarks.ByKeying}}
		switch state {
		case remarks.Assigned, remarks.Replied, remarks.Closed, remarks.Reported:
			x.Slip = &remarks.Slip{Year: 2021, No: 1, Task: hostile, Units: []workflow.Named{{ID: lead.ID, Name: lead.Name}, {ID: second.ID, Name: second.Name}},
				Due: calendar.Day{Year: 2021, Month: 7, Day: 30}, Given: by, Replies: []remarks.Reply{{Unit: second.ID, Name: second.Name, Text: hostile, Hand: by}}}
			if state != remarks.Assigned {
				x.Slip.Replies = append(x.Slip.Replies, remarks.Reply{Unit: lead.ID, Name: lead.Name, Text: "已办", Hand: by})
			}
		}
		all = append(all, x)
		if state == remarks.Assigned {
			slip := *x.Slip
			slip.Extensions = []remarks.Extension{{To: calendar.Day{Year: 2021, Month: 8, Day: 6}, Asked: by}}
			x.ID, x.Slip = uuid.New(), &slip
			all = append(all, x)
		}
	}
	return all
}
