package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/page"
)

// listLimit is how many issues the list shows, the last changed first.
const listLimit = 200

// A listView is the list of issues.
type listView struct {
	Rows    []listRow
	Series  []workflow.Series
	MayOpen bool
	Limit   int
}

type listRow struct {
	workflow.Summary
	Series workflow.Series
	// Draft is the whole issue where it has no number yet and is on its way.
	Draft workflow.Issue
}

func (s *server) issues(w http.ResponseWriter, r *http.Request) {
	view, err := s.list(r.Context(), page.Person(r))
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	s.pages.Show(w, r, http.StatusOK, "issues", page.Page{Room: "issues", Data: view})
}

func (s *server) list(ctx context.Context, who accounts.Person) (listView, error) {
	seen, err := s.seriesFor(ctx, who.Sees)
	if err != nil {
		return listView{}, err
	}
	byID := map[uuid.UUID]workflow.Series{}
	ids := make([]uuid.UUID, 0, len(seen))
	view := listView{Series: seen, Limit: listLimit}
	for _, one := range seen {
		ids = append(ids, one.ID)
		byID[one.ID] = one
		view.MayOpen = view.MayOpen || who.Has(accounts.Editor, one.ID)
	}
	if len(ids) == 0 {
		return view, nil
	}
	summaries, err := s.Reads.Summaries(ctx, ids, listLimit)
	for _, one := range summaries {
		if in, ok := byID[one.Series]; ok {
			view.Rows = append(view.Rows, listRow{Summary: one, Series: in})
		}
	}
	if err != nil {
		return view, err
	}
	return view, s.drafts(ctx, view.Rows)
}

// mostDrafts is how many issues without a number the list tells apart: more are on
// their way nowhere.
const mostDrafts = 20

// drafts reads the issues of a list that have no number to be known by.
func (s *server) drafts(ctx context.Context, rows []listRow) (err error) {
	left := mostDrafts
	for n := range rows {
		if !rows[n].Number.IsZero() || rows[n].State == workflow.Withdrawn || left == 0 {
			continue
		}
		left--
		if rows[n].Draft, err = s.Reads.Issue(ctx, rows[n].ID); err != nil {
			return err
		}
	}
	return nil
}

// seriesFor returns the series that a person sees or edits.
func (s *server) seriesFor(ctx context.Context, may func(uuid.UUID) bool) ([]workflow.Series, error) {
	all, err := s.Reads.SeriesAll(ctx)
	var some []workflow.Series
	for _, one := range all {
		if may(one.ID) {
			some = append(some, one)
		}
	}
	return some, err
}

// A newView is the form of a new issue.
type newView struct {
	Series []workflow.Series
	Chosen uuid.UUID
	Text   string
	Stub   *stubView // where the text was classified and a clerk is looking
	// Classified says that it was, whoever is looking.
	Classified bool
}

func (s *server) edited(r *http.Request) ([]workflow.Series, error) {
	who := page.Person(r)
	series, err := s.seriesFor(r.Context(), func(id uuid.UUID) bool { return who.Has(accounts.Editor, id) })
	if err == nil && len(series) == 0 {
		return nil, fault.New(fault.Forbidden, editsNothing.With(who.Name))
	}
	return series, err
}

func (s *server) newIssue(w http.ResponseWriter, r *http.Request) {
	series, err := s.edited(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	s.pages.Show(w, r, http.StatusOK, "new", page.Page{Room: "issues", Data: newView{Series: series}})
}

func (s *server) openIssue(w http.ResponseWriter, r *http.Request) {
	series, err := s.edited(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	view := newView{Series: series}
	issue, notes, err := s.opened(w, r, &view)
	switch {
	case fault.Is(err, fault.Refused):
		s.classified(w, r, view, err)
	case err != nil:
		s.pages.Refuse(w, r, "new", page.Page{Room: "issues", Data: view}, err)
	default:
		s.note(r, notes)
		page.See(w, r, "/issues/"+issue.ID.String())
	}
}

// opened makes an issue of what the form hands in, and keeps in the view what
// was typed.
func (s *server) opened(w http.ResponseWriter, r *http.Request, view *newView) (issue workflow.Issue, notes []fault.Reason, err error) {
	files, err := s.kit.ReadForm(w, r)
	if err != nil {
		return issue, nil, err
	}
	view.Text = plainLines(r.PostForm.Get("text"))
	view.Chosen, err = uuid.Parse(r.PostForm.Get("series"))
	if err != nil || !page.Person(r).Sees(view.Chosen) {
		return issue, nil, fault.New(fault.Invalid, chooseSeries.With())
	}
	source, notes, err := s.handedIn(view.Text, files)
	if err != nil {
		return issue, nil, err
	}
	issue, err = s.Desk.OpenFile(r.Context(), page.Actor(r), view.Chosen, source)
	return issue, notes, err
}

// classified shows that a text was refused for its classification. The text is
// not shown again; a clerk is shown the form that registers its paper.
func (s *server) classified(w http.ResponseWriter, r *http.Request, view newView, refusal error) {
	view.Text, view.Classified = "", true
	if page.Person(r).Has(accounts.Clerk, view.Chosen) {
		series, err := s.Reads.Series(r.Context(), view.Chosen)
		if err != nil {
			s.kit.Fail(w, r, err)
			return
		}
		var label bulletin.Label
		_ = errors.As(refusal, &label) // without one the form is empty
		if view.Stub, err = s.stubForm(r, series, stubOf(label, series)); err != nil {
			s.kit.Fail(w, r, err)
			return
		}
	}
	s.pages.Refuse(w, r, "new", page.Page{Room: "issues", Data: view}, refusal)
}

// plainLines undoes what a form does to the ends of lines: browsers send CRLF.
func plainLines(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }
