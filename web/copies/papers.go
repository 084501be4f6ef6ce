package copies

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

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

// run is every numbered copy in one file: of the ledger once it is out, and of
// the plan before.
func (rm *room) run(w http.ResponseWriter, r *http.Request, s subject) {
	numbers, err := rm.numbersOf(r, s)
	if err == nil && len(numbers) == 0 {
		err = fault.New(fault.Invalid, notStamped.With())
	}
	if err == nil && len(numbers) > mostCopies {
		err = fault.New(fault.Invalid, tooManyCopies.With(mostCopies, len(numbers)))
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	file, err := rm.Press.Run(r.Context(), s.of, s.Issue, numbers)
	if errors.Is(err, pdf.ErrNoCorner) {
		err = fault.New(fault.Invalid, noCorner.With()).Because(err)
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	page.Send(w, file, "inline")
}

func (rm *room) numbersOf(r *http.Request, s subject) ([]string, error) {
	entries, err := rm.Reads.CopyEntries(r.Context(), s.ID)
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
func (rm *room) parcels(r *http.Request, s subject) (all []parcel, err error) {
	v, err := rm.viewOf(r, s)
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
func (rm *room) handoverSheet(w http.ResponseWriter, r *http.Request, s subject) {
	parcels, err := rm.parcels(r, s)
	var codes map[uuid.UUID]string
	if err == nil {
		codes, err = rm.codes(r, s)
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	lang := page.Lang(r)
	sheet := forms.HandOverSheet{
		Issue: issueName(s, lang),
		Made:  madeBy.With(page.Person(r).Name, page.Clock(rm.Now(), s.of.Location())).In(lang),
	}
	for _, p := range parcels {
		sheet.Rows = append(sheet.Rows, forms.HandOverRow{List: p.list, Unit: p.name, Copies: p.copies, Numbers: p.numbers, Code: codes[p.unit]})
	}
	doc, err := forms.HandOver(sheet, rm.Fonts, lang)
	rm.draw(w, r, doc, handoverFile.With(s.of.Masthead, s.Number.Year, s.Number.No), err)
}

func (rm *room) codes(r *http.Request, s subject) (map[uuid.UUID]string, error) {
	dispatch, err := rm.Reads.ReleaseOf(r.Context(), s.ID)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return rm.Codes.Codes(r.Context(), dispatch)
}

func issueName(s subject, lang fault.Lang) string {
	return sheetIssue.With(s.of.Masthead, page.NumberOf(s.Number)).In(lang)
}

// labels are address labels, one for each unit that gets paper.
func (rm *room) labels(w http.ResponseWriter, r *http.Request, s subject) {
	form := forms.LabelForms[0]
	for _, f := range forms.LabelForms {
		if f.Name == r.URL.Query().Get("form") {
			form = f
		}
	}
	skip, err := strconv.Atoi(r.URL.Query().Get("skip"))
	if err != nil || skip < 0 || skip >= form.Across*form.Down {
		skip = 0
	}
	parcels, err := rm.parcels(r, s)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	directory, err := rm.Reads.Directory(r.Context(), s.of.ID)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	lang := page.Lang(r)
	doc := forms.Labels(form, labelsOf(parcels, directory, issueName(s, lang), lang), skip, rm.Fonts, lang)
	rm.draw(w, r, doc, labelsFile.With(s.of.Masthead, s.Number.Year, s.Number.No), nil)
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

// draw answers with a form as a PDF.
func (rm *room) draw(w http.ResponseWriter, r *http.Request, doc layout.Document, name fault.Reason, err error) {
	var data []byte
	if err == nil {
		data, err = rm.Press.Draw(doc)
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	page.Send(w, workflow.File{Name: name.In(page.Lang(r)) + ".pdf", Type: "application/pdf", Data: data}, "inline")
}
