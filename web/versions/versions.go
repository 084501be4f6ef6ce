// Package versions is the pages on which people see how the text of an issue
// came about, and go back:
//
//	/issues/{id}/versions      历次文本: every version, who left it and when
//	/issues/{id}/versions/{n}  one version: what differs from the text now, and all of it
//	POST there                 makes that text the text of the draft
//
// Going back adds a version and takes none away, so that it can be undone the
// same way; it goes through the desk, is refused by its rules, and is in the
// history as every other save. Who has nothing to do with the issue is told that
// there is no such page.
package versions

import (
	"context"
	"embed"
	"net/http"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/web/textdiff"
	"jianbao/workflow"
	"jianbao/workflow/ready"
)

//go:embed templates
var files embed.FS

// Desk is where a draft is given another text.
type Desk interface {
	// Save gives a draft a new text. Refusals are fault.Errors with every reason.
	Save(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, text string) (workflow.Issue, error)

	// OptionsOf says of every act of people what it would come to now; findings
	// are of the ready check, and matter for Submit alone.
	OptionsOf(ctx context.Context, actor workflow.Actor, issue workflow.Issue, series workflow.Series, findings []ready.Finding) ([]workflow.Option, error)
}

// Reads is what the pages show. It asks for no rights; the pages do.
type Reads interface {
	// Issue returns an issue, or fault.NotFound.
	Issue(ctx context.Context, id uuid.UUID) (workflow.Issue, error)

	// Series returns a series, or fault.NotFound.
	Series(ctx context.Context, id uuid.UUID) (workflow.Series, error)

	// Texts returns every version of an issue's text, the first one first.
	Texts(ctx context.Context, issue uuid.UUID) ([]workflow.TextVersion, error)
}

// Config is what the room needs; all of it.
type Config struct {
	Desk  Desk
	Reads Reads
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
		r := &room{kit, c, pages}
		return page.Routes{
			"GET /issues/{id}/versions":      r.list,
			"GET /issues/{id}/versions/{n}":  r.one,
			"POST /issues/{id}/versions/{n}": r.back,
		}, err
	}
}

// A view is an issue with the versions of its text.
type view struct {
	Issue  workflow.Issue
	Series workflow.Series
	Zone   *time.Location
	Rows   []row // the last one first
	May    bool  // go back now
	Why    []fault.Reason
	// One is the version that is shown, with what differs from the text now.
	One   workflow.TextVersion
	Lines []textdiff.Line
}

// A row is one version of the list.
type row struct {
	workflow.TextVersion
	Characters int
	Grown      int // against the version before, in characters
	Now        bool
}

// find returns an issue with its versions, or fault.NotFound where there is none
// that this person may see.
func (rm *room) find(r *http.Request) (v *view, err error) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return nil, page.NotHere()
	}
	v = &view{}
	if v.Issue, err = rm.Reads.Issue(r.Context(), id); err != nil {
		return nil, err
	}
	if !v.Issue.Concerns(page.Actor(r)) {
		return nil, page.NotHere()
	}
	if v.Series, err = rm.Reads.Series(r.Context(), v.Issue.Series); err != nil {
		return nil, err
	}
	v.Zone = v.Series.Location()
	texts, err := rm.Reads.Texts(r.Context(), id)
	if err != nil {
		return nil, err
	}
	v.Rows = rowsOf(texts)
	options, err := rm.Desk.OptionsOf(r.Context(), page.Actor(r), v.Issue, v.Series, nil)
	for _, o := range options {
		if o.Act == workflow.Save {
			v.May, v.Why = o.Allowed, o.Reasons
		}
	}
	return v, err
}

func rowsOf(texts []workflow.TextVersion) []row {
	rows := make([]row, len(texts))
	before := 0
	for n, t := range texts {
		size := utf8.RuneCountInString(t.Text)
		rows[n] = row{TextVersion: t, Characters: size, Grown: size - before, Now: n == len(texts)-1}
		before = size
	}
	slices.Reverse(rows)
	return rows
}

func (rm *room) list(w http.ResponseWriter, r *http.Request) {
	v, err := rm.find(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "versions", page.Page{Room: "issues", Data: v})
}

// pick is the version that an address names.
func (rm *room) pick(r *http.Request) (*view, error) {
	v, err := rm.find(r)
	if err != nil {
		return nil, err
	}
	number, err := strconv.Atoi(r.PathValue("n"))
	n := slices.IndexFunc(v.Rows, func(t row) bool { return t.Version == number })
	if err != nil || n < 0 {
		return nil, page.NotHere()
	}
	v.One = v.Rows[n].TextVersion
	v.Lines = textdiff.Compare(v.One.Text, v.Issue.Text)
	return v, nil
}

func (rm *room) one(w http.ResponseWriter, r *http.Request) {
	v, err := rm.pick(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "version", page.Page{Room: "issues", Data: v})
}

// back gives the draft the text that it had.
func (rm *room) back(w http.ResponseWriter, r *http.Request) {
	v, err := rm.pick(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	_, err = rm.ReadForm(w, r)
	var version int
	if err == nil {
		version, err = strconv.Atoi(r.PostForm.Get("version"))
		err = page.Unreadable(err)
	}
	if err == nil {
		_, err = rm.Desk.Save(r.Context(), page.Actor(r), v.Issue.ID, version, v.One.Text)
	}
	if err != nil {
		rm.pages.Refuse(w, r, "version", page.Page{Room: "issues", Data: v}, err)
		return
	}
	page.See(w, r, "/issues/"+v.Issue.ID.String()+"/edit")
}
