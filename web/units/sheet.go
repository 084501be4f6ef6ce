package units

import (
	"bytes"
	"net/http"

	"jianbao/fault"
	"jianbao/recipients/exchange"
	"jianbao/recipients/keeping"
	"jianbao/recipients/table"
	"jianbao/sheets"
	"jianbao/workflow"

	"jianbao/web/page"
)

// A sheetView is a spreadsheet before it is read in: what it would change, field
// by field.
type sheetView struct {
	Preview exchange.Preview
	Looked  bool   // there is a preview
	Carried string // what was handed in, to be sent again with the consent
	Titles  []titleLine
}

// A titleLine is a column that a spreadsheet may have, and what else it may be
// called.
type titleLine struct {
	Title  string
	Others []string
}

// Sound reports whether the spreadsheet can be read in and changes something.
func (v sheetView) Sound() bool {
	p := v.Preview
	return len(p.Problems) == 0 && len(p.Added)+len(p.Changed)+len(p.Groupings) > 0
}

// maxListed is how many units of a spreadsheet the preview lists.
const maxListed = 200

// Added and Changed are what the preview lists.
func (v sheetView) Added() []exchange.Addition {
	return v.Preview.Added[:min(len(v.Preview.Added), maxListed)]
}

// Changed are the first units that the spreadsheet changes.
func (v sheetView) Changed() []exchange.Alteration {
	return v.Preview.Changed[:min(len(v.Preview.Changed), maxListed)]
}

func newSheetView() (v sheetView) {
	titles, others := exchange.Titles()
	for n := range titles {
		v.Titles = append(v.Titles, titleLine{titles[n], others[n]})
	}
	return v
}

func (rm *room) importPage(w http.ResponseWriter, r *http.Request) {
	rm.pages.Show(w, r, http.StatusOK, "import", page.Page{Room: "units", Data: newSheetView()})
}

// importSheet shows what a spreadsheet would change; sent once more with the
// digest of that, it is read in, all of it or nothing.
func (rm *room) importSheet(w http.ResponseWriter, r *http.Request) {
	view, done, err := rm.sheet(w, r)
	p := page.Page{Room: "units", Data: view}
	switch {
	case err != nil:
		rm.pages.Refuse(w, r, "import", p, err)
	case done:
		page.See(w, r, "/units")
	default:
		rm.pages.Show(w, r, http.StatusOK, "import", p)
	}
}

func (rm *room) sheet(w http.ResponseWriter, r *http.Request) (view sheetView, done bool, err error) {
	view = newSheetView()
	handed, err := rm.ReadForm(w, r)
	if err != nil {
		return view, false, err
	}
	all, err := tablesOf(r, handed)
	if err != nil {
		return view, false, err
	}
	options := exchange.Options{Zone: page.Zone(), NewID: rm.NewID}
	if digest := r.PostForm.Get("digest"); digest != "" {
		_, err = rm.Books.ChangeUnits(r.Context(), keeping.Noted(exchange.Decide(all, options, digest), bySheet.With(), rm.hand(r)))
		return view, err == nil, err
	}
	dir, err := rm.directory(r)
	if err != nil {
		return view, false, err
	}
	view.Preview, view.Looked = exchange.Read(dir, all, options), true
	view.Carried, err = carry(all)
	return view, false, err
}

// tablesOf are the sheets of the file that was handed in, or those that the page
// sends again.
func tablesOf(r *http.Request, handed []workflow.File) ([]table.Table, error) {
	if len(handed) > 0 {
		return sheets.ReadAll(handed[0].Data)
	}
	if text := r.PostForm.Get("carried"); text != "" {
		return uncarry(text)
	}
	return nil, fault.New(fault.Invalid, page.ChooseFile.With())
}

// export sends the directory as a spreadsheet that can be read in again.
func (rm *room) export(w http.ResponseWriter, r *http.Request) {
	dir, err := rm.directory(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	var out bytes.Buffer
	if err := sheets.WriteXLSX(&out, exchange.Write(dir, page.Zone())...); err != nil {
		rm.Fail(w, r, err)
		return
	}
	name := fault.Reason{Key: "web.units"}.In(page.Lang(r)) + ".xlsx"
	page.Send(w, workflow.File{Name: name, Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: out.Bytes()}, "attachment")
}
