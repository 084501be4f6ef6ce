package bulletin

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// An expectation is a sample's *.expect.json: one reader's reading. What a file
// does not mention is nil and not compared. How list text is split into units
// is another room's matter; here only the labels are compared.
type expectation struct {
	Masthead     *string             `json:"masthead"`
	No           *int                `json:"issue_no"`
	Year         *int                `json:"issue_year"`
	YearFromDate *bool               `json:"year_inferred_from_date"`
	Total        *int                `json:"total_no"`
	Organs       []string            `json:"organ"`
	Date         *string             `json:"date"`
	PrintDate    *string             `json:"print_date"`
	RemarkSlot   *bool               `json:"leader_remark_slot"`
	RemarkText   *string             `json:"leader_remark_text"`
	RemarkBy     *string             `json:"leader_remark_by"`
	RemarkDate   *string             `json:"leader_remark_date"`
	Sections     [][2]any            `json:"sections"`
	Items        *int                `json:"items"`
	ItemsLed     *int                `json:"items_with_lead"`
	FirstLead    *string             `json:"first_lead"`
	Broken       []brokenParagraph   `json:"broken_paragraphs"`
	Lists        map[string][]string `json:"lists"`
	Roles        map[string][]string `json:"roles"`
	Contributors []string            `json:"contributors"`
	Phones       []string            `json:"phone"`
	Faxes        []string            `json:"fax"`
	Emails       []string            `json:"email"`
	FileCopies   *int                `json:"file_copies"`
	PrintRun     *int                `json:"print_run"`
	Questions    []string            `json:"question_lines"`
}

type brokenParagraph struct {
	Before, After, Overlap string
	AutoJoin               bool `json:"auto_join"`
}

// The samples of classification (synth-05, 05c), of another encoding (synth-16)
// are not plain UTF-8 bulletins and not among these files.
func TestSamplesAreReadAsExpected(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d samples, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			var want expectation
			if err := json.Unmarshal([]byte(sample(t, name+".expect.json")), &want); err != nil {
				t.Fatal(err)
			}
			r := Parse(sample(t, name+".txt"))
			if refusal := r.Refusal(); refusal != nil {
				t.Fatal(refusal)
			}
			compareHead(t, want, r.Document)
			compareBody(t, want, r)
			compareTail(t, want, r.Document)
		})
	}
}

func sample(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// want compares a fact unless the expectation leaves it open.
func want[T comparable](t *testing.T, what string, expected *T, got T) {
	t.Helper()
	if expected != nil && *expected != got {
		t.Errorf("%s: got %v, want %v", what, got, *expected)
	}
}

func wantAll(t *testing.T, what string, expected, got []string) {
	t.Helper()
	if expected != nil && !slices.Equal(expected, got) {
		t.Errorf("%s: got %q, want %q", what, got, expected)
	}
}

func compareHead(t *testing.T, w expectation, d Document) {
	want(t, "masthead", w.Masthead, d.Masthead)
	want(t, "number", w.No, d.Number.No)
	want(t, "year", w.Year, d.Number.Year)
	want(t, "year from date", w.YearFromDate, d.Number.YearFromDate)
	want(t, "total", w.Total, d.Number.Total)
	wantAll(t, "organs", w.Organs, d.Organs)
	want(t, "date", w.Date, d.Date.String())
	want(t, "print date", w.PrintDate, d.PrintDate.String())
	want(t, "remark slot", w.RemarkSlot, d.Remark.Slot)
	want(t, "remark", w.RemarkText, d.Remark.Text)
	want(t, "remark by", w.RemarkBy, d.Remark.By)
	want(t, "remark date", w.RemarkDate, d.Remark.Date.String())
}

func compareBody(t *testing.T, w expectation, r Reading) {
	d := r.Document
	led, contributors := 0, []string(nil)
	for _, it := range d.Items() {
		if it.Lead != "" {
			led++
		}
		if it.Contributor != "" {
			contributors = append(contributors, it.Contributor)
		}
	}
	items := len(d.Items())
	want(t, "items", w.Items, items)
	want(t, "items with a lead", w.ItemsLed, led)
	want(t, "first lead", w.FirstLead, d.Items()[0].Lead)
	wantAll(t, "contributors", w.Contributors, contributors)
	if w.Sections != nil {
		var got [][2]any
		for _, s := range d.Sections {
			got = append(got, [2]any{s.Name, float64(len(s.Items))})
		}
		if !reflect.DeepEqual(got, w.Sections) {
			t.Errorf("sections: got %v, want %v", got, w.Sections)
		}
	}
	compareSeams(t, w.Broken, r.Problems)
	for _, q := range w.Questions {
		if !slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Code == "label-in-body" && strings.Contains(p.Reason.In("zh"), q) }) {
			t.Errorf("%q is not questioned", q)
		}
	}
}

func compareSeams(t *testing.T, broken []brokenParagraph, problems []Problem) {
	if broken == nil {
		return
	}
	var seams []Seam
	for _, p := range problems {
		if p.Seam != nil {
			seams = append(seams, *p.Seam)
		}
	}
	if len(seams) != len(broken) {
		t.Fatalf("%d seams, want %d", len(seams), len(broken))
	}
	for i, w := range broken {
		s := seams[i]
		if !strings.HasSuffix(s.Before, w.Before) || !strings.HasPrefix(s.After, w.After) || s.Overlap != w.Overlap || s.Joined != w.AutoJoin {
			t.Errorf("seam %d: got %+v, want %+v", i, s, w)
		}
	}
}

func compareTail(t *testing.T, w expectation, d Document) {
	if w.Lists != nil {
		got := map[string]bool{}
		for _, l := range d.Lists {
			got[l.Label] = l.Text != ""
		}
		for label := range w.Lists {
			if !got[label] {
				t.Errorf("no list %s", label)
			}
			delete(got, label)
		}
		if len(got) > 0 {
			t.Errorf("lists that are none: %v", slices.Collect(maps.Keys(got)))
		}
	}
	for label, names := range w.Roles {
		wantAll(t, label, names, d.Role(label))
	}
	wantAll(t, "phone", w.Phones, d.Phones)
	wantAll(t, "fax", w.Faxes, d.Faxes)
	wantAll(t, "email", w.Emails, d.Emails)
	want(t, "file copies", w.FileCopies, d.FileCopies)
	want(t, "print run", w.PrintRun, d.PrintRun)
}
