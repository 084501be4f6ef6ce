package filing

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/filing"
)

// An expiredView is what is to be appraised, and what is held.
type expiredView struct {
	frame
	Due    []filing.Standing // expired, for somebody to look at
	Held   []heldView
	Listed []filing.Standing // on an open list
	// Chosen and Reason are those of a form that was refused.
	Chosen []uuid.UUID
	Reason string
	// Until and Why are those of the form of a hold, of the issue On.
	On         uuid.UUID
	Until, Why string
}

// A heldView is an item with the hold that stands.
type heldView struct {
	filing.Standing
	Hold filing.Hold
}

// Picked reports whether an issue was chosen in a form that was refused.
func (v expiredView) Picked(id uuid.UUID) bool { return slices.Contains(v.Chosen, id) }

// MayHold reports whether the visitor may place and lift holds.
func (v expiredView) MayHold() bool { return v.Clerk || v.Head }

func (rm *room) expiredOf(r *http.Request, s workflow.Series) (v expiredView, err error) {
	if v.frame, err = rm.frame(r, s); err != nil {
		return v, err
	}
	kept, err := rm.Books.FiledItems(r.Context(), s.ID)
	v.Due = toAppraise(kept, v.Today)
	for _, k := range kept {
		hold, held := k.Held(v.Today)
		switch {
		case k.State == workflow.Destroyed:
		case k.List != "":
			v.Listed = append(v.Listed, k)
		case held:
			v.Held = append(v.Held, heldView{k, hold})
		}
	}
	return v, err
}

func (rm *room) expired(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	view, err := rm.expiredOf(r, s)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.show(w, r, "expired", view)
}

// propose makes a destruction list of what was chosen.
func (rm *room) propose(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	_, err := rm.ReadForm(w, r)
	var chosen []uuid.UUID
	for _, text := range r.PostForm["issue"] {
		id, bad := uuid.Parse(text)
		if err == nil {
			err = page.Unreadable(bad)
		}
		chosen = append(chosen, id)
	}
	reason := strings.TrimSpace(r.PostForm.Get("reason"))
	if err == nil {
		_, err = rm.Desk.Propose(r.Context(), page.Actor(r), s.ID, chosen, reason)
	}
	if err != nil {
		view, failed := rm.expiredOf(r, s)
		view.Chosen, view.Reason = chosen, reason
		rm.refuse(w, r, "expired", view, failed, err)
		return
	}
	page.See(w, r, address(s, "destruction"))
}

// hold places a hold on an item, or lifts it.
func (rm *room) hold(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	_, err := rm.ReadForm(w, r)
	issue, bad := uuid.Parse(r.PathValue("issue"))
	if err == nil {
		err = page.Unreadable(bad)
	}
	order := filing.HoldOrder{Lift: r.PostForm.Get("do") == "lift", Reason: strings.TrimSpace(r.PostForm.Get("reason"))}
	until := strings.TrimSpace(r.PostForm.Get("until"))
	if err == nil && until != "" && !order.Lift {
		if order.Until, bad = strconv.Atoi(until); bad != nil || order.Until < 1 {
			err = fault.New(fault.Invalid, page.BadNumber.With(until))
		}
	}
	if err == nil {
		err = rm.ownItem(r, s, issue)
	}
	if err == nil {
		err = rm.Desk.Hold(r.Context(), page.Actor(r), issue, order)
	}
	if err != nil {
		view, failed := rm.expiredOf(r, s)
		view.On, view.Until, view.Why = issue, until, order.Reason
		rm.refuse(w, r, "expired", view, failed, err)
		return
	}
	page.See(w, r, address(s, "retention"))
}

func (rm *room) ownItem(r *http.Request, s workflow.Series, issue uuid.UUID) error {
	kept, err := rm.Books.FiledItems(r.Context(), s.ID)
	if err == nil && !slices.ContainsFunc(kept, func(k filing.Standing) bool { return k.Item.Issue == issue }) {
		err = page.NotHere()
	}
	return err
}

// A listsView is the destruction lists of a series.
type listsView struct {
	frame
	Lists []listView
}

// A listView is a list, and what the visitor may do with it.
type listView struct {
	filing.Destruction
	MayDecide, MayCarry bool
	// Own says that the visitor proposed it, so that another must decide.
	Own bool
	// Words and Seer are what was typed into a form that was refused.
	Words, Seer string
}

func (rm *room) listsOf(r *http.Request, s workflow.Series) (v listsView, err error) {
	if v.frame, err = rm.frame(r, s); err != nil {
		return v, err
	}
	all, err := rm.Books.Destructions(r.Context(), s.ID)
	for _, d := range all {
		l := listView{Destruction: d, Own: d.Proposed.By == page.Person(r).ID}
		l.MayDecide = v.Head && !l.Own && d.State.Open()
		l.MayCarry = v.Clerk && d.State == filing.Approved
		v.Lists = append(v.Lists, l)
	}
	return v, err
}

func (rm *room) lists(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	view, err := rm.listsOf(r, s)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.show(w, r, "lists", view)
}

// decide approves, refuses or carries out a list.
func (rm *room) decide(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	_, err := rm.ReadForm(w, r)
	view, failed := rm.listsOf(r, s)
	if failed != nil {
		rm.Fail(w, r, failed)
		return
	}
	at := slices.IndexFunc(view.Lists, func(l listView) bool { return l.ID.String() == r.PathValue("no") })
	if at < 0 {
		rm.Nothing(w, r)
		return
	}
	order := filing.ListOrder{Act: filing.ListAct(r.PostForm.Get("do")), Reason: strings.TrimSpace(r.PostForm.Get("reason")), Witness: strings.TrimSpace(r.PostForm.Get("witness"))}
	if err == nil {
		var bad error
		order.Version, bad = strconv.Atoi(r.PostForm.Get("version"))
		err = page.Unreadable(bad)
	}
	if err == nil {
		_, err = rm.Desk.Act(r.Context(), page.Actor(r), view.Lists[at].Destruction, order)
	}
	if err != nil {
		view.Lists[at].Words, view.Lists[at].Seer = order.Reason, order.Witness
		rm.refuse(w, r, "lists", view, nil, err)
		return
	}
	page.See(w, r, address(s, "destruction"))
}
