package remarks

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/remarks"
)

// A remarkView is the page of one remark.
type remarkView struct {
	row
	Series workflow.Series
	Issue  workflow.Issue
	Item   string // the beginning of the item that it is on
	Lines  []remarks.Line
	Acts   []actView
	// Barred are acts that one has the role for and that something stands
	// against.
	Barred    []remarks.Option
	ShowsScan bool
}

// An actView is the form of one act. Typed is what it has in its fields: what is
// proposed, or what was typed and refused.
type actView struct {
	remarks.Act
	Version int
	Open    bool
	Typed   typed
	View    *remarkView
	Choice  choice
}

// A choice is what the fields of a form choose from.
type choice struct {
	Units  []workflow.Named // of the slip, that the act may be about
	Items  []string
	Drafts []workflow.Summary
	// Found is the deadline that the remark names, if it does.
	Found remarks.Deadline
}

// typed is a form as it was typed.
type typed struct {
	Note, Units, Unit, Due, Issue    string
	Leader, Role, Text, Date, Source string
	Item                             int
}

// A filling is what the fields of a remark are filled with. Prefix begins their
// ids, which are unique on a page.
type filling struct {
	Prefix string
	Typed  typed
	Items  []string
}

// Fill is the fields of the form's remark.
func (a actView) Fill() filling { return filling{string(a.Act) + "-", a.Typed, a.Choice.Items} }

// Has reports whether the form of an act has a field.
func (a actView) Has(f remarks.Field) bool { return slices.Contains(a.Fields(), f) }

func (rm *room) remark(w http.ResponseWriter, r *http.Request) {
	view, err := rm.remarkView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "remark", page.Page{Room: "remarks", Data: view})
}

// find returns the remark of a request, or fault.NotFound where there is none
// that this person may see.
func (rm *room) find(r *http.Request) (x remarks.Remark, lines []remarks.Line, s workflow.Series, err error) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return x, nil, s, page.NotHere()
	}
	if x, lines, err = rm.Books.Remark(r.Context(), id); err != nil {
		return x, nil, s, err
	}
	if !page.Person(r).Sees(x.Series) {
		return x, nil, s, page.NotHere()
	}
	s, err = rm.Reads.Series(r.Context(), x.Series)
	return x, lines, s, err
}

func (rm *room) remarkView(r *http.Request) (*remarkView, error) {
	x, lines, s, err := rm.find(r)
	if err != nil {
		return nil, err
	}
	issue, err := rm.Reads.Issue(r.Context(), x.Issue)
	if err != nil {
		return nil, err
	}
	cal, today, err := rm.calendarOf(r.Context(), s)
	if err != nil {
		return nil, err
	}
	named := func(uuid.UUID) string { return page.NumberOf(issue.Number).In(page.Lang(r)) }
	view := &remarkView{row: rowOf(x, named, cal, today), Series: s, Issue: issue, Lines: lines, ShowsScan: slices.Contains(shownTypes, x.Scan.Type)}
	if items := itemsOf(issue.Document); x.Writing.Item > 0 && x.Writing.Item <= len(items) {
		view.Item = items[x.Writing.Item-1]
	}
	return view, rm.offer(r, view, cal, today)
}

// offer adds the forms of the acts that may be done now.
func (rm *room) offer(r *http.Request, view *remarkView, cal calendar.Calendar, today calendar.Day) error {
	x := view.Remark
	c := remarks.Case{Remark: x, Series: view.Series, Calendar: cal, Actor: page.Actor(r), Now: rm.Now()}
	for _, o := range remarks.Options(c) {
		if len(o.Bars) > 0 {
			view.Barred = append(view.Barred, o)
			continue
		}
		a := actView{Act: o.Act, Version: x.Version, View: view}
		if err := rm.choose(r, &a, cal, today); err != nil {
			return err
		}
		if o.Act == remarks.Show && len(a.Choice.Drafts) == 0 {
			continue // there is no draft to show it in
		}
		view.Acts = append(view.Acts, a)
	}
	if n := slices.IndexFunc(view.Acts, func(a actView) bool { return a.Act != remarks.Mend }); n >= 0 {
		view.Acts[n].Open = true // what comes next
	}
	return nil
}

// choose fills a form with what it proposes.
func (rm *room) choose(r *http.Request, a *actView, cal calendar.Calendar, today calendar.Day) (err error) {
	x := a.View.Remark
	switch a.Act {
	case remarks.Mend:
		a.Choice.Items, a.Typed = itemsOf(a.View.Issue.Document), typedOf(x.Writing, a.View.Issue)
	case remarks.Assign:
		dir, err := rm.Reads.Directory(r.Context(), x.Series)
		if err != nil {
			return err
		}
		for _, u := range remarks.UnitsIn(x.Text, dir, rm.Now()) {
			a.Typed.Units = strings.TrimPrefix(a.Typed.Units+"、"+u.Name, "、")
		}
		if found, ok := remarks.FindDeadline(x.Text, today, cal); ok {
			a.Choice.Found, a.Typed.Due = found, found.Day.String()
		}
	case remarks.TakeReply:
		a.Choice.Units = x.Slip.Waiting()
	case remarks.SendBack:
		a.Choice.Units = x.Slip.Answered()
	case remarks.Show:
		a.Choice.Drafts, err = rm.drafts(r, x)
	}
	return err
}

// drafts are the issues of the series that are still written and do not show the
// remark yet.
func (rm *room) drafts(r *http.Request, x remarks.Remark) ([]workflow.Summary, error) {
	all, err := rm.Reads.Summaries(r.Context(), []uuid.UUID{x.Series}, mostIssues)
	return slices.DeleteFunc(all, func(i workflow.Summary) bool {
		return i.State != workflow.Draft || i.ID == x.Issue || slices.Contains(x.Shown, i.ID)
	}), err
}

// itemsOf are the items of a document by their beginnings.
func itemsOf(d bulletin.Document) (all []string) {
	for _, i := range d.Items() {
		words := i.Lead
		if words == "" && len(i.Paragraphs) > 0 {
			words = i.Paragraphs[0]
		}
		if runes := []rune(words); len(runes) > 30 {
			words = string(runes[:30]) + "…"
		}
		all = append(all, words)
	}
	return all
}

// act does what a form asks for.
func (rm *room) act(w http.ResponseWriter, r *http.Request) {
	_, broken := rm.ReadForm(w, r)
	view, err := rm.remarkView(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	act := remarks.Act(r.PostForm.Get("act"))
	form := typedIn(r)
	err = broken
	if err == nil {
		var order remarks.Order
		if order, err = rm.order(r, view, act, form); err == nil {
			_, err = rm.Desk.Act(r.Context(), page.Actor(r), view.ID, order)
		}
	}
	if err == nil {
		page.See(w, r, "/remarks/"+view.ID.String())
		return
	}
	if fault.Is(err, fault.Refused) {
		form.Note, form.Text = "", "" // classified words are not even shown again
	}
	for n := range view.Acts {
		if view.Acts[n].Act == act {
			view.Acts[n].Open, view.Acts[n].Typed = true, form
		}
	}
	rm.pages.Refuse(w, r, "remark", page.Page{Room: "remarks", Data: view}, err)
}

// order is what a form asks for, by the fields of its act.
func (rm *room) order(r *http.Request, view *remarkView, act remarks.Act, form typed) (o remarks.Order, err error) {
	version, err := strconv.Atoi(r.PostForm.Get("version"))
	if err != nil {
		return o, page.Unreadable(err)
	}
	o = remarks.Order{Act: act, Version: version}
	for _, field := range act.Fields() {
		switch field {
		case remarks.NoteField:
			o.Note = form.Note
		case remarks.UnitField:
			if o.Unit, err = uuid.Parse(form.Unit); err != nil {
				return o, fault.New(fault.Invalid, chooseUnit.With())
			}
		case remarks.IssueField:
			if o.Issue, err = uuid.Parse(form.Issue); err != nil {
				return o, fault.New(fault.Invalid, chooseIssue.With())
			}
		case remarks.DueField:
			o.Due, err = view.due(act, form.Due)
		case remarks.UnitsField:
			o.Units, err = rm.units(r, view.Series, form.Units)
		case remarks.WritingField:
			var text remarks.Writing
			text, err = form.writing()
			o.Text = &text
		}
		if err != nil {
			return o, err
		}
	}
	return o, nil
}

// due is the last day of a form. One that was proposed stays as unset, so that
// the slip keeps the words of the remark that it was found in.
func (v *remarkView) due(act remarks.Act, typed string) (calendar.Day, error) {
	if typed == "" {
		return calendar.Day{}, nil
	}
	day, ok := calendar.ParseDay(typed)
	if !ok {
		return day, fault.New(fault.Invalid, badDay.With(typed))
	}
	for _, a := range v.Acts {
		if a.Act == act && a.Choice.Found.Day == day {
			return calendar.Day{}, nil
		}
	}
	return day, nil
}

func (rm *room) units(r *http.Request, s workflow.Series, names string) ([]workflow.Named, error) {
	dir, err := rm.Reads.Directory(r.Context(), s.ID)
	if err != nil {
		return nil, err
	}
	return remarks.UnitsNamed(names, dir, s.Place, rm.Now())
}

// A slipView is the slip as it is printed.
type slipView struct {
	row
	Series workflow.Series
	Issue  workflow.Issue
	Item   string
}

func (rm *room) slip(w http.ResponseWriter, r *http.Request) {
	view, err := rm.remarkView(r)
	if err == nil && view.Slip == nil {
		err = page.NotHere()
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "slip", page.Page{Room: "remarks", Data: slipView{view.row, view.Series, view.Issue, view.Item}})
}

// shownTypes are the scans that a page may show; others are saved by whoever
// asks for them.
var shownTypes = []string{"image/png", "image/jpeg", "image/gif"}

func (rm *room) scan(w http.ResponseWriter, r *http.Request) {
	x, _, _, err := rm.find(r)
	if err == nil && x.Scan.SHA256 == "" {
		err = page.NotHere()
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	data, err := rm.Reads.File(r.Context(), x.Scan.SHA256)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	file, way := workflow.File{Name: x.Scan.Name, Type: "application/octet-stream", Data: data}, "attachment"
	if slices.Contains(shownTypes, x.Scan.Type) {
		file.Type, way = x.Scan.Type, "inline"
	}
	page.Send(w, file, way)
}
