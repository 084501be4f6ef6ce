package web

import (
	"bytes"
	"net/http"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients/exchange"
	"jianbao/sheets"
	"jianbao/workflow"

	"jianbao/web/page"
)

// A sheetView is a sheet of units before it is read in: what it would change,
// field by field.
type sheetView struct {
	Preview exchange.Preview
	Looked  bool   // there is a preview
	Sheet   string // what was handed in, to be sent again with the consent
}

// Sound reports whether the sheet can be read in and changes something.
func (v sheetView) Sound() bool {
	return len(v.Preview.Problems) == 0 && len(v.Preview.Added)+len(v.Preview.Changed) > 0
}

// maxListed is how many units of a sheet the preview lists.
const maxListed = 200

// Added and Changed are what the preview lists.
func (v sheetView) Added() []exchange.Addition {
	return v.Preview.Added[:min(len(v.Preview.Added), maxListed)]
}

// Changed are the first units that the sheet changes.
func (v sheetView) Changed() []exchange.Alteration {
	return v.Preview.Changed[:min(len(v.Preview.Changed), maxListed)]
}

func (s *server) importPage(w http.ResponseWriter, r *http.Request) {
	s.pages.Show(w, r, http.StatusOK, "import", page.Page{Data: sheetView{}})
}

// importUnits shows what a sheet would change; sent once more with the digest of
// that, it is read in, all of it or nothing.
func (s *server) importUnits(w http.ResponseWriter, r *http.Request) {
	view, done, err := s.sheet(w, r)
	switch {
	case err != nil:
		s.pages.Refuse(w, r, "import", page.Page{Data: view}, err)
	case done:
		page.See(w, r, "/units")
	default:
		s.pages.Show(w, r, http.StatusOK, "import", page.Page{Data: view})
	}
}

func (s *server) sheet(w http.ResponseWriter, r *http.Request) (view sheetView, done bool, err error) {
	files, err := s.kit.ReadForm(w, r)
	if err != nil {
		return view, false, err
	}
	data := []byte(r.PostForm.Get("sheet"))
	if len(files) > 0 {
		data = files[0].Data
	}
	if len(data) == 0 {
		return view, false, fault.New(fault.Invalid, page.ChooseFile.With())
	}
	t, err := sheets.Read(data)
	if err != nil {
		return view, false, err
	}
	options := exchange.Options{Zone: page.Zone(), NewID: s.NewID}
	if digest := r.PostForm.Get("digest"); digest != "" {
		_, err = s.Directory.ChangeUnits(r.Context(), exchange.Decide(t, options, digest))
		return view, err == nil, err
	}
	dir, err := s.Directory.Directory(r.Context(), uuid.Nil)
	if err != nil {
		return view, false, err
	}
	var again bytes.Buffer
	if err := sheets.WriteCSV(&again, t); err != nil {
		return view, false, err
	}
	view = sheetView{Preview: exchange.Read(dir, t, options), Looked: true, Sheet: again.String()}
	return view, false, nil
}

// unitsSheet sends the directory as a spreadsheet that can be read in again.
func (s *server) unitsSheet(w http.ResponseWriter, r *http.Request) {
	dir, err := s.Directory.Directory(r.Context(), uuid.Nil)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	var out bytes.Buffer
	if err := sheets.WriteXLSX(&out, exchange.Write(dir, page.Zone())); err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	name := fault.Reason{Key: "web.units"}.In(page.Lang(r)) + ".xlsx"
	page.Send(w, workflow.File{Name: name, Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: out.Bytes()}, "attachment")
}
