package statistics

import (
	"bytes"
	"cmp"
	"context"
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

// Asked is what somebody wants figures of.
type Asked struct {
	Series uuid.UUID // uuid.Nil: all that they see
	Year   int       // 0: this year
}

// view makes the figures that a request asks for.
func (rm *room) view(r *http.Request) (v view, err error) {
	var asked Asked
	if text := r.URL.Query().Get("series"); text != "" {
		if asked.Series, err = uuid.Parse(text); err != nil {
			return v, page.NotHere()
		}
	}
	asked.Year, err = strconv.Atoi(r.URL.Query().Get("year"))
	if err != nil || asked.Year < 1950 || asked.Year > 9999 {
		asked.Year = 0
	}
	return rm.viewBy(r.Context(), page.Person(r), asked, page.Lang(r), rm.Now())
}

// Tables are the figures that somebody asks for as tables, in the order of the
// page, and of which year they are; now is the clock. It fails with
// fault.NotFound where they see no such series.
func (c Config) Tables(ctx context.Context, who accounts.Person, asked Asked, lang fault.Lang, now time.Time) (year int, tables []table.Table, err error) {
	v, err := c.viewBy(ctx, who, asked, lang, now)
	for _, f := range v.all() {
		tables = append(tables, f.Table)
	}
	return v.Year, tables, err
}

func (c Config) viewBy(ctx context.Context, who accounts.Person, asked Asked, lang fault.Lang, now time.Time) (v view, err error) {
	if v.Series, err = c.seen(ctx, who); err != nil {
		return v, err
	}
	ids, err := v.choose(asked.Series)
	if err != nil {
		return v, err
	}
	v.Year = cmp.Or(asked.Year, now.In(page.Zone()).Year())
	sight, err := c.Reads.Underway(ctx, ids)
	if err != nil {
		return v, err
	}
	standing := figures.Undecided(sight, now)
	v.Loads, v.Waiting = loads(lang, standing), waiting(lang, standing)
	return v, c.ofYear(ctx, &v, ids, sight, lang)
}

// ofYear adds the figures of the year.
func (c Config) ofYear(ctx context.Context, v *view, ids []uuid.UUID, sight figures.Sight, lang fault.Lang) error {
	from := time.Date(v.Year, 1, 1, 0, 0, 0, 0, page.Zone())
	until := from.AddDate(1, 0, 0)
	counts, err := c.Reads.Numbered(ctx, ids, v.Year)
	if err != nil {
		return err
	}
	passages, err := c.Reads.Passages(ctx, ids, from, until)
	if err != nil {
		return err
	}
	steps, people, returns := paces(lang, passages, sight.Lasted)
	v.Figures, v.Reasons = []figure{months(lang, counts), steps, people, returns}, reasons(lang, passages)
	if len(ids) != 1 {
		return nil
	}
	records, err := c.Receipts.Punctuality(ctx, ids[0], from, until)
	v.Receipts, v.Figures = true, append(v.Figures, punctual(lang, records))
	return err
}

// seen are the series in which somebody holds a role; nobody without one finds
// the page.
func (c Config) seen(ctx context.Context, who accounts.Person) (some []workflow.Series, err error) {
	all, err := c.Reads.SeriesAll(ctx)
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

// choose says which series is asked for, and returns its id or those of all.
func (v *view) choose(asked uuid.UUID) (ids []uuid.UUID, err error) {
	ids = []uuid.UUID{}
	for _, s := range v.Series {
		ids = append(ids, s.ID)
	}
	if asked == uuid.Nil {
		return ids, nil
	}
	if !slices.Contains(ids, asked) {
		return nil, page.NotHere()
	}
	v.Chosen = asked
	return []uuid.UUID{asked}, nil
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
