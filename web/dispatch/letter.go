package dispatch

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/web/page"
	"jianbao/workflow"
)

// A letterView is one letter, every try to send it, and what can be done.
type letterView struct {
	subject
	Letter   mailer.Delivery
	Attempts []mailer.Attempt
	Deeds    []workflow.LetterDeed
}

func (rm *room) letterView(r *http.Request) (v letterView, err error) {
	if v.subject, err = rm.find(r); err != nil {
		return v, err
	}
	id, err := uuid.Parse(r.PathValue("letter"))
	if err != nil {
		return v, page.NotHere()
	}
	letters, err := rm.Reads.Deliveries(r.Context(), v.Issue.ID)
	if err != nil {
		return v, err
	}
	at := slices.IndexFunc(letters, func(d mailer.Delivery) bool { return d.ID == id })
	if at < 0 {
		return v, page.NotHere()
	}
	v.Letter = letters[at]
	if v.Clerk {
		v.Deeds = deedsIn[v.Letter.State]
	}
	v.Attempts, err = rm.Reads.Attempts(r.Context(), id)
	return v, err
}

func (rm *room) letter(w http.ResponseWriter, r *http.Request) {
	v, err := rm.letterView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "letter", page.Page{Room: "issues", Data: v})
}

// handle does a deed. Where the letter stands by now the books say, and not
// the page that was looked at.
func (rm *room) handle(w http.ResponseWriter, r *http.Request) {
	v, err := rm.letterView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	if v.Note, err = note(r); err == nil {
		order := workflow.Order{Act: workflow.Handle, Note: v.Note, Letters: workflow.LetterOrder{
			Deed: workflow.LetterDeed(r.PostForm.Get("deed")), Line: workflow.LetterLine{ID: v.Letter.ID}}}
		_, err = rm.Desk.Act(r.Context(), page.Actor(r), v.Issue.ID, order)
	}
	if err != nil {
		rm.pages.Refuse(w, r, "letter", page.Page{Room: "issues", Data: v}, err)
		return
	}
	page.See(w, r, v.board()+"/letters/"+v.Letter.ID.String())
}

// Elsewhere reports whether the unit can be given another address, or paper: the
// letter came to nothing, or may have.
func (v letterView) Elsewhere() bool {
	switch v.Letter.State {
	case mailer.Failed, mailer.Bounced, mailer.Uncertain, mailer.Cancelled:
		return true
	}
	return false
}
