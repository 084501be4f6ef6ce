package filing

import (
	"bytes"
	"net/http"
	"strings"

	"jianbao/recipients/table"
	"jianbao/sheets"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/filing"
)

// listSheet sends the filing list of a year.
func (rm *room) listSheet(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	view, err := rm.yearOf(r, s, r.URL.Query().Get("year"), typedFile{})
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.send(w, r, s, view.Year, filing.List(s, view.Year, view.Filed, page.Lang(r)))
}

// expiredSheet sends what is to be appraised.
func (rm *room) expiredSheet(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	kept, err := rm.Books.FiledItems(r.Context(), s.ID)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.send(w, r, s, rm.today(s).Year, filing.Expired(kept, rm.today(s), page.Lang(r)))
}

// registerSheet sends the destruction register.
func (rm *room) registerSheet(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	lists, err := rm.Books.Destructions(r.Context(), s.ID)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.send(w, r, s, 0, filing.Register(s, lists, page.Lang(r)))
}

// send answers with a table in the form that the address ends in.
func (rm *room) send(w http.ResponseWriter, r *http.Request, s workflow.Series, year int, t table.Table) {
	var out bytes.Buffer
	file := workflow.File{Name: filing.FileName(t, s, year) + ".xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
	write := func() error { return sheets.WriteXLSX(&out, t) }
	if strings.HasSuffix(r.URL.Path, ".csv") {
		file.Name, file.Type = filing.FileName(t, s, year)+".csv", "text/csv; charset=utf-8"
		write = func() error { return sheets.WriteCSV(&out, t) }
	}
	if err := write(); err != nil {
		rm.Fail(w, r, err)
		return
	}
	file.Data = out.Bytes()
	page.Send(w, file, "attachment")
}
