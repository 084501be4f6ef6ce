package copies

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"jianbao/bulletin/typeset/forms"
	"jianbao/fault"
	"jianbao/recipients/table"
	"jianbao/sheets"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/registers"
)

// A registerView is a register on the screen.
type registerView struct {
	Series workflow.Series
	Kind   registers.Kind
	Year   int // 0: all
	Years  []int
	Tables []sheet
}

// A sheet is a table as words.
type sheet struct {
	Title  string
	Header []string
	Rows   [][]string
	Short  []bool // by column: no cell is broken into lines, as of numbers and times
}

func sheetOf(t table.Table) sheet {
	s := sheet{Title: t.Title, Header: t.Header, Rows: registers.Text(t)}
	for column := range t.Header {
		s.Short = append(s.Short, !slices.ContainsFunc(s.Rows, func(row []string) bool { return utf8.RuneCountInString(row[column]) > shortCell }))
	}
	return s
}

// shortCell is how many characters a cell may have that is not broken into lines: a
// time has 16.
const shortCell = 16

// Kinds are the registers that there are.
func (v registerView) Kinds() []registers.Kind { return registers.Kinds() }

func kindAsked(r *http.Request) registers.Kind {
	if k := r.URL.Query().Get("kind"); k != "" {
		return registers.Kind(k)
	}
	return registers.Dispatch
}

// register shows a register of a series: of the year that was asked for, of all
// (0), or of the last one there is.
func (rm *room) register(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	v := registerView{Series: s, Kind: kindAsked(r)}
	lines, err := rm.Books.Register(r.Context(), s.ID)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	for _, l := range lines {
		if !slices.Contains(v.Years, l.Year) {
			v.Years = append(v.Years, l.Year)
		}
	}
	slices.Sort(v.Years)
	slices.Reverse(v.Years)
	if len(v.Years) > 0 {
		v.Year = v.Years[0]
	}
	if asked := r.URL.Query().Get("year"); asked != "" {
		v.Year, _ = strconv.Atoi(asked) // anything else is all years
	}
	tables, err := registers.Make(r.Context(), rm.Books, v.Kind, s.ID, v.Year, page.Lang(r))
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	for _, t := range tables {
		v.Tables = append(v.Tables, sheetOf(t))
	}
	rm.pages.Show(w, r, http.StatusOK, "register", page.Page{Data: v, Room: "issues"})
}

func (rm *room) registerFile(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	year, _ := strconv.Atoi(r.URL.Query().Get("year"))
	tables, err := registers.Make(r.Context(), rm.Books, kindAsked(r), s.ID, year, page.Lang(r))
	rm.file(w, r, tables, s.Organ, err)
}

func (rm *room) issueFile(w http.ResponseWriter, r *http.Request, s subject) {
	tables, err := registers.MakeOne(r.Context(), rm.Books, kindAsked(r), s.Issue, page.Lang(r))
	rm.file(w, r, tables, s.of.Organ, err)
}

// file answers with a register as XLSX, CSV or PDF.
func (rm *room) file(w http.ResponseWriter, r *http.Request, tables []table.Table, foot string, err error) {
	f := workflow.File{}
	form := r.URL.Query().Get("form")
	if err == nil {
		f, err = rm.File(form, tables, foot, page.Lang(r))
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	way := "attachment"
	if form == "pdf" {
		way = "inline"
	}
	page.Send(w, f, way)
}

// File is a register as xlsx, csv or pdf, for pages and programs. It fails with
// fault.Invalid for any other form.
func (c Config) File(form string, tables []table.Table, foot string, lang fault.Lang) (f workflow.File, err error) {
	var out bytes.Buffer
	t := tables[0]
	f.Name = t.Title + "." + form
	switch form {
	case "xlsx":
		f.Type, err = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheets.WriteXLSX(&out, tables...)
		f.Data = out.Bytes()
	case "csv":
		f.Type, err = "text/csv; charset=utf-8", sheets.WriteCSV(&out, t)
		f.Data = out.Bytes()
	case "pdf":
		f.Type = "application/pdf"
		f.Data, err = c.Press.Draw(forms.Register(t.Title, foot, t.Header, registers.Text(t), c.Fonts, lang))
	default:
		err = fault.New(fault.Invalid, noForm.With(form))
	}
	return f, err
}
