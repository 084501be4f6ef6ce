package main

import (
	remarkpages "jianbao/web/remarks"
	"jianbao/workflow/remarks"
)

// remarkDesk is where people act on leaders' remarks.
func (o *office) remarkDesk() *remarks.Desk {
	return &remarks.Desk{Books: o.store, Issues: o.store, Texts: o.desk, Now: o.desk.Now, NewID: o.desk.NewID}
}

// remarkPages are what the pages of leaders' remarks need.
func (o *office) remarkPages() remarkpages.Config {
	return remarkpages.Config{Desk: o.remarkDesk(), Books: o.store, Reads: o.store}
}

// remind has the scheduler tell people of remarks that wait for them.
func (o *office) remind() {
	o.scheduler.Chores = append(o.scheduler.Chores, remarks.Reminder{Watch: o.store, NewID: o.desk.NewID}.Look)
}
