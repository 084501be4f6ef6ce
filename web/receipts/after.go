package receipts

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients/table"
	"jianbao/web/page"
	"jianbao/workflow"
)

// An afterView is what can be done to an issue that is out.
type afterView struct {
	subject
	Forms   []afterForm
	Holders []workflow.Holder
	Paper   int
	Second  []accounts.Person // who may decide on a recall that was asked for
	Notice  string            // what those who have it will be told, or were
	Typed   typedAfter
}

// An afterForm is an act, and what stands in its way.
type afterForm struct {
	Act     workflow.Act
	Allowed bool
	Reasons []fault.Reason
}

type typedAfter struct {
	Act    string
	Note   string
	Secret bool
}

// afterActs are the acts of the page, in its order.
var afterActs = []workflow.Act{workflow.Confirm, workflow.Uphold, workflow.Correct, workflow.Recall}

func (rm *room) after(w http.ResponseWriter, r *http.Request) {
	v, err := rm.afterView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "after", page.Page{Room: "issues", Data: v})
}

func (rm *room) afterView(r *http.Request) (v afterView, err error) {
	if v.subject, err = rm.find(r); err != nil {
		return v, err
	}
	if v.Issue.Released.IsZero() {
		return v, fault.New(fault.NotFound, notOut.With())
	}
	if v.Holders, err = rm.Board.Holders(r.Context(), v.Issue.ID); err != nil {
		return v, err
	}
	for _, h := range v.Holders {
		v.Paper += h.Paper
	}
	if err := rm.offer(r, &v); err != nil {
		return v, err
	}
	if v.Issue.Recall == nil {
		return v, nil
	}
	staff, err := rm.Reads.Staff(r.Context(), v.Series.ID, nil)
	v.Second = workflow.Sight{Issue: v.Issue, Series: v.Series, Staff: staff}.MayConfirm()
	told := v.Issue
	if told.Recall.Open() { // as it would read today
		recall := *told.Recall
		recall.ConfirmedAt, told.Recall = rm.Now(), &recall
	}
	v.Notice = string(workflow.RecallNotice(v.Series, told).Text)
	return v, err
}

// offer fills in what may be done now, and why not.
func (rm *room) offer(r *http.Request, v *afterView) error {
	options, err := rm.Desk.Options(r.Context(), page.Actor(r), v.Issue.ID)
	for _, act := range afterActs {
		n := slices.IndexFunc(options, func(o workflow.Option) bool { return o.Act == act })
		if n >= 0 {
			v.Forms = append(v.Forms, afterForm{act, options[n].Allowed, options[n].Reasons})
		}
	}
	return err
}

func (rm *room) afterAct(w http.ResponseWriter, r *http.Request) {
	v, err := rm.afterView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	if err := r.ParseForm(); err != nil {
		rm.Fail(w, r, page.Unreadable(err))
		return
	}
	v.Typed = typedAfter{Act: r.PostForm.Get("act"), Note: strings.TrimSpace(r.PostForm.Get("note")), Secret: r.PostForm.Get("secret") != ""}
	order := workflow.Order{Act: workflow.Act(v.Typed.Act), Note: v.Typed.Note, Secret: v.Typed.Secret}
	var made workflow.Issue
	if order.Version, err = strconv.Atoi(r.PostForm.Get("version")); err != nil {
		err = page.Unreadable(err)
	} else if !slices.Contains(afterActs, order.Act) {
		err = fault.New(fault.Invalid, page.BadForm.With())
	} else {
		made, err = rm.Desk.Act(r.Context(), page.Actor(r), v.Issue.ID, order)
	}
	if err != nil {
		rm.pages.Refuse(w, r, "after", page.Page{Room: "issues", Data: v}, err)
		return
	}
	if order.Act == workflow.Correct && made.CorrectedBy != uuid.Nil {
		page.See(w, r, "/issues/"+made.CorrectedBy.String())
		return
	}
	page.See(w, r, "/issues/"+v.Issue.ID.String()+"/after")
}

// A holdersView is who has an issue, and what is to be collected.
type holdersView struct {
	subject
	Table table.Table
	Now   time.Time
	page.Pager
	Whole bool // all units are on this page, to be printed
}

func (rm *room) collection(r *http.Request) (v holdersView, err error) {
	if v.subject, err = rm.find(r); err != nil {
		return v, err
	}
	holders, err := rm.Board.Holders(r.Context(), v.Issue.ID)
	v.Table, v.Now = workflow.CollectionList(v.Series, v.Issue, holders), rm.Now()
	return v, err
}

func (rm *room) holders(w http.ResponseWriter, r *http.Request) {
	v, err := rm.collection(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	units := v.Table.Rows[:len(v.Table.Rows)-1] // the last row is their sum, which every page has
	v.Pager = page.PagerOf("/issues/"+v.Issue.ID.String()+"/holders", r.URL.Query(), len(units))
	if v.Whole = r.URL.Query().Get("whole") != "" || len(units) <= page.PageRows; !v.Whole {
		v.Table.Rows = slices.Concat(page.Rows(v.Pager, units), v.Table.Rows[len(units):])
	}
	rm.pages.Show(w, r, http.StatusOK, "holders", page.Page{Room: "issues", Data: v})
}

func (rm *room) holdersSheet(w http.ResponseWriter, r *http.Request) {
	v, err := rm.collection(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.sheet(w, r, v.Table)
}

// Corrected reports whether there is a correction of the issue.
func (v afterView) Corrected() bool { return v.Issue.CorrectedBy != uuid.Nil }

// SecondNames are those who may decide, in one line.
func (v afterView) SecondNames() string {
	var names []string
	for _, p := range v.Second {
		names = append(names, p.Name)
	}
	return strings.Join(names, "、")
}
