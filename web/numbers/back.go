package numbers

import (
	"bytes"
	"net/http"
	"path"
	"strings"

	"jianbao/fault"
	"jianbao/recipients/table"
	"jianbao/sheets"
	"jianbao/web/page"
	"jianbao/workflow"
)

// A backView is the page on which earlier issues are entered.
type backView struct {
	Series workflow.Series
	// Lines are what a spreadsheet would enter, or did; Files are the same of
	// files. Sheet is the spreadsheet, to be sent again with the consent.
	Lines []workflow.BackEntry
	Files []fileEntry
	Sheet string
	// Done says that they were entered; otherwise they were looked at.
	Done bool
}

// A fileEntry is what became of one file.
type fileEntry struct {
	Name  string
	Issue workflow.Issue
	Items int
	Why   *fault.Error // why it is refused, or nil
}

// New counts what would be entered, or was; Refused what cannot be.
func (v backView) New() (n int) {
	for _, e := range v.Lines {
		if e.Why == nil && !e.There {
			n++
		}
	}
	for _, f := range v.Files {
		if f.Why == nil {
			n++
		}
	}
	return n
}

// Refused counts what cannot be entered.
func (v backView) Refused() (n int) {
	for _, e := range v.Lines {
		if e.Why != nil {
			n++
		}
	}
	for _, f := range v.Files {
		if f.Why != nil {
			n++
		}
	}
	return n
}

func (rm *room) back(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	rm.pages.Show(w, r, http.StatusOK, "back", page.Page{Data: backView{Series: s}})
}

// bring looks at what was handed in, or enters it. What came of it is told line
// by line, so that the page answers, and no other follows.
func (rm *room) bring(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	view := backView{Series: s}
	handed, err := rm.ReadForm(w, r)
	sheet := []byte(r.PostForm.Get("sheet"))
	look := r.PostForm.Get("do") != "enter"
	if len(handed) == 1 && isSheet(handed[0].Name) {
		sheet, handed = handed[0].Data, nil
	}
	switch {
	case err != nil:
	case len(sheet) > 0:
		view.Lines, view.Sheet, err = rm.sheet(r, s, sheet, look)
	case len(handed) > 0:
		view.Files, err = rm.files(r, s, handed, look)
	default:
		err = fault.New(fault.Invalid, page.ChooseFile.With())
	}
	if err != nil {
		rm.pages.Refuse(w, r, "back", page.Page{Data: backView{Series: s}}, err)
		return
	}
	view.Done = !look
	rm.pages.Show(w, r, http.StatusOK, "back", page.Page{Data: view})
}

func isSheet(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx", ".csv":
		return true
	}
	return false
}

// sheet enters a spreadsheet, or says what that would come to; it returns the
// sheet as it can be sent again.
func (rm *room) sheet(r *http.Request, s workflow.Series, data []byte, look bool) ([]workflow.BackEntry, string, error) {
	t, err := sheets.Read(data)
	if err != nil {
		return nil, "", err
	}
	lines, err := readLines(t)
	if err != nil {
		return nil, "", err
	}
	all, err := rm.Desk.EnterBack(r.Context(), page.Actor(r), s.ID, lines, look)
	if err != nil {
		return nil, "", err
	}
	var again bytes.Buffer
	err = sheets.WriteCSV(&again, t)
	return all, again.String(), err
}

// files enters files, each an issue, or says what that would come to. One that
// is refused keeps no other out.
func (rm *room) files(r *http.Request, s workflow.Series, handed []workflow.File, look bool) (all []fileEntry, err error) {
	bring := rm.Desk.ImportBack
	if look {
		bring = rm.Desk.LookBack
	}
	for _, f := range handed {
		entry := fileEntry{Name: f.Name}
		source, err := rm.source(f)
		if err == nil {
			entry.Issue, err = bring(r.Context(), page.Actor(r), s.ID, source)
			entry.Items = len(entry.Issue.Document.Items())
		}
		if entry.Why = fault.As(err); err != nil && entry.Why == nil {
			return nil, err
		}
		all = append(all, entry)
	}
	return all, nil
}

func (rm *room) source(f workflow.File) (workflow.Source, error) {
	draft, err := rm.Intake(f.Name, f.Data)
	if err != nil {
		return workflow.Source{}, err
	}
	source := workflow.Source{Name: f.Name, Data: f.Data, Encoding: draft.Encoding, Properties: draft.Properties, Text: draft.Text}
	if source.Encoding == "" {
		source.Encoding = string(draft.Format)
	}
	for _, p := range draft.Pictures {
		source.Pictures = append(source.Pictures, workflow.File{Name: p.Name, Type: p.Type, Data: p.Data})
	}
	return source, nil
}

// blank sends the spreadsheet that is filled in, with one line as an example.
func (rm *room) blank(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	t := table.Table{Name: backTable.With().In(page.Lang(r))}
	for _, names := range columns {
		t.Header = append(t.Header, names[0])
	}
	t.Add(1, "2020-01-06", s.Masthead, 2020, "正刊", "")
	var out bytes.Buffer
	if err := sheets.WriteXLSX(&out, t); err != nil {
		rm.Fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	h.Set("Content-Disposition", `attachment; filename="back.xlsx"`)
	_, _ = w.Write(out.Bytes())
}
