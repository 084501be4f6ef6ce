package main

import (
	"errors"

	"jianbao/bulletin"
	"jianbao/fault"
)

// A reading is what jianbao parse prints for programs. Absent facts are null
// or left out.
type reading struct {
	Refuse         bool   `json:"refuse"`
	Reason         string `json:"reason,omitempty"` // classification, not-a-bulletin, unreadable
	Classification string `json:"classification,omitempty"`
	Term           string `json:"term,omitempty"`
	CopyNo         string `json:"copy_no,omitempty"`
	Urgency        string `json:"urgency,omitempty"`

	Masthead     string   `json:"masthead"`
	Kind         string   `json:"issue_kind,omitempty"`
	No           *int     `json:"issue_no"`
	Year         *int     `json:"issue_year"`
	YearFromDate bool     `json:"year_inferred_from_date,omitempty"`
	Total        *int     `json:"total_no"`
	Label        string   `json:"issue_label,omitempty"`
	Organs       []string `json:"organ,omitempty"`
	Undertakers  []string `json:"undertaker,omitempty"`
	Date         *string  `json:"date"`
	PrintDate    *string  `json:"print_date,omitempty"`

	*bodyFacts // none of a classified text

	Issues   []reading     `json:"issues,omitempty"`
	Problems []problemJSON `json:"problems"`
}

// bodyFacts are the facts that stand outside the head.
type bodyFacts struct {
	Notice       string              `json:"notice,omitempty"`
	EditorNote   *string             `json:"editor_note"`
	Title        string              `json:"title,omitempty"`
	RemarkSlot   bool                `json:"leader_remark_slot"`
	RemarkText   string              `json:"leader_remark_text"`
	RemarkBy     string              `json:"leader_remark_by,omitempty"`
	RemarkDate   *string             `json:"leader_remark_date,omitempty"`
	Sections     [][2]any            `json:"sections"`
	Items        int                 `json:"items"`
	ItemsLed     int                 `json:"items_with_lead"`
	FirstLead    string              `json:"first_lead,omitempty"`
	Contents     []sectionJSON       `json:"contents,omitempty"`
	Contributors []string            `json:"contributors"`
	Broken       []brokenJSON        `json:"broken_paragraphs"`
	Lists        map[string][]string `json:"lists"`
	Collective   []string            `json:"collective"`
	FileCopies   *int                `json:"file_copies,omitempty"`
	PrintRun     *int                `json:"print_run"`
	Roles        map[string][]string `json:"roles"`
	Phones       []string            `json:"phone,omitempty"`
	Faxes        []string            `json:"fax,omitempty"`
	Emails       []string            `json:"email,omitempty"`
	Annexes      []string            `json:"annexes,omitempty"`
	Correction   *correctionJSON     `json:"correction_of,omitempty"`
}

type sectionJSON struct {
	Name  string     `json:"name"`
	Items []itemJSON `json:"items"`
}

type itemJSON struct {
	Lead        string   `json:"lead"`
	Text        []string `json:"text"`
	Contributor string   `json:"contributor,omitempty"`
	Line        int      `json:"line"`
}

type brokenJSON struct {
	Before   string `json:"before"`
	After    string `json:"after"`
	Overlap  string `json:"overlap"`
	AutoJoin bool   `json:"auto_join"`
	Line     int    `json:"line"`
}

type correctionJSON struct {
	No   int  `json:"issue_no"`
	Year *int `json:"issue_year"`
}

type problemJSON struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Line     int    `json:"line,omitempty"`
	Text     string `json:"text"`
	Proposal string `json:"proposal,omitempty"`
}

// wholeOf returns the facts of a file: those of its first bulletin, and all of
// them where it holds several.
func wholeOf(readings []bulletin.Reading, full bool) reading {
	whole := readingOf(readings[0], full)
	if len(readings) == 1 {
		return whole
	}
	for _, r := range readings {
		whole.Issues = append(whole.Issues, readingOf(r, full))
	}
	return whole
}

func readingOf(r bulletin.Reading, full bool) reading {
	if r.Label != nil {
		return classifiedJSON(*r.Label)
	}
	d := r.Document
	j := headJSON(bulletin.Stub{Masthead: d.Masthead, Number: d.Number, Date: d.Date, CopyNo: d.CopyNo, Urgency: d.Urgency})
	j.Organs, j.Undertakers, j.PrintDate = d.Organs, d.Undertakers, day(d.PrintDate)
	if r.Refusal() != nil {
		j.Refuse, j.Reason = true, "not-a-bulletin"
	}
	split := splitLists(d)
	j.bodyFacts = bodyOf(r, full)
	j.Lists, j.Collective = split.lists, split.collective
	for _, p := range append(r.Problems, split.problems...) {
		j.Problems = append(j.Problems, problemOf(p))
	}
	return j
}

func headJSON(s bulletin.Stub) reading {
	return reading{
		CopyNo: s.CopyNo, Urgency: s.Urgency, Masthead: s.Masthead, Kind: string(s.Number.Kind),
		No: some(s.Number.No), Year: some(s.Number.Year), YearFromDate: s.Number.YearFromDate,
		Total: some(s.Number.Total), Label: s.Number.Label, Date: day(s.Date), Problems: []problemJSON{},
	}
}

// classifiedJSON says of a classified text what its register needs.
func classifiedJSON(l bulletin.Label) reading {
	j := headJSON(l.Stub)
	j.Refuse, j.Reason, j.Classification, j.Term = true, "classification", l.Level, l.Term
	j.Problems = []problemJSON{{Code: "classified", Severity: string(bulletin.Block), Line: l.Line, Text: l.Refusal().In(fault.ZH)}}
	return j
}

// refusedJSON is what is printed of a file that intake refuses.
func refusedJSON(refusal error) reading {
	var label bulletin.Label
	if errors.As(refusal, &label) {
		return classifiedJSON(label)
	}
	return reading{Refuse: true, Reason: "unreadable", Problems: []problemJSON{
		{Code: "unreadable", Severity: string(bulletin.Block), Text: fault.Shown(refusal).In(fault.ZH)},
	}}
}

func bodyOf(r bulletin.Reading, full bool) *bodyFacts {
	d := r.Document
	f := &bodyFacts{
		Notice: d.Notice, EditorNote: text(d.EditorNote), Title: d.Title,
		RemarkSlot: d.Remark.Slot, RemarkText: d.Remark.Text, RemarkBy: d.Remark.By, RemarkDate: day(d.Remark.Date),
		Sections: [][2]any{}, Contributors: []string{}, Broken: brokenOf(r.Problems), Roles: rolesOf(d),
		FileCopies: some(d.FileCopies), PrintRun: some(d.PrintRun),
		Phones: d.Phones, Faxes: d.Faxes, Emails: d.Emails,
	}
	for _, s := range d.Sections {
		f.Sections = append(f.Sections, [2]any{s.Name, len(s.Items)})
		if full {
			f.Contents = append(f.Contents, sectionOf(s))
		}
	}
	for _, it := range d.Items() {
		f.item(it)
	}
	for _, a := range d.Annexes {
		if a.Title != "" {
			f.Annexes = append(f.Annexes, a.Title)
		}
	}
	if n, ok := d.Corrects(); ok {
		f.Correction = &correctionJSON{No: n.No, Year: some(n.Year)}
	}
	return f
}

func (f *bodyFacts) item(it bulletin.Item) {
	f.Items++
	if it.Contributor != "" {
		f.Contributors = append(f.Contributors, it.Contributor)
	}
	if it.Lead == "" {
		return
	}
	f.ItemsLed++
	if f.FirstLead == "" {
		f.FirstLead = it.Lead
	}
}

func sectionOf(s bulletin.Section) sectionJSON {
	j := sectionJSON{Name: s.Name, Items: []itemJSON{}}
	for _, it := range s.Items {
		j.Items = append(j.Items, itemJSON{Lead: it.Lead, Text: it.Paragraphs, Contributor: it.Contributor, Line: it.Line})
	}
	return j
}

func brokenOf(problems []bulletin.Problem) []brokenJSON {
	all := []brokenJSON{}
	for _, p := range problems {
		if s := p.Seam; s != nil {
			all = append(all, brokenJSON{Before: s.Before, After: s.After, Overlap: s.Overlap, AutoJoin: s.Joined, Line: s.Line})
		}
	}
	return all
}

func rolesOf(d bulletin.Document) map[string][]string {
	all := map[string][]string{}
	for _, r := range d.Roles {
		all[r.Label] = append(all[r.Label], r.Names...)
		if all[r.Label] == nil {
			all[r.Label] = []string{}
		}
	}
	return all
}

// problemOf takes the first choice as the proposal.
func problemOf(p bulletin.Problem) problemJSON {
	j := problemJSON{Code: p.Code, Severity: string(p.Severity), Line: p.Line, Text: p.Reason.In(fault.ZH)}
	if len(p.Choices) > 0 {
		j.Proposal = p.Choices[0].Label.In(fault.ZH) + "：" + p.Choices[0].Reads
	}
	return j
}

// some, day and text are null for what is not there.
func some(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

func day(d bulletin.Date) *string { return text(d.String()) }

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
