// Package audit is the auditor's pages: what everybody did, in one list, and how
// far the histories of issues are proved.
//
//	/audit         ?what=issue.approve&who=cheng&object=32&from=2026-11-01&until=2026-11-23&after=…
//	/audit.csv     the same as a file, whole
//	/audit.xlsx    the same
//
// Without days it shows the last month. It is for auditors, and for
// administrators while these are not separated; whoever else asks is told that
// there is no such page. Every look is recorded before it is answered, with what
// was asked, where auditors find it too. The rules are package trail's.
package audit

import (
	"bytes"
	"context"
	"embed"
	"net/http"
	"net/url"
	"time"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/sheets"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/trail"
)

//go:embed templates
var files embed.FS

// Desk is where the list is looked at; [trail.Desk] is one, with the contracts.
type Desk interface {
	MayLook(ctx context.Context, who accounts.Person) error
	Who(ctx context.Context, text string) (accounts.Person, error)
	Search(ctx context.Context, who accounts.Person, q trail.Question) ([]trail.Deed, bool, error)
	Export(ctx context.Context, who accounts.Person, q trail.Question) ([]trail.Deed, bool, error)
	State(ctx context.Context, who accounts.Person) (trail.State, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Desk Desk
}

type room struct {
	*page.Kit
	Config
	pages *page.Set
}

// Room makes the pages.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		pages, err := kit.Parse(files, nil)
		rm := &room{kit, c, pages}
		return page.Routes{
			"GET /audit":      rm.show,
			"GET /audit.csv":  rm.file("csv"),
			"GET /audit.xlsx": rm.file("xlsx"),
		}, err
	}
}

const (
	// shownLines is how many lines a page has.
	shownLines = 50
	// usualDays is how far a look without days goes back.
	usualDays = 30
)

// typed is what is asked, as the form has it.
type typed struct{ What, Who, Object, From, Until string }

// A view is the page.
type view struct {
	typed
	Choices []trail.Choice
	Deeds   []trail.Deed
	State   trail.State
	Next    string // the address of the next piece; "": this is the last
	Later   bool   // pieces came before this one
}

// First is the address of the first piece.
func (v view) First() string { return v.address("") }

func (v view) address(after string) string {
	query := url.Values{"what": {v.What}, "who": {v.Who}, "object": {v.Object}, "from": {v.From}, "until": {v.Until}}
	if after != "" {
		query.Set("after", after)
	}
	return "/audit?" + query.Encode()
}

// typedOf reads the form. Somebody who asked nothing yet is asked about a month.
func (rm *room) typedOf(r *http.Request) typed {
	q := r.URL.Query()
	t := typed{q.Get("what"), q.Get("who"), q.Get("object"), q.Get("from"), q.Get("until")}
	if !q.Has("from") && !q.Has("until") {
		t.From = rm.Now().In(page.Zone()).AddDate(0, 0, -usualDays).Format(time.DateOnly)
	}
	return t
}

// question makes a question of what was typed, or fails with every reason.
func (rm *room) question(r *http.Request, t typed) (q trail.Question, err error) {
	var reasons []fault.Reason
	note := func(err error) {
		if e := fault.As(err); e != nil {
			reasons = append(reasons, e.Message)
		}
	}
	q.Object, q.Limit = t.Object, shownLines
	note(q.Choose(t.What))
	q.From, err = day(t.From)
	note(err)
	q.Until, err = day(t.Until)
	note(err)
	if !q.Until.IsZero() {
		q.Until = q.Until.AddDate(0, 0, 1)
	}
	q.After, err = trail.ParseSpot(r.URL.Query().Get("after"))
	note(err)
	q.Person, err = rm.Desk.Who(r.Context(), t.Who)
	if err != nil && !fault.Is(err, fault.Invalid) {
		return q, err
	}
	note(err)
	if len(reasons) > 0 {
		return q, fault.New(fault.Invalid, notFound.With(), reasons...)
	}
	return q, nil
}

// day reads a day as the beginning of it; "" is none.
func day(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, text, page.Zone())
	if err != nil {
		return t, fault.New(fault.Invalid, page.BadTime.With(text)).Because(err)
	}
	return t, nil
}

func (rm *room) show(w http.ResponseWriter, r *http.Request) {
	who := page.Person(r)
	v := view{typed: rm.typedOf(r), Choices: trail.Choices(), Later: r.URL.Query().Get("after") != ""}
	err := rm.Desk.MayLook(r.Context(), who)
	if err == nil {
		v.State, err = rm.Desk.State(r.Context(), who)
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	q, err := rm.question(r, v.typed)
	more := false
	if err == nil {
		v.Deeds, more, err = rm.Desk.Search(r.Context(), who, q)
	}
	if err != nil {
		rm.pages.Refuse(w, r, "audit", page.Page{Room: "settings", Data: v}, err)
		return
	}
	if more {
		v.Next = v.address(v.Deeds[len(v.Deeds)-1].Spot.String())
	}
	rm.pages.Show(w, r, http.StatusOK, "audit", page.Page{Room: "settings", Data: v})
}

// file sends what a question finds as a spreadsheet.
func (rm *room) file(form string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who, lang := page.Person(r), page.Lang(r)
		err := rm.Desk.MayLook(r.Context(), who)
		var q trail.Question
		if err == nil {
			q, err = rm.question(r, rm.typedOf(r))
		}
		var f workflow.File
		if err == nil {
			f, err = rm.made(r, who, q, form, lang)
		}
		if err != nil {
			rm.Fail(w, r, err)
			return
		}
		page.Send(w, f, "attachment")
	}
}

func (rm *room) made(r *http.Request, who accounts.Person, q trail.Question, form string, lang fault.Lang) (workflow.File, error) {
	deeds, more, err := rm.Desk.Export(r.Context(), who, q)
	if err != nil {
		return workflow.File{}, err
	}
	return File(deeds, more, form, lang, rm.Now())
}

// File is a list of deeds as a file: csv or xlsx. more says that there were more
// than one file holds, which the last line of it says.
func File(deeds []trail.Deed, more bool, form string, lang fault.Lang, now time.Time) (workflow.File, error) {
	sheet := trail.Table(lang, page.Zone(), deeds)
	if more {
		sheet.Add(cutOff.With(len(deeds)).In(lang))
	}
	f := workflow.File{Name: sheet.Title + " " + now.In(page.Zone()).Format(time.DateOnly) + "." + form}
	var out bytes.Buffer
	var err error
	if form == "csv" {
		f.Type, err = "text/csv; charset=utf-8", sheets.WriteCSV(&out, sheet)
	} else {
		f.Type, err = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheets.WriteXLSX(&out, sheet)
	}
	f.Data = out.Bytes()
	return f, err
}
