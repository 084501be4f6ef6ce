package main

import "jianbao/workflow/naming"

// naming is where names of lists are settled by hand.
func (o *office) naming() naming.Desk {
	return naming.Desk{Issues: o.desk, Books: o.store, Now: o.desk.Now}
}
