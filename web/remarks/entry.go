package remarks

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/remarks"
)

// An issueView is the remarks on an issue. A draft may take over remarks on
// earlier ones.
type issueView struct {
	Series   workflow.Series
	Issue    workflow.Issue
	Rows     []row
	MayEnter bool
	Earlier  []row
	Chosen   []string // of the form that was refused
	Refused  bool
}

// Takes reports whether the form has a remark chosen: all of them at first.
func (v issueView) Takes(id uuid.UUID) bool {
	return !v.Refused || slices.Contains(v.Chosen, id.String())
}

// earlierFor is how long after it was entered a remark is offered to the next
// issues.
const earlierFor = 92 * 24 * time.Hour

func (rm *room) onIssue(w http.ResponseWriter, r *http.Request) {
	view, err := rm.issueView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "issue", page.Page{Room: "remarks", Data: view})
}

func (rm *room) issueView(r *http.Request) (view issueView, err error) {
	if view.Issue, view.Series, err = rm.issueOf(r); err != nil {
		return view, err
	}
	cal, today, err := rm.calendarOf(r.Context(), view.Series)
	if err != nil {
		return view, err
	}
	view.MayEnter = remarks.MayEnter(page.Actor(r), view.Series.ID)
	named, err := rm.names(r.Context(), view.Series)
	if err != nil {
		return view, err
	}
	found, err := rm.Books.RemarksOf(r.Context(), view.Issue.ID)
	for _, x := range found {
		view.Rows = append(view.Rows, rowOf(x, named, cal, today))
	}
	if err != nil || view.Issue.State != workflow.Draft || !view.MayEnter {
		return view, err
	}
	_, until := always()
	all, err := rm.Books.Remarks(r.Context(), view.Series.ID, rm.Now().Add(-earlierFor), until)
	for _, x := range all {
		o := remarks.Case{Remark: x, Series: view.Series, Actor: page.Actor(r), Now: rm.Now()}
		can := slices.ContainsFunc(remarks.Options(o), func(o remarks.Option) bool { return o.Act == remarks.Show })
		if can && x.Issue != view.Issue.ID && len(x.Shown) == 0 {
			view.Earlier = append(view.Earlier, rowOf(x, named, cal, today))
		}
	}
	return view, err
}

// show takes the chosen remarks over into the text of a draft, one after the
// other.
func (rm *room) show(w http.ResponseWriter, r *http.Request) {
	_, err := rm.ReadForm(w, r)
	view, broken := rm.issueView(r)
	if broken != nil {
		rm.Fail(w, r, broken)
		return
	}
	view.Chosen, view.Refused = r.PostForm["remark"], true
	if err == nil && len(view.Chosen) == 0 {
		err = fault.New(fault.Invalid, chooseRemark.With())
	}
	for _, x := range view.Earlier {
		if err == nil && view.Takes(x.ID) {
			_, err = rm.Desk.Act(r.Context(), page.Actor(r), x.ID, remarks.Order{Act: remarks.Show, Version: x.Version, Issue: view.Issue.ID})
		}
	}
	if err != nil {
		rm.pages.Refuse(w, r, "issue", page.Page{Room: "remarks", Data: view}, err)
		return
	}
	page.See(w, r, "/issues/"+view.Issue.ID.String()+"/edit")
}

// An entryView is the form on which a remark is entered.
type entryView struct {
	Series  workflow.Series
	Issue   workflow.Issue
	Items   []string
	Sources []remarks.Source
	Mail    *remarks.Mail // that it is entered from, or nil
	Typed   typed
}

// Fill is the fields of the form's remark.
func (v entryView) Fill() filling { return filling{"", v.Typed, v.Items} }

func (rm *room) entryPage(w http.ResponseWriter, r *http.Request) {
	view, err := rm.entryView(r, r.URL.Query().Get("mail"))
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	view.Typed.Source = string(remarks.FromScan)
	if view.Mail != nil {
		view.Typed = typedOf(view.Mail.Written(view.Issue.Document, view.Series.Location()), view.Issue)
	}
	rm.pages.Show(w, r, http.StatusOK, "entry", page.Page{Room: "remarks", Data: view})
}

// entryView is the form for those who may enter remarks on the issue.
func (rm *room) entryView(r *http.Request, mail string) (view entryView, err error) {
	if view.Issue, view.Series, err = rm.issueOf(r); err != nil {
		return view, err
	}
	if !remarks.MayEnter(page.Actor(r), view.Series.ID) {
		return view, fault.New(fault.Forbidden, notForYou.With(page.Person(r).Name))
	}
	view.Items, view.Sources = itemsOf(view.Issue.Document), []remarks.Source{remarks.FromScan, remarks.ByKeying}
	if mail == "" {
		return view, nil
	}
	found, _, err := rm.readable(r, mail)
	view.Mail, view.Sources = &found, []remarks.Source{remarks.FromReply}
	return view, err
}

// enter enters a remark.
func (rm *room) enter(w http.ResponseWriter, r *http.Request) {
	scans, err := rm.ReadForm(w, r)
	view, broken := rm.entryView(r, r.PostForm.Get("mail"))
	if broken != nil {
		rm.Fail(w, r, broken)
		return
	}
	view.Typed = typedIn(r)
	var entered remarks.Remark
	if err == nil {
		entered, err = rm.entered(r, view, scans)
	}
	if err == nil {
		page.See(w, r, "/remarks/"+entered.ID.String())
		return
	}
	if fault.Is(err, fault.Refused) {
		view.Typed.Text = "" // classified words are not even shown again
	}
	rm.pages.Refuse(w, r, "entry", page.Page{Room: "remarks", Data: view}, err)
}

func (rm *room) entered(r *http.Request, view entryView, scans []workflow.File) (x remarks.Remark, err error) {
	text, err := view.Typed.writing()
	if err != nil {
		return x, err
	}
	if view.Mail != nil {
		text.Source, text.Mail = remarks.FromReply, view.Mail.ID
	}
	if len(scans) > 1 {
		return x, fault.New(fault.Invalid, oneScan.With())
	}
	var scan *workflow.File
	if len(scans) == 1 {
		scan = &scans[0]
	}
	return rm.Desk.Enter(r.Context(), page.Actor(r), view.Issue, text, scan)
}

// typedOf is a form filled with a remark.
func typedOf(t remarks.Writing, on workflow.Issue) typed {
	form := typed{Leader: t.Leader, Role: t.Role, Text: t.Text, Source: string(t.Source), Item: t.Item}
	date := on.Date
	if date.IsZero() {
		date = on.Document.Date
	}
	if d := t.Written(date); d.Day > 0 && d.Year > 0 {
		form.Date = d.String()
	}
	return form
}

// typedIn is the form of a request.
func typedIn(r *http.Request) typed {
	field := func(name string) string {
		return strings.TrimSpace(strings.ReplaceAll(r.PostForm.Get(name), "\r\n", "\n"))
	}
	t := typed{
		Note: field("note"), Units: field("units"), Unit: field("unit"), Due: field("due"), Issue: field("issue"),
		Leader: field("leader"), Role: field("role"), Text: field("text"), Date: field("date"), Source: field("source"),
	}
	t.Item, _ = strconv.Atoi(field("item")) // what is no number is the whole issue
	return t
}

// writing is the remark of a form.
func (t typed) writing() (remarks.Writing, error) {
	w := remarks.Writing{Leader: t.Leader, Role: t.Role, Text: t.Text, Item: max(0, t.Item), Source: remarks.Source(t.Source)}
	if t.Date == "" {
		return w, nil
	}
	day, ok := calendar.ParseDay(t.Date)
	if !ok {
		return w, fault.New(fault.Invalid, badDay.With(t.Date))
	}
	w.Date = bulletin.Date{Year: day.Year, Month: day.Month, Day: day.Day}
	return w, nil
}
