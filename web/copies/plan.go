package copies

import (
	"fmt"
	"net/http"

	book "jianbao/recipients/copies"
	"jianbao/web/page"
	"jianbao/workflow"
)

// apportion edits the equation, or only says what it would come to.
func (rm *room) apportion(w http.ResponseWriter, r *http.Request, s subject) {
	f, err := rm.read(w, r)
	a := book.Apportionment{PrintRun: f.number("run"), File: f.number("file"), Spare: f.number("spare")}
	if f.Has("unexplained") {
		why := f.text("unexplained")
		a.Unexplained = &why
	}
	for i := range s.Copies.Shares {
		a.Shares = append(a.Shares, f.number(fmt.Sprint("copies-", i)))
	}
	version := f.number("version")
	if err == nil {
		err = f.fault()
	}
	if err == nil && f.Get("do") == "look" {
		rm.look(w, r, s, a)
		return
	}
	if err == nil {
		_, err = rm.Desk.Act(r.Context(), page.Actor(r), s.ID, workflow.Order{
			Act: workflow.Apportion, Version: version, Note: f.text("reason"), Print: workflow.PrintOrder{Apportion: &a},
		})
	}
	rm.done(w, r, s, "plan", err)
}

// look shows what an edited equation would come to, and changes nothing.
func (rm *room) look(w http.ResponseWriter, r *http.Request, s subject, a book.Apportionment) {
	v, err := rm.viewOf(r, s)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	v.Form, v.Typed = "plan", r.PostForm
	if v.Against = a.Against(s.Copies); len(v.Against) == 0 {
		v.Plan = s.Copies.Apportion(a)
		v.Against, v.Warnings = v.Plan.Check(), v.Plan.Warnings()
	}
	rm.pages.Show(w, r, http.StatusOK, "copies", page.Page{Data: v, Room: "issues"})
}

// stamp gives the copies numbers: in order, or as they were chosen.
func (rm *room) stamp(w http.ResponseWriter, r *http.Request, s subject) {
	f, err := rm.read(w, r)
	order := workflow.PrintOrder{First: f.number("first")}
	switch f.Get("do") {
	case "none":
		order.First = 0
	case "by-hand":
		for i := range s.Copies.Shares {
			order.ByHand = append(order.ByHand, f.numbers(fmt.Sprint("numbers-", i)))
		}
	}
	version := f.number("version")
	if err == nil {
		err = f.fault()
	}
	if err == nil {
		_, err = rm.Desk.Act(r.Context(), page.Actor(r), s.ID, workflow.Order{Act: workflow.Stamp, Version: version, Print: order})
	}
	rm.done(w, r, s, "numbers", err)
}

// done answers after a change: the page anew, or the form once more.
func (rm *room) done(w http.ResponseWriter, r *http.Request, s subject, form string, err error) {
	if err != nil {
		rm.again(w, r, s, form, err)
		return
	}
	page.See(w, r, "/issues/"+s.ID.String()+"/copies")
}
