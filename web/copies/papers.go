package copies

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin/typeset/forms"
	"jianbao/bulletin/typeset/layout"
	"jianbao/bulletin/typeset/pdf"
	"jianbao/fault"
	"jianbao/recipients"
	book "jianbao/recipients/copies"
	"jianbao/web/page"
	"jianbao/workflow"
)

// mostCopies is how many numbered copies one file may have: a run of more is
// printed in parts by nobody.
const mostCopies = 5000

// A paper is made of the copies of an issue for somebody who reads a language.
type paper struct {
	subject
	who  workflow.Actor
	lang fault.Lang
}

// A Label says which labels are wanted.
type Label struct {
	Form string // "": the first of forms.LabelForms
	Skip int    // places of the first sheet that are used up
}

// Paper is what is printed for the copies of an issue, as a PDF, for pages and
// programs: run, all numbered copies; handover, the sheet on which units sign;
// labels, which have their addresses. now is the clock. It fails with fault.Invalid and the reason where there is nothing to
// print.
func (c Config) Paper(ctx context.Context, which string, who workflow.Actor, series workflow.Series, issue workflow.Issue, l Label, lang fault.Lang, now func() time.Time) (workflow.File, error) {
	rm, p := &room{Kit: &page.Kit{Now: now}, Config: c}, paper{subject{issue, series}, who, lang}
	switch which {
	case "run":
		return rm.run(ctx, p)
	case "handover":
		return rm.handoverSheet(ctx, p)
	}
	return rm.labels(ctx, p, l)
}

// paper sends one of the papers of an issue.
func (rm *room) paper(which string) func(http.ResponseWriter, *http.Request, subject) {
	return func(w http.ResponseWriter, r *http.Request, s subject) {
		l := Label{Form: r.URL.Query().Get("form")}
		l.Skip, _ = strconv.Atoi(r.URL.Query().Get("skip")) // none is 0
		file, err := rm.Paper(r.Context(), which, page.Actor(r), s.of, s.Issue, l, page.Lang(r), rm.Now)
		if err != nil {
			rm.Fail(w, r, err)
			return
		}
		page.Send(w, file, "inline")
	}
}

// run is every numbered copy in one file: of the ledger once it is out, and of
// the plan before.
func (rm *room) run(ctx context.Context, s paper) (workflow.File, error) {
	numbers, err := rm.numbersOf(ctx, s.subject)
	if err == nil && len(numbers) == 0 {
		err = fault.New(fault.Invalid, notStamped.With())
	}
	if err == nil && len(numbers) > mostCopies {
		err = fault.New(fault.Invalid, tooManyCopies.With(mostCopies, len(numbers)))
	}
	if err != nil {
		return workflow.File{}, err
	}
	file, err := rm.Press.Run(ctx, s.of, s.Issue, numbers)
	if errors.Is(err, pdf.ErrNoCorner) {
		err = fault.New(fault.Invalid, noCorner.With()).Because(err)
	}
	return file, err
}

func (rm *room) numbersOf(ctx context.Context, s subject) ([]string, error) {
	entries, err := rm.Reads.CopyEntries(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	given := book.New(entries).Held(book.Account{Kind: book.Made})
	if len(entries) == 0 && s.Copies.Numbered() {
		given = book.Numbers{{First: s.Copies.First, Last: s.Copies.First + s.Copies.PrintRun - 1}}
	}
	if given.Count() > mostCopies {
		return make([]string, given.Count()), nil
	}
	var all []string
	for _, g := range given {
		for n := g.First; n <= g.Last; n++ {
			all = append(all, fmt.Sprintf("%06d", n))
		}
	}
	return all, nil
}

// A parcel is what one unit gets.
type parcel struct {
	unit       uuid.UUID
	list, name string
	copies     int
	numbers    string
}

// parcels are what the units get of an issue, in the order of its lists: by the
// ledger once it is out, and by the plan before.
func (rm *room) parcels(ctx context.Context, s paper) (all []parcel, err error) {
	v, err := rm.viewBy(ctx, s.who, s.subject, "")
	if err != nil {
		return nil, err
	}
	if v.Out() {
		for _, u := range v.Units {
			if n := min(u.Holds, u.Given); n > 0 { // nobody brings it what it copied itself
				all = append(all, parcel{u.Unit, u.List, u.Name, n, u.Numbers.String()})
			}
		}
		return all, nil
	}
	for _, share := range s.Copies.Shares {
		if share.Copies == 0 {
			continue
		}
		n := slices.IndexFunc(all, func(p parcel) bool { return p.unit == share.Unit })
		if n < 0 {
			all = append(all, parcel{unit: share.Unit, list: share.Label, name: share.Name, copies: share.Copies, numbers: share.Numbers.String()})
			continue
		}
		all[n].copies += share.Copies
		all[n].numbers = strings.Trim(all[n].numbers+","+share.Numbers.String(), ",")
	}
	return all, nil
}

// handoverSheet is the sheet on which units sign. Codes are there once the issue
// is out, in an office with links.
func (rm *room) handoverSheet(ctx context.Context, s paper) (workflow.File, error) {
	parcels, err := rm.parcels(ctx, s)
	if err != nil {
		return workflow.File{}, err
	}
	codes, err := rm.codes(ctx, s.subject)
	if err != nil {
		return workflow.File{}, err
	}
	sheet := forms.HandOverSheet{
		Issue: issueName(s.subject, s.lang),
		Made:  madeBy.With(s.who.Person.Name, page.Clock(rm.Now(), s.of.Location())).In(s.lang),
	}
	for _, p := range parcels {
		sheet.Rows = append(sheet.Rows, forms.HandOverRow{List: p.list, Unit: p.name, Copies: p.copies, Numbers: p.numbers, Code: codes[p.unit]})
	}
	doc, err := forms.HandOver(sheet, rm.Fonts, s.lang)
	if err != nil {
		return workflow.File{}, err
	}
	return rm.draw(doc, handoverFile.With(s.of.Masthead, s.Number.Year, s.Number.No).In(s.lang))
}

func (rm *room) codes(ctx context.Context, s subject) (map[uuid.UUID]string, error) {
	dispatch, err := rm.Reads.ReleaseOf(ctx, s.ID)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return rm.Codes.Codes(ctx, dispatch)
}

func issueName(s subject, lang fault.Lang) string {
	return sheetIssue.With(s.of.Masthead, page.NumberOf(s.Number)).In(lang)
}

// labels are address labels, one for each unit that gets paper. A form that there
// is not is the first, and places that a sheet has not are none.
func (rm *room) labels(ctx context.Context, s paper, l Label) (workflow.File, error) {
	form := forms.LabelForms[0]
	for _, f := range forms.LabelForms {
		if f.Name == l.Form {
			form = f
		}
	}
	if l.Skip < 0 || l.Skip >= form.Across*form.Down {
		l.Skip = 0
	}
	parcels, err := rm.parcels(ctx, s)
	if err != nil {
		return workflow.File{}, err
	}
	directory, err := rm.Reads.Directory(ctx, s.of.ID)
	if err != nil {
		return workflow.File{}, err
	}
	doc := forms.Labels(form, labelsOf(parcels, directory, issueName(s.subject, s.lang), s.lang), l.Skip, rm.Fonts, s.lang)
	return rm.draw(doc, labelsFile.With(s.of.Masthead, s.Number.Year, s.Number.No).In(s.lang))
}

func labelsOf(parcels []parcel, directory recipients.Directory, issue string, lang fault.Lang) []forms.Label {
	units := map[uuid.UUID]recipients.Unit{}
	for _, u := range directory.Units {
		units[u.ID] = u
	}
	var all []forms.Label
	for _, p := range parcels {
		u := units[p.unit]
		all = append(all, forms.Label{
			Postcode: u.Postcode, Street: u.Street, Unit: p.name, Person: u.Contact.Name,
			Note: labelNote.With(issue, p.copies, p.numbers).In(lang),
		})
	}
	return all
}

// draw is a form as a PDF.
func (rm *room) draw(doc layout.Document, name string) (workflow.File, error) {
	data, err := rm.Press.Draw(doc)
	return workflow.File{Name: name + ".pdf", Type: "application/pdf", Data: data}, err
}
