package web

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"jianbao/bulletin"
	"jianbao/bulletin/repair"
	"jianbao/bulletin/typeset/svg"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/copies"
	"jianbao/workflow"
	"jianbao/workflow/ready"

	"jianbao/web/page"
)

// A proofView is a text as it would be printed, with what is doubtful about it.
type proofView struct {
	Issue    workflow.Issue
	Pages    []template.HTML
	Problems []bulletin.Problem
	Findings []ready.Finding
	Repairs  []repairRule
	Comments []workflow.Comment // that nobody has settled, where they stand now
	Parts    string             // of the text, as JSON, for the script that folds them
	// PagesOnly leaves out what is doubtful, which is looked for when the hands
	// rest: the pages follow each key.
	PagesOnly bool
}

// edit shows the text of an issue beside its pages.
func (s *server) edit(w http.ResponseWriter, r *http.Request) { s.open(w, r, "edit") }

// proof answers with the pages of the text that stands in the editor, and keeps
// nothing of it. It is asked for while somebody types.
func (s *server) proof(w http.ResponseWriter, r *http.Request) {
	issue, series, err := s.find(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	_, err = s.kit.ReadForm(w, r)
	var view *proofView
	if err == nil {
		view, err = s.proofOf(r, issue, series, plainLines(r.PostForm.Get("text")))
	}
	var html bytes.Buffer
	if err == nil {
		err = s.pages.Part(&html, page.Lang(r), "edit", "proof", page.Page{Data: view})
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err != nil {
		shown := fault.Shown(err)
		html.Reset()
		if broken := s.pages.Part(&html, page.Lang(r), "edit", "no-proof", page.Page{Fault: shown}); broken != nil {
			page.Plain(w, http.StatusInternalServerError, shown.In(page.Lang(r)))
			return
		}
	}
	_, _ = html.WriteTo(w)
}

// proofOf sets a text as the next version of an issue.
func (s *server) proofOf(r *http.Request, issue workflow.Issue, series workflow.Series, text string) (*proofView, error) {
	reading := bulletin.Parse(text)
	if refusal := reading.Refusal(); refusal != nil {
		return nil, refusal
	}
	issue.Text, issue.Document, issue.Circulation = text, reading.Document, asWritten(reading.Document)
	issue.Copies = copies.Plan{PrintRun: reading.Document.PrintRun}.Keep(issue.Copies)
	pages, problems, err := s.Press.Pages(r.Context(), series, issue)
	if err != nil {
		return nil, err
	}
	view := &proofView{Issue: issue, PagesOnly: r.PostForm.Get("only") == "pages"}
	if !view.PagesOnly {
		if err := s.doubt(r.Context(), view, series, reading.Problems, problems); err != nil {
			return nil, err
		}
	}
	if view.Parts, err = partsOf(text); err != nil {
		return nil, err
	}
	pictures := (&issueView{Issue: issue}).address
	for n, p := range pages {
		label := proofPage.With(n+1, len(pages)).In(page.Lang(r))
		view.Pages = append(view.Pages, template.HTML(svg.Page(p, label, pictures))) // svg escapes every text
	}
	return view, nil
}

// doubt looks for what is doubtful about a text that was read and set.
func (s *server) doubt(ctx context.Context, view *proofView, series workflow.Series, read, set []bulletin.Problem) error {
	view.Repairs = repairsOf(view.Issue.Text, series)
	view.Problems = slices.Concat(read, set)
	slices.SortStableFunc(view.Problems, func(a, b bulletin.Problem) int { return cmp.Compare(urgency[a.Severity], urgency[b.Severity]) })
	findings, err := s.Desk.Check(ctx, view.Issue, series)
	if err != nil {
		return err
	}
	view.Findings = byUrgency(ready.Beside(read, findings))
	comments, err := s.Agenda.CommentsOf(ctx, view.Issue.ID)
	view.Comments = openComments(comments, view.Issue.Text)
	return err
}

// asWritten are the lists of a text as they are printed, before anybody has
// looked up who is meant.
func asWritten(doc bulletin.Document) (c recipients.Circulation) {
	for _, list := range doc.Lists {
		c.Lists = append(c.Lists, recipients.List{Label: list.Label, Entries: []recipients.Entry{{Printed: list.Text}}})
	}
	return c
}

// address is where the picture of a name is had, or "".
func (v *issueView) address(name string) string {
	for _, p := range v.Issue.Pictures {
		if p.Name == name {
			return "/issues/" + v.Issue.ID.String() + "/files/" + p.SHA256
		}
	}
	return ""
}

// mended is the text of the editor with what its reader clicked: a part that is
// moved, a choice of a problem, one repair, or all of a rule.
func mended(r *http.Request, text string, series workflow.Series) (string, error) {
	if order := r.PostForm.Get("move"); order != "" {
		made, _, err := moved(text, order)
		return made, nobodyOvertook(err)
	}
	if fix := r.PostForm.Get("settle"); fix != "" {
		var line int
		code, rest, _ := strings.Cut(fix, ":")
		number, choice, found := strings.Cut(rest, ":")
		if _, err := fmt.Sscan(number, &line); err != nil || !found {
			return "", page.Unreadable(fmt.Errorf("settle %q", fix))
		}
		made, err := bulletin.Settle(text, code, line, choice)
		return made, nobodyOvertook(err)
	}
	key, rule := r.PostForm.Get("key"), r.PostForm.Get("rule")
	if key == "" && rule == "" {
		return text, nil
	}
	return repaired(text, series, key, repair.Rule(rule))
}

// nobodyOvertook is a conflict with the text itself as what it is: nobody else
// saved anything.
func nobodyOvertook(err error) error {
	if shown := fault.As(err); shown != nil && shown.Code == fault.Conflict {
		return fault.New(fault.Invalid, shown.Message, shown.Reasons...)
	}
	return err
}
