package statistics

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients/table"
	"jianbao/sheets"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/figures"
)

// A view is a year of one's series, or of one of them, in figures.
type view struct {
	Year   int
	Series []workflow.Series // that one may choose
	Chosen uuid.UUID         // uuid.Nil: all of them
	// Loads and Waiting are what lies now, the others what was in the year.
	Loads, Waiting figure
	Figures        []figure
	Reasons        figure
	// Receipts says that the figure of receipts is among them: it is made for
	// one series.
	Receipts bool
}

// Of reports whether a series is chosen.
func (v view) Of(id uuid.UUID) bool { return v.Chosen == id }

// A link leads to the same figures of another year.
type link struct {
	Year    int
	Address string
}

// Before and After are the years beside this one.
func (v view) Before() link { return v.in(v.Year - 1) }

// After is the next year.
func (v view) After() link { return v.in(v.Year + 1) }

func (v view) in(year int) link {
	query := url.Values{"year": {strconv.Itoa(year)}}
	if v.Chosen != uuid.Nil {
		query.Set("series", v.Chosen.String())
	}
	return link{year, "/statistics?" + query.Encode()}
}

// all are the figures in the order of the page.
func (v view) all() []figure {
	return slices.Concat([]figure{v.Loads, v.Waiting}, v.Figures, []figure{v.Reasons})
}

// view makes the figures that a request asks for.
func (rm *room) view(r *http.Request) (v view, err error) {
	who, lang := page.Person(r), page.Lang(r)
	if v.Series, err = rm.seen(r, who); err != nil {
		return v, err
	}
	ids, err := v.choose(r)
	if err != nil {
		return v, err
	}
	v.Year = rm.year(r)
	sight, err := rm.Reads.Underway(r.Context(), ids)
	if err != nil {
		return v, err
	}
	standing := figures.Undecided(sight, rm.Now())
	v.Loads, v.Waiting = loads(lang, standing), waiting(lang, standing)
	from := time.Date(v.Year, 1, 1, 0, 0, 0, 0, page.Zone())
	until := from.AddDate(1, 0, 0)
	counts, err := rm.Reads.Numbered(r.Context(), ids, v.Year)
	if err != nil {
		return v, err
	}
	passages, err := rm.Reads.Passages(r.Context(), ids, from, until)
	if err != nil {
		return v, err
	}
	steps, people, returns := paces(lang, passages, sight.Lasted)
	v.Figures, v.Reasons = []figure{months(lang, counts), steps, people, returns}, reasons(lang, passages)
	if len(ids) == 1 {
		records, err := rm.Receipts.Punctuality(r.Context(), ids[0], from, until)
		if err != nil {
			return v, err
		}
		v.Receipts, v.Figures = true, append(v.Figures, punctual(lang, records))
	}
	return v, nil
}

// seen are the series in which somebody holds a role; nobody without one finds
// the page.
func (rm *room) seen(r *http.Request, who accounts.Person) (some []workflow.Series, err error) {
	all, err := rm.Reads.SeriesAll(r.Context())
	for _, s := range all {
		if who.Sees(s.ID) {
			some = append(some, s)
		}
	}
	if err == nil && len(some) == 0 && len(who.Grants) == 0 {
		err = page.NotHere()
	}
	return some, err
}

// choose reads which series is asked for, and returns its id or those of all.
func (v *view) choose(r *http.Request) (ids []uuid.UUID, err error) {
	ids = []uuid.UUID{}
	for _, s := range v.Series {
		ids = append(ids, s.ID)
	}
	asked := r.URL.Query().Get("series")
	if asked == "" {
		return ids, nil
	}
	v.Chosen, err = uuid.Parse(asked)
	if err != nil || !slices.Contains(ids, v.Chosen) {
		return nil, page.NotHere()
	}
	return []uuid.UUID{v.Chosen}, nil
}

// year is the one that is asked for, this year where none is that could be.
func (rm *room) year(r *http.Request) int {
	year, err := strconv.Atoi(r.URL.Query().Get("year"))
	if err != nil || year < 1950 || year > 9999 {
		return rm.Now().In(page.Zone()).Year()
	}
	return year
}

func (rm *room) show(w http.ResponseWriter, r *http.Request) {
	v, err := rm.view(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	for _, f := range []*figure{&v.Waiting, &v.Reasons} {
		f.Table.Rows = f.Table.Rows[:min(most, len(f.Table.Rows))]
	}
	rm.pages.Show(w, r, http.StatusOK, "statistics", page.Page{Data: v})
}

// sheet sends all figures as the sheets of one spreadsheet.
func (rm *room) sheet(w http.ResponseWriter, r *http.Request) {
	v, err := rm.view(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	var tables []table.Table
	for _, f := range v.all() {
		tables = append(tables, f.Table)
	}
	var out bytes.Buffer
	if err := sheets.WriteXLSX(&out, tables...); err != nil {
		rm.Fail(w, r, err)
		return
	}
	lang := page.Lang(r)
	name := fault.Reason{Key: "web.statistics"}.In(lang) + " " + strconv.Itoa(v.Year) + ".xlsx"
	page.Send(w, workflow.File{Name: name, Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: out.Bytes()}, "attachment")
}
