package web

import (
	"net/http"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/ready"
)

// sign shows an issue to whoever is to decide about it, in large type, with
// what they need for that and nothing else. Its form is that of the acts.
func (s *server) sign(w http.ResponseWriter, r *http.Request) {
	s.open(w, r, "sign")
}

// MayDecide reports whether this person may do an act of deciding now.
func (v *issueView) MayDecide(act workflow.Act) bool {
	for _, o := range v.Offers {
		if o.Act == act {
			return o.Allowed
		}
	}
	return false
}

// WhyNot returns why this person may not approve.
func (v *issueView) WhyNot() (offers []offer) {
	for _, o := range v.Offers {
		if o.Act == workflow.Approve && !o.Allowed {
			offers = append(offers, o)
		}
	}
	return offers
}

// Remark is what was typed with a decision that was refused.
func (v *issueView) Remark() string {
	for _, o := range v.Offers {
		if o.Tried {
			return o.Typed.Note
		}
	}
	return ""
}

// Title is what people call an act.
func (v *issueView) Title(act workflow.Act) fault.Reason { return act.Title() }

// Pressing are the doubts that somebody who decides should look at: all but
// those which are only told.
func (v *issueView) Pressing() (all []ready.Finding) {
	for _, p := range v.Problems {
		if p.Severity != bulletin.Note {
			all = append(all, ready.Finding{Line: p.Line, Reason: p.Reason})
		}
	}
	for _, f := range v.Findings {
		if f.Severity != bulletin.Note {
			all = append(all, f)
		}
	}
	return all
}
