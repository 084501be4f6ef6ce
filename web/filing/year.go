package filing

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/filing"
	"jianbao/workflow/retention"
)

// A yearView is the filing list of a year, and what is to be filed.
type yearView struct {
	frame
	Year     int
	Years    []int // that the series has issues of, the newest first
	Deadline calendar.Day
	Late     bool
	Filed    []filing.Item
	Open     []fileView
	Whole    int // of Open, whose files lack nothing
}

// A fileView is an issue that is to be filed.
type fileView struct {
	filing.Contents
	Gaps  []filing.Gap
	Typed typedFile // what was typed into a form that was refused
}

// Fatal reports whether a gap keeps it from being filed at all.
func (v fileView) Fatal() bool {
	return slices.ContainsFunc(v.Gaps, func(g filing.Gap) bool { return g.Fatal })
}

// Classes are what can be chosen.
func (v fileView) Classes() []retention.Class { return retention.Classes() }

// Chosen is the class that the form begins with.
func (v fileView) Chosen() retention.Class {
	if v.Typed.Class != "" {
		return v.Typed.Class
	}
	return v.Proposed()
}

// A typedFile is the form of one issue.
type typedFile struct {
	Issue             uuid.UUID
	Class             retention.Class
	Pages, Kept, Note string
}

func (rm *room) year(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	view, err := rm.yearOf(r, s, r.URL.Query().Get("year"), typedFile{})
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.show(w, r, "year", view)
}

// yearOf reads a year of a series; text that is no year is the last one before
// this year, or the newest there is.
func (rm *room) yearOf(r *http.Request, s workflow.Series, text string, typed typedFile) (v yearView, err error) {
	if v.frame, err = rm.frame(r, s); err != nil {
		return v, err
	}
	counts, err := rm.Books.FilingYears(r.Context(), s.ID)
	if err != nil {
		return v, err
	}
	v.Years = slices.Sorted(maps.Keys(counts))
	slices.Reverse(v.Years)
	v.Year = chosenYear(text, v.Years, v.Today.Year)
	v.Deadline, v.Late = v.Rule.Deadline(v.Year), v.Rule.Late(v.Year, v.Today)
	all, err := rm.Books.FilesOfYear(r.Context(), s.ID, v.Year)
	if err != nil {
		return v, err
	}
	for _, c := range all {
		if c.Item != nil {
			v.Filed = append(v.Filed, *c.Item)
			continue
		}
		open := fileView{Contents: c, Gaps: c.Gaps("")}
		if typed.Issue == c.Issue.ID {
			open.Typed = typed
		}
		if len(open.Gaps) == 0 {
			v.Whole++
		}
		v.Open = append(v.Open, open)
	}
	slices.SortStableFunc(v.Filed, func(a, b filing.Item) int {
		if by := slices.Index(retention.Classes(), a.Class) - slices.Index(retention.Classes(), b.Class); by != 0 {
			return by
		}
		return a.No - b.No
	})
	return v, nil
}

func chosenYear(text string, years []int, now int) int {
	if year, err := strconv.Atoi(text); err == nil && year >= 1900 && year <= 9999 {
		return year
	}
	for _, year := range years {
		if year < now {
			return year
		}
	}
	if len(years) > 0 {
		return years[0]
	}
	return now
}

// file files one issue, or all of the year whose files lack nothing.
func (rm *room) file(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	_, err := rm.ReadForm(w, r)
	form := r.PostForm
	typed := typedFile{Class: retention.Class(form.Get("class")), Pages: strings.TrimSpace(form.Get("pages")), Kept: form.Get("kept"), Note: form.Get("note")}
	if err == nil {
		if form.Get("do") == "all" {
			err = rm.fileAll(r, s, form.Get("year"))
		} else {
			err = rm.fileOne(r, s, &typed)
		}
	}
	if err != nil {
		view, failed := rm.yearOf(r, s, form.Get("year"), typed)
		rm.refuse(w, r, "year", view, failed, err)
		return
	}
	page.See(w, r, address(s, "filing")+"?year="+form.Get("year"))
}

func (rm *room) fileOne(r *http.Request, s workflow.Series, typed *typedFile) (err error) {
	if typed.Issue, err = uuid.Parse(r.PostForm.Get("issue")); err != nil {
		return page.Unreadable(err)
	}
	order := filing.Order{Class: typed.Class, Kept: typed.Kept, Note: typed.Note}
	if order.Version, err = strconv.Atoi(r.PostForm.Get("version")); err != nil {
		return page.Unreadable(err)
	}
	if typed.Pages != "" {
		if order.Pages, err = strconv.Atoi(typed.Pages); err != nil || order.Pages < 1 {
			return fault.New(fault.Invalid, page.BadNumber.With(typed.Pages))
		}
	}
	if err := rm.ofSeries(r, s, typed.Issue); err != nil {
		return err
	}
	_, err = rm.Desk.File(r.Context(), page.Actor(r), typed.Issue, order)
	return err
}

// ofSeries fails unless an issue is one of the year that the form is about, so
// that nobody reaches into a series that they do not see.
func (rm *room) ofSeries(r *http.Request, s workflow.Series, issue uuid.UUID) error {
	year, err := strconv.Atoi(r.PostForm.Get("year"))
	if err != nil {
		return page.Unreadable(err)
	}
	all, err := rm.Books.FilesOfYear(r.Context(), s.ID, year)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(c filing.Contents) bool { return c.Issue.ID == issue }) {
		return page.NotHere()
	}
	return nil
}

var someLeft = fault.Say("filing.page.some-left", "%d期已归档，%d期没有归档", "%d issues were filed, %d were not")

// fileAll files what lacks nothing. What could not be filed although it lacks
// nothing is told; the others are on the page with their gaps.
func (rm *room) fileAll(r *http.Request, s workflow.Series, text string) error {
	year, err := strconv.Atoi(text)
	if err != nil {
		return page.Unreadable(err)
	}
	items, left, err := rm.Desk.FileYear(r.Context(), page.Actor(r), s.ID, year)
	if err != nil {
		return err
	}
	var reasons []fault.Reason
	for _, l := range left {
		if len(l.Contents.Gaps("")) == 0 {
			reasons = append(reasons, l.Reasons...)
		}
	}
	if len(reasons) > 0 {
		return fault.New(fault.Blocked, someLeft.With(len(items), len(left)), reasons...)
	}
	return nil
}
