package dispatch

import (
	"net/http"

	"jianbao/web/page"
	"jianbao/workflow"
)

// A trialView is the letter to oneself.
type trialView struct {
	subject
	Address string // of whoever asks; "" is not known
}

func (rm *room) trialView(r *http.Request) (v trialView, err error) {
	if v.subject, err = rm.find(r); err != nil {
		return v, err
	}
	reach, err := rm.Reads.ReachOf(r.Context(), page.Person(r).ID)
	v.Address = reach.Address
	return v, err
}

func (rm *room) trial(w http.ResponseWriter, r *http.Request) {
	v, err := rm.trialView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	p := page.Page{Room: "issues", Data: v}
	if r.URL.Query().Has("sent") {
		p.Notes = []string{trialSent.With(v.Address).In(page.Lang(r))}
	}
	rm.pages.Show(w, r, http.StatusOK, "trial", p)
}

// try sends the letter to whoever asks, and to no other address: a page is not
// where an issue is sent to strangers.
func (rm *room) try(w http.ResponseWriter, r *http.Request) {
	v, err := rm.trialView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	if _, err := rm.Desk.Try(r.Context(), page.Actor(r), v.Issue.ID, page.Person(r).Name, v.Address); err != nil {
		rm.pages.Refuse(w, r, "trial", page.Page{Room: "issues", Data: v}, err)
		return
	}
	page.See(w, r, "/issues/"+v.Issue.ID.String()+"/trial?sent")
}

// Ready reports whether the issue is where a trial makes sense: it has its number
// and has not gone out.
func (v trialView) Ready() bool {
	return v.Issue.State == workflow.Registered || v.Issue.State == workflow.Scheduled
}
