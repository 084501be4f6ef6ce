package filing

import (
	"slices"

	"jianbao/workflow"
	"jianbao/workflow/remarks"
)

// Emptied is a remark on an issue that is destroyed: who wrote it and when, which
// slip it had and what became of that, without the words.
func Emptied(r remarks.Remark) remarks.Remark {
	r.Text, r.Scan = "", workflow.Attachment{}
	r.Entered.Note, r.Checked.Note, r.Closed.Note, r.Told.Note = "", "", "", ""
	if r.Slip == nil {
		return r
	}
	slip := *r.Slip
	slip.Task, slip.Words, slip.Given.Note = "", "", ""
	slip.Replies = slices.Clone(slip.Replies)
	for n := range slip.Replies {
		slip.Replies[n].Text, slip.Replies[n].Hand.Note, slip.Replies[n].Back.Note = "", "", ""
	}
	slip.Extensions = slices.Clone(slip.Extensions)
	for n := range slip.Extensions {
		slip.Extensions[n].Asked.Note, slip.Extensions[n].Decided.Note = "", ""
	}
	r.Slip = &slip
	return r
}
