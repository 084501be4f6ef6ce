package receipts

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	domain "jianbao/recipients/receipts"
	"jianbao/web/page"
	"jianbao/workflow"
)

// A unitView is one unit of an issue, and what can be done about it.
type unitView struct {
	subject
	row
	Unit    recipients.Unit // as the directory has it now
	Ladder  []rung
	Untried []string
	Can     map[string]bool // by act
	Typed   typed
	Now     time.Time
}

// typed is what somebody typed into one of the forms of a unit.
type typed struct {
	Form                                     string // entry, or the act
	Means, Verdict, By, At, Reason, Evidence string
	Copies, Note, Address, Paper, Corrects   string
}

// Corrected returns the receipt that stands in the place of another, and
// Replaces whether there is one.
func (v unitView) Corrected(r domain.Receipt) domain.Receipt {
	by, _ := domain.Corrected(v.Receipts, r.ID)
	return by
}

func (rm *room) unit(w http.ResponseWriter, r *http.Request) {
	v, err := rm.unitView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	v.Typed = typed{At: rm.Now().In(v.Zone).Format(formTime), Copies: strconv.Itoa(v.Copies), Means: string(domain.ByPhone), Verdict: string(domain.Received), Paper: "0"}
	rm.pages.Show(w, r, http.StatusOK, "unit", page.Page{Room: "issues", Data: v})
}

func (rm *room) unitView(r *http.Request) (v unitView, err error) {
	if v.subject, err = rm.find(r); err != nil {
		return v, err
	}
	l, err := rm.line(r, v.subject)
	if err != nil {
		return v, err
	}
	v.row, v.Now = rowOf(l), rm.Now()
	if v.Unit, err = rm.unitOf(r.Context(), l.Unit); err != nil {
		return v, err
	}
	v.Untried = l.Untried(v.Unit)
	timetable, years, err := rm.Reads.Clockwork(r.Context(), v.Series.ID)
	if err != nil {
		return v, err
	}
	v.Ladder = ladder(v.Series, timetable, years, l)
	options, err := rm.Desk.Options(r.Context(), page.Actor(r), v.Issue.ID)
	v.Can = map[string]bool{}
	for _, o := range options {
		v.Can[string(o.Act)] = v.Can[string(o.Act)] || o.Allowed
	}
	return v, err
}

// formTime is how browsers send a local date and time (HTML, datetime-local).
const formTime = "2006-01-02T15:04"

// enter enters what a clerk was told, or corrects what was entered.
func (rm *room) enter(w http.ResponseWriter, r *http.Request) {
	v, err := rm.unitView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	if err := r.ParseForm(); err != nil {
		rm.Fail(w, r, page.Unreadable(err))
		return
	}
	get := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	v.Typed = typed{Form: "entry", Means: get("means"), Verdict: get("verdict"), By: get("by"), At: get("at"), Reason: get("reason"),
		Evidence: get("evidence"), Copies: get("copies"), Corrects: get("corrects"), Paper: "0"}
	receipt, err := v.Typed.receipt(v.Zone)
	if err == nil {
		_, err = rm.Receiving.Enter(r.Context(), page.Actor(r), v.Issue.ID, v.Line.Unit, receipt)
	}
	if err != nil {
		rm.pages.Refuse(w, r, "unit", page.Page{Room: "issues", Data: v}, err)
		return
	}
	page.See(w, r, v.address())
}

func (v unitView) address() string {
	return "/issues/" + v.Issue.ID.String() + "/receipts/" + v.Line.Unit.String()
}

// receipt reads the form of a receipt.
func (t typed) receipt(zone *time.Location) (r domain.Receipt, err error) {
	r = domain.Receipt{Means: domain.Means(t.Means), Verdict: domain.Verdict(t.Verdict), By: t.By, Reason: t.Reason, Evidence: t.Evidence}
	if t.At != "" {
		if r.At, err = time.ParseInLocation(formTime, t.At, zone); err != nil {
			return r, fault.New(fault.Invalid, page.BadTime.With(t.At)).Because(err)
		}
	}
	if t.Copies != "" {
		if r.Copies, err = strconv.Atoi(t.Copies); err != nil {
			return r, fault.New(fault.Invalid, page.BadNumber.With(t.Copies)).Because(err)
		}
	}
	if t.Corrects != "" {
		if r.Corrects, err = uuid.Parse(t.Corrects); err != nil {
			return r, page.Unreadable(err)
		}
	}
	return r, nil
}

func (rm *room) backToUnit(w http.ResponseWriter, r *http.Request) {
	page.See(w, r, strings.TrimSuffix(r.URL.Path, "/acts"))
}

// unitAct sends again, by mail or on paper, leaves the unit as it is, or stops
// asking it.
func (rm *room) unitAct(w http.ResponseWriter, r *http.Request) {
	v, err := rm.unitView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	if err := r.ParseForm(); err != nil {
		rm.Fail(w, r, page.Unreadable(err))
		return
	}
	v.Typed = typed{Form: r.PostForm.Get("act"), Note: strings.TrimSpace(r.PostForm.Get("note")), Address: r.PostForm.Get("address"), Paper: r.PostForm.Get("paper")}
	order, err := v.Typed.order(v, r.PostForm.Get("version"))
	if err == nil {
		_, err = rm.Desk.Act(r.Context(), page.Actor(r), v.Issue.ID, order)
	}
	if err != nil {
		rm.pages.Refuse(w, r, "unit", page.Page{Room: "issues", Data: v}, err)
		return
	}
	page.See(w, r, v.address())
}

// order is what a form about a unit asks for. Acts of other pages are not taken
// here.
func (t typed) order(v unitView, version string) (o workflow.Order, err error) {
	o = workflow.Order{Act: workflow.Act(t.Form), Note: t.Note, Unit: v.Line.Unit}
	if o.Act != workflow.Resend && o.Act != workflow.Shelve && o.Act != workflow.Calm {
		return o, fault.New(fault.Invalid, page.BadForm.With())
	}
	if o.Version, err = strconv.Atoi(version); err != nil {
		return o, page.Unreadable(err)
	}
	if t.Paper != "" {
		if o.Copies, err = strconv.Atoi(t.Paper); err != nil {
			return o, fault.New(fault.Invalid, page.BadNumber.With(t.Paper)).Because(err)
		}
	}
	if t.Address != "" && t.Address != "paper" {
		o.Addresses = []string{t.Address}
	}
	if t.Address == "paper" && o.Copies == 0 {
		return o, fault.New(fault.Invalid, howManyPaper.With())
	}
	return o, nil
}

// Failed reports whether a letter came back from an address.
func (v unitView) Failed(address string) bool {
	return !slices.Contains(v.Untried, address)
}

// Suggested is what the form proposes: the next address that was not tried, and
// paper where there is none.
func (v unitView) Suggested(choice string) bool {
	switch {
	case v.Typed.Address != "":
		return choice == v.Typed.Address
	case len(v.Untried) > 0:
		return choice == v.Untried[0]
	}
	return choice == "paper"
}
