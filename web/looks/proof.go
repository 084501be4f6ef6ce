package looks

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset/svg"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

// A view is the form with the pages beside it.
type view struct {
	Series  workflow.Series
	Version string
	May     bool
	Bases   []string
	Groups  []shownGroup
	Values  values
	Proof   proofView
}

// A shownGroup is a group with what stands in its fields.
type shownGroup struct {
	Title  fault.Sentence
	Fields []shownField
}

// A shownField is a field with its value.
type shownField struct {
	field
	Value string
}

// Rest is what no field shows, to be sent along.
func (v view) Rest() string { return v.Values.rest }

// A proofView is the pages, or why there are none.
type proofView struct {
	Pages []template.HTML
	Fault *fault.Error
}

// version is the one of the settings that a form was made from.
func version(s setup.Settings) string { return strconv.Itoa(s.Series.Version) }

func (rm *room) viewOf(r *http.Request, s setup.Settings, values values) view {
	v := view{Series: s.Series, Version: version(s), May: setup.MayChange(page.Person(r), s.Series.ID), Bases: bases(), Values: values}
	for _, g := range groups() {
		shown := shownGroup{Title: g.Title}
		for _, f := range g.Fields {
			shown.Fields = append(shown.Fields, shownField{f, values.Fields[f.Name]})
		}
		v.Groups = append(v.Groups, shown)
	}
	v.Proof = rm.proofOf(r, s, values)
	return v
}

// proof answers with the pages of the look that stands in the form.
func (rm *room) proof(w http.ResponseWriter, r *http.Request, s setup.Settings) {
	if _, err := rm.ReadForm(w, r); err != nil {
		rm.Fail(w, r, err)
		return
	}
	var html bytes.Buffer
	if err := rm.pages.Part(&html, page.Lang(r), "look", "proof", page.Page{Data: view{Proof: rm.proofOf(r, s, typed(r.PostForm))}}); err != nil {
		rm.Fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = html.WriteTo(w)
}

// mostPages is how many pages a proof shows: head, body and, where the issue is
// short, the tail.
const mostPages = 6

func (rm *room) proofOf(r *http.Request, s setup.Settings, values values) (v proofView) {
	look, err := values.template()
	if err == nil {
		v.Pages, err = rm.set(r, s.Series, look)
	}
	if err != nil {
		v.Fault = fault.Shown(err)
	}
	return v
}

// set is the last issue of a series, set with a look.
func (rm *room) set(r *http.Request, series workflow.Series, look json.RawMessage) (pages []template.HTML, err error) {
	series.Layout = look
	issue, err := rm.lastIssue(r.Context(), series)
	if err != nil {
		return nil, err
	}
	issue.Pictures = nil // their room is drawn
	laid, _, err := rm.Press.Pages(r.Context(), series, issue)
	if err != nil {
		return nil, err
	}
	if len(laid) > mostPages { // the first ones, and the last one with the tail
		laid = append(laid[:mostPages-1:mostPages-1], laid[len(laid)-1])
	}
	for n, p := range laid {
		label := proofPage.With(n + 1).In(page.Lang(r))
		pages = append(pages, template.HTML(svg.Page(p, label, func(string) string { return "" }))) // svg escapes every text
	}
	return pages, nil
}

// sample is what is shown of a series without an issue.
//
//go:embed sample.txt
var sample string

// lastIssue is the issue that was changed last and has a text, or the sample
// under the series' name.
func (rm *room) lastIssue(ctx context.Context, series workflow.Series) (workflow.Issue, error) {
	all, err := rm.Books.Summaries(ctx, []uuid.UUID{series.ID}, 5)
	if err != nil {
		return workflow.Issue{}, err
	}
	for _, one := range all {
		issue, err := rm.Books.Issue(ctx, one.ID)
		if err != nil || issue.Text != "" {
			return issue, err
		}
	}
	text := strings.NewReplacer("{masthead}", series.Masthead, "{organ}", series.Organ).Replace(sample)
	issue := workflow.Issue{Series: series.ID, State: workflow.Draft, Text: text, Document: bulletin.Parse(text).Document}
	issue.Copies.PrintRun = issue.Document.PrintRun
	for _, list := range issue.Document.Lists {
		issue.Circulation.Lists = append(issue.Circulation.Lists, recipients.List{Label: list.Label, Entries: []recipients.Entry{{Printed: list.Text}}})
	}
	return issue, nil
}
