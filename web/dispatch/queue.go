package dispatch

import (
	"net/http"

	"jianbao/mailer"
	"jianbao/web/page"
	"jianbao/workflow"
)

// A queueView is all letters of an issue that have not gone.
type queueView struct {
	subject
	Paused  bool
	Waiting int // letters that have not gone
}

func (rm *room) queueView(r *http.Request) (v queueView, err error) {
	if v.subject, err = rm.find(r); err != nil {
		return v, err
	}
	if v.Paused, err = rm.Reads.Paused(r.Context(), v.Issue.ID); err != nil {
		return v, err
	}
	letters, err := rm.Reads.Deliveries(r.Context(), v.Issue.ID)
	for _, d := range letters {
		if !d.State.Final() {
			v.Waiting++
		}
	}
	return v, err
}

func (rm *room) queue(w http.ResponseWriter, r *http.Request) {
	v, err := rm.queueView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "queue", page.Page{Room: "issues", Data: v})
}

func (rm *room) steer(w http.ResponseWriter, r *http.Request) {
	v, err := rm.queueView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	if v.Note, err = note(r); err == nil {
		order := workflow.Order{Act: workflow.Steer, Note: v.Note, Letters: workflow.LetterOrder{Queue: workflow.QueueOrder(r.PostForm.Get("order"))}}
		_, err = rm.Desk.Act(r.Context(), page.Actor(r), v.Issue.ID, order)
	}
	if err != nil {
		rm.pages.Refuse(w, r, "queue", page.Page{Room: "issues", Data: v}, err)
		return
	}
	page.See(w, r, v.board())
}

// Over reports whether nothing waits to go.
func (v queueView) Over() bool { return v.Waiting == 0 }

// deedsIn are the deeds that make sense for a letter where it stands.
var deedsIn = map[mailer.State][]workflow.LetterDeed{
	mailer.Queued:    {workflow.HoldLetter, workflow.CancelLetter, workflow.RetryLetter},
	mailer.Deferred:  {workflow.RetryLetter, workflow.HoldLetter, workflow.CancelLetter},
	mailer.Claimed:   {workflow.HoldLetter, workflow.CancelLetter},
	mailer.Failed:    {workflow.RetryLetter},
	mailer.Held:      {workflow.FreeLetter, workflow.CancelLetter},
	mailer.Uncertain: {workflow.ItArrived, workflow.SendAgain},
}
