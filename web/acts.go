package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/page"
)

// A change is what somebody asks to be changed in an issue they may see.
type change struct {
	issue   workflow.Issue
	series  workflow.Series
	version int // the one that they looked at
	files   []workflow.File
}

// change reads the form of a change. It answers by itself and returns false
// where that fails.
func (s *server) change(w http.ResponseWriter, r *http.Request) (q change, ok bool) {
	var err error
	if q.issue, q.series, err = s.find(r); err != nil {
		s.kit.Fail(w, r, err)
		return q, false
	}
	if q.files, err = s.kit.ReadForm(w, r); err != nil {
		s.again(w, r, attempt{err: err})
		return q, false
	}
	if q.version, err = strconv.Atoi(r.PostForm.Get("version")); err != nil {
		s.again(w, r, attempt{err: page.Unreadable(err)})
		return q, false
	}
	return q, true
}

// saveText saves the text of the editor, with what was clicked in its margin. A
// save by itself, while somebody types, is answered with the version alone, so
// that the page stays as it is.
func (s *server) saveText(w http.ResponseWriter, r *http.Request) {
	q, ok := s.change(w, r)
	if !ok {
		return
	}
	text := plainLines(r.PostForm.Get("text"))
	made, err := mended(r, text, q.series)
	var issue workflow.Issue
	if err == nil {
		issue, err = s.saveOver(r, q.issue, q.version, made)
	}
	alone := r.Header.Get("X-Autosave") != ""
	switch {
	case err != nil && alone:
		shown := fault.Shown(err)
		page.Plain(w, fault.Status(shown.Code), shown.Message.In(page.Lang(r)))
	case fault.Is(err, fault.Conflict):
		s.overtaken(w, r, q.version, made, nil)
	case err != nil:
		s.again(w, r, attempt{text: text, saved: true, version: q.version, err: err})
	case alone:
		page.Plain(w, http.StatusOK, strconv.Itoa(issue.Version))
	default:
		s.saved(w, r, issue)
	}
}

func (s *server) settle(w http.ResponseWriter, r *http.Request) {
	q, ok := s.change(w, r)
	if !ok {
		return
	}
	line, err := strconv.Atoi(r.PostForm.Get("line"))
	if err != nil {
		s.again(w, r, attempt{err: page.Unreadable(err)})
		return
	}
	_, err = s.Desk.Settle(r.Context(), page.Actor(r), q.issue.ID, q.version, r.PostForm.Get("code"), line, r.PostForm.Get("choice"))
	if err != nil {
		s.again(w, r, attempt{err: err})
		return
	}
	page.See(w, r, "/issues/"+q.issue.ID.String()+"#problems")
}

func (s *server) act(w http.ResponseWriter, r *http.Request) {
	q, ok := s.change(w, r)
	if !ok {
		return
	}
	form := typed{
		Act: workflow.Act(r.PostForm.Get("act")), Note: strings.TrimSpace(plainLines(r.PostForm.Get("note"))),
		KeepDate: r.PostForm.Get("keep-date") != "", Unexplained: strings.TrimSpace(r.PostForm.Get("unexplained")),
		At: r.PostForm.Get("at"), Class: workflow.Class(r.PostForm.Get("class")), Step: r.PostForm.Get("step"),
		Relieved: r.PostForm.Get("relieved"), Successor: r.PostForm.Get("successor"),
		Unit: r.PostForm.Get("unit"), Secret: r.PostForm.Get("secret") != "",
	}
	order, err := form.order(q.version, q.series.Location())
	if err == nil {
		_, err = s.Desk.Act(r.Context(), page.Actor(r), q.issue.ID, order)
	}
	if err != nil {
		s.again(w, r, attempt{typed: form, err: err})
		return
	}
	if r.PostForm.Get("from") == "sign" {
		page.See(w, r, "/desk")
		return
	}
	page.See(w, r, "/issues/"+q.issue.ID.String())
}

// formTime is how browsers send a local date and time (HTML, datetime-local).
const formTime = "2006-01-02T15:04"

// order is what the form asks for. A text is saved by its own form, and what
// robots do is not asked for by people; both are refused by the desk.
func (t typed) order(version int, zone *time.Location) (workflow.Order, error) {
	o := workflow.Order{Act: t.Act, Version: version, Note: t.Note, KeepDate: t.KeepDate, Unexplained: t.Unexplained, Class: t.Class, Secret: t.Secret}
	var err error
	if o.From, err = chosen(t.Relieved); err != nil {
		return o, err
	}
	if o.To, err = chosen(t.Successor); err != nil {
		return o, err
	}
	if o.Unit, err = chosen(t.Unit); err != nil {
		return o, err
	}
	if t.Step != "" {
		if o.AtStep, err = strconv.Atoi(t.Step); err != nil {
			return o, fault.New(fault.Invalid, page.BadNumber.With(t.Step)).Because(err)
		}
	}
	if t.At == "" {
		return o, nil
	}
	at, err := time.ParseInLocation(formTime, t.At, zone)
	if err != nil {
		return o, fault.New(fault.Invalid, page.BadTime.With(t.At)).Because(err)
	}
	o.At = at
	return o, nil
}
